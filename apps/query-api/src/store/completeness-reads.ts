import { type KnownGap } from '../reading/completeness.ts';
import { type ReadContext } from './list-reads.ts';
import { type ListTable, visible } from './list-table.ts';
import { integer, sql, tableName, text } from './sql.ts';

const LISTED = 50;

interface GapRow extends KnownGap {
  readonly count: number;
}

/**
 * Gaps of the streams that have rows in the list, closed ones left out. Not by time: what is missing has none. A stream of
 * which the list has no row at all cannot be told to belong to it.
 */
export async function knownGaps({ run, generation, tenantId, vector }: ReadContext, list: ListTable): Promise<{ count: number; listed: KnownGap[] }> {
  const gaps = tableName(generation, 'gaps');
  const ofTenant = sql`tenant_id = ${text(tenantId)} AND ${visible(vector)}`;
  // Most tenants have none, and then nobody needs to know the list's streams.
  const any = await run<object>(sql`SELECT 1 AS found FROM ${gaps} WHERE ${ofTenant} AND NOT closed LIMIT 1`);
  if (any.length === 0) return { count: 0, listed: [] };
  const rows = await run<GapRow>(sql`SELECT min(event_id) AS event_id, stream_id, from_seq, to_seq, any(kind) AS kind, min(occurred_at) AS occurred_at, count() OVER () AS count
    FROM ${gaps}
    WHERE ${ofTenant} AND NOT closed AND stream_id IN (SELECT DISTINCT stream_id FROM ${list.table} WHERE ${list.where})
      AND (stream_id, ifNull(from_seq, -1), ifNull(to_seq, -1)) NOT IN (SELECT stream_id, ifNull(from_seq, -1), ifNull(to_seq, -1) FROM ${gaps} WHERE ${ofTenant} AND closed)
    GROUP BY stream_id, from_seq, to_seq ORDER BY occurred_at, stream_id, from_seq LIMIT ${integer(LISTED)}`);
  return { count: rows[0]?.count ?? 0, listed: rows.map(({ count: _count, ...gap }) => gap) };
}

/** Distinct dead letters, with those whose tenant nobody could tell. */
export async function deadLetterCount({ run, generation, tenantId, vector }: ReadContext): Promise<number> {
  const [row] = await run<{ readonly count: number }>(sql`SELECT uniqExact(dead_letter_id) AS count FROM ${tableName(generation, 'dead_letters')}
    WHERE tenant_id IN (${text(tenantId)}, '') AND ${visible(vector)}`);
  return row?.count ?? 0;
}
