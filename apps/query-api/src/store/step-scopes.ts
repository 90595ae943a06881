import { eventIdsOf } from './event-keys.ts';
import { type StepIdKind } from '../runs/step-parts.ts';
import { idSet, type IdSet, ofTenant, oneId, runKeysOf } from './id-sets.ts';
import { type ReadContext } from './list-reads.ts';
import { integer, type Sql, sql, tableName, text, texts } from './sql.ts';

/**
 * Where an id means something: sources count steps and calls from one in every run, and outside of runs in every
 * session or stream.
 */
export interface StepScope {
  /** "" outside of runs; then the session, and where no event names one, the stream. */
  readonly run_id: string;
  readonly session_id: string;
  readonly stream_id: string;
  /** Under which keys `events` has it. */
  readonly run_keys: readonly string[];
}

/** An id as it stands in one scope. */
export interface FoundStep extends StepScope {
  /** What it is known by: of an event its key, of everything else the id that was asked for. */
  readonly id: string;
  readonly kind: StepIdKind;
  readonly events: number;
  /** Traces of what names no run: links may give them one. */
  readonly trace_ids: readonly string[];
}

/** The scope that was asked for, when an id has several. */
export interface AskedScope {
  readonly runId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly streamId?: string | undefined;
  /** Traces that links give to the run. */
  readonly traces: readonly string[];
}

/** More scopes of one id than this are not told apart, and that is said. */
const MAX_SCOPES = 100;
const MAX_TRACES = 20;

export interface FoundSteps {
  readonly found: readonly FoundStep[];
  readonly capped: boolean;
}

const columns = { call: sql`call_id`, effect: sql`effect_id`, step: sql`step_id` } as const;

const bears = (kind: StepIdKind, id: string): Sql =>
  kind === 'event' ? sql`(event_id = ${text(id)} OR event_key = ${text(id)})` : sql`${columns[kind]} = ${text(id)}`;

/**
 * As what, and where, the tenant's events carry an id: as an event's before a call's, and so on; only the first of
 * these kinds that there is.
 */
export async function findSteps(context: ReadContext, id: string, asked: AskedScope): Promise<FoundSteps> {
  for (const kind of ['event', 'call', 'effect', 'step'] as const) {
    const steps = await findAs(context, kind, id, asked);
    if (steps.found.length > 0) return steps;
  }
  return { found: [], capped: false };
}

async function findAs(context: ReadContext, kind: StepIdKind, id: string, asked: AskedScope): Promise<FoundSteps> {
  const keys = await keysOf(context, kind, id, asked);
  if (keys.ids.length === 0) return { found: [], capped: false };
  const rows = await context.run<
    Omit<FoundStep, 'kind' | 'id' | 'session_id' | 'stream_id'> & {
      readonly known_by: string;
      readonly in_session: string;
      readonly in_stream: string;
    }
  >(sql`SELECT ${kind === 'event' ? sql`event_key` : text(id)} AS known_by, run_id,
    if(run_id = '', session_id, '') AS in_session, if(run_id = '' AND session_id = '', stream_id,
    '') AS in_stream,
      arraySort(groupUniqArray(run_key)) AS run_keys, uniqExact(event_key) AS events,
      arraySort(groupUniqArrayIf(${integer(MAX_TRACES)})(trace_id, run_id = '' AND root_run_id = ''
      AND trace_id != '')) AS trace_ids
    FROM ${tableName(context.generation, 'events')} WHERE ${ofTenant(context)} AND run_key IN ${keys.sql}
    AND ${bears(kind, id)} AND ${inAsked(asked)} AND NOT audit_is_access(kafka_topic)
    GROUP BY known_by, run_id, in_session, in_stream
      ORDER BY known_by, run_id = '', run_id, in_session, in_stream LIMIT ${integer(MAX_SCOPES + 1)}`);
  const found = rows.slice(0, MAX_SCOPES).map(({ known_by, in_session, in_stream, ...row }) => ({
    ...row,
    kind,
    id: known_by,
    session_id: in_session,
    stream_id: in_stream,
  }));
  return { found, capped: keys.ids.length > MAX_SCOPES || rows.length > MAX_SCOPES };
}

/**
 * Under which keys to look: those of what was asked for, else of the id; of that one more than are told apart, at most.
 */
async function keysOf(
  context: ReadContext,
  kind: StepIdKind,
  id: string,
  { runId, sessionId, streamId, traces }: AskedScope,
): Promise<IdSet> {
  if (runId !== undefined) {
    const [run, spans] = await Promise.all([
      runKeysOf(context, ['run', 'root_run'], oneId(runId)),
      runKeysOf(context, ['trace'], { ids: traces, sql: texts(traces) }),
    ]);
    return spans.ids.length === 0 ? run : { ids: [...run.ids, ...spans.ids], sql: texts([...run.ids, ...spans.ids]) };
  }
  if (sessionId !== undefined) return oneId(sessionId);
  const ofStream = streamId === undefined ? sql`true` : sql`run_key = ${text(streamId)}`;
  const query = sql`SELECT DISTINCT run_key FROM ${tableName(context.generation, 'ids')} WHERE ${ofTenant(context)}
    AND kind = ${text(kind)} AND id IN ${texts(kind === 'event' ? eventIdsOf(id) : [id])}
      AND NOT audit_is_access(kafka_topic) AND ${ofStream} ORDER BY run_key
    LIMIT ${integer(MAX_SCOPES + 1)}`;
  return idSet(
    (await context.run<{ readonly run_key: string }>(query)).map(({ run_key }) => run_key),
    query,
  );
}

function inAsked({ runId, sessionId, streamId, traces }: AskedScope): Sql {
  if (runId !== undefined)
    return sql`(run_id = ${text(runId)} OR run_id = '' AND root_run_id = '' AND trace_id IN ${texts(traces)})`;
  if (sessionId !== undefined) return sql`run_id = '' AND session_id = ${text(sessionId)}`;
  return streamId === undefined ? sql`true` : sql`run_id = '' AND session_id = '' AND stream_id = ${text(streamId)}`;
}
