import { type JsonObject, type JsonValue } from './json-value.ts';

/**
 * One event as `POST /v1/events` takes it, in the part that mappings compose. Optional members are left out, never
 * null or empty: an empty id is refused at intake. The contract itself is the JSON Schema per type in `schemas/`.
 */
export interface WireEvent {
  readonly event_id: string;
  readonly event_type: string;
  readonly environment?: string;
  readonly occurred_at: string;
  readonly time_basis: TimeBasis;
  readonly time_precision_us: number;
  readonly evidence_grade?: string;
  readonly source: WireSource;
  readonly actor: Actor;
  readonly on_behalf_of?: readonly Principal[];
  readonly agent?: JsonObject;
  readonly session_id?: string;
  readonly turn_id?: string;
  readonly task_id?: string;
  readonly run_id: string;
  readonly step_id?: string;
  readonly causation_id?: string;
  readonly correlation_id?: string;
  readonly call_id?: string;
  readonly effect_id?: string;
  readonly decision_id?: string;
  readonly approval_id?: string;
  readonly case_refs?: readonly CaseRef[];
  readonly object_refs?: readonly ObjectRef[];
  readonly subject_refs?: readonly SubjectRef[];
  readonly outcome?: Outcome;
  readonly labels?: readonly string[];
  readonly categories?: readonly string[];
  readonly content?: readonly ContentItem[];
  readonly details?: Readonly<Record<string, string>>;
  /** Sections (`tool`, `effect`, …) and the run's other envelope fields. */
  readonly [section: string]: unknown;
}

export type TimeBasis = 'source' | 'assigned';

export interface WireSource {
  readonly system: string;
  readonly instance?: string;
  readonly origin_format: 'import';
  readonly origin_event_id: string;
  readonly mapping_id: string;
  readonly mapping_version: string;
  readonly mapping_hash: string;
}

export interface Actor {
  readonly type: 'human' | 'agent';
  readonly id: string;
  readonly issuer?: string;
  readonly assurance?: string;
  readonly relation?: string;
  readonly display_name?: string;
}

export interface Principal {
  readonly type: 'human';
  readonly id: string;
  readonly issuer?: string;
  readonly relation?: string;
  readonly display_name?: string;
}

export interface CaseRef {
  readonly system: string;
  readonly type: string;
  readonly id: string;
  readonly role?: string;
}

export interface ObjectRef {
  readonly system: string;
  readonly instance?: string;
  readonly type: string;
  readonly id: string;
  readonly role: string;
  readonly version_before?: string;
  readonly version_after?: string;
  /** Wire only: the collector replaces the id by a pseudonym. */
  readonly person?: true;
}

export interface SubjectRef {
  readonly id: string;
  readonly role: string;
  readonly issuer?: string;
}

export interface Outcome {
  readonly status: string;
  readonly code?: string;
}

/** A body beside its role: exactly one of `text` and `data_base64`. */
export interface ContentItem {
  readonly role: string;
  readonly media_type: string;
  readonly text?: string;
  readonly data_base64?: string;
  /** `part 1/3 of text/plain` on the pieces of a long text. */
  readonly transform?: string;
}

export type Section = Readonly<Record<string, JsonValue>>;
