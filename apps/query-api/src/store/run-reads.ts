import { type IdSet, ofTenant, oneId, runKeysOf } from './id-sets.ts';
import { type ReadContext } from './list-reads.ts';
import { integer, type Sql, sql, tableName, text, texts } from './sql.ts';

/** Runs below a run that do not name it as their root are found level by level: so many, and so deep. */
const MAX_SUB_RUNS = 150;
const MAX_LEVELS = 16;
const SUB_RUNS_CAP = 'sub_runs';

/** A run and what is below it, as `events` has it. */
export interface OwnEvents {
  readonly runId: string;
  /** The run, and runs below it that name another root, or none. */
  readonly named: readonly string[];
  /** A condition on `events`: theirs, by the key under which the table has them. */
  readonly which: Sql;
  readonly caps: readonly string[];
}

/** A run of the tenant and what is below it; null when the tenant has no event of it. */
export async function findRun(context: ReadContext, runId: string): Promise<OwnEvents | null> {
  const [keys, { found, capped }] = await Promise.all([
    runKeysOf(context, ['run', 'root_run'], oneId(runId)),
    runsBelow(context, runId),
  ]);
  if (keys.ids.length === 0) return null;
  const named = [runId, ...found];
  const allKeys = found.length === 0 ? keys : await runKeysOf(context, ['run', 'root_run'], idsOf(named));
  return { runId, named, which: ofRuns(runId, named, allKeys), caps: capped ? [SUB_RUNS_CAP] : [] };
}

const idsOf = (ids: readonly string[]): IdSet => ({ ids, sql: texts(ids) });

const ofRuns = (runId: string, named: readonly string[], keys: IdSet): Sql =>
  sql`(run_key IN ${keys.sql} AND (run_id IN ${texts(named)} OR root_run_id = ${text(runId)})
    AND NOT audit_is_access(kafka_topic))`;

async function runsBelow(context: ReadContext, runId: string): Promise<{ found: readonly string[]; capped: boolean }> {
  const known = new Set<string>();
  let frontier: readonly string[] = [runId];
  for (let level = 0; frontier.length > 0; level += 1) {
    if (level === MAX_LEVELS || known.size > MAX_SUB_RUNS)
      return { found: [...known].slice(0, MAX_SUB_RUNS), capped: true };
    const below = await childRuns(context, runId, frontier);
    frontier = below.filter((id) => id !== runId && !known.has(id));
    for (const id of frontier) known.add(id);
  }
  return { found: [...known].slice(0, MAX_SUB_RUNS), capped: known.size > MAX_SUB_RUNS };
}

/**
 * Runs that name one of these as their parent, and not the run that was asked for as their root: that one finds them
 * anyway.
 */
async function childRuns(context: ReadContext, root: string, parents: readonly string[]): Promise<readonly string[]> {
  const parentIds = idsOf(parents.slice(0, MAX_SUB_RUNS));
  const keys = await runKeysOf(context, ['parent_run'], parentIds);
  if (keys.ids.length === 0) return [];
  const rows = await context.run<{
    readonly run_id: string;
  }>(sql`SELECT DISTINCT run_id FROM ${tableName(context.generation, 'events')}
    WHERE ${ofTenant(context)} AND run_key IN ${keys.sql} AND parent_run_id IN ${parentIds.sql} AND run_id != ''
    AND root_run_id != ${text(root)}
    ORDER BY run_id LIMIT ${integer(MAX_SUB_RUNS + 1)}`);
  return rows.map(({ run_id }) => run_id);
}

/** Runs of which events are among these, at most `most` and one more. */
export async function runsIn({ run, ...context }: ReadContext, which: Sql, most: number): Promise<readonly string[]> {
  const rows = await run<{ readonly run_id: string }>(
    sql`SELECT DISTINCT run_id FROM ${tableName(context.generation, 'events')} WHERE ${ofTenant(context)} AND ${which}
      AND run_id != '' ORDER BY run_id LIMIT ${integer(most + 1)}`,
  );
  return rows.map(({ run_id }) => run_id);
}

/** Spans of traces that name no run themselves: what names one is that one's. */
export async function ofTraces(context: ReadContext, traces: IdSet): Promise<Sql> {
  const keys = await runKeysOf(context, ['trace'], traces);
  return sql`(run_key IN ${keys.sql} AND trace_id IN ${traces.sql} AND run_id = '' AND root_run_id = ''
    AND NOT audit_is_access(kafka_topic))`;
}
