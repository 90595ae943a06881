import { type AsOf, type OffsetVector } from '../reading/as-of.ts';
import { type RunQuery } from './engine.ts';
import { integer, sql, tableName } from './sql.ts';

export interface ProjectedTopic {
  readonly topic: string;
  /** Records before the vector, over all partitions. */
  readonly records: number;
  /** Broker time of the newest of them, RFC 3339; null before the first. */
  readonly last_record_at: string | null;
  /** Records between what is projected and the log's end, over all partitions; null while that is not known. */
  readonly lag: number | null;
}

export interface ProjectedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: number;
  readonly last_record_at: string | null;
  /** The log's next offset, when the projector last looked; null when it never did. */
  readonly high_watermark: number | null;
  readonly looked_at: string | null;
  /** Null when nobody looked for a minute: a projector that is away would seem to have nothing to do. */
  readonly lag: number | null;
}

export interface ProjectionState {
  readonly asOf: AsOf;
  readonly topics: readonly ProjectedTopic[];
  readonly partitions: readonly ProjectedPartition[];
}

interface StateRow {
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: number;
  readonly last_timestamp: string;
  readonly high_watermark?: number;
  readonly looked_at?: string;
  readonly fresh?: number | boolean;
}

const LOOKED_WITHIN_S = 60;

/**
 * Reads where projecting stands. A reader MUST do this before any other read: what is bounded by it was complete then.
 */
export async function readProjectionState(run: RunQuery, generation: string): Promise<ProjectionState> {
  const rows =
    await run<StateRow>(sql`SELECT topic, partition, max(next_offset) AS next_offset, max(last_timestamp) AS last_timestamp,
      max(high_watermark) AS high_watermark, max(looked_at) AS looked_at,
      looked_at > now64(3) - toIntervalSecond(${integer(LOOKED_WITHIN_S)}) AS fresh
    FROM ${tableName(generation, 'projection_state')} GROUP BY topic, partition ORDER BY topic, partition`);
  const vector: Record<string, number[]> = {};
  for (const { topic, partition, next_offset } of rows) {
    const offsets = (vector[topic] ??= []);
    // A partition that nothing was projected of has offset 0.
    while (offsets.length <= partition) offsets.push(0);
    offsets[partition] = next_offset;
  }
  const partitions = rows.map(partitionOf);
  return { asOf: { generation, vector }, topics: projectedTopics(vector, partitions), partitions };
}

const timeOrNull = (iso: string | undefined): string | null =>
  iso === undefined || iso.startsWith('1970') ? null : iso;

function partitionOf({
  topic,
  partition,
  next_offset,
  last_timestamp,
  high_watermark = 0,
  looked_at,
  fresh = false,
}: StateRow): ProjectedPartition {
  const looked = timeOrNull(looked_at);
  return {
    topic,
    partition,
    next_offset,
    last_record_at: timeOrNull(last_timestamp),
    looked_at: looked,
    high_watermark: looked === null ? null : high_watermark,
    // Projecting may have gone on since the look.
    lag: looked !== null && Boolean(fresh) ? Math.max(high_watermark - next_offset, 0) : null,
  };
}

function projectedTopics(vector: OffsetVector, partitions: readonly ProjectedPartition[]): ProjectedTopic[] {
  return Object.entries(vector).map(([topic, offsets]) => {
    const own = partitions.filter((one) => one.topic === topic);
    const last = own.reduce(
      (newest, { last_record_at }) => ((last_record_at ?? '') > newest ? (last_record_at ?? '') : newest),
      '',
    );
    const lag = own.reduce<number | null>((sum, one) => (sum === null || one.lag === null ? null : sum + one.lag), 0);
    return {
      topic,
      records: offsets.reduce((sum, offset) => sum + offset, 0),
      last_record_at: last === '' ? null : last,
      lag,
    };
  });
}
