import { isAttached } from './kinds.ts';
import { type RunRow, runOf } from './row.ts';

/** The ids that stand on every event of one action. Calls are not among them: theirs are unique in a run only. */
const joining = ['effect_id', 'decision_id', 'approval_id', 'action_mac'] as const;

/** Finds what belongs to an action, by the ids that its events share. */
export class Joins {
  readonly #byCall = new Map<string, RunRow[]>();
  readonly #byId = new Map<string, RunRow[]>();
  readonly #byCause = new Map<string, RunRow[]>();
  readonly #byTransaction = new Map<string, RunRow[]>();

  constructor(readonly rows: readonly RunRow[]) {
    for (const row of rows) {
      if (row.call_id !== undefined) put(this.#byCall, callKey(runOf(row), row.call_id), row);
      for (const kind of joining) put(this.#byId, idKey(kind, row[kind]), row);
      for (const key of transactionKeys(row)) put(this.#byTransaction, key, row);
      if (row.causation_id !== undefined && isAttached(row.event_type)) put(this.#byCause, row.causation_id, row);
    }
  }

  /**
   * The events of one action, in order: from those given, over shared ids, what they caused, and the target system's own
   * transaction or document numbers. An event of another call or another run is another action's, though a decision may have been about both.
   */
  closure(seed: readonly RunRow[]): readonly RunRow[] {
    const calls = new Set(seed.flatMap((row) => row.call_id ?? []));
    const runs = new Set(seed.map(runOf));
    const found = new Set(seed);
    const fits = (row: RunRow): boolean => (row.call_id === undefined || calls.size === 0 || calls.has(row.call_id)) && (runOf(row) === '' || runs.has('') || runs.has(runOf(row)));
    for (let level = [...seed]; level.length > 0; ) {
      const next = new Set(level.flatMap((row) => this.#neighbours(row)).filter((row) => !found.has(row) && fits(row)));
      // The nearest calls are the action's; what stands behind a shared decision is another one's.
      for (const row of next) if (row.call_id !== undefined) calls.add(row.call_id);
      for (const row of next) found.add(row);
      level = [...next];
    }
    return this.inOrder(found);
  }

  inOrder(rows: ReadonlySet<RunRow>): readonly RunRow[] {
    this.#places ??= new Map(this.rows.map((row, index) => [row, index]));
    const places = this.#places;
    return [...rows].sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
  }
  #places: ReadonlyMap<RunRow, number> | undefined;

  #neighbours(row: RunRow): readonly RunRow[] {
    const ofCall = row.call_id === undefined ? [] : [...(this.#byCall.get(callKey(runOf(row), row.call_id)) ?? []), ...(this.#byCall.get(callKey('', row.call_id)) ?? [])];
    const ofIds = joining.flatMap((kind) => this.#byId.get(idKey(kind, row[kind]) ?? '') ?? []);
    const ofTransaction = transactionKeys(row).flatMap((key) => this.#byTransaction.get(key) ?? []);
    return [...ofCall, ...ofIds, ...ofTransaction, ...this.causedBy(row.event_id)];
  }

  /** Attached events that name this one as their cause. */
  causedBy(eventId: string): readonly RunRow[] {
    return this.#byCause.get(eventId) ?? [];
  }
}

const callKey = (run: string, call: string): string => JSON.stringify([run, call]);
const idKey = (kind: string, id: string | undefined): string | undefined => (id === undefined ? undefined : `${kind} ${id}`);

/** A system's own numbers tell its report of a change from that of another. */
function transactionKeys({ effect, object_refs }: RunRow): readonly string[] {
  const system = effect?.target_system ?? object_refs?.[0]?.system;
  if (effect === undefined || system === undefined) return [];
  return [
    ...(effect.transaction_key === undefined ? [] : [JSON.stringify(['transaction', system, effect.transaction_key])]),
    ...(effect.document_no === undefined ? [] : [JSON.stringify(['document', system, effect.document_no])]),
  ];
}

function put(index: Map<string, RunRow[]>, key: string | undefined, row: RunRow): void {
  if (key === undefined) return;
  const rows = index.get(key);
  if (rows === undefined) index.set(key, [row]);
  else rows.push(row);
}
