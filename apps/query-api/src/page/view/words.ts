import { type PartCoverage, type Part } from '../../runs/coverage.ts';
import { type Agreement } from '../../runs/agreement.ts';

/** Codes as people read them. A code that is missing here is shown as it is written, so nothing is ever left out. */
export const words = (code: string): string => code.replaceAll('_', ' ');

export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

export interface Verdict {
  readonly text: string;
  readonly tone: Tone;
  /** One sentence: what it means. */
  readonly meaning: string;
}

const agreements: Readonly<Record<Agreement, Verdict>> = {
  matched: { text: 'matched', tone: 'good', meaning: 'What was asked for, what was allowed and what was done agree.' },
  mismatched: { text: 'mismatched', tone: 'bad', meaning: 'What was done is not what was allowed.' },
  unobserved: { text: 'unobserved', tone: 'warn', meaning: 'The record does not show what came of it.' },
  denied_nothing_executed: {
    text: 'denied, nothing done',
    tone: 'good',
    meaning: 'It was refused, and nothing was done.',
  },
  executed_without_decision: {
    text: 'no decision',
    tone: 'warn',
    meaning: 'It was done, and no decision about it is on record.',
  },
};

/** Why an action stands as it does. */
const agreementReasons: Readonly<Record<string, string>> = {
  not_confirmed: 'its system has not confirmed it',
  overridden: 'somebody overrode the rule',
  gate_failed_open: 'the gate failed and let everything pass',
  advice_to_deny: 'a rule advised against it',
  failed_nothing_executed: 'it failed, and nothing was done',
  effect_not_recorded: 'no effect of it is on record',
  result_not_recorded: 'its result is not on record',
  end_not_recorded: 'its end is not on record',
  execution_not_recorded: 'whether it was done is not on record',
  approval_pending: 'the approval is still awaited',
  no_decision_recorded: 'no decision about it is on record',
  decision_named_but_not_recorded: 'a decision is named that is not on record',
  executed_without_approval: 'it was done without the approval',
  executed_before_approval: 'it was done before the approval',
  decided_after_execution: 'it was decided only after it was done',
  overridden_afterwards: 'somebody overrode that only afterwards',
  approval_had_expired: 'the approval had expired',
  approval_expired: 'the approval had expired',
  amount_not_comparable: 'the amount was approved in another currency',
  executed_although_denied: 'it was done although it was denied',
  executed_although_rejected: 'it was done although it was rejected',
  executed_although_blocked: 'it was done although it was blocked',
  action_changed: 'what was done is not what was decided on',
  amount_differs: 'the amount is not the approved one',
  masking_not_recorded: 'masking was required and is not on record',
  confirmation_differs: 'its system reports something else',
  executed_although_expired: 'it was done although the approval had expired',
  executed_although_withdrawn: 'it was done although the approval was withdrawn',
  approval_rejected: 'the approval was refused',
  approval_withdrawn: 'the approval was withdrawn',
  expired: 'the approval expired',
  withdrawn: 'the approval was withdrawn',
  denied: 'a rule denied it',
  rejected: 'an approver rejected it',
  blocked: 'it was blocked',
};

export const agreementReason = (code: string): string => agreementReasons[code] ?? words(code);

export const agreementVerdict = (agreement: string): Verdict =>
  agreements[agreement as Agreement] ?? { text: words(agreement), tone: 'quiet', meaning: '' };

export const partNames: Readonly<Record<Part, string>> = {
  user_request: 'User request',
  agent_instruction: 'Instruction',
  model_interaction: 'Model',
  tool_invocation: 'Tools',
  retrieved_data: 'Data read',
  system_updates: 'System updates',
  approvals: 'Approvals',
  exceptions: 'Exceptions',
};

export const coverageTones: Readonly<Record<PartCoverage['status'], Tone>> = {
  recorded: 'good',
  missing: 'bad',
  not_needed: 'quiet',
  unknown: 'warn',
};

const tones: Readonly<Record<string, Tone>> = {
  success: 'good',
  failure: 'bad',
  timeout: 'bad',
  denied: 'warn',
  escalated: 'warn',
  cancelled: 'quiet',
  partial: 'warn',
  completed: 'good',
  failed: 'bad',
  stopped: 'warn',
  open: 'info',
  confirmed: 'good',
  executed: 'info',
  not_executed: 'quiet',
  reverted: 'warn',
  approved: 'good',
  rejected: 'bad',
  expired: 'warn',
  withdrawn: 'quiet',
  pending: 'info',
  recorded: 'good',
  missing: 'bad',
  not_needed: 'quiet',
  unknown: 'warn',
  yes: 'good',
  no: 'bad',
  partly: 'warn',
  as_approved: 'good',
  differently: 'bad',
  before_approval: 'bad',
  although_not_approved: 'bad',
  not_comparable: 'warn',
  masked: 'good',
  partly_masked: 'warn',
  detected_not_masked: 'bad',
  not_inspected: 'quiet',
  nothing_detected: 'good',
  blocked: 'warn',
  ended: 'quiet',
  deny: 'bad',
  allow: 'good',
  require_approval: 'warn',
  escalate: 'warn',
  mask: 'info',
};

export const toneOf = (status: string): Tone => tones[status] ?? 'quiet';

const count = (number: number, one: string, more: string): string =>
  number === 1 ? `one ${one}` : `${number.toLocaleString('en')} ${more}`;

/** Why a part of a run is not simply recorded. */
const reasons: Readonly<Record<string, (number: number) => string>> = {
  call_without_end: (n) => `${count(n, 'call has', 'calls have')} no recorded end`,
  call_without_result: (n) => `${count(n, 'call has', 'calls have')} no recorded result`,
  fewer_than_the_source_counts: (n) => `${count(n, 'fewer', 'fewer')} than the source counts`,
  effect_without_confirmation: (n) =>
    `${count(n, 'effect is', 'effects are')} not confirmed, though the system confirms others`,
  write_without_effect: (n) => `${count(n, 'write', 'writes')} of which no effect is recorded`,
  request_without_decision: (n) => `${count(n, 'request', 'requests')} without a decision`,
  required_and_not_requested: (n) => `${count(n, 'approval was', 'approvals were')} required and never requested`,
  no_decision_recorded: (n) => `${count(n, 'action', 'actions')} on which nobody decided`,
  as_tool_results_only: () => 'as results of tools only',
  by_configuration_id_only: () => 'by the id of a configuration only',
  model_without_instruction: () => 'a model was called without a recorded instruction',
  failure_without_cause: (n) => `${count(n, 'failure', 'failures')} without a cause`,
  exception_still_open: (n) => `${count(n, 'exception is', 'exceptions are')} still open`,
};

export const reasonText = (code: string, number: number): string =>
  reasons[code]?.(number) ?? (number > 1 ? `${words(code)} (${number.toLocaleString('en')})` : words(code));

const kinds: Readonly<Record<string, string>> = {
  tool_call: 'tool call',
  model_call: 'model call',
  read: 'read',
  effect: 'effect',
  confirmation: 'confirmation',
  revert: 'reverted',
  policy: 'policy',
  masking: 'masked',
  inspection: 'inspected',
  block: 'blocked',
  delegation: 'delegated',
  process: 'process',
  message: 'message',
};
export const kindText = (kind: string): string => kinds[kind] ?? words(kind);

/** Small whole numbers with a noun. */
export const many = (number: number, one: string, more = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : more}`;
