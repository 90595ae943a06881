/**
 * What links join: the contract's kinds, each with the kinds of ends that it may have. An end of several kinds lists
 * them.
 */
export const linkEnds = {
  case_run: [['case'], ['run']],
  run_object: [['run'], ['object']],
  trace_run: [['trace'], ['run']],
  run_session: [['run'], ['session']],
  run_user: [['run'], ['person']],
  account_person: [['person'], ['person']],
  object_alias: [['object'], ['object']],
  effect_confirmation: [['event'], ['event']],
  case_case: [['case'], ['case']],
} as const;

export type LinkKind = keyof typeof linkEnds;
export type EndKind = (typeof linkEnds)[LinkKind][number][number];

/** A link as it stands at one vector: the last that was said of it is that it holds. */
export interface ActiveLink {
  readonly link_id: string;
  readonly kind: string;
  readonly from_kind: string;
  readonly from_key: string;
  readonly from_issuer: string;
  readonly to_kind: string;
  readonly to_key: string;
  readonly to_issuer: string;
  /** rule, person, source. */
  readonly basis: string;
  readonly rule_id: string;
  readonly confidence: number | null;
  /** The event that said so last. */
  readonly event_id: string;
  readonly asserted_at: string;
  /** When the log had it. */
  readonly known_at: string;
}

/** Without what the query that found it says beside. */
export const plainLink = ({
  link_id,
  kind,
  from_kind,
  from_key,
  from_issuer,
  to_kind,
  to_key,
  to_issuer,
  basis,
  rule_id,
  confidence,
  event_id,
  asserted_at,
  known_at,
}: ActiveLink): ActiveLink => ({
  link_id,
  kind,
  from_kind,
  from_key,
  from_issuer,
  to_kind,
  to_key,
  to_issuer,
  basis,
  rule_id,
  confidence,
  event_id,
  asserted_at,
  known_at,
});
