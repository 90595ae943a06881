import { type Action } from './action.ts';
import { approvalState, type ApprovalState } from './approval-state.ts';
import { isFailure, type RunRow } from './row.ts';

/** Whether intent, decision and effect agree. Derived from the record, never stored. */
export type Agreement = 'matched' | 'mismatched' | 'unobserved' | 'denied_nothing_executed' | 'executed_without_decision';

export interface AgreementAnswer {
  readonly agreement: Agreement;
  /** Codes, in the order in which they were found. */
  readonly reasons: readonly string[];
}

const answer = (agreement: Agreement, ...reasons: readonly string[]): AgreementAnswer => ({ agreement, reasons });

const didNothing: ReadonlySet<string> = new Set(['failure', 'denied', 'timeout', 'cancelled']);
const happened = (row: RunRow): boolean => !isFailure(row) && !didNothing.has(row.outcome?.status ?? '');
const isReported = (row: RunRow): boolean => row.outcome?.status !== undefined;

/** Something was done: an effect is recorded, the target system reports one, or the call came back without an error. */
function executions({ ends, effects, confirmations }: Action): readonly RunRow[] {
  const changed = [...effects, ...confirmations].filter(happened);
  return changed.length > 0 ? changed : ends.filter((row) => happened(row) && (isReported(row) || row.event_type === 'model.call.completed'));
}

export function agreementOf(action: Action): AgreementAnswer {
  const { policies, approvals, overrides } = action;
  const executed = executions(action);
  const denial = denialOf(action);
  if (denial !== null && overrides.length === 0) return executed.length === 0 ? answer('denied_nothing_executed', denial) : answer('mismatched', `executed_although_${denial}`);
  if (executed.length === 0) return nothingExecuted(action);
  if (policies.length === 0 && approvals.length === 0 && overrides.length === 0) return answer('executed_without_decision', ...undecided(action));
  const differences = differencesOf(action, executed, approvalState(approvals));
  if (differences.length > 0) return answer('mismatched', ...differences);
  if (isWriting(action) && action.effects.length === 0 && action.confirmations.length === 0) return answer('unobserved', 'effect_not_recorded');
  return answer('matched', ...remarks(action));
}

/** The newest word of each policy counts. Advice does not bind, nor does a gate that let everything pass when it failed. */
function denialOf({ policies, approvals }: Action): 'denied' | 'rejected' | 'blocked' | null {
  if (policies.some((row) => row.event_type === 'content.blocked')) return 'blocked';
  const newest = new Map(policies.map((row) => [row.policy?.policy_id ?? '', row]));
  const binding = [...newest.values()].filter(({ policy }) => policy?.enforcement !== 'advisory' && policy?.enforcement !== 'failed_open');
  if (binding.some(({ policy }) => policy?.decision === 'deny')) return 'denied';
  return approvalState(approvals).status === 'rejected' ? 'rejected' : null;
}

function nothingExecuted({ policies, approvals, ends, attempts }: Action): AgreementAnswer {
  const decided = policies.length > 0 || approvals.length > 0;
  if (ends.some((row) => !happened(row))) return decided ? answer('matched', 'failed_nothing_executed') : answer('unobserved', 'no_decision_recorded', 'failed_nothing_executed');
  if (ends.length > 0) return answer('unobserved', 'result_not_recorded');
  if (approvalState(approvals).status === 'pending') return answer('unobserved', 'approval_pending');
  return answer('unobserved', attempts.length > 0 ? 'end_not_recorded' : 'execution_not_recorded');
}

const undecided = ({ rows }: Action): readonly string[] => (rows.some((row) => row.decision_id !== undefined) ? ['decision_named_but_not_recorded'] : []);

const isWriting = ({ rows }: Action): boolean => rows.some((row) => row.tool?.tier === 'write' || row.tool?.tier === 'destructive');

function differencesOf(action: Action, executed: readonly RunRow[], approval: ApprovalState): readonly string[] {
  const { policies, effects, confirmations, approvals, maskings } = action;
  const required = policies.some(({ policy }) => policy?.decision === 'require_approval') || approvals.length > 0;
  const approvedAt = approval.status === 'approved' ? approval.at : null;
  const controlMacs = macs([...policies, ...approvals]);
  const executedMacs = macs(executed);
  return [
    ...(required && approval.status !== 'approved' ? ['executed_without_approval'] : []),
    ...(approvedAt !== null && executed.some((row) => !row.order_uncertain && row.occurred_at < approvedAt) ? ['executed_before_approval'] : []),
    ...(controlMacs.size > 0 && executedMacs.size > 0 && [...executedMacs].some((mac) => !controlMacs.has(mac)) ? ['action_changed'] : []),
    ...(amountDiffers(approvals, [...effects, ...confirmations]) ? ['amount_differs'] : []),
    ...(policies.some(({ policy }) => policy?.decision === 'mask') && maskings.length === 0 ? ['masking_not_recorded'] : []),
    ...(confirmations.some((row) => !happened(row) || effects.some((effect) => contradicts(effect, row))) ? ['confirmation_differs'] : []),
  ];
}

const macs = (rows: readonly RunRow[]): ReadonlySet<string> => new Set(rows.flatMap((row) => row.action_mac ?? []));

/** What was approved, in the currency of what was done. */
function amountDiffers(approvals: readonly RunRow[], done: readonly RunRow[]): boolean {
  const approved = approvals.flatMap(({ approval }) => (approval?.value === undefined || approval.unit === undefined ? [] : [{ value: approval.value, unit: approval.unit }]));
  return done.some(({ effect }) => {
    if (effect?.amount === undefined || effect.currency === undefined) return false;
    const inCurrency = approved.filter(({ unit }) => unit === effect.currency);
    return inCurrency.length > 0 && inCurrency.every(({ value }) => value !== Number(effect.amount));
  });
}

/** The doer's report and the system's own say different things about the same. */
function contradicts({ effect: said }: RunRow, { effect: reported }: RunRow): boolean {
  if (said === undefined || reported === undefined) return false;
  const differ = (one: string | undefined, other: string | undefined): boolean => one !== undefined && other !== undefined && one !== other;
  const fields = new Map(said.fields?.map(({ path, after_mac }) => [path, after_mac]));
  return (said.currency === reported.currency && differ(said.amount, reported.amount)) || (reported.fields?.some(({ path, after_mac }) => differ(fields.get(path), after_mac)) ?? false);
}

/** True beside the agreement, and worth a look. */
function remarks({ policies, effects, confirmations, overrides }: Action): readonly string[] {
  const vouched = effects.every((row) => row.evidence_grade === 'system_of_record');
  return [
    ...(overrides.length > 0 ? ['overridden'] : []),
    ...(policies.some(({ policy }) => policy?.enforcement === 'failed_open') ? ['gate_failed_open'] : []),
    ...(policies.some(({ policy }) => policy?.decision === 'deny' && policy.enforcement === 'advisory') ? ['advice_to_deny'] : []),
    ...(effects.length > 0 && confirmations.length === 0 && !vouched ? ['not_confirmed'] : []),
  ];
}
