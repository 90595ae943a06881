import { type Facet, type FacetField, type Facets, MAX_FACET_VALUES } from '../search/facets.ts';
import { type ReadContext } from './list-reads.ts';
import { type ListTable, visible } from './list-table.ts';
import { column, integer, join, type Sql, sql, tableName, text } from './sql.ts';

/**
 * Values are counted in the first so many rows of a list; counting all of a tenant's year for a page would read all of
 * it.
 */
export const FACET_ROWS = 200_000;

interface FacetRow {
  readonly facet: number;
  readonly value: string;
  readonly count: number;
  readonly distinct: number;
}

/**
 * An event's values of one field, each once; '' when it has none. Ids of cases and objects as the views compare them.
 */
function valuesOf({ column: name, member, kind }: FacetField): Sql {
  if (member === null) {
    if (kind === 'texts') return column(name);
    return sql`[toString(${column(name)})]`;
  }
  const entity = member === 'id' && (name === 'case_refs' || name === 'object_refs');
  const one = entity
    ? sql`audit_entity_id(toString(one.system), one.id)`
    : sql`toString(tupleElement(one, ${text(member)}))`;
  return sql`arrayMap(one -> ${one}, ${column(name)})`;
}

const pairsOf = (field: FacetField, index: number): Sql =>
  sql`arrayMap(value -> (${integer(index)}, value), if(empty(${valuesOf(field)}), [''], arrayDistinct(${valuesOf(field)})))`;

/**
 * Counts events per value over the whole list, by the rule of the pages: an event is where its first copy is. `capped`
 * when the list has more rows than are looked at.
 */
export async function countFacets(
  { run, generation, tenantId, vector }: ReadContext,
  list: ListTable,
  fields: readonly FacetField[],
): Promise<{ facets: Facets; capped: boolean }> {
  const bounded = sql`FROM ${list.table} WHERE ${list.where} ORDER BY occurred_at, stream_id, seq, event_id
    LIMIT ${integer(FACET_ROWS)}`;
  const pairs = join(fields.map(pairsOf), 'comma');
  const rows =
    await run<FacetRow>(sql`SELECT facet, value, count, countIf(value != '') OVER (PARTITION BY facet) AS distinct FROM (
      SELECT pair.1 AS facet, pair.2 AS value, uniqExact(event_key) AS count FROM (
        SELECT mine.event_key AS event_key, arrayJoin(mine.pairs) AS pair FROM (
          SELECT event_key, kafka_topic, kafka_partition, kafka_offset, arrayConcat(${pairs}) AS pairs ${bounded}
        ) AS mine
        INNER JOIN (
          SELECT event_key, min((kafka_timestamp, kafka_topic, kafka_partition, kafka_offset)) AS first
          FROM ${tableName(generation, 'ids')}
          WHERE tenant_id = ${text(tenantId)} AND kind = 'event' AND ${visible(vector)}
            AND (id, event_key) IN (SELECT event_id, event_key ${bounded})
          GROUP BY event_key
        ) AS copies ON mine.event_key = copies.event_key
        WHERE (mine.kafka_topic, mine.kafka_partition, mine.kafka_offset) = (copies.first.2, copies.first.3, copies.first.4)
      ) GROUP BY facet, value
    ) ORDER BY facet, value != '', count DESC, value LIMIT ${integer(MAX_FACET_VALUES + 1)} BY facet`);
  const [looked] = await run<{ readonly rows: number }>(
    sql`SELECT count() AS rows FROM (SELECT 1 FROM ${list.table} WHERE ${list.where} LIMIT ${integer(FACET_ROWS + 1)})`,
  );
  return {
    facets: Object.fromEntries(
      fields.map(({ name }, index) => [name, facetOf(rows.filter(({ facet }) => facet === index))]),
    ),
    capped: (looked?.rows ?? 0) > FACET_ROWS,
  };
}

function facetOf(rows: readonly FacetRow[]): Facet {
  const values = rows.filter(({ value }) => value !== '').slice(0, MAX_FACET_VALUES);
  return {
    values: values.map(({ value, count }) => ({ value, count })),
    distinct: rows[0]?.distinct ?? 0,
    missing: rows.find(({ value }) => value === '')?.count ?? 0,
  };
}
