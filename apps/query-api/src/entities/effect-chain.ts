import { actionFrom } from '../runs/action.ts';
import { approvalState } from '../runs/approval-state.ts';
import { type RunRow } from '../runs/row.ts';
import { type Delegation } from './delegation.ts';
import { idsOf } from './parts.ts';
import { type PolicyInForce } from './policy-in-force.ts';
import { undoesItself } from './reversals.ts';

/** A link of the chain from what was wanted to what the system of record says. */
export interface ChainPart {
  /** not_needed: nobody asked for it. unknown: the record does not tell whether there ought to be one. */
  readonly status: 'recorded' | 'missing' | 'not_needed' | 'unknown';
  readonly reasons: readonly string[];
  readonly at: string | null;
  readonly event_ids: readonly string[];
}

export type Chain = Readonly<
  Record<
    'intent' | 'delegation' | 'policy_in_force' | 'decision' | 'approval' | 'execution' | 'confirmation' | 'reverted',
    ChainPart
  >
>;

export interface EffectRows {
  readonly action: readonly RunRow[];
  readonly causes: readonly RunRow[];
  readonly runControls: readonly RunRow[];
  readonly grants: readonly RunRow[];
  readonly changes: readonly RunRow[];
  readonly reverts: readonly RunRow[];
  /** The target system reports changes itself, of other effects at least. */
  readonly targetConfirms: boolean;
}

interface ChainRows extends EffectRows {
  readonly effectId: string;
  readonly delegation: Delegation;
  readonly policy: PolicyInForce;
  readonly execution: RunRow | undefined;
}

const part = (
  rows: readonly RunRow[],
  otherwise: Exclude<ChainPart['status'], 'recorded'>,
  ...reasons: readonly string[]
): ChainPart => ({
  status: rows.length > 0 ? 'recorded' : otherwise,
  reasons,
  at: rows[0]?.occurred_at ?? null,
  event_ids: idsOf(rows),
});

/** `execution`: the event that did it, when one is on record. */
export function chainOf({
  effectId,
  action,
  reverts,
  targetConfirms,
  grants,
  delegation,
  policy,
  execution,
}: ChainRows): Chain {
  const { attempts, effects, ends, confirmations, approvals } = actionFrom(action);
  const decisions = action.filter(
    ({ event_type }) =>
      event_type === 'policy.evaluated' ||
      event_type === 'decision.recorded' ||
      event_type === 'oversight.override.applied',
  );
  const required =
    decisions.some(({ policy: decided }) => decided?.decision === 'require_approval') ||
    action.some((row) => row.approval_id !== undefined);
  const late =
    execution === undefined
      ? []
      : decisions.filter((row) => row.occurred_at > execution.occurred_at && !row.order_uncertain);
  const called = action.some((row) => row.call_id !== undefined);
  const policyIds = new Set([...policy.policy_sets, ...policy.policies].flatMap(({ event_ids }) => event_ids));
  return {
    intent:
      attempts.length > 0
        ? part(attempts, 'missing')
        : part([], called ? 'missing' : 'unknown', called ? 'request_not_recorded' : 'no_call_named'),
    delegation: delegationPart(delegation, grants),
    policy_in_force: part(
      action.filter(({ event_id }) => policyIds.has(event_id)),
      'missing',
      ...(policy.status === 'missing' ? ['no_event_names_a_policy'] : []),
    ),
    decision: part(
      decisions,
      'missing',
      ...(decisions.length === 0 ? ['no_decision_on_record'] : []),
      ...(decisions.length > 0 && late.length === decisions.length ? ['decided_after_execution'] : []),
    ),
    approval: approvalPart(approvals, required),
    execution: part(
      [...effects.filter((row) => !undoesItself(row, effectId)), ...ends],
      'missing',
      ...(execution === undefined ? ['nothing_executed_on_record'] : []),
    ),
    confirmation: confirmationPart(confirmations, effects, targetConfirms),
    reverted: part(reverts, 'not_needed'),
  };
}

function delegationPart({ acted, on_behalf_of, grants }: Delegation, events: readonly RunRow[]): ChainPart {
  if (grants.length === 0) {
    if (on_behalf_of.length === 0 && acted.type !== 'agent') return part([], 'not_needed');
    return part([], 'unknown', on_behalf_of.length === 0 ? 'no_principal_named' : 'no_grant_named');
  }
  const reasons = grants.flatMap((grant) => grant.reasons);
  return {
    ...part(events, 'missing', ...reasons),
    ...(grants.some(({ in_force }) => in_force === 'unknown') && { status: 'missing' as const }),
  };
}

function approvalPart(approvals: readonly RunRow[], required: boolean): ChainPart {
  if (approvals.length === 0)
    return required ? part([], 'missing', 'required_and_not_on_record') : part([], 'not_needed');
  const { status } = approvalState(approvals);
  return part(approvals, 'missing', ...(status === 'approved' ? [] : [status]));
}

function confirmationPart(
  confirmations: readonly RunRow[],
  effects: readonly RunRow[],
  targetConfirms: boolean,
): ChainPart {
  if (confirmations.length > 0) return part(confirmations, 'missing');
  if (effects.length === 0) return part([], 'not_needed', 'nothing_executed_on_record');
  if (effects.every((row) => row.evidence_grade === 'system_of_record'))
    return part([], 'not_needed', 'reported_by_the_system_of_record');
  return targetConfirms
    ? part([], 'missing', 'system_confirms_others')
    : part([], 'unknown', 'system_is_not_known_to_confirm');
}
