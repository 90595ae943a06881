import { approvalState } from './approval-state.ts';
import { kindOf } from './kinds.ts';
import { groupInTurns, type RunRow, eventKeyOf } from './row.ts';
import { eachInTurns, filterInTurns, type Turns } from './turns.ts';

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
export function* approvalsOf(rows: readonly RunRow[]): Turns<readonly RunApproval[]> {
  const asked = yield* filterInTurns(rows, (row) => kindOf(row.event_type) === 'approval');
  const groups = yield* groupInTurns(asked, (row) => row.approval_id ?? eventKeyOf(row));
  const approvals: RunApproval[] = [];
  yield* eachInTurns(groups.values(), (own) => approvals.push(approvalOf(own)));
  return approvals;
}

function approvalOf(own: readonly RunRow[]): RunApproval {
  // The newest word counts.
  const last = <Value>(pick: (row: RunRow) => Value | undefined): Value | null => {
    const row = own.findLast((one) => pick(one) !== undefined);
    return row === undefined ? null : (pick(row) ?? null);
  };
  const { status } = approvalState(own);
  const approver = last(({ approval }) => approval?.approver);
  return {
    approval_id: last((row) => row.approval_id),
    effect_id: last((row) => row.effect_id),
    call_id: last((row) => row.call_id),
    status: status === 'none' ? 'pending' : status,
    approver:
      approver === null ? null : { id: approver, issuer: last(({ approval }) => approval?.approver_issuer) ?? '' },
    requested_at: own.find(({ event_type }) => event_type === 'approval.requested')?.occurred_at ?? null,
    decided_at: own.findLast(({ event_type }) => event_type !== 'approval.requested')?.occurred_at ?? null,
    threshold: last(({ approval }) => approval?.threshold),
    value: last(({ approval }) => approval?.value),
    unit: last(({ approval }) => approval?.unit),
    event_ids: own.map(({ event_id }) => event_id),
  };
}
