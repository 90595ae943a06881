import { at, Bearers, type Meant } from './bearers.ts';
import { isAttached } from './kinds.ts';
import { type RunRow, runOf } from './row.ts';
import { eachInTurns, type Turns } from './turns.ts';

/** The ids that stand on every event of one action. Calls are not among them: theirs are unique in a run only. */
const joining = ['effect_id', 'decision_id', 'approval_id', 'action_mac'] as const;

/** One row in so many. */
const SPARSE = 16;

/** Finds what belongs to an action, by the ids that its events share. */
export class Joins {
  readonly #byKey = new Map<string, Bearers>();

  constructor(readonly rows: readonly RunRow[], indexed = rows) {
    for (const row of indexed) this.#index(row);
  }

  /** The same for a whole run. */
  static *inTurns(rows: readonly RunRow[]): Turns<Joins> {
    const joins = new Joins(rows, []);
    yield* eachInTurns(rows, (row) => joins.#index(row));
    return joins;
  }

  #index(row: RunRow): void {
    for (const key of keysOn(row)) at(this.#byKey, key, () => new Bearers()).add(row);
  }

  /**
   * The events of one action, in order: from those given, over shared ids, what they caused, and the target system's own
   * transaction or document numbers. An event of another call or another run is another action's, though a decision may have been about both.
   * It takes time by what is found, not by how many others bear the same ids: each id is followed once, and past other calls' rows.
   */
  closure(seed: readonly RunRow[]): readonly RunRow[] {
    const found = new Set(seed);
    const followed = new Set<string>();
    const runs = runsOf(seed);
    let calls = callsOf(seed);
    for (let level = found; level.size > 0; ) {
      const next = new Set<RunRow>();
      for (const row of level) {
        for (const key of keysFrom(row)) {
          if (followed.has(key)) continue;
          followed.add(key);
          for (const neighbour of this.#byKey.get(key)?.of(runs, calls) ?? []) if (!found.has(neighbour)) next.add(neighbour);
        }
      }
      // The nearest calls are the action's; what stands behind a shared decision is another one's.
      calls ??= callsOf(next);
      for (const row of next) found.add(row);
      level = next;
    }
    return this.inOrder(found);
  }

  inOrder(rows: ReadonlySet<RunRow>): readonly RunRow[] {
    // Many are sooner found in their order than put into it.
    if (rows.size * SPARSE > this.rows.length) return this.rows.filter((row) => rows.has(row));
    this.#places ??= new Map(this.rows.map((row, index) => [row, index]));
    const places = this.#places;
    return [...rows].sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
  }
  #places: ReadonlyMap<RunRow, number> | undefined;
}

/** What names no run fits every one, and every one fits it. */
function runsOf(rows: readonly RunRow[]): Meant<string> {
  const runs = new Set(rows.map(runOf));
  return runs.has('') ? null : runs.add('');
}

/** The calls that are named, and none; any while none is. */
function callsOf(rows: Iterable<RunRow>): Meant<string | undefined> {
  const calls = new Set<string | undefined>([undefined]);
  for (const row of rows) calls.add(row.call_id);
  return calls.size === 1 ? null : calls;
}

const callKey = (run: string, call: string): string => JSON.stringify(['call', run, call]);
const causeKey = (eventId: string): string => `cause ${eventId}`;

/** Under which keys a row is found. */
function keysOn(row: RunRow): readonly string[] {
  return [
    ...(row.call_id === undefined ? [] : [callKey(runOf(row), row.call_id)]),
    ...sharedKeys(row),
    // Attached events only: what else names a cause is a step of its own.
    ...(row.causation_id !== undefined && isAttached(row.event_type) ? [causeKey(row.causation_id)] : []),
  ];
}

/** Which keys lead on from a row. */
function keysFrom(row: RunRow): readonly string[] {
  return [...(row.call_id === undefined ? [] : [callKey(runOf(row), row.call_id), callKey('', row.call_id)]), ...sharedKeys(row), causeKey(row.event_id)];
}

const sharedKeys = (row: RunRow): readonly string[] => [...joining.flatMap((kind) => (row[kind] === undefined ? [] : [`${kind} ${row[kind]}`])), ...transactionKeys(row)];

/** A system's own numbers tell its report of a change from that of another. */
function transactionKeys({ effect, object_refs }: RunRow): readonly string[] {
  const system = effect?.target_system ?? object_refs?.[0]?.system;
  if (effect === undefined || system === undefined) return [];
  return [
    ...(effect.transaction_key === undefined ? [] : [JSON.stringify(['transaction', system, effect.transaction_key])]),
    ...(effect.document_no === undefined ? [] : [JSON.stringify(['document', system, effect.document_no])]),
  ];
}
