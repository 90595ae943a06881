import { type ListOf } from '../reading/list-question.ts';
import { type SortKey } from '../reading/sort-key.ts';
import { type StepIdKind } from '../runs/step-parts.ts';
import { type ReadContext } from './list-reads.ts';
import { afterKey, visible } from './list-table.ts';
import { integer, join, type Sql, sql, tableName, text, texts } from './sql.ts';

/** An id as one run has it: sources count steps and calls from one in every run. */
export interface FoundStep {
  readonly kind: StepIdKind;
  /** "" for what names no run. */
  readonly run_id: string;
  readonly run_key: string;
  readonly events: number;
}

export const MAX_FOUND = 100;

/** As what, and in which runs, the tenant's events carry an id. */
export async function findSteps({ run, ...context }: ReadContext, id: string, runId: string | undefined): Promise<readonly FoundStep[]> {
  const inRun = runId === undefined ? sql`true` : sql`run_id = ${text(runId)}`;
  return run<FoundStep>(sql`SELECT multiIf(event_id = ${text(id)}, 'event', call_id = ${text(id)}, 'call', effect_id = ${text(id)}, 'effect', 'step') AS kind, run_id, run_key, uniqExact(event_id) AS events
    FROM ${tableName(context.generation, 'events')}
    WHERE ${ofTenant(context)} AND run_key IN (SELECT run_key FROM ${tableName(context.generation, 'ids')} WHERE ${ofTenant(context)} AND kind IN ('event', 'call', 'effect', 'step') AND id = ${text(id)})
      AND (event_id = ${text(id)} OR call_id = ${text(id)} OR effect_id = ${text(id)} OR step_id = ${text(id)}) AND ${inRun} AND NOT audit_is_access(kafka_topic)
    GROUP BY kind, run_id, run_key ORDER BY kind, run_id, run_key LIMIT ${integer(MAX_FOUND)}`);
}

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
export const MAX_SHARED = 60;

const none: SharedIds = { steps: [], calls: [], effects: [], decisions: [], approvals: [], events: [] };
const kinds = Object.keys(none) as (keyof SharedIds)[];

/** Ids grow by what shares them, until nothing new comes: a call, its decision, the approval behind that. */
export async function growIds(context: ReadContext, found: FoundStep, start: SharedIds): Promise<{ readonly ids: SharedIds; readonly capped: boolean }> {
  let ids = start;
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    const [more] = await context.run<Omit<SharedIds, 'events'>>(sql`SELECT arraySlice(groupUniqArray(step_id), 1, ${integer(MAX_SHARED)}) AS steps, arraySlice(groupUniqArray(call_id), 1, ${integer(MAX_SHARED)}) AS calls,
        arraySlice(groupUniqArray(effect_id), 1, ${integer(MAX_SHARED)}) AS effects, arraySlice(groupUniqArray(decision_id), 1, ${integer(MAX_SHARED)}) AS decisions,
        arraySlice(groupUniqArray(approval_id), 1, ${integer(MAX_SHARED)}) AS approvals
      FROM ${tableName(context.generation, 'events')} WHERE ${ofTenant(context)} AND (${sharing(context, found, ids)})`);
    const before = ids;
    ids = Object.fromEntries(kinds.map((kind) => [kind, [...new Set([...ids[kind], ...(more?.[kind as 'steps'] ?? [])])].filter((one) => one !== '').sort().slice(0, MAX_SHARED)])) as unknown as SharedIds;
    if (kinds.every((kind) => ids[kind].length === before[kind].length)) break;
  }
  return { ids, capped: kinds.some((kind) => ids[kind].length >= MAX_SHARED) };
}

/** What the asked id alone stands for. */
export function startIds(kind: StepIdKind, id: string): SharedIds {
  const start: Readonly<Record<StepIdKind, Partial<SharedIds>>> = { event: { events: [id] }, call: { calls: [id] }, effect: { effects: [id] }, step: { steps: [id] } };
  return { ...none, ...start[kind] };
}

/**
 * An event that names no run, an approver's or a system of record's, belongs to the one run with which it shares an effect, a
 * decision or an approval. With several, or none, it stays alone.
 */
export async function adopted(context: ReadContext, found: FoundStep, ids: SharedIds): Promise<FoundStep> {
  if (found.run_id !== '' || ids.effects.length + ids.decisions.length + ids.approvals.length === 0) return found;
  const rows = await context.run<{ readonly run_id: string; readonly run_key: string }>(sql`SELECT DISTINCT run_id, run_key FROM ${tableName(context.generation, 'events')}
    WHERE ${ofTenant(context)} AND ${sharedPlaces(context, ids)} AND run_id != '' AND (${sharedIds(ids)}) ORDER BY run_id, run_key LIMIT 2`);
  const [one] = rows;
  return one === undefined || rows.length > 1 ? found : { ...found, ...one };
}

/** A decision of a decision: further is another story. */
const MAX_HOPS = 4;

/** Events of the run that bear one of the ids, and events of no run that share an effect, a decision or an approval. */
function sharing(context: Omit<ReadContext, 'run'>, { run_id, run_key }: FoundStep, ids: SharedIds): Sql {
  const inRun = sql`run_key = ${text(run_key)} AND run_id = ${text(run_id)} AND (step_id IN ${texts(ids.steps)} OR call_id IN ${texts(ids.calls)} OR event_id IN ${texts(ids.events)})`;
  return sql`(${inRun}) OR (${sharedPlaces(context, ids)} AND run_id IN (${text(run_id)}, '') AND (${sharedIds(ids)}) AND NOT audit_is_access(kafka_topic))`;
}

const sharedIds = (ids: SharedIds): Sql => sql`effect_id IN ${texts(ids.effects)} OR decision_id IN ${texts(ids.decisions)} OR approval_id IN ${texts(ids.approvals)}`;

function sharedPlaces(context: Omit<ReadContext, 'run'>, ids: SharedIds): Sql {
  const places = ([['effect', ids.effects], ['decision', ids.decisions], ['approval', ids.approvals]] as const).map(([kind, of]) => sql`(kind = ${text(kind)} AND id IN ${texts(of)})`);
  return sql`(run_key, occurred_at) IN (SELECT run_key, occurred_at FROM ${tableName(context.generation, 'ids')} WHERE ${ofTenant(context)} AND (${join(places, 'or')}))`;
}

const list = (context: ReadContext, which: Sql, table = 'events'): ListOf => ({ table: tableName(context.generation, table), which, role: null, direction: 'asc', caps: [] });

export const stepList = (context: ReadContext, found: FoundStep, ids: SharedIds): ListOf => list(context, sharing(context, found, ids));

/** What followed in the same run. */
export const laterInRun = (context: ReadContext, { run_id, run_key }: FoundStep, last: SortKey): ListOf =>
  list(context, sql`run_key = ${text(run_key)} AND run_id = ${text(run_id)} AND ${afterKey(last, 'asc')}`);

/** What followed in the same session, outside of runs. */
export const laterInSession = (context: ReadContext, { run_key }: FoundStep, sessionId: string, last: SortKey): ListOf =>
  list(context, sql`run_key = ${text(run_key)} AND run_id = '' AND session_id = ${text(sessionId)} AND ${afterKey(last, 'asc')}`);

/** What names one of these events as its cause, in the same run or below it. */
export const causedBy = (context: ReadContext, { run_key }: FoundStep, eventIds: readonly string[]): ListOf =>
  list(context, sql`run_key = ${text(run_key)} AND causation_id IN ${texts(eventIds)}`);

/** What happened afterwards to a business object, whoever did it. */
export const laterOnObject = (context: ReadContext, object: { readonly system: string; readonly type: string; readonly id: string }, last: SortKey): ListOf => ({
  ...list(context, sql`object_key = audit_object_key(${text(object.system)}, ${text(object.type)}, ${text(object.id)}) AND ${afterKey(last, 'asc')}`, 'timeline_by_object'), role: sql`role`,
});

const ofTenant = ({ tenantId, vector }: Pick<ReadContext, 'tenantId' | 'vector'>): Sql => sql`tenant_id = ${text(tenantId)} AND ${visible(vector)}`;
