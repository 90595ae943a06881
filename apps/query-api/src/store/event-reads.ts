import { type FlatRow } from '../reading/row-shape.ts';
import { type ReadContext, recordColumns } from './list-reads.ts';
import { visible } from './list-table.ts';
import { integer, sql, tableName, text } from './sql.ts';

/** An event that a confused sender repeats for ever is still one page. */
export const MAX_COPIES = 1_000;

/** All copies of one event by log order; the first of them is the event. Re-inserts of one record are one copy. */
export async function readCopies(
  { run, generation, tenantId, vector }: ReadContext,
  eventId: string,
): Promise<readonly FlatRow[]> {
  const ofTenant = sql`tenant_id = ${text(tenantId)} AND ${visible(vector)}`;
  return run<FlatRow>(sql`SELECT ${recordColumns}, late, run_key FROM ${tableName(generation, 'events')}
    WHERE ${ofTenant} AND event_id = ${text(eventId)} AND (run_key, occurred_at) IN (
      SELECT run_key, occurred_at FROM ${tableName(generation, 'ids')} WHERE ${ofTenant} AND kind = 'event'
      AND id = ${text(eventId)})
    ORDER BY kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
    LIMIT 1 BY kafka_timestamp, kafka_topic, kafka_partition, kafka_offset LIMIT ${integer(MAX_COPIES)}`);
}
