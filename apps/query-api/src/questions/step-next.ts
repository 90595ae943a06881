import { type ListOf, type Standpoint } from '../reading/list-question.ts';
import { readAll } from '../reading/read-all.ts';
import { type SortKey } from '../reading/sort-key.ts';
import { isEffect } from '../runs/kinds.ts';
import { asRunRows, microsOf, type RunRow, runOf, eventKeyOf } from '../runs/row.ts';
import { causedBy, laterInScope, laterOnObject } from '../store/step-reads.ts';
import { type StepRows } from './step-rows.ts';

export interface WhatFollowed {
  /** Further events that name it as their cause. */
  readonly caused: readonly RunRow[];
  readonly next_in_run: readonly RunRow[];
  /** Of a step outside of runs: what followed in its session. */
  readonly next_in_session: readonly RunRow[];
  /** On the objects that it changed, whoever did it. */
  readonly later_on_objects: readonly RunRow[];
}

/** Of what followed, the first; that there is more is said by the list's name. */
const NEXT = 10;
/** Of so many objects that it changed; of more it is said. */
const MAX_OBJECTS = 3;
/** As many ids as fit into a request: what later events of the step caused is not looked for, which is said. */
const MAX_CAUSES = 100;

/** `own`: the rows of the step in order, `answered` among them. */
export async function whatFollowed(
  { context }: Standpoint,
  { place, dressRow }: StepRows,
  own: readonly RunRow[],
  answered: ReadonlySet<RunRow>,
): Promise<{ readonly next: WhatFollowed; readonly caps: readonly string[] }> {
  const known = new Set(own.map(eventKeyOf));
  const caps = new Set<string>();
  const first = async (name: keyof WhatFollowed, list: ListOf): Promise<readonly RunRow[]> => {
    const { rows, capped } = await readAll(context, list, { cap: NEXT + 1 + known.size });
    const further = asRunRows(rows).filter((row) => !known.has(eventKeyOf(row)));
    if (capped || further.length > NEXT) caps.add(name);
    return further.slice(0, NEXT);
  };
  // Answers may come days later: what followed follows on what was done.
  const done = own.filter((row) => !answered.has(row));
  const last = keyOf(done.filter((row) => runOf(row) === place.scope.run_id).at(-1) ?? (own[own.length - 1] as RunRow));
  const objects = [...objectsOf(own).values()];
  if (objects.length > MAX_OBJECTS) caps.add('objects');
  if (known.size > MAX_CAUSES) caps.add('causes');
  const { run_id, session_id } = place.scope;
  const [next_in_run, next_in_session, caused, ...onObjects] = await Promise.all([
    run_id === '' ? [] : first('next_in_run', laterInScope(context, place, last)),
    run_id !== '' || session_id === '' ? [] : first('next_in_session', laterInScope(context, place, last)),
    first('caused', causedBy(context, place, [...known].slice(0, MAX_CAUSES))),
    ...objects.slice(0, MAX_OBJECTS).map((object) => first('later_on_objects', laterOnObject(context, object, last))),
  ]);
  const byId = new Map(onObjects.flat().map((row) => [eventKeyOf(row), row]));
  const later_on_objects = [...byId.values()].sort((one, other) => (one.occurred_at < other.occurred_at ? -1 : 1));
  return {
    next: { caused, next_in_run: next_in_run.map(dressRow), next_in_session, later_on_objects },
    caps: [...caps].sort(),
  };
}

function objectsOf(
  own: readonly RunRow[],
): ReadonlyMap<string, { readonly system: string; readonly type: string; readonly id: string }> {
  const objects = own
    .filter((row) => isEffect(row.event_type))
    .flatMap((row) => row.object_refs ?? [])
    .filter(({ role }) => role !== 'mentioned');
  return new Map(
    objects.map(({ system = '', type = '', id = '' }) => [JSON.stringify([system, type, id]), { system, type, id }]),
  );
}

const keyOf = (row: RunRow): SortKey => ({
  occurred_at: microsOf(row.occurred_at),
  stream_id: row.stream_id,
  seq: row.seq,
  event_id: row.event_id,
});
