import { type AsOf, type OffsetVector } from '../reading/as-of.ts';
import { type RunQuery } from './engine.ts';
import { sql, tableName } from './sql.ts';

export interface ProjectedTopic {
  readonly topic: string;
  /** Records before the vector, over all partitions. */
  readonly records: number;
  /** Broker time of the newest of them, RFC 3339; null before the first. */
  readonly last_record_at: string | null;
}

export interface ProjectionState {
  readonly asOf: AsOf;
  readonly topics: readonly ProjectedTopic[];
}

interface StateRow {
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: number;
  readonly last_timestamp: string;
}

/** Reads where projecting stands. A reader MUST do this before any other read: what is bounded by it was complete then. */
export async function readProjectionState(run: RunQuery, generation: string): Promise<ProjectionState> {
  const rows = await run<StateRow>(sql`SELECT topic, partition, max(next_offset) AS next_offset, max(last_timestamp) AS last_timestamp
    FROM ${tableName(generation, 'projection_state')} GROUP BY topic, partition ORDER BY topic, partition`);
  const vector: Record<string, number[]> = {};
  const newest = new Map<string, string>();
  for (const { topic, partition, next_offset, last_timestamp } of rows) {
    const offsets = (vector[topic] ??= []);
    // A partition that nothing was projected of has offset 0.
    while (offsets.length <= partition) offsets.push(0);
    offsets[partition] = next_offset;
    if (last_timestamp > (newest.get(topic) ?? '')) newest.set(topic, last_timestamp);
  }
  return { asOf: { generation, vector }, topics: projectedTopics(vector, newest) };
}

function projectedTopics(vector: OffsetVector, newest: ReadonlyMap<string, string>): ProjectedTopic[] {
  return Object.entries(vector).map(([topic, offsets]) => {
    const last = newest.get(topic);
    return { topic, records: offsets.reduce((sum, offset) => sum + offset, 0), last_record_at: last === undefined || last.startsWith('1970') ? null : last };
  });
}
