import { endsCall, isAttempt, isCall, isEffect, kindOf } from './kinds.ts';
import { type RunRow } from './row.ts';

/** The events of one action by what they say: what was wanted, whether it might, what was done, what came of it. */
export interface Action {
  /** In order, all of them. */
  readonly rows: readonly RunRow[];
  readonly attempts: readonly RunRow[];
  readonly policies: readonly RunRow[];
  readonly approvals: readonly RunRow[];
  readonly overrides: readonly RunRow[];
  readonly maskings: readonly RunRow[];
  /** How the call ended. */
  readonly ends: readonly RunRow[];
  readonly effects: readonly RunRow[];
  /** What the system of record reported itself. */
  readonly confirmations: readonly RunRow[];
}

export function actionFrom(rows: readonly RunRow[]): Action {
  const of = (...kinds: readonly string[]): readonly RunRow[] =>
    rows.filter((row) => kinds.includes(kindOf(row.event_type)));
  return {
    rows,
    attempts: rows.filter((row) => isAttempt(row.event_type)),
    policies: of('policy', 'block'),
    approvals: of('approval'),
    overrides: of('override'),
    maskings: of('masking'),
    ends: rows.filter((row) => endsCall(row.event_type)),
    effects: rows.filter((row) => isEffect(row.event_type)),
    confirmations: of('confirmation'),
  };
}

/** What writes, or was decided about, or had an effect, is an action; other calls only looked, inspected or not. */
export function isAction({ rows, policies, approvals, overrides, effects, confirmations }: Action): boolean {
  if ([policies, approvals, overrides, effects, confirmations].some((events) => events.length > 0)) return true;
  return rows.some((row) => isCall(row.event_type) && (row.tool?.tier === 'write' || row.tool?.tier === 'destructive'));
}
