import { type EvidenceGrade } from '@affidavit/contracts';

/**
 * What a credential says about who is speaking. The web adapter makes it from the credential; the pipeline believes
 * nothing else.
 */
export interface Sender {
  readonly kind: 'connector' | 'service';
  /** `*` for our own services only: they name the tenant on each event. */
  readonly tenant_id: string;
  readonly connector_id: string;
  /** Values of `source.system`; `*` is any. */
  readonly sources: readonly string[];
  /** Exact types, prefixes such as `tool.*`, or `*`. */
  readonly event_types: readonly string[];
  readonly max_evidence_grade: EvidenceGrade;
}

/** From the weakest to the strongest. */
const GRADES: readonly EvidenceGrade[] = [
  'unknown',
  'self_reported',
  'third_party',
  'gateway_observed',
  'system_of_record',
];

export const isAbove = (grade: EvidenceGrade, limit: EvidenceGrade): boolean =>
  GRADES.indexOf(grade) > GRADES.indexOf(limit);

export const maySpeakFor = (sender: Sender, system: string): boolean =>
  sender.sources.some((source) => source === '*' || source === system);

export const maySend = (sender: Sender, type: string): boolean =>
  sender.event_types.some(
    (allowed) =>
      allowed === '*' || allowed === type || (allowed.endsWith('.*') && type.startsWith(allowed.slice(0, -1))),
  );
