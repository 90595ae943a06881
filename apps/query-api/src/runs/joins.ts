import { at, Bearers, type Meant } from './bearers.ts';
import { isAttached, kindOf } from './kinds.ts';
import { isBare, meantCalls } from './meant-calls.ts';
import { callOf, type RunRow, runOf, eventKeyOf, causesOf } from './row.ts';
import { eachInTurns, type Turns } from './turns.ts';

/** The ids that stand on every event of one action. Calls are not among them: theirs are unique in a run only. */
const joining = ['effect_id', 'decision_id', 'approval_id', 'action_mac'] as const;

/** Two events that a link joins: an effect, and what confirms it. */
export interface JoinedEvents {
  readonly from_key: string;
  readonly to_key: string;
}

/** One row in so many. */
const SPARSE = 16;

/** Finds what belongs to an action, by the ids that its events share and by the links between them. */
export class Joins {
  readonly #byKey = new Map<string, Bearers>();
  /** By event id: the events at the other ends of its links. */
  readonly #linked = new Map<string, RunRow[]>();

  constructor(
    readonly rows: readonly RunRow[],
    links: readonly JoinedEvents[] = [],
    indexed = rows,
  ) {
    for (const row of indexed) this.#index(row);
    if (links.length > 0) this.#join(links);
  }

  /** The same for a whole run. */
  static *inTurns(rows: readonly RunRow[], links: readonly JoinedEvents[] = []): Turns<Joins> {
    const joins = new Joins(rows, links, []);
    yield* eachInTurns(rows, (row) => joins.#index(row));
    return joins;
  }

  #index(row: RunRow): void {
    for (const key of keysOn(row)) at(this.#byKey, key, () => new Bearers()).add(row);
  }

  #join(links: readonly JoinedEvents[]): void {
    const byId = new Map(this.rows.map((row) => [eventKeyOf(row), row]));
    for (const { from_key, to_key } of links) {
      const [from, to] = [byId.get(from_key), byId.get(to_key)];
      if (from === undefined || to === undefined) continue;
      at(this.#linked, from_key, () => []).push(to);
      at(this.#linked, to_key, () => []).push(from);
    }
  }

  /**
   * The events of one action, in order: from those given, over shared ids, what they caused, the target system's own
   * transaction or document numbers, and links. An event of another call or another run is another action's, though a
   * decision may have been about both; but what a link calls the confirmation of one of its effects is the action's,
   * whatever call or run it names. It takes time by what is found, not by how many others bear the same ids: each id is
   * followed once, and past other calls' rows.
   */
  closure(seed: readonly RunRow[]): readonly RunRow[] {
    const found = new Set(seed);
    const followed = new Set<string>();
    const runs = runsOf(seed);
    let calls = meantCalls(seed);
    for (let level = found; level.size > 0;) {
      const next = new Set<RunRow>();
      const confirming: RunRow[] = [];
      for (const row of level) {
        for (const key of keysFrom(row)) {
          if (followed.has(key)) continue;
          followed.add(key);
          for (const neighbour of this.#byKey.get(key)?.of(runs, calls?.ids ?? null) ?? [])
            if (!found.has(neighbour) && calls?.admits(neighbour) !== false) next.add(neighbour);
        }
        for (const other of this.#linked.get(eventKeyOf(row)) ?? []) {
          if (found.has(other)) continue;
          if (kindOf(other.event_type) === 'confirmation') confirming.push(other);
          else if (runs?.has(runOf(other)) !== false && calls?.admits(other) !== false) next.add(other);
        }
      }
      // The nearest calls are the action's; what stands behind a shared decision is another one's.
      calls ??= meantCalls(next);
      for (const row of confirming) next.add(row);
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

const callKey = (call: string): string => `call ${call}`;
const bareKey = (call: string): string => `bare ${call}`;
const causeKey = (key: string): string => `cause ${key}`;

/** Under which keys a row is found. */
function keysOn(row: RunRow): readonly string[] {
  return [
    ...(row.call_id === undefined ? [] : [callKey(callOf(row)), ...(isBare(row) ? [bareKey(row.call_id)] : [])]),
    ...sharedKeys(row),
    // Attached events only: what else names a cause is a step of its own.
    ...(isAttached(row.event_type) ? causesOf(row).map(causeKey) : []),
  ];
}

/** Which keys lead on from a row. */
function keysFrom(row: RunRow): readonly string[] {
  return [...callKeysFrom(row), ...sharedKeys(row), causeKey(eventKeyOf(row))];
}

function callKeysFrom(row: RunRow): readonly string[] {
  if (row.call_id === undefined) return [];
  const own = callKey(callOf(row));
  if (isBare(row)) return [own];
  const ofSession =
    row.session_id === undefined ? [] : [callKey(JSON.stringify(['session', row.session_id, row.call_id]))];
  return [own, ...ofSession, bareKey(row.call_id)];
}

const sharedKeys = (row: RunRow): readonly string[] => [
  ...joining.flatMap((kind) => (row[kind] === undefined ? [] : [`${kind} ${row[kind]}`])),
  ...transactionKeys(row),
];

/** A system's own numbers tell its report of a change from that of another. */
function transactionKeys({ effect, object_refs }: RunRow): readonly string[] {
  const system = effect?.target_system ?? object_refs?.[0]?.system;
  if (effect === undefined || system === undefined) return [];
  return [
    ...(effect.transaction_key === undefined ? [] : [JSON.stringify(['transaction', system, effect.transaction_key])]),
    ...(effect.document_no === undefined ? [] : [JSON.stringify(['document', system, effect.document_no])]),
  ];
}
