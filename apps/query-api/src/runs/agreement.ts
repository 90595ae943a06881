import { type Action } from './action.ts';
import { approvalState, type ApprovalState } from './approval-state.ts';
import { amountsOf } from './approved-amounts.ts';
import { cameBack, doneAt, executions, happened, inTime } from './in-time.ts';
import { type RunRow } from './row.ts';

/** Whether intent, decision and effect agree. Derived from the record, never stored. */
export type Agreement =
  'matched' | 'mismatched' | 'unobserved' | 'denied_nothing_executed' | 'executed_without_decision';

export interface AgreementAnswer {
  readonly agreement: Agreement;
  /** Codes, in the order in which they were found. */
  readonly reasons: readonly string[];
}

const answer = (agreement: Agreement, ...reasons: readonly string[]): AgreementAnswer => ({ agreement, reasons });

export function agreementOf(action: Action): AgreementAnswer {
  const executed = executions(action);
  if (executed.length === 0) {
    const denial = denialOf(action, approvalState(action.approvals));
    return denial !== null && action.overrides.length === 0
      ? answer('denied_nothing_executed', denial)
      : nothingExecuted(action);
  }
  const controls = inTime(action);
  const approval = approvalInTime(action, controls);
  const denial = denialOf(controls, approval);
  if (denial !== null && controls.overrides.length === 0)
    return answer(
      'mismatched',
      `executed_although_${denial}`,
      ...(action.overrides.length > 0 ? ['overridden_afterwards'] : []),
    );
  if (![action.policies, action.approvals, action.overrides].some((rows) => rows.length > 0))
    return answer('executed_without_decision', ...undecided(action));
  const differences = differencesOf(controls, action, executed, approval);
  if (differences.length > 0) return answer('mismatched', ...differences);
  if (isWriting(action) && action.effects.length === 0 && action.confirmations.length === 0)
    return answer('unobserved', 'effect_not_recorded');
  return answer('matched', ...remarks(controls));
}

/** What approvals came to when it was done; where they had come to nothing then, what they came to later. */
function approvalInTime(action: Action, controls: Action): ApprovalState {
  const then = approvalState(controls.approvals);
  return then.status === 'approved' || then.status === 'rejected' ? then : approvalState(action.approvals);
}

/** Of each policy. */
const newestWords = (policies: readonly RunRow[]): readonly RunRow[] => [
  ...new Map(policies.map((row) => [row.policy?.policy_id ?? '', row])).values(),
];

/**
 * The newest word of each policy counts. Advice does not bind, nor does a gate that let everything pass when it failed.
 */
function denialOf(
  { policies }: Action,
  approval: ApprovalState,
): 'denied' | 'blocked' | 'rejected' | 'expired' | 'withdrawn' | null {
  if (policies.some((row) => row.event_type === 'content.blocked')) return 'blocked';
  const binding = newestWords(policies).filter(
    ({ policy }) => policy?.enforcement !== 'advisory' && policy?.enforcement !== 'failed_open',
  );
  if (binding.some(({ policy }) => policy?.decision === 'deny')) return 'denied';
  return approval.status === 'rejected' ? approval.how : null;
}

function nothingExecuted({ policies, approvals, ends, attempts }: Action): AgreementAnswer {
  const decided = policies.length > 0 || approvals.length > 0;
  if (ends.some((row) => !happened(row)))
    return decided
      ? answer('matched', 'failed_nothing_executed')
      : answer('unobserved', 'no_decision_recorded', 'failed_nothing_executed');
  if (ends.length > 0) return answer('unobserved', 'result_not_recorded');
  if (approvalState(approvals).status === 'pending') return answer('unobserved', 'approval_pending');
  return answer('unobserved', attempts.length > 0 ? 'end_not_recorded' : 'execution_not_recorded');
}

const undecided = ({ rows }: Action): readonly string[] =>
  rows.some((row) => row.decision_id !== undefined) ? ['decision_named_but_not_recorded'] : [];

const isWriting = ({ rows }: Action): boolean =>
  rows.some((row) => row.tool?.tier === 'write' || row.tool?.tier === 'destructive');

/** `controls`: the action with what was on record before anything was done. */
function differencesOf(
  controls: Action,
  { effects, confirmations, policies, overrides, approvals }: Action,
  executed: readonly RunRow[],
  approval: ApprovalState,
): readonly string[] {
  const words = newestWords(controls.policies);
  const required = words.some(({ policy }) => policy?.decision === 'require_approval') || approvals.length > 0;
  const at = doneAt(controls);
  const controlMacs = macs([...controls.policies, ...controls.approvals]);
  const executedMacs = macs([...executed, ...controls.ends.filter(cameBack)]);
  return [
    ...(policies.length + overrides.length > 0 &&
    [controls.policies, controls.approvals, controls.overrides].every((rows) => rows.length === 0)
      ? ['decided_after_execution']
      : []),
    ...(required && approval.status !== 'approved' ? ['executed_without_approval'] : []),
    ...(approval.status === 'approved' && at !== null && at < approval.at ? ['executed_before_approval'] : []),
    ...(approval.status === 'approved' && at !== null && approval.expires_at !== null && at > approval.expires_at
      ? ['approval_had_expired']
      : []),
    ...(controlMacs.size > 0 && executedMacs.size > 0 && [...executedMacs].some((mac) => !controlMacs.has(mac))
      ? ['action_changed']
      : []),
    ...(amountsOf(controls.approvals, [...effects, ...confirmations]).has('differs') ? ['amount_differs'] : []),
    ...(words.some(({ policy }) => policy?.decision === 'mask') && controls.maskings.length === 0
      ? ['masking_not_recorded']
      : []),
    ...(confirmations.some(
      (row) => !happened(row) || reportedOn(effects, row).some((effect) => contradicts(effect, row)),
    )
      ? ['confirmation_differs']
      : []),
  ];
}

const macs = (rows: readonly RunRow[]): ReadonlySet<string> => new Set(rows.flatMap((row) => row.action_mac ?? []));

/** The effects that a report of the target system is about: of the one that it names, else of all of the action. */
function reportedOn(effects: readonly RunRow[], report: RunRow): readonly RunRow[] {
  const named = report.effect_id === undefined ? [] : effects.filter(({ effect_id }) => effect_id === report.effect_id);
  return named.length > 0 ? named : effects;
}

/** The doer's report and the system's own say different things about the same. */
function contradicts({ effect: said }: RunRow, { effect: reported }: RunRow): boolean {
  if (said === undefined || reported === undefined) return false;
  const differ = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined && other !== undefined && one !== other;
  const fields = new Map(said.fields?.map(({ path, after_mac }) => [path, after_mac]));
  return (
    (said.currency === reported.currency && differ(said.amount, reported.amount)) ||
    (reported.fields?.some(({ path, after_mac }) => differ(fields.get(path), after_mac)) ?? false)
  );
}

/** True beside the agreement, and worth a look. */
function remarks({ policies, approvals, effects, confirmations, overrides }: Action): readonly string[] {
  const vouched = effects.every((row) => row.evidence_grade === 'system_of_record');
  return [
    ...(overrides.length > 0 ? ['overridden'] : []),
    ...(policies.some(({ policy }) => policy?.enforcement === 'failed_open') ? ['gate_failed_open'] : []),
    ...(policies.some(({ policy }) => policy?.decision === 'deny' && policy.enforcement === 'advisory')
      ? ['advice_to_deny']
      : []),
    ...(amountsOf(approvals, [...effects, ...confirmations]).has('other_currency') ? ['amount_not_comparable'] : []),
    ...(effects.length > 0 && confirmations.length === 0 && !vouched ? ['not_confirmed'] : []),
  ];
}
