import { actionFrom } from '../runs/action.ts';
import { type Agreement, agreementOf } from '../runs/agreement.ts';
import { happened } from '../runs/in-time.ts';
import { isEffect, kindOf } from '../runs/kinds.ts';
import { isFailure, type RunRow } from '../runs/row.ts';
import { type Control, controlsOf } from './controls.ts';
import { type Delegation, delegationOf } from './delegation.ts';
import { type Chain, chainOf, type EffectRows } from './effect-chain.ts';
import { belongsTo, type Belongs, distinct, idsOf } from './parts.ts';
import { type Permission, permissionOf } from './permission.ts';
import { type PolicyInForce, policyInForce } from './policy-in-force.ts';
import { undoesItself } from './reversals.ts';

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
  readonly chain: Chain;
  readonly delegation: Delegation;
  readonly policy_in_force: PolicyInForce;
  readonly permission: Permission;
  readonly controls: readonly Control[];
  /** What led to it, nearest cause first. */
  readonly caused_by: readonly string[];
  readonly belongs_to: Belongs;
}

/** One call may have several effects: what was done and confirmed of the others is theirs. */
function withoutOthers(action: readonly RunRow[], effectId: string): readonly RunRow[] {
  if (!action.some((row) => row.effect_id === effectId && isEffect(row.event_type))) return action;
  const others = new Set(
    action.filter((row) => isEffect(row.event_type) && row.effect_id !== effectId).map((row) => row.effect_id ?? ''),
  );
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
  const executed = parts.effects.filter((row) => !undoesItself(row, effectId) && happened(row));
  const execution = executed[0] ?? parts.ends.find(happened) ?? parts.confirmations[0];
  const doer = executed[0] ?? own.find((row) => isEffect(row.event_type)) ?? own[0] ?? anything;
  const at = execution?.occurred_at ?? last.occurred_at;
  const delegation = delegationOf(withPrincipals(doer, action), rows.grants, at);
  const policy = policyInForce(action, rows.changes, at);
  const { agreement, reasons } = agreementOf(parts);
  return {
    effect: factsOf(effectId, {
      own,
      executed,
      confirmations: parts.confirmations,
      worked: parts.ends.some(happened),
      failed: parts.ends.some(isFailure) || own.some(isFailure),
      reverts,
    }),
    agreement,
    agreement_reasons: reasons,
    chain: chainOf({ ...rows, effectId, delegation, policy, execution }),
    delegation,
    policy_in_force: policy,
    permission: permissionOf(action, delegation, at),
    controls: controlsOf(action, rows.runControls, at),
    caused_by: idsOf(
      [...rows.causes].sort((one, other) =>
        one.occurred_at < other.occurred_at ? 1 : one.occurred_at > other.occurred_at ? -1 : 0,
      ),
    ),
    belongs_to: belongsTo(own.length > 0 ? own : action),
  };
}

/** The system of record does not know for whom the agent acted; the call does. */
const withPrincipals = (doer: RunRow, action: readonly RunRow[]): RunRow =>
  doer.on_behalf_of !== undefined
    ? doer
    : {
        ...doer,
        ...(action.find((row) => row.on_behalf_of !== undefined && kindOf(row.event_type) !== 'approval') ?? doer),
        actor: doer.actor ?? {},
      };

function factsOf(
  effect_id: string,
  {
    own,
    executed,
    confirmations,
    worked,
    failed,
    reverts,
  }: {
    own: readonly RunRow[];
    executed: readonly RunRow[];
    confirmations: readonly RunRow[];
    worked: boolean;
    failed: boolean;
    reverts: readonly RunRow[];
  },
): Effect {
  const rows = [...executed, ...confirmations, ...own];
  const first = <Value>(read: (row: RunRow) => Value | undefined): Value | null =>
    rows.map(read).find((value) => value !== undefined) ?? null;
  const confirmed = confirmations.find((row) => !isFailure(row));
  const [done, reverted] = [executed[0] ?? confirmed, reverts.find((row) => !isFailure(row))];
  return {
    effect_id,
    status:
      reverted !== undefined
        ? 'reverted'
        : confirmed !== undefined
          ? 'confirmed'
          : done !== undefined
            ? 'executed'
            : worked
              ? 'unobserved'
              : failed
                ? 'failed'
                : 'not_executed',
    kind: first(({ effect }) => effect?.kind),
    target_system: first(({ effect }) => effect?.target_system),
    executed_as: first(({ effect, tool }) => effect?.executed_as ?? tool?.executed_as),
    document_no: first(({ effect }) => effect?.document_no),
    transaction_key: first(({ effect }) => effect?.transaction_key),
    amount: first(({ effect }) => effect?.amount),
    currency: first(({ effect }) => effect?.currency),
    fields: (first(({ effect }) => effect?.fields) ?? []).map(({ path, before_mac, after_mac }) => ({
      path: path ?? '',
      before_mac: before_mac ?? '',
      after_mac: after_mac ?? '',
    })),
    tool: first(({ tool }) => tool?.name),
    reverts_effect_id: first(({ effect }) => effect?.reverts_effect_id),
    executed_at: done?.occurred_at ?? null,
    confirmed_at: confirmed?.occurred_at ?? null,
    reverted_at: reverted?.occurred_at ?? null,
    evidence_grades: distinct([...executed, ...confirmations], (row) => row.evidence_grade),
  };
}
