import { type ReadContext } from './list-reads.ts';
import { visible } from './list-table.ts';
import { type Sql, sql, tableName, text, texts } from './sql.ts';
import { type PlainKind } from './id-reads.ts';

/**
 * Ids as SQL: a parameter while they fit into a URL, else the query that finds them. Both are the same ids at the same
 * vector.
 */
export interface IdSet {
  readonly ids: readonly string[];
  readonly sql: Sql;
}

export const noIds: IdSet = { ids: [], sql: sql`(SELECT '' WHERE false)` };

/** What a parameter may hold: the engine's door reads it from a URL. */
const MAX_PARAMETER_BYTES = 3_000;

export const fitParameter = (ids: readonly string[]): boolean =>
  ids.reduce((sum, id) => sum + encodeURIComponent(id).length + 9, 0) <= MAX_PARAMETER_BYTES;

/** `query` MUST find the same ids. */
export function idSet(ids: readonly string[], query: Sql): IdSet {
  if (ids.length === 0) return noIds;
  return { ids, sql: fitParameter(ids) ? texts(ids) : sql`(${query})` };
}

export const oneId = (id: string): IdSet => ({ ids: [id], sql: texts([id]) });

export const ofTenant = ({ tenantId, vector }: Pick<ReadContext, 'tenantId' | 'vector'>): Sql =>
  sql`tenant_id = ${text(tenantId)} AND ${visible(vector)}`;

/**
 * Where events are sorted that bear these ids. By this prefix of its key, and by nothing else, `events` is read without
 * a look at all of it.
 */
export async function runKeysOf(context: ReadContext, kinds: readonly PlainKind[], ids: IdSet): Promise<IdSet> {
  if (ids.ids.length === 0) return noIds;
  const query = sql`SELECT DISTINCT run_key FROM ${tableName(context.generation, 'ids')} WHERE ${ofTenant(context)}
    AND kind IN ${texts(kinds)} AND id IN ${ids.sql}`;
  const rows = await context.run<{ readonly run_key: string }>(sql`${query} ORDER BY run_key`);
  return idSet(
    rows.map(({ run_key }) => run_key),
    query,
  );
}
