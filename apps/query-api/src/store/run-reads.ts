import { type ListOf } from '../reading/list-question.ts';
import { type ReadContext } from './list-reads.ts';
import { visible } from './list-table.ts';
import { integer, join, nothing, type Sql, sql, tableName, text, texts } from './sql.ts';

/** Runs below a run that do not name it as their root are found level by level: so many, and so deep. */
export const MAX_SUB_RUNS = 150;
const MAX_LEVELS = 16;

export interface RunScope {
  readonly runId: string;
  /** Runs below it that name another root, or none. */
  readonly subRuns: readonly string[];
  /** There are more of them than MAX_SUB_RUNS. */
  readonly capped: boolean;
  /** Whether events of no run belong to it by an id that they share. */
  readonly joined: boolean;
}

/** A run of the tenant and what is below it; null when the tenant has no event of it. */
export async function findRun(context: ReadContext, runId: string): Promise<RunScope | null> {
  const { run } = context;
  const ofRun = { runId, subRuns: [], capped: false, joined: false };
  const [found] = await run<object>(sql`SELECT 1 AS found FROM ${tableName(context.generation, 'ids')}
    WHERE ${ofTenant(context)} AND kind IN ('run', 'root_run') AND id = ${text(runId)} LIMIT 1`);
  if (found === undefined) return null;
  const known = new Set<string>();
  let frontier: readonly string[] = [runId];
  for (let level = 0; frontier.length > 0 && level < MAX_LEVELS; level += 1) {
    const below = await childRuns(context, runId, frontier);
    frontier = below.filter((id) => id !== runId && !known.has(id));
    for (const id of frontier) known.add(id);
    if (known.size > MAX_SUB_RUNS) break;
  }
  const scope = { ...ofRun, subRuns: [...known].slice(0, MAX_SUB_RUNS), capped: known.size > MAX_SUB_RUNS };
  const [joined] = await run<object>(sql`SELECT 1 AS found FROM ${tableName(context.generation, 'events')} WHERE ${ofTenant(context)} AND ${joinedTo(context, scope)} LIMIT 1`);
  return { ...scope, joined: joined !== undefined };
}

/** Runs that name one of these as their parent, and not the run that was asked for as their root: that one finds them anyway. */
async function childRuns({ run, ...context }: ReadContext, root: string, parents: readonly string[]): Promise<readonly string[]> {
  const parentIds = texts(parents.slice(0, MAX_SUB_RUNS));
  const rows = await run<{ readonly run_id: string }>(sql`SELECT DISTINCT run_id FROM ${tableName(context.generation, 'events')}
    WHERE ${ofTenant(context)} AND run_key IN (SELECT run_key FROM ${tableName(context.generation, 'ids')} WHERE ${ofTenant(context)} AND kind = 'parent_run' AND id IN ${parentIds})
      AND parent_run_id IN ${parentIds} AND run_id != '' AND root_run_id != ${text(root)}
    ORDER BY run_id LIMIT ${integer(MAX_SUB_RUNS + 1)}`);
  return rows.map(({ run_id }) => run_id);
}

/** All that a run's answers rest on, as one list. */
export function runList(context: ReadContext, scope: RunScope): ListOf {
  const beside = scope.joined ? sql` OR (${joinedTo(context, scope)})` : nothing;
  return { table: tableName(context.generation, 'events'), which: sql`(${ofRuns(context, scope)})${beside}`, role: null, direction: 'asc', caps: scope.capped ? ['sub_runs'] : [] };
}

type Where = Pick<ReadContext, 'generation' | 'tenantId' | 'vector'>;

const ofTenant = ({ tenantId, vector }: Omit<Where, 'generation'>): Sql => sql`tenant_id = ${text(tenantId)} AND ${visible(vector)}`;

/** Events of the run and of the runs below it. The run's key leads to them: the table is sorted by it. */
function ofRuns(context: Where, { runId, subRuns }: RunScope): Sql {
  const runs = texts([runId, ...subRuns]);
  return sql`run_key IN (SELECT run_key FROM ${tableName(context.generation, 'ids')} WHERE ${ofTenant(context)} AND kind IN ('run', 'root_run') AND id IN ${runs})
    AND (run_id IN ${runs} OR root_run_id = ${text(runId)}) AND NOT audit_is_access(kafka_topic)`;
}

const shared = [['effect', sql`effect_id`], ['decision', sql`decision_id`], ['approval', sql`approval_id`]] as const;

/**
 * Events that name no run and share an effect, a decision, an approval or a turn with it: approvers and systems of record
 * often know nothing of runs. Call ids are not looked up: other runs have the same.
 */
function joinedTo(context: Where, scope: RunScope): Sql {
  const { generation } = context;
  const events = tableName(generation, 'events');
  const ids = tableName(generation, 'ids');
  const idsOfRun = (name: Sql): Sql => sql`SELECT ${name} FROM ${events} WHERE ${ofTenant(context)} AND ${ofRuns(context, scope)} AND ${name} != ''`;
  const byId = shared.map(([kind, name]) => sql`(kind = ${text(kind)} AND id IN (${idsOfRun(name)}))`);
  const turns = sql`SELECT turn_id FROM ${events} WHERE ${ofTenant(context)} AND ${ofRuns(context, scope)} AND turn_id != '' AND session_id != ''`;
  const places = sql`SELECT run_key, occurred_at, event_id FROM ${ids} WHERE ${ofTenant(context)} AND (${join([...byId, sql`(kind = 'turn' AND id IN (${turns}))`], 'or')})`;
  const sameTurn = sql`(session_id, turn_id) IN (SELECT session_id, turn_id FROM ${events} WHERE ${ofTenant(context)} AND ${ofRuns(context, scope)} AND turn_id != '' AND session_id != '')`;
  return sql`(run_key, occurred_at, event_id) IN (${places}) AND run_id = '' AND NOT audit_is_access(kafka_topic)
    AND (${join([...shared.map(([, name]) => sql`${name} IN (${idsOfRun(name)})`), sameTurn], 'or')})`;
}
