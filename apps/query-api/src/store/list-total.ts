import { type Total } from '../reading/cursor.ts';
import { type ReadContext } from './list-reads.ts';
import { type ListTable, visible } from './list-table.ts';
import { integer, nothing, type Sql, sql, tableName, text } from './sql.ts';

/** Totals are exact up to here; counting a case of millions for a page of a hundred would read all of it. */
export const EXACT_TOTAL = 10_000;
const SAMPLE_ROWS = 2 * EXACT_TOTAL;

interface CountRow {
  readonly looked: number;
  readonly events: number;
}

/**
 * Counts what the pages show: events whose first copy is a row of the list. Looks at a bounded part of the list first,
 * in list order so that both halves of the query see the same rows, and at all of it only when that part does not
 * decide.
 */
export async function countEvents(context: ReadContext, list: ListTable): Promise<Total> {
  const part = await count(
    context,
    list,
    sql` ORDER BY occurred_at, stream_id, seq, event_id LIMIT ${integer(SAMPLE_ROWS)}`,
  );
  if (part.events > EXACT_TOTAL) return { at_least: EXACT_TOTAL };
  if (part.looked < SAMPLE_ROWS) return part.events;
  const all = await count(context, list, nothing);
  return all.events > EXACT_TOTAL ? { at_least: EXACT_TOTAL } : all.events;
}

async function count(
  { run, generation, tenantId, vector }: ReadContext,
  list: ListTable,
  bound: Sql,
): Promise<CountRow> {
  const rows = sql`SELECT event_id, event_key, kafka_topic, kafka_partition, kafka_offset FROM ${list.table} WHERE ${list.where}${bound}`;
  const [answer] = await run<CountRow>(sql`SELECT
      (SELECT count() FROM (${rows})) AS looked,
      countIf(has(mine.places, tupleElement(copies.first, 2) || '/' || toString(tupleElement(copies.first,
      3)) || '/' || toString(tupleElement(copies.first, 4)))) AS events
    FROM (
      SELECT event_key,
      groupUniqArray(kafka_topic || '/' || toString(kafka_partition) || '/' || toString(kafka_offset)) AS places FROM (${rows})
      GROUP BY event_key
    ) AS mine
    INNER JOIN (
      SELECT event_key, min((kafka_timestamp, kafka_topic, kafka_partition, kafka_offset)) AS first
      FROM ${tableName(generation, 'ids')}
      WHERE tenant_id = ${text(tenantId)} AND kind = 'event' AND ${visible(vector)}
        AND (id, event_key) IN (SELECT event_id, event_key FROM (${rows}))
      GROUP BY event_key
    ) AS copies ON mine.event_key = copies.event_key`);
  return answer ?? { looked: 0, events: 0 };
}
