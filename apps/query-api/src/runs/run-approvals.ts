import { approvalState } from './approval-state.ts';
import { kindOf } from './kinds.ts';
import { groupRows, type RunRow } from './row.ts';

/** Somebody was asked: about what, and what they said. The whole of it is under /v1/approvals. */
export interface RunApproval {
  readonly approval_id: string | null;
  readonly effect_id: string | null;
  readonly call_id: string | null;
  readonly status: 'pending' | 'approved' | 'rejected';
  readonly approver: { readonly id: string; readonly issuer: string } | null;
  readonly requested_at: string | null;
  readonly decided_at: string | null;
  readonly threshold: number | null;
  readonly value: number | null;
  readonly unit: string | null;
  readonly event_ids: readonly string[];
}

/** In the order in which they were asked for. */
export function approvalsOf(rows: readonly RunRow[]): readonly RunApproval[] {
  const groups = groupRows(rows.filter((row) => kindOf(row.event_type) === 'approval'), (row) => row.approval_id ?? row.event_id);
  return [...groups.values()].map((own) => {
    // The newest word counts.
    const first = <Value>(pick: (row: RunRow) => Value | undefined): Value | null => [...own].reverse().map(pick).find((found) => found !== undefined) ?? null;
    const { status } = approvalState(own);
    const approver = first(({ approval }) => approval?.approver);
    return {
      approval_id: first((row) => row.approval_id), effect_id: first((row) => row.effect_id), call_id: first((row) => row.call_id),
      status: status === 'none' ? 'pending' : status,
      approver: approver === null ? null : { id: approver, issuer: first(({ approval }) => approval?.approver_issuer) ?? '' },
      requested_at: own.find(({ event_type }) => event_type === 'approval.requested')?.occurred_at ?? null,
      decided_at: own.findLast(({ event_type }) => event_type !== 'approval.requested')?.occurred_at ?? null,
      threshold: first(({ approval }) => approval?.threshold), value: first(({ approval }) => approval?.value), unit: first(({ approval }) => approval?.unit),
      event_ids: own.map(({ event_id }) => event_id),
    };
  });
}
