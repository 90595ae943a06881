import { type AuditEvent, type Capture } from '@affidavit/contracts';
import { type IntakeLimits } from '../limits.ts';
import { type Clock, type ContentVault, type NewId, type Pseudonymiser, type SecretScanner } from '../ports.ts';
import { type DirectoryEntry } from './draft.ts';

/** Bytes, which the language of a pure library lacks. All pure functions. */
export interface ByteTools {
  utf8(text: string): Uint8Array;
  /** Strict: null when the bytes are not UTF-8. */
  text(bytes: Uint8Array): string | null;
  /** Strict RFC 4648 section 4, with padding: null for everything else. */
  fromBase64(text: string): Uint8Array | null;
  /** Lower hex of the SHA-256 of the text's UTF-8. */
  sha256Hex(text: string): string;
}

export type CaptureLevel = Exclude<Capture, 'unknown' | 'masked'>;

/** What is kept of a body: decided by the event (its type, workspace, labels) and the body's role. MUST be pure. */
export type CapturePolicy = (event: AuditEvent, role: string) => CaptureLevel;

/** Whether an object of this type is a person in this tenant, so that its id becomes a pseudonym. MUST be pure. */
export type PersonObjects = (tenantId: string, system: string, type: string) => boolean;

export interface IntakeSettings {
  /** For services that name no tenant. */
  readonly default_tenant: string;
  readonly environment: AuditEvent['environment'];
  readonly region: string;
  readonly retention_class: string;
  readonly limits: IntakeLimits;
  /** What the secret scanner is called on the events about its findings. */
  readonly detector: { readonly id: string; readonly version: string };
}

/** All that the pipeline needs from the world. */
export interface IntakePorts {
  readonly settings: IntakeSettings;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly bytes: ByteTools;
  readonly scanner: SecretScanner;
  readonly pseudonymiser: Pseudonymiser;
  /** Null for a dry run: everything is checked, nothing is sealed. */
  readonly vault: ContentVault | null;
  readonly capturePolicy: CapturePolicy;
  readonly personObjects: PersonObjects;
  /**
   * Whether this very entry was acknowledged by the log a short while ago, so that not every event of a person writes
   * it again. A wrong "no" costs a record that is equal to an earlier one; a wrong "yes" would lose the entry: answer
   * "yes" only after an acknowledgement.
   */
  readonly knowsPerson: (tenantId: string, entry: DirectoryEntry) => boolean;
  /** `<instance>/<boot>`: the collector's own streams are `<connector_id>/<instance>/<boot>`. */
  readonly streamSuffix: string;
}
