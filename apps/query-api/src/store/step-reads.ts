import { causedByAny } from './event-keys.ts';
import { type LinkedTraces } from '../links/run-links.ts';
import { type ListOf } from '../reading/list-question.ts';
import { type SortKey } from '../reading/sort-key.ts';
import { type StepIdKind } from '../runs/step-parts.ts';
import { ofTenant } from './id-sets.ts';
import { type ReadContext } from './list-reads.ts';
import { afterKey } from './list-table.ts';
import { type StepScope } from './step-scopes.ts';
import { integer, join, type Sql, sql, tableName, text, texts } from './sql.ts';

/** The ids that the events of a step share with others. */
export interface SharedIds {
  readonly steps: readonly string[];
  readonly calls: readonly string[];
  readonly effects: readonly string[];
  readonly decisions: readonly string[];
  readonly approvals: readonly string[];
  readonly events: readonly string[];
}

/** So many of each kind: a step that has more is cut, and says so. */
const MAX_SHARED = 60;
const SHARED_CAP = 'shared_ids';
/** A decision of a decision: further is another story, and that is said. */
const MAX_HOPS = 4;
const HOPS_CAP = 'hops';

const none: SharedIds = { steps: [], calls: [], effects: [], decisions: [], approvals: [], events: [] };
const kinds = Object.keys(none) as (keyof SharedIds)[];

/** What the asked id alone stands for. */
export function startIds(kind: StepIdKind, id: string): SharedIds {
  const start: Readonly<Record<StepIdKind, Partial<SharedIds>>> = {
    event: { events: [id] },
    call: { calls: [id] },
    effect: { effects: [id] },
    step: { steps: [id] },
  };
  return { ...none, ...start[kind] };
}

/** Where a step's events are: in its run, session or stream, and in spans of traces that links give to its run. */
export interface StepPlace {
  readonly scope: StepScope;
  readonly traces: LinkedTraces;
  /** The spans, as a condition on `events`. */
  readonly spans: Sql;
}

export interface GrownIds {
  readonly ids: SharedIds;
  readonly caps: readonly string[];
}

/** Ids grow by what shares them, until nothing new comes: a call, its decision, the approval behind that. */
export async function growIds(context: ReadContext, place: StepPlace, start: SharedIds): Promise<GrownIds> {
  let ids = start;
  let cut = false;
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    const some = (name: Sql): Sql =>
      sql`arraySlice(arraySort(groupUniqArrayIf(${name}, ${name} != '')), 1, ${integer(MAX_SHARED + 1)})`;
    const [more] = await context.run<
      Omit<SharedIds, 'events'>
    >(sql`SELECT ${some(sql`step_id`)} AS steps, ${some(sql`call_id`)} AS calls, ${some(sql`effect_id`)} AS effects,
      ${some(sql`decision_id`)} AS decisions, ${some(sql`approval_id`)} AS approvals
      FROM ${tableName(context.generation, 'events')} WHERE ${ofTenant(context)} AND ${sharing(context, place, ids)}`);
    const before = ids;
    const all = Object.fromEntries(
      kinds.map((kind) => [kind, [...new Set([...ids[kind], ...(more?.[kind as 'steps'] ?? [])])].sort()]),
    ) as unknown as SharedIds;
    cut ||= kinds.some((kind) => all[kind].length > MAX_SHARED);
    ids = Object.fromEntries(kinds.map((kind) => [kind, all[kind].slice(0, MAX_SHARED)])) as unknown as SharedIds;
    if (kinds.every((kind) => ids[kind].length === before[kind].length)) return { ids, caps: cut ? [SHARED_CAP] : [] };
  }
  return { ids, caps: [HOPS_CAP, ...(cut ? [SHARED_CAP] : [])] };
}

/**
 * An event that names no run, an approver's or a system of record's, belongs to the one run with which it shares an
 * effect, a decision or an approval. With several, or none, it stays alone.
 */
export async function adopting(context: ReadContext, ids: SharedIds): Promise<RunPlace | null> {
  const shared = sharedWith(context, ids);
  const [run, another] = shared === null ? [] : await runsOf(context, shared);
  return run === undefined || another !== undefined ? null : run;
}

export type RunPlace = Pick<StepScope, 'run_id' | 'run_keys'>;

/** Runs of which events are among these: the first two. */
export const runsOf = ({ run, ...context }: ReadContext, which: Sql): Promise<readonly RunPlace[]> =>
  run<RunPlace>(sql`SELECT run_id, arraySort(groupUniqArray(run_key)) AS run_keys FROM ${tableName(context.generation, 'events')}
    WHERE ${ofTenant(context)} AND ${which} AND run_id != '' AND NOT audit_is_access(kafka_topic) GROUP BY run_id
    ORDER BY run_id LIMIT 2`);

/**
 * A condition on `events`: those of the step's scope and spans that bear one of the ids, and those of no run that share
 * an effect, a decision or an approval.
 */
export function sharing(context: Omit<ReadContext, 'run'>, { scope, spans }: StepPlace, ids: SharedIds): Sql {
  const bears = sql`(step_id IN ${texts(ids.steps)} OR call_id IN ${texts(ids.calls)} OR event_key IN ${texts(ids.events)})`;
  const shared = sharedWith(context, ids);
  const elsewhere =
    shared === null
      ? sql`false`
      : sql`(${shared} AND run_id IN (${text(scope.run_id)}, '') AND NOT audit_is_access(kafka_topic))`;
  return sql`((${inScope(scope)} OR ${spans}) AND ${bears} OR ${elsewhere})`;
}

/** All that a run, or outside of runs a session or a stream, has under its key. */
function inScope({ run_id, session_id, stream_id, run_keys }: StepScope): Sql {
  const inRun = sql`run_key IN ${texts(run_keys)} AND run_id = ${text(run_id)}`;
  if (run_id !== '') return sql`(${inRun})`;
  return session_id !== ''
    ? sql`(${inRun} AND session_id = ${text(session_id)})`
    : sql`(${inRun} AND session_id = '' AND stream_id = ${text(stream_id)})`;
}

/** Null when there is no such id: then nothing is looked up. */
function sharedWith(context: Omit<ReadContext, 'run'>, { effects, decisions, approvals }: SharedIds): Sql | null {
  const named = (
    [
      ['effect', sql`effect_id`, effects],
      ['decision', sql`decision_id`, decisions],
      ['approval', sql`approval_id`, approvals],
    ] as const
  )
    .filter(([, , of]) => of.length > 0)
    .map(([kind, name, of]) => ({ kind, name, of: texts(of) }));
  if (named.length === 0) return null;
  const places = sql`SELECT run_key, occurred_at, event_key FROM ${tableName(context.generation, 'ids')}
    WHERE ${ofTenant(context)} AND (${join(
      named.map(({ kind, of }) => sql`(kind = ${text(kind)} AND id IN ${of})`),
      'or',
    )})`;
  return sql`((run_key, occurred_at, event_key) IN (${places}) AND (${join(
    named.map(({ name, of }) => sql`${name} IN ${of}`),
    'or',
  )}))`;
}

const list = (context: ReadContext, which: Sql, table = 'events'): ListOf => ({
  table: tableName(context.generation, table),
  which,
  role: null,
  direction: 'asc',
  caps: [],
});

export const listOfEvents = (context: ReadContext, which: Sql): ListOf => list(context, which);

/** What followed in the same run; outside of runs, in the same session. Spans of linked traces are the run's. */
export const laterInScope = (context: ReadContext, { scope, spans }: StepPlace, last: SortKey): ListOf =>
  list(context, sql`(${inScope(scope)} OR ${spans}) AND ${afterKey(last, 'asc')}`);

/** What names one of these events as its cause, in the same run or below it. */
export const causedBy = (
  context: ReadContext,
  { scope: { run_keys } }: StepPlace,
  eventKeys: readonly string[],
): ListOf => list(context, sql`run_key IN ${texts(run_keys)} AND ${causedByAny(eventKeys)}`);

/** What happened afterwards to a business object, whoever did it. */
export const laterOnObject = (
  context: ReadContext,
  object: { readonly system: string; readonly type: string; readonly id: string },
  last: SortKey,
): ListOf => ({
  ...list(
    context,
    sql`object_key = audit_object_key(${text(object.system)}, ${text(object.type)}, ${text(object.id)})
      AND ${afterKey(last, 'asc')}`,
    'timeline_by_object',
  ),
  role: sql`role`,
});
