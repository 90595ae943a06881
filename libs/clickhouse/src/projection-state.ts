import { type ClickHouseClient } from '@clickhouse/client';
import { tableName } from './table-name.ts';

/** Up to where one partition of the log is in the tables. */
export interface ProjectedUpTo {
  readonly topic: string;
  readonly partition: number;
  /** Every record before it was inserted. */
  readonly next_offset: bigint;
  /** Broker time of the last record before it, milliseconds. */
  readonly last_timestamp_ms: number;
}

interface Row {
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: string;
  readonly last_ms: string;
}

/** The watermark of a generation: the truth about where to go on, and the bound of every read. */
export async function readProjectionState(client: ClickHouseClient, database: string): Promise<ProjectedUpTo[]> {
  const answer = await client.query({
    query: `SELECT topic, partition, toString(max(next_offset)) AS next_offset,
      toString(toUnixTimestamp64Milli(max(last_timestamp))) AS last_ms
      FROM ${tableName(database, 'projection_state')} GROUP BY topic, partition ORDER BY topic, partition`,
    format: 'JSONEachRow',
  });
  const rows = await answer.json<Row>();
  return rows.map((row) => ({
    topic: row.topic,
    partition: row.partition,
    next_offset: BigInt(row.next_offset),
    last_timestamp_ms: Number(row.last_ms),
  }));
}

/**
 * The caller MUST have inserted every record before each `next_offset`, beginning where an earlier state said. The
 * table keeps the largest offset, so a late writer cannot move it back, and what it writes is true all the same.
 */
export async function writeProjectionState(
  client: ClickHouseClient,
  database: string,
  states: readonly ProjectedUpTo[],
): Promise<void> {
  if (states.length === 0) return;
  await client.insert({
    table: tableName(database, 'projection_state'),
    format: 'JSONEachRow',
    values: states.map(({ topic, partition, next_offset, last_timestamp_ms }) => ({
      topic,
      partition,
      next_offset: next_offset.toString(),
      last_timestamp: (last_timestamp_ms / 1_000).toFixed(3),
    })),
  });
}

/** Where one partition of the log ended when somebody asked Kafka. */
export interface LogEnd {
  readonly topic: string;
  readonly partition: number;
  /** The next offset that Kafka will give. */
  readonly high_watermark: bigint;
  readonly looked_at_ms: number;
}

/**
 * Beside the watermark, so that a reader who does not speak Kafka knows how far behind it is. Says nothing of what is
 * in the tables.
 */
export async function writeLogEnds(client: ClickHouseClient, database: string, ends: readonly LogEnd[]): Promise<void> {
  if (ends.length === 0) return;
  await client.insert({
    table: tableName(database, 'projection_state'),
    columns: ['topic', 'partition', 'high_watermark', 'looked_at'],
    format: 'JSONEachRow',
    values: ends.map(({ topic, partition, high_watermark, looked_at_ms }) => ({
      topic,
      partition,
      high_watermark: high_watermark.toString(),
      looked_at: (looked_at_ms / 1_000).toFixed(3),
    })),
  });
}
