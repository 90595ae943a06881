import { type Capped, capped, cappedWithin } from '../completeness/capped.ts';
import { type ReadContext } from './list-reads.ts';
import { inRange, visible } from './list-table.ts';
import { type Scope, scoped } from './coverage-reads.ts';
import { integer, nothing, sql, tableName, text } from './sql.ts';

/** Rows of each list in this file; the answer says which of them has more. */
export const MAX_ROWS = 200;
/** Of one life; the newest stay. The query, which takes no parameter there, asks for one more. */
export const MAX_SILENCES = 100;

/** One start of a collector, as it tells of itself. Collectors speak in the default tenant. */
export interface CollectorLife {
  readonly instance_id: string;
  readonly boot_id: string;
  readonly started_at: string | null;
  readonly stopped_at: string | null;
  readonly heartbeats: number;
  readonly last_heard_at: string;
  /** Longer than two and a half minutes between two signs of life: [from, to]. */
  readonly silences: readonly (readonly [string, string])[];
}

/** Heartbeats come every minute unless set otherwise; two may be lost to a busy machine. */
const SILENCE_S = 150;

const timeOrNull = (iso: string): string | null => (iso.startsWith('1970') ? null : iso);

/**
 * The newest lives. Silences are found between each two signs in time, in the engine: a year of heartbeats is half a
 * million.
 */
export async function collectorLives(
  { run, generation, tenantId, vector }: ReadContext,
  range: Pick<Scope, 'from' | 'to'>,
): Promise<Capped<CollectorLife>> {
  const signs = sql`SELECT details['instance_id'] AS instance_id, details['boot_id'] AS boot_id, event_type, event_id,
    occurred_at,
      lagInFrame(occurred_at, 1, occurred_at) OVER (PARTITION BY instance_id, boot_id
      ORDER BY occurred_at ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before
    FROM ${tableName(generation, 'events')}
    WHERE tenant_id = ${text(tenantId)} AND ${visible(vector)} AND ${inRange(range)} AND event_type IN ('collector.started',
    'collector.heartbeat', 'collector.stopped')`;
  const rows = await run<
    CollectorLife & { readonly started_at: string; readonly stopped_at: string }
  >(sql`SELECT instance_id, boot_id,
      minIf(occurred_at, event_type = 'collector.started') AS started_at, maxIf(occurred_at,
      event_type = 'collector.stopped') AS stopped_at,
      uniqExactIf(event_key, event_type = 'collector.heartbeat') AS heartbeats, max(occurred_at) AS last_heard_at,
      arrayMap(one -> (toString(one.2), toString(one.3)),
      arrayReverse(groupArraySortedIf(101)((-toUnixTimestamp64Micro(occurred_at), before, occurred_at), dateDiff('second',
      before, occurred_at) > ${integer(SILENCE_S)}))) AS silences
    FROM (${signs}) GROUP BY instance_id, boot_id ORDER BY last_heard_at DESC, instance_id, boot_id
    LIMIT ${integer(MAX_ROWS + 1)}`);
  const lives = capped('collectors', rows.map(lifeOf), MAX_ROWS);
  return cappedWithin(
    'collector_silences',
    lives,
    ({ silences }) => silences,
    (life) => ({ ...life, silences: life.silences.slice(-MAX_SILENCES) }),
    MAX_SILENCES,
  );
}

const lifeOf = ({
  instance_id,
  boot_id,
  started_at,
  stopped_at,
  heartbeats,
  last_heard_at,
  silences,
}: CollectorLife): CollectorLife => ({
  instance_id,
  boot_id,
  started_at: timeOrNull(started_at ?? '1970'),
  stopped_at: timeOrNull(stopped_at ?? '1970'),
  heartbeats,
  last_heard_at,
  silences: silences.map(([from, to]) => [`${from.replace(' ', 'T')}Z`, `${to.replace(' ', 'T')}Z`] as const),
});

export interface Refused {
  readonly code: string;
  readonly connector_id: string;
  readonly count: number;
  readonly first_at: string;
  readonly last_at: string;
}

/**
 * Items that the door refused, by code and by the connector that sent them: the collector tells of it, and names the
 * connector as the actor. They have no number, so they are of no stream; of a source are those of the connectors that
 * speak for it in the scope.
 */
export async function refusals(context: ReadContext, scope: Scope): Promise<Capped<Refused>> {
  const { run, generation, tenantId, vector } = context;
  if (scope.streamId !== undefined) return capped('refused', [], MAX_ROWS);
  const sender = sql`if(\`source.system\` = 'affidavit', \`actor.id\`, toString(\`source.connector_id\`))`;
  const source =
    scope.source === undefined
      ? nothing
      : sql` AND ${sender} IN (SELECT DISTINCT \`source.connector_id\` FROM ${tableName(generation, 'events')}
        WHERE ${scoped(context, scope)})`;
  const rows = await run<Refused>(sql`SELECT details['code'] AS code, ${sender} AS connector_id,
      sum(greatest(toInt64OrZero(details['count']), 1)) AS count, min(occurred_at) AS first_at, max(occurred_at) AS last_at
    FROM (SELECT * FROM ${tableName(generation, 'events')}
      WHERE tenant_id = ${text(tenantId)} AND ${visible(vector)} AND ${inRange(scope)} AND event_type = 'event.rejected'${source}
      ORDER BY kafka_timestamp, kafka_topic, kafka_partition, kafka_offset LIMIT 1 BY event_key)
    GROUP BY code, connector_id ORDER BY count DESC, code, connector_id LIMIT ${integer(MAX_ROWS + 1)}`);
  return capped('refused', rows, MAX_ROWS);
}

export interface DeadLetters {
  readonly code: string;
  readonly component: string;
  readonly count: number;
  readonly first_at: string;
  readonly last_at: string;
}

/**
 * Of the tenant, and of none that could be told, by code; by when they were found, since of when they happened nothing
 * is known.
 */
export async function deadLettersByCode({
  run,
  generation,
  tenantId,
  vector,
}: ReadContext): Promise<Capped<DeadLetters>> {
  const rows =
    await run<DeadLetters>(sql`SELECT code, component, uniqExact(dead_letter_id) AS count, min(failed_at) AS first_at,
      max(failed_at) AS last_at FROM ${tableName(generation, 'dead_letters')}
    WHERE tenant_id IN (${text(tenantId)}, '') AND ${visible(vector)} GROUP BY code, component ORDER BY count DESC, code,
    component LIMIT ${integer(MAX_ROWS + 1)}`);
  return capped('dead_letters', rows, MAX_ROWS);
}

export interface Reconciliation {
  readonly event_id: string;
  readonly system: string;
  readonly from: string;
  readonly to: string;
  readonly expected: string;
  readonly recorded: string;
  readonly occurred_at: string;
}

/** Counts that a source gave of itself, held against the record by whoever sent that. */
export async function reconciliations(
  { run, generation, tenantId, vector }: ReadContext,
  scope: Scope,
): Promise<Capped<Reconciliation>> {
  const source = scope.source === undefined ? nothing : sql` AND \`source.system\` = ${text(scope.source)}`;
  const rows =
    await run<Reconciliation>(sql`SELECT event_id, \`source.system\` AS system, details['from'] AS from, details['to'] AS to,
      details['expected'] AS expected, details['recorded'] AS recorded, occurred_at
    FROM ${tableName(generation, 'events')} WHERE tenant_id = ${text(tenantId)} AND ${visible(vector)} AND ${inRange(scope)}
    AND event_type = 'source.reconciled'${source}
    ORDER BY occurred_at DESC, event_key LIMIT 1 BY event_key LIMIT ${integer(MAX_ROWS + 1)}`);
  return capped('reconciliations', rows, MAX_ROWS);
}
