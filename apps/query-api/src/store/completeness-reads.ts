import { type KnownGap } from '../reading/completeness.ts';
import { type PlacedGap } from '../reading/gap-rows.ts';
import { type ReadContext } from './list-reads.ts';
import { type ListTable, visible } from './list-table.ts';
import { integer, integers, join, sql, tableName, text, texts } from './sql.ts';

const LISTED = 50;
/** Held against the numbers; more open gaps of one list's streams are counted as they were declared. */
const LOOKED_AT = 200;

interface GapRow extends Omit<KnownGap, 'event_id' | 'kafka'> {
  readonly count: number;
  /** A tuple: event id, topic, partition, offset. */
  readonly said: readonly [string, string, number, number] | Readonly<Record<string, string | number>>;
}

/**
 * Gaps of the streams that have rows in the list, closed ones left out. Not by time: what is missing has none. A stream
 * of which the list has no row at all cannot be told to belong to it.
 */
export async function knownGaps(
  { run, generation, tenantId, vector }: ReadContext,
  list: ListTable,
): Promise<{ count: number; listed: KnownGap[] }> {
  const gaps = tableName(generation, 'gaps');
  const ofTenant = sql`tenant_id = ${text(tenantId)} AND ${visible(vector)}`;
  // Most tenants have none, and then nobody needs to know the list's streams.
  const any = await run<object>(sql`SELECT 1 AS found FROM ${gaps} WHERE ${ofTenant} AND NOT closed LIMIT 1`);
  if (any.length === 0) return { count: 0, listed: [] };
  const rows =
    await run<GapRow>(sql`SELECT min((event_id, kafka_topic, kafka_partition, kafka_offset)) AS said, stream_id, from_seq,
      to_seq, any(kind) AS kind, min(occurred_at) AS occurred_at, count() OVER () AS count
    FROM ${gaps}
    WHERE ${ofTenant} AND NOT closed AND stream_id IN (SELECT DISTINCT stream_id FROM ${list.table} WHERE ${list.where})
      AND (stream_id, ifNull(from_seq, -1), ifNull(to_seq, -1)) NOT IN (SELECT stream_id, ifNull(from_seq, -1), ifNull(to_seq,
      -1) FROM ${gaps} WHERE ${ofTenant} AND closed)
    GROUP BY stream_id, from_seq, to_seq ORDER BY occurred_at, stream_id, from_seq LIMIT ${integer(LOOKED_AT)}`);
  const declared = rows.map(({ count: _count, said, ...gap }) => ({ ...gap, ...declaration(said) }));
  const open = await stillMissing({ run, generation, tenantId, vector }, declared);
  return { count: (rows[0]?.count ?? 0) - (declared.length - open.length), listed: open.slice(0, LISTED) };
}

/**
 * What was declared, held against the numbers that came all the same: how many are missing, and without those of which
 * all came.
 */
async function stillMissing(
  { run, generation, tenantId, vector }: ReadContext,
  gaps: readonly KnownGap[],
): Promise<KnownGap[]> {
  const ranges = gaps.flatMap(({ stream_id, from_seq, to_seq }) =>
    from_seq === null || to_seq === null
      ? []
      : [sql`(stream_id = ${text(stream_id)} AND seq BETWEEN ${integer(from_seq)} AND ${integer(to_seq)})`],
  );
  if (ranges.length === 0) return [...gaps];
  const [row] = await run<{ readonly present: readonly number[] }>(sql`SELECT [${join(
    ranges.map((range) => sql`uniqExactIf((stream_id, seq), ${range})`),
    'comma',
  )}] AS present
    FROM ${tableName(generation, 'stream_numbers')} WHERE tenant_id = ${text(tenantId)} AND (${join(ranges, 'or')})
    AND ${visible(vector)}`);
  let next = 0;
  return gaps.flatMap((gap) => {
    if (gap.from_seq === null || gap.to_seq === null) return [gap];
    const missing = gap.to_seq - gap.from_seq + 1 - Number(row?.present[next++] ?? 0);
    return missing > 0 ? [{ ...gap, missing }] : [];
  });
}

function declaration(said: GapRow['said']): Pick<KnownGap, 'event_id' | 'kafka'> {
  const [event_id, topic, partition, offset] = (Array.isArray(said) ? said : Object.values(said)) as [
    string,
    string,
    number,
    number,
  ];
  return { event_id, kafka: { topic, partition, offset } };
}

/** The records right before and right after each gap in its stream, of this tenant; as many as there are. */
export async function neighboursOf(
  { run, generation, tenantId, vector }: ReadContext,
  gaps: readonly KnownGap[],
): Promise<readonly PlacedGap[]> {
  const beside = gaps.flatMap(({ stream_id, from_seq, to_seq }) => [
    ...(from_seq === null ? [] : [{ stream_id, seq: from_seq - 1 }]),
    ...(to_seq === null ? [] : [{ stream_id, seq: to_seq + 1 }]),
  ]);
  if (beside.length === 0) return [];
  const pairs = sql`SELECT arrayJoin(arrayZip(${texts(beside.map(({ stream_id }) => stream_id))},
    ${integers(beside.map(({ seq }) => seq))}))`;
  const rows = await run<{
    readonly stream_id: string;
    readonly seq: number;
    readonly event_id: string;
    readonly at: number;
  }>(sql`SELECT stream_id, seq, argMin(event_id, (kafka_timestamp, kafka_topic, kafka_partition, kafka_offset)) AS event_id,
      toUnixTimestamp64Micro(argMin(occurred_at, (kafka_timestamp, kafka_topic, kafka_partition, kafka_offset))) AS at
    FROM ${tableName(generation, 'stream_numbers')} WHERE tenant_id = ${text(tenantId)} AND (stream_id, seq) IN (${pairs})
    AND ${visible(vector)} GROUP BY stream_id, seq`);
  const known = new Map(
    rows.map(({ stream_id, seq, event_id, at }) => [`${seq} ${stream_id}`, { event_id, occurred_at: at }]),
  );
  const at = (stream_id: string, seq: number | null, step: number) =>
    seq === null ? null : (known.get(`${seq + step} ${stream_id}`) ?? null);
  return gaps.map((gap) => ({
    gap,
    before: at(gap.stream_id, gap.from_seq, -1),
    after: at(gap.stream_id, gap.to_seq, 1),
  }));
}

/** Distinct dead letters, with those whose tenant nobody could tell. */
export async function deadLetterCount({ run, generation, tenantId, vector }: ReadContext): Promise<number> {
  const [row] = await run<{
    readonly count: number;
  }>(sql`SELECT uniqExact(dead_letter_id) AS count FROM ${tableName(generation, 'dead_letters')}
    WHERE tenant_id IN (${text(tenantId)}, '') AND ${visible(vector)}`);
  return row?.count ?? 0;
}
