import { type RunRow, runOf } from './row.ts';

/** Which are meant; null: whichever there are. */
export type Meant<Key> = ReadonlySet<Key> | null;

/** To look through these costs less than to keep them apart. */
const FEW = 8;

type ByCall = ReadonlyMap<string | undefined, readonly RunRow[]>;

/**
 * The rows that bear one id. One decision may be about thousands of calls: those of a call are found among them without
 * a look at the others', or an answer about all calls would take the square of their number.
 */
export class Bearers {
  readonly #rows: RunRow[] = [];
  /** By run, then by call; made when first asked for. */
  #apart: ReadonlyMap<string, ByCall> | undefined;

  add(row: RunRow): void {
    this.#rows.push(row);
    this.#apart = undefined;
  }

  /** Those of these runs and calls, in no order; `undefined` among the calls stands for rows that name none. */
  *of(runs: Meant<string>, calls: Meant<string | undefined>): Iterable<RunRow> {
    if (this.#rows.length <= FEW) {
      for (const row of this.#rows) if (runs?.has(runOf(row)) !== false && calls?.has(row.call_id) !== false) yield row;
      return;
    }
    this.#apart ??= keptApart(this.#rows);
    for (const byCall of chosen(this.#apart, runs)) for (const rows of chosen(byCall, calls)) yield* rows;
  }
}

function keptApart(rows: readonly RunRow[]): ReadonlyMap<string, ByCall> {
  const byRun = new Map<string, Map<string | undefined, RunRow[]>>();
  for (const row of rows) {
    const byCall = at(byRun, runOf(row), () => new Map<string | undefined, RunRow[]>());
    at(byCall, row.call_id, () => []).push(row);
  }
  return byRun;
}

/** What stands at the key; made when nothing does. */
export function at<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}

/** Goes through the shorter of both. */
function* chosen<Key, Value>(from: ReadonlyMap<Key, Value>, keys: Meant<Key>): Iterable<Value> {
  if (keys !== null && keys.size < from.size) {
    for (const key of keys) {
      const value = from.get(key);
      if (value !== undefined) yield value;
    }
    return;
  }
  for (const [key, value] of from) if (keys?.has(key) !== false) yield value;
}
