import { type Direction, type SortKey } from '../reading/sort-key.ts';
import { type OffsetVector } from '../reading/as-of.ts';
import { integer, integers, join, nothing, type Sql, sql, text, time } from './sql.ts';

/**
 * One list as SQL: which table, which of its rows, in which direction. Everything that a list does is derived from it.
 */
export interface ListTable {
  readonly table: Sql;
  /** The tenant, the entity, the range, the filters and the vector. */
  readonly where: Sql;
  /** In which role the entity stands on the row; '' where the list has no entity. */
  readonly role: Sql;
  /**
   * By which way the row is here, in lists that follow links: an event may be here by several. Their `table` is a query
   * that has only what paging needs; whole records are read from `events`, since planning 180 columns of each part
   * costs more than that.
   */
  readonly through?: Sql;
  readonly direction: Direction;
}

/**
 * What readers may see: everything before the vector. A partition that the vector lacks has offset 0, so nothing of it
 * is seen.
 */
export function visible(vector: OffsetVector): Sql {
  const topics = Object.entries(vector).map(
    ([topic, offsets]) =>
      sql`(kafka_topic = ${text(topic)} AND kafka_offset < ${integers(offsets)}[kafka_partition + 1])`,
  );
  return topics.length === 0 ? sql`false` : sql`(${join(topics, 'or')})`;
}

/** By time, from inclusive to exclusive. */
export function inRange(range: { readonly from: number | null; readonly to: number | null }): Sql {
  const from = range.from === null ? nothing : sql` AND occurred_at >= ${time(range.from)}`;
  const to = range.to === null ? nothing : sql` AND occurred_at < ${time(range.to)}`;
  return sql`true${from}${to}`;
}

const keyColumns = sql`occurred_at, stream_id, seq, event_id`;
const keyValues = (key: SortKey): Sql =>
  sql`${time(key.occurred_at)}, ${text(key.stream_id)}, ${integer(key.seq)}, ${text(key.event_id)}`;

/** Rows after a key. The bare comparison of the time stands beside the tuple's, since a tuple alone prunes badly. */
export function afterKey(key: SortKey, direction: Direction): Sql {
  return direction === 'asc'
    ? sql`occurred_at >= ${time(key.occurred_at)} AND (${keyColumns}) > (${keyValues(key)})`
    : sql`occurred_at <= ${time(key.occurred_at)} AND (${keyColumns}) < (${keyValues(key)})`;
}

/** Rows from a key on, itself included, in ascending order. */
export const fromKey = (key: SortKey): Sql =>
  sql`occurred_at >= ${time(key.occurred_at)} AND (${keyColumns}) >= (${keyValues(key)})`;

/** Rows from one key to another in the list's direction, both included. */
export function betweenKeys(first: SortKey, last: SortKey, direction: Direction): Sql {
  const [low, high] = direction === 'asc' ? [first, last] : [last, first];
  return sql`occurred_at >= ${time(low.occurred_at)} AND occurred_at <= ${time(high.occurred_at)}
    AND (${keyColumns}) >= (${keyValues(low)}) AND (${keyColumns}) <= (${keyValues(high)})`;
}
