import { type RunRow, eventKeyOf } from './row.ts';

/**
 * What the approvals of an action come to: one that was refused outweighs those that were given, until it is asked for
 * again.
 */
export type ApprovalState =
  | { readonly status: 'none' | 'pending' }
  | { readonly status: 'rejected'; readonly at: string; readonly how: 'rejected' | 'expired' | 'withdrawn' }
  /** `expires_at`: when the first of them stops to hold; null when none does. */
  | { readonly status: 'approved'; readonly at: string; readonly expires_at: string | null };

/**
 * `rows` are the approval events in order. Each approval stands as its newest decision says; a request alone is
 * pending.
 */
export function approvalState(rows: readonly RunRow[]): ApprovalState {
  if (rows.length === 0) return { status: 'none' };
  const newest = new Map<string, RunRow>();
  for (const row of rows)
    if (row.event_type !== 'approval.requested' || !newest.has(keyOf(row))) newest.set(keyOf(row), row);
  const askedLast = rows.findLast((row) => row.event_type === 'approval.requested')?.occurred_at ?? '';
  const refused = [...newest.values()].filter(isRefusal);
  const standing = refused.find((row) => row.occurred_at >= askedLast);
  if (standing !== undefined) return { status: 'rejected', at: standing.occurred_at, how: howRefused(standing) };
  // Refused, and then asked for again under the same id: that has no answer yet.
  if (
    refused.some((row) =>
      rows.some(
        (other) =>
          other.event_type === 'approval.requested' &&
          keyOf(other) === keyOf(row) &&
          other.occurred_at > row.occurred_at,
      ),
    )
  )
    return { status: 'pending' };
  const states = [...newest.values()].filter((row) => !refused.includes(row));
  const given = states.filter((row) => row.event_type !== 'approval.requested');
  if (given.length < states.length || given.length === 0) return { status: 'pending' };
  const expiries = given
    .flatMap((row) => (row.approval?.expires_at === undefined ? [] : [String(row.approval.expires_at)]))
    .sort();
  return {
    status: 'approved',
    at: given.map((row) => row.occurred_at).reduce((one, other) => (one > other ? one : other)),
    expires_at: expiries[0] ?? null,
  };
}

const howRefused = (row: RunRow): 'rejected' | 'expired' | 'withdrawn' => {
  const said = row.approval?.decision;
  if (said === 'withdrawn') return said;
  return row.event_type === 'approval.expired' || said === 'expired' ? 'expired' : 'rejected';
};
const isRefusal = (row: RunRow): boolean =>
  row.event_type === 'approval.expired' ||
  (row.event_type === 'approval.decided' && row.approval?.decision !== 'approved');
const keyOf = (row: RunRow): string => row.approval_id ?? eventKeyOf(row);
