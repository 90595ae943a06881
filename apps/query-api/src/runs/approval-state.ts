import { type RunRow } from './row.ts';

/** What the approvals of an action come to: one that was refused outweighs those that were given. */
export type ApprovalState =
  | { readonly status: 'none' | 'pending' }
  | { readonly status: 'approved' | 'rejected'; readonly at: string };

/** `rows` are the approval events in order. Each approval stands as its newest decision says; a request alone is pending. */
export function approvalState(rows: readonly RunRow[]): ApprovalState {
  if (rows.length === 0) return { status: 'none' };
  const newest = new Map<string, RunRow>();
  for (const row of rows) if (row.event_type !== 'approval.requested' || !newest.has(keyOf(row))) newest.set(keyOf(row), row);
  const states = [...newest.values()];
  const refused = states.find((row) => row.event_type === 'approval.expired' || (row.event_type === 'approval.decided' && row.approval?.decision !== 'approved'));
  if (refused !== undefined) return { status: 'rejected', at: refused.occurred_at };
  if (states.some((row) => row.event_type === 'approval.requested')) return { status: 'pending' };
  return { status: 'approved', at: states.map((row) => row.occurred_at).reduce((one, other) => (one > other ? one : other)) };
}

const keyOf = (row: RunRow): string => row.approval_id ?? row.event_id;
