import { type Action } from './action.ts';
import { isFailure, type RunRow } from './row.ts';

const didNothing: ReadonlySet<string> = new Set(['failure', 'denied', 'timeout', 'cancelled']);
export const happened = (row: RunRow): boolean => !isFailure(row) && !didNothing.has(row.outcome?.status ?? '');
const isReported = (row: RunRow): boolean => row.outcome?.status !== undefined;

/** Something was done: an effect is recorded, the target system reports one, or the call came back without an error. */
export function executions({ ends, effects, confirmations }: Action): readonly RunRow[] {
  const changed = [...effects, ...confirmations].filter(happened);
  return changed.length > 0 ? changed : ends.filter(cameBack);
}

export const cameBack = (row: RunRow): boolean =>
  happened(row) && (isReported(row) || row.event_type === 'model.call.completed');

/** The first thing that was done, in certain order; null when nothing was, or nobody knows when. */
export function doneAt(action: Action): string | null {
  const done = [...executions(action), ...action.ends.filter(cameBack)]
    .filter((row) => !row.order_uncertain)
    .map((row) => row.occurred_at);
  return done.length === 0 ? null : done.reduce((one, other) => (one < other ? one : other));
}

/** What is on record only after something was done permitted nothing, forbade nothing, and masked nothing of it. */
export function inTime(action: Action): Action {
  const at = doneAt(action);
  if (at === null) return action;
  const before = (rows: readonly RunRow[]): readonly RunRow[] =>
    rows.filter((row) => row.order_uncertain || row.occurred_at <= at);
  return {
    ...action,
    policies: before(action.policies),
    approvals: before(action.approvals),
    overrides: before(action.overrides),
    maskings: before(action.maskings),
  };
}
