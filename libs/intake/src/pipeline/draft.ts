import { type AuditEvent, type ContentRecord, type EventTypeEntry } from '@affidavit/contracts';
import { type Sender } from './sender.ts';

/** A body as the sender gave it inline. */
export type Body =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/** What the wire carries beside the record's fields, by the position of the thing that it belongs to. */
export interface Beside {
  /** By the index in `content`; null where only metadata was sent or is to be kept. */
  readonly bodies: readonly (Body | null)[];
  /** By place: `actor`, `on_behalf_of/0`, `subject_refs/0`, `object_refs/0`. */
  readonly display_names: ReadonlyMap<string, string>;
  /** Indexes in `object_refs` that the sender marked as persons. */
  readonly persons: ReadonlySet<number>;
  /** Fields that the sender gave, of those that the collector fills in otherwise. */
  readonly given: ReadonlySet<string>;
}

/** A person that the log shall not name: what the directory entry holds, encrypted. */
export interface DirectoryEntry {
  readonly pseudonym: string;
  readonly issuer: string;
  readonly raw_id: string;
  readonly display_name: string;
}

/** Where a secret was masked: a place and a rule, never the text. */
export interface MaskedSpan {
  readonly path: string;
  readonly category: string;
  readonly count: number;
}

/** One event on its way through the steps. Each step answers a new one. */
export interface Draft {
  readonly index: number;
  readonly sender: Sender;
  /** The item as read; after `validate` it has the shape of its type's JSON Schema. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly entry: EventTypeEntry;
  readonly record: AuditEvent;
  readonly beside: Beside;
  readonly masked: readonly MaskedSpan[];
  readonly directory: readonly DirectoryEntry[];
  /** Sealed bodies of the event and of new directory entries; they MUST be acknowledged before the event. */
  readonly contents: readonly ContentRecord[];
  /** Of the encoded record, roughly: what the bounded queue is charged with. */
  readonly approximate_bytes: number;
}
