import { approvalState } from '../runs/approval-state.ts';
import { type RunRow } from '../runs/row.ts';
import { type Delegation } from './delegation.ts';

/** Whether something was permitted at the time at which it was done. */
export interface Permission {
  /** Null when nothing was done: then it is asked for the last event on record. */
  readonly at: string;
  readonly permitted: 'yes' | 'no' | 'unknown';
  /** Codes: what speaks against it for `no`, what is not on record for `unknown`. */
  readonly reasons: readonly string[];
}

/** Only what was on record before counts: a decision or an approval that came later gave no permission then. */
export function permissionOf(action: readonly RunRow[], delegation: Delegation, at: string): Permission {
  const before = action.filter((row) => row.occurred_at <= at);
  const policies = [
    ...new Map(
      before
        .filter(({ event_type }) => event_type === 'policy.evaluated')
        .map((row) => [row.policy?.policy_id ?? '', row]),
    ).values(),
  ];
  const approvals = before.filter(({ event_type }) => event_type.startsWith('approval.'));
  const given = approvalState(approvals);
  const approval = given.status;
  const overridden = before.some(({ event_type }) => event_type === 'oversight.override.applied');
  const binding = policies.filter(({ policy }) => policy?.enforcement !== 'advisory');
  const against = [
    ...(overridden
      ? []
      : [
          ...(binding.some(({ policy }) => policy?.decision === 'deny' && policy.enforcement !== 'failed_open')
            ? ['denied_by_policy']
            : []),
          ...(before.some(({ event_type }) => event_type === 'content.blocked') ? ['content_blocked'] : []),
          ...(given.status === 'rejected' ? [`approval_${given.how}`] : []),
          ...(given.status === 'approved' && given.expires_at !== null && given.expires_at < at
            ? ['approval_expired']
            : []),
          ...(approval === 'pending' ? ['approval_pending'] : []),
          ...(approval === 'none' && binding.some(({ policy }) => policy?.decision === 'require_approval')
            ? ['approval_required_and_missing']
            : []),
        ]),
    ...delegation.grants
      .filter(({ in_force }) => in_force === 'no')
      .flatMap(({ reasons }) =>
        reasons.filter((reason) => reason !== 'not_on_record').map((reason) => `grant_${reason}`),
      ),
  ];
  if (against.length > 0) return { at, permitted: 'no', reasons: [...new Set(against)] };
  const unknown = [
    ...(policies.length === 0 && approval !== 'approved' && !overridden ? ['no_decision_on_record'] : []),
    ...(delegation.grants.some(({ in_force }) => in_force === 'unknown') ? ['grant_not_on_record'] : []),
    ...(delegation.grants.length === 0 && delegation.acted.type === 'agent' ? ['no_grant_named'] : []),
    ...(binding.some(({ policy }) => policy?.enforcement === 'failed_open') ? ['gate_failed_open'] : []),
  ];
  return { at, permitted: unknown.length === 0 ? 'yes' : 'unknown', reasons: unknown };
}
