import { eventColumns, leadingColumns } from '@affidavit/contracts';
import { type Copies, type FindCopies, type ReadKeys } from '../reading/one-row-per-event.ts';
import { byteColumns, type FlatRow } from '../reading/row-shape.ts';
import { type KeyRow, type LogPosition, type SortKey } from '../reading/sort-key.ts';
import { type OffsetVector } from '../reading/as-of.ts';
import { type RunQuery } from './engine.ts';
import { afterKey, betweenKeys, type ListTable, visible } from './list-table.ts';
import { column, integer, join, nothing, type Sql, sql, tableName, text } from './sql.ts';

/** The reads of one list, all of them at one vector. */
export interface ListReads {
  readonly keys: ReadKeys;
  readonly copies: FindCopies;
  /** The whole records from one key to another, every role and copy of them. */
  records(first: SortKey, last: SortKey): Promise<readonly FlatRow[]>;
  /** For records from one key to another: where the event stands that each names as its cause. */
  causes(first: SortKey, last: SortKey): Promise<ReadonlyMap<string, SortKey>>;
}

export interface ReadContext {
  readonly run: RunQuery;
  readonly generation: string;
  readonly tenantId: string;
  readonly vector: OffsetVector;
}

/** Hashes are bytes, and JSON has none. */
export const recordColumns: Sql = join(
  [...leadingColumns, ...eventColumns].map(({ name }) =>
    byteColumns.has(name) ? sql`lower(hex(${column(name)})) AS ${column(name)}` : column(name),
  ),
  'comma',
);

const keyColumns = sql`toUnixTimestamp64Micro(occurred_at) AS at, stream_id, seq, event_id, event_key,
  kafka_topic AS topic, kafka_partition AS partition, kafka_offset AS offset,
  time_basis, time_precision_us`;

type RawKeyRow = Omit<KeyRow, 'occurred_at'> & { readonly at: number };

export function listReads(context: ReadContext, list: ListTable): ListReads {
  const { run, generation, tenantId, vector } = context;
  const ids = tableName(generation, 'ids');
  const order = list.direction === 'asc' ? sql`ASC` : sql`DESC`;
  const from = sql`FROM ${list.table} WHERE ${list.where}`;
  return {
    async keys(after, count) {
      const rest = after === null ? nothing : sql` AND ${afterWholeKey(after, list)}`;
      const [through, byThrough] =
        list.through === undefined ? [nothing, nothing] : [sql`, ${list.through} AS through`, sql` through ${order},`];
      const rows = await run<RawKeyRow>(sql`SELECT ${keyColumns}, ${list.role} AS role${through} ${from}${rest}
        ORDER BY occurred_at ${order}, stream_id ${order}, seq ${order}, event_id ${order},
        role ${order},${byThrough} kafka_topic ${order}, kafka_partition ${order}, kafka_offset ${order}
        LIMIT ${integer(count)}`);
      return rows.map(({ at, ...row }) => ({ ...row, occurred_at: at }));
    },
    async copies(first, last) {
      const rows =
        await run<CopiesRow>(sql`SELECT event_key, groupArraySorted(${integer(MAX_FACTS + 1)})(place) AS facts,
          sum(records) - 1 AS duplicates, count() > 1 AS conflict
        FROM (SELECT event_key, min((kafka_timestamp, kafka_topic, kafka_partition, kafka_offset)) AS place,
          uniqExact(kafka_topic, kafka_partition, kafka_offset) AS records
          FROM ${ids} WHERE tenant_id = ${text(tenantId)} AND kind = 'event' AND ${visible(vector)}
            AND (id, event_key) IN (SELECT event_id, event_key ${from} AND ${betweenKeys(first, last, list.direction)})
          GROUP BY event_key, fact_hash)
        GROUP BY event_key`);
      return new Map(rows.map((row) => [row.event_key, copiesOf(row)]));
    },
    records(first, last) {
      const between = betweenKeys(first, last, list.direction);
      if (list.through === undefined) return run<FlatRow>(sql`SELECT ${recordColumns}, late ${from} AND ${between}`);
      return run<FlatRow>(sql`SELECT ${recordColumns}, late FROM ${tableName(generation, 'events')}
        WHERE tenant_id = ${text(tenantId)} AND ${visible(vector)} AND ${between} AND (run_key, occurred_at, event_key) IN (
          SELECT run_key, occurred_at, event_key FROM ${ids} WHERE tenant_id = ${text(tenantId)} AND kind = 'event'
          AND (id, event_key) IN (SELECT event_id, event_key ${from} AND ${between}))`);
    },
    async causes(first, last) {
      const rows = await run<RawKeyRow>(sql`SELECT ${keyColumns} FROM ${tableName(generation, 'events')}
        WHERE tenant_id = ${text(tenantId)} AND ${visible(vector)} AND (run_key, occurred_at, event_key) IN (
          SELECT run_key, occurred_at, event_key FROM ${ids} WHERE tenant_id = ${text(tenantId)} AND kind = 'event'
            AND (id, event_key) IN (${causeNames(sql`${from} AND causation_id != ''
              AND ${betweenKeys(first, last, list.direction)}`)}))
        ORDER BY kafka_timestamp DESC, kafka_topic DESC, kafka_partition DESC, kafka_offset DESC`);
      // The first copy by log order comes last and stays.
      return new Map(rows.map(({ at, ...row }) => [row.event_key, { ...row, occurred_at: at }]));
    },
  };
}

/** Strictly after one table row, whose event may have further rows. */
function afterWholeKey(row: KeyRow, list: ListTable): Sql {
  const [through, itsThrough] =
    list.through === undefined ? [nothing, nothing] : [sql`${list.through}, `, sql`${text(row.through ?? '')}, `];
  const place = sql`${list.role}, ${through}kafka_topic, kafka_partition, kafka_offset`;
  const values = sql`${text(row.role)}, ${itsThrough}${text(row.topic)}, ${integer(row.partition)}, ${integer(row.offset)}`;
  const beyond = list.direction === 'asc' ? sql`(${place}) > (${values})` : sql`(${place}) < (${values})`;
  return sql`(${afterKey(row, list.direction)} OR ${betweenKeys(row, row, list.direction)} AND ${beyond})`;
}

/** More records than this that contradict one event are not shown; the event says that there are. */
const MAX_FACTS = 100;

/** A tuple: broker time, topic, partition, offset. */
type PlaceTuple = readonly [string, string, number, number] | Readonly<Record<string, string | number>>;

interface CopiesRow {
  readonly event_key: string;
  /** Where each distinct fact was first recorded, in the log's order: the first is the event. */
  readonly facts: readonly PlaceTuple[];
  readonly duplicates: number;
  readonly conflict: number | boolean;
}

function copiesOf({ facts, duplicates, conflict }: CopiesRow): Copies {
  const [first, ...contradictions] = facts.map(positionOf);
  if (first === undefined) throw new Error('a group has at least one record');
  return { first, contradictions, duplicates: Number(duplicates), conflict: Boolean(conflict) };
}

function positionOf(place: PlaceTuple): LogPosition {
  const [, topic, partition, offset] = (Array.isArray(place) ? place : Object.values(place)) as [
    string,
    string,
    number,
    number,
  ];
  return { topic, partition, offset };
}

/**
 * Ids and event keys that the causes of some rows may have: an event of the same connector, or of the one that a text
 * names. Agrees with `causeKeys` of audit-model, which says which comes first.
 */
export const causeNames = (rows: Sql): Sql => sql`SELECT arrayJoin([
  (causation_id, audit_event_key(\`source.connector_id\`, causation_id)),
  (substring(causation_id, position(causation_id, ':') + 1), causation_id)]) ${rows}`;
