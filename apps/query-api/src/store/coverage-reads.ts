import { type Capped, capped, cappedWithin } from '../completeness/capped.ts';
import { type DeclaredGap, type Hole } from '../completeness/gap-state.ts';
import { type ReadContext } from './list-reads.ts';
import { inRange, visible } from './list-table.ts';
import { integer, nothing, type Sql, sql, tableName, text } from './sql.ts';

/** What part of the record is looked at. */
export interface Scope {
  readonly from: number | null;
  readonly to: number | null;
  readonly source: string | undefined;
  readonly streamId: string | undefined;
}

export const MAX_STREAMS = 1_000;
export const MAX_GAPS = 1_000;
export const MAX_SOURCES = 500;
/** Connectors of one source; the query, which takes no parameter there, asks for one more. */
const MAX_CONNECTORS = 50;
/** Sources in one stream; the same. */
const MAX_SYSTEMS = 20;

export interface SourceCounts {
  readonly system: string;
  readonly connectors: readonly string[];
  readonly events: number;
  readonly records: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly late: number;
  readonly max_delay_s: number;
  readonly first_at: string;
  readonly last_at: string;
  readonly last_observed_at: string;
}

export interface StreamCounts {
  readonly stream_id: string;
  readonly seq_origin: string;
  readonly connector_id: string;
  readonly systems: readonly string[];
  readonly records: number;
  readonly first_seq: number;
  readonly last_seq: number;
  readonly first_at: string;
  readonly last_at: string;
  readonly last_observed_at: string;
}

/** Condition of the scope's rows of `events`. */
export const scoped = ({ tenantId, vector }: ReadContext, scope: Scope): Sql => {
  const source = scope.source === undefined ? nothing : sql` AND \`source.system\` = ${text(scope.source)}`;
  const stream = scope.streamId === undefined ? nothing : sql` AND stream_id = ${text(scope.streamId)}`;
  return sql`tenant_id = ${text(tenantId)} AND ${visible(vector)} AND ${inRange(scope)}${source}${stream}`;
};

/** Per system; what was asked of us is left out: looking is not doing. */
export async function sourceCounts(context: ReadContext, scope: Scope): Promise<Capped<SourceCounts>> {
  const rows = await context.run<SourceCounts>(sql`SELECT \`source.system\` AS system,
      arraySort(groupUniqArray(51)(\`source.connector_id\`)) AS connectors, uniqExact(event_key) AS events,
      uniqExact(kafka_topic, kafka_partition, kafka_offset) AS records, records - events AS duplicates, uniqExact(event_key,
      fact_hash) - events AS conflicts,
      uniqExactIf(event_key, late) AS late, toUInt64(greatest(max(dateDiff('second', occurred_at, observed_at)),
      0)) AS max_delay_s,
      min(occurred_at) AS first_at, max(occurred_at) AS last_at, max(observed_at) AS last_observed_at
    FROM ${tableName(context.generation, 'events')} WHERE ${scoped(context, scope)} AND NOT audit_is_access(kafka_topic)
    GROUP BY system ORDER BY system LIMIT ${integer(MAX_SOURCES + 1)}`);
  return cappedWithin(
    'source_connectors',
    capped('sources', rows, MAX_SOURCES),
    ({ connectors }) => connectors,
    (one) => ({ ...one, connectors: one.connectors.slice(0, MAX_CONNECTORS) }),
    MAX_CONNECTORS,
  );
}

/** Streams with records in the scope, the newest first; numbers are those of the scope. */
export async function streamCounts(context: ReadContext, scope: Scope): Promise<Capped<StreamCounts>> {
  const rows = await context.run<StreamCounts>(sql`SELECT stream_id, any(seq_origin) AS seq_origin,
      any(\`source.connector_id\`) AS connector_id, arraySort(groupUniqArray(21)(\`source.system\`)) AS systems,
      uniqExact(kafka_topic, kafka_partition, kafka_offset) AS records, min(seq) AS first_seq, max(seq) AS last_seq,
      min(occurred_at) AS first_at, max(occurred_at) AS last_at, max(observed_at) AS last_observed_at
    FROM ${tableName(context.generation, 'events')} WHERE ${scoped(context, scope)}
    GROUP BY stream_id ORDER BY last_observed_at DESC, stream_id LIMIT ${integer(MAX_STREAMS + 1)}`);
  return cappedWithin(
    'stream_systems',
    capped('streams', rows, MAX_STREAMS),
    ({ systems }) => systems,
    (one) => ({ ...one, systems: one.systems.slice(0, MAX_SYSTEMS) }),
    MAX_SYSTEMS,
  );
}

/** The scope's streams as a query; at most as many as are listed. */
const streamsOf = (
  context: ReadContext,
  scope: Scope,
): Sql => sql`(SELECT stream_id FROM (SELECT stream_id, max(observed_at) AS newest FROM ${tableName(context.generation, 'events')}
  WHERE ${scoped(context, scope)} GROUP BY stream_id ORDER BY newest DESC, stream_id LIMIT ${integer(MAX_STREAMS)}))`;

export interface FoundHoles {
  readonly holes: readonly Hole[];
  /** Highest number of each stream, over its whole life. */
  readonly lastSeq: ReadonlyMap<string, number>;
  readonly capped: boolean;
}

/** A record behind a hole this young may only have been faster on its way into the tables than those before it. */
const SETTLING_S = 60;

/**
 * Numbers that no record has, over the whole life of the scope's streams. Whether a hole is young is told by the newest
 * record of the tenant at the vector and not by a clock, so that the same `as_of` has the same answer.
 */
export async function findHoles(context: ReadContext, scope: Scope): Promise<FoundHoles> {
  const { run, generation, tenantId, vector } = context;
  const numbers = sql`SELECT stream_id, seq, min(kafka_timestamp) AS appended, min(observed_at) AS observed
    FROM ${tableName(generation, 'stream_numbers')}
    WHERE tenant_id = ${text(tenantId)} AND stream_id IN ${streamsOf(context, scope)} AND seq > 0 AND ${visible(vector)}
    GROUP BY stream_id, seq`;
  const newest = sql`(SELECT max(kafka_timestamp) FROM ${tableName(generation, 'events')} WHERE tenant_id = ${text(tenantId)}
    AND ${visible(vector)})`;
  const [rows, ends] = await Promise.all([
    run<
      Omit<Hole, 'young'> & { readonly young: number | boolean }
    >(sql`SELECT stream_id, before + 1 AS from_seq, seq - 1 AS to_seq, observed AS noticed_at,
      appended >= ${newest} - toIntervalSecond(${integer(SETTLING_S)}) AS young FROM (
        SELECT *, lagInFrame(seq, 1, 0) OVER (PARTITION BY stream_id ORDER BY seq ROWS BETWEEN 1 PRECEDING
        AND CURRENT ROW) AS before FROM (${numbers}))
      WHERE seq > before + 1 ORDER BY stream_id, from_seq LIMIT ${integer(MAX_GAPS + 1)}`),
    run<{ readonly stream_id: string; readonly last: number }>(
      sql`SELECT stream_id, max(seq) AS last FROM (${numbers}) GROUP BY stream_id`,
    ),
  ]);
  return {
    holes: rows.slice(0, MAX_GAPS).map((hole) => ({ ...hole, young: Boolean(hole.young) })),
    lastSeq: new Map(ends.map(({ stream_id, last }) => [stream_id, last])),
    capped: rows.length > MAX_GAPS,
  };
}

/**
 * Of the scope's streams, and those without a stream that were declared in the range; each said once, with when it was
 * closed.
 */
export async function declaredGaps(
  context: ReadContext,
  scope: Scope,
): Promise<{ readonly gaps: readonly DeclaredGap[]; readonly capped: boolean }> {
  const { run, generation, tenantId, vector } = context;
  const unknown =
    scope.streamId === undefined && scope.source === undefined
      ? sql` OR (stream_id = '' AND ${inRange(scope)})`
      : nothing;
  const rows = await run<
    Omit<DeclaredGap, 'closed_at'> & { readonly closed_at: string; readonly was_closed: number | boolean }
  >(sql`SELECT stream_id, from_seq, to_seq, argMinIf(kind, occurred_at, NOT closed) AS kind,
      argMinIf(cause, occurred_at, NOT closed) AS cause, minIf(occurred_at, NOT closed) AS declared_at, argMinIf(event_id,
      occurred_at, NOT closed) AS declared_by,
      max(closed) AS was_closed, maxIf(occurred_at, closed) AS closed_at
    FROM ${tableName(generation, 'gaps')} WHERE tenant_id = ${text(tenantId)} AND ${visible(vector)}
    AND (stream_id IN ${streamsOf(context, scope)}${unknown})
    GROUP BY stream_id, from_seq, to_seq HAVING countIf(NOT closed) > 0 ORDER BY stream_id, from_seq, to_seq
    LIMIT ${integer(MAX_GAPS + 1)}`);
  return {
    gaps: rows
      .slice(0, MAX_GAPS)
      .map(({ was_closed, ...gap }) => ({ ...gap, closed_at: was_closed ? gap.closed_at : null })),
    capped: rows.length > MAX_GAPS,
  };
}
