import { type RunRow, eventKeyOf } from '../runs/row.ts';
import { type LinkedTraces } from './run-links.ts';

const joining = ['effect_id', 'decision_id', 'approval_id'] as const;
const keysOf = (row: RunRow): readonly string[] =>
  joining.flatMap((kind) => (row[kind] === undefined ? [] : [`${kind} ${row[kind]}`]));

/**
 * Of rows of no run, those that only spans of linked traces lead to, by the ids that they share: without the link they
 * were not there.
 */
export function besideSpans(rows: readonly RunRow[], traces: LinkedTraces['of']): ReadonlySet<string> {
  if (traces.size === 0) return new Set();
  const isSpan = ({ run_id, trace_id }: RunRow): boolean =>
    run_id === undefined && trace_id !== undefined && traces.has(trace_id);
  const reached = new Set(rows.filter(({ run_id }) => run_id !== undefined));
  const keys = new Set([...reached].flatMap(keysOf));
  for (let grown = true; grown;) {
    grown = false;
    for (const row of rows) {
      if (reached.has(row) || isSpan(row) || !keysOf(row).some((key) => keys.has(key))) continue;
      reached.add(row);
      for (const key of keysOf(row)) keys.add(key);
      grown = true;
    }
  }
  return new Set(rows.filter((row) => !reached.has(row) && !isSpan(row)).map(eventKeyOf));
}
