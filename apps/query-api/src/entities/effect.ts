import { actionFrom } from '../runs/action.ts';
import { type Agreement, agreementOf } from '../runs/agreement.ts';
import { approvalState } from '../runs/approval-state.ts';
import { isEffect, kindOf } from '../runs/kinds.ts';
import { isFailure, type RunRow } from '../runs/row.ts';
import { type Control, controlsOf } from './controls.ts';
import { type Delegation, delegationOf } from './delegation.ts';
import { belongsTo, type Belongs, distinct, idsOf } from './parts.ts';
import { type Permission, permissionOf } from './permission.ts';
import { type PolicyInForce, policyInForce } from './policy-in-force.ts';

/** A link of the chain from what was wanted to what the system of record says. */
export interface ChainPart {
  /** not_needed: nobody asked for it. unknown: the record does not tell whether there ought to be one. */
  readonly status: 'recorded' | 'missing' | 'not_needed' | 'unknown';
  readonly reasons: readonly string[];
  readonly at: string | null;
  readonly event_ids: readonly string[];
}

export interface Effect {
  readonly effect_id: string;
  /** unobserved: its call ended well, and nobody reports what it did. */
  readonly status: 'confirmed' | 'executed' | 'unobserved' | 'failed' | 'not_executed' | 'reverted';
  readonly kind: string | null;
  readonly target_system: string | null;
  readonly executed_as: string | null;
  readonly document_no: string | null;
  readonly transaction_key: string | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly fields: readonly { readonly path: string; readonly before_mac: string; readonly after_mac: string }[];
  readonly tool: string | null;
  readonly reverts_effect_id: string | null;
  readonly executed_at: string | null;
  readonly confirmed_at: string | null;
  readonly reverted_at: string | null;
  /** Who vouches for it. */
  readonly evidence_grades: readonly string[];
}

export interface EffectAnswer {
  readonly effect: Effect;
  readonly agreement: Agreement;
  readonly agreement_reasons: readonly string[];
  readonly chain: Readonly<Record<'intent' | 'delegation' | 'policy_in_force' | 'decision' | 'approval' | 'execution' | 'confirmation' | 'reverted', ChainPart>>;
  readonly delegation: Delegation;
  readonly policy_in_force: PolicyInForce;
  readonly permission: Permission;
  readonly controls: readonly Control[];
  /** What led to it, nearest cause first. */
  readonly caused_by: readonly string[];
  readonly belongs_to: Belongs;
}

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

/** One call may have several effects: what was done and confirmed of the others is theirs. */
function withoutOthers(action: readonly RunRow[], effectId: string): readonly RunRow[] {
  if (!action.some((row) => row.effect_id === effectId && isEffect(row.event_type))) return action;
  const others = new Set(action.filter((row) => isEffect(row.event_type) && row.effect_id !== effectId).map((row) => row.effect_id ?? ''));
  const isDone = (row: RunRow): boolean => isEffect(row.event_type) || kindOf(row.event_type) === 'confirmation';
  return action.filter((row) => !isDone(row) || row.effect_id === effectId || !others.has(row.effect_id ?? ''));
}

/** `action` has at least one event. */
export function effectOf(effectId: string, given: EffectRows): EffectAnswer {
  const rows = { ...given, action: withoutOthers(given.action, effectId) };
  const { action, reverts } = rows;
  const [anything, last] = [action[0], action.at(-1)];
  if (anything === undefined || last === undefined) throw new Error('an action without events');
  const parts = actionFrom(action);
  const own = action.filter((row) => row.effect_id === effectId);
  const executed = parts.effects.filter((row) => row.event_type !== 'object.change.reverted' && !isFailure(row) && row.outcome?.status !== 'denied');
  const execution = executed[0] ?? parts.ends.find((row) => !isFailure(row) && row.outcome?.status !== 'denied') ?? parts.confirmations[0];
  const doer = executed[0] ?? own.find((row) => isEffect(row.event_type)) ?? own[0] ?? anything;
  const at = execution?.occurred_at ?? last.occurred_at;
  const delegation = delegationOf(withPrincipals(doer, action), rows.grants, at);
  const policy = policyInForce(action, rows.changes, at);
  const { agreement, reasons } = agreementOf(parts);
  return {
    effect: factsOf(effectId, { own, executed, confirmations: parts.confirmations, worked: parts.ends.some((row) => !isFailure(row) && row.outcome?.status !== 'denied' && row.outcome?.status !== 'cancelled'), failed: parts.ends.some(isFailure) || own.some(isFailure), reverts }),
    agreement, agreement_reasons: reasons,
    chain: chainOf({ ...rows, delegation, policy, execution }),
    delegation, policy_in_force: policy,
    permission: permissionOf(action, delegation, at),
    controls: controlsOf(action, rows.runControls, at),
    caused_by: idsOf([...rows.causes].sort((one, other) => (one.occurred_at < other.occurred_at ? 1 : one.occurred_at > other.occurred_at ? -1 : 0))),
    belongs_to: belongsTo(own.length > 0 ? own : action),
  };
}

/** The system of record does not know for whom the agent acted; the call does. */
const withPrincipals = (doer: RunRow, action: readonly RunRow[]): RunRow =>
  doer.on_behalf_of !== undefined ? doer : { ...doer, ...(action.find((row) => row.on_behalf_of !== undefined && kindOf(row.event_type) !== 'approval') ?? doer), actor: doer.actor ?? {} };

function factsOf(effect_id: string, { own, executed, confirmations, worked, failed, reverts }: { own: readonly RunRow[]; executed: readonly RunRow[]; confirmations: readonly RunRow[]; worked: boolean; failed: boolean; reverts: readonly RunRow[] }): Effect {
  const rows = [...executed, ...confirmations, ...own];
  const first = <Value>(read: (row: RunRow) => Value | undefined): Value | null => rows.map(read).find((value) => value !== undefined) ?? null;
  const confirmed = confirmations.find((row) => !isFailure(row));
  const [done, reverted] = [executed[0] ?? confirmed, reverts.find((row) => !isFailure(row))];
  return {
    effect_id,
    status: reverted !== undefined ? 'reverted' : confirmed !== undefined ? 'confirmed' : done !== undefined ? 'executed' : worked ? 'unobserved' : failed ? 'failed' : 'not_executed',
    kind: first(({ effect }) => effect?.kind), target_system: first(({ effect }) => effect?.target_system), executed_as: first(({ effect, tool }) => effect?.executed_as ?? tool?.executed_as),
    document_no: first(({ effect }) => effect?.document_no), transaction_key: first(({ effect }) => effect?.transaction_key), amount: first(({ effect }) => effect?.amount), currency: first(({ effect }) => effect?.currency),
    fields: (first(({ effect }) => effect?.fields) ?? []).map(({ path, before_mac, after_mac }) => ({ path: path ?? '', before_mac: before_mac ?? '', after_mac: after_mac ?? '' })),
    tool: first(({ tool }) => tool?.name), reverts_effect_id: first(({ effect }) => effect?.reverts_effect_id),
    executed_at: done?.occurred_at ?? null, confirmed_at: confirmed?.occurred_at ?? null, reverted_at: reverted?.occurred_at ?? null,
    evidence_grades: distinct([...executed, ...confirmations], (row) => row.evidence_grade),
  };
}

interface ChainRows extends EffectRows {
  readonly delegation: Delegation;
  readonly policy: PolicyInForce;
  readonly execution: RunRow | undefined;
}

const part = (rows: readonly RunRow[], otherwise: Exclude<ChainPart['status'], 'recorded'>, ...reasons: readonly string[]): ChainPart => ({
  status: rows.length > 0 ? 'recorded' : otherwise, reasons, at: rows[0]?.occurred_at ?? null, event_ids: idsOf(rows),
});

function chainOf({ action, reverts, targetConfirms, grants, delegation, policy, execution }: ChainRows): EffectAnswer['chain'] {
  const { attempts, effects, ends, confirmations, approvals } = actionFrom(action);
  const decisions = action.filter(({ event_type }) => event_type === 'policy.evaluated' || event_type === 'decision.recorded' || event_type === 'oversight.override.applied');
  const required = decisions.some(({ policy: decided }) => decided?.decision === 'require_approval') || action.some((row) => row.approval_id !== undefined);
  const late = execution === undefined ? [] : decisions.filter((row) => row.occurred_at > execution.occurred_at && !row.order_uncertain);
  const called = action.some((row) => row.call_id !== undefined);
  const policyIds = new Set([...policy.policy_sets, ...policy.policies].flatMap(({ event_ids }) => event_ids));
  return {
    intent: attempts.length > 0 ? part(attempts, 'missing') : part([], called ? 'missing' : 'unknown', called ? 'request_not_recorded' : 'no_call_named'),
    delegation: delegationPart(delegation, grants),
    policy_in_force: part(action.filter(({ event_id }) => policyIds.has(event_id)), 'missing', ...(policy.status === 'missing' ? ['no_event_names_a_policy'] : [])),
    decision: part(decisions, 'missing', ...(decisions.length === 0 ? ['no_decision_on_record'] : []), ...(decisions.length > 0 && late.length === decisions.length ? ['decided_after_execution'] : [])),
    approval: approvalPart(approvals, required),
    execution: part([...effects.filter((row) => row.event_type !== 'object.change.reverted'), ...ends], 'missing', ...(execution === undefined ? ['nothing_executed_on_record'] : [])),
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
  return { ...part(events, 'missing', ...reasons), ...(grants.some(({ in_force }) => in_force === 'unknown') && { status: 'missing' as const }) };
}

function approvalPart(approvals: readonly RunRow[], required: boolean): ChainPart {
  if (approvals.length === 0) return required ? part([], 'missing', 'required_and_not_on_record') : part([], 'not_needed');
  const { status } = approvalState(approvals);
  return part(approvals, 'missing', ...(status === 'approved' ? [] : [status]));
}

function confirmationPart(confirmations: readonly RunRow[], effects: readonly RunRow[], targetConfirms: boolean): ChainPart {
  if (confirmations.length > 0) return part(confirmations, 'missing');
  if (effects.length === 0) return part([], 'not_needed', 'nothing_executed_on_record');
  if (effects.every((row) => row.evidence_grade === 'system_of_record')) return part([], 'not_needed', 'reported_by_the_system_of_record');
  return targetConfirms ? part([], 'missing', 'system_confirms_others') : part([], 'unknown', 'system_is_not_known_to_confirm');
}
