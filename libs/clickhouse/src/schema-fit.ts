import { type ClickHouseClient } from '@clickhouse/client';
import { type AvroRecordSchema } from './avro-container.ts';

interface Node {
  readonly type?: unknown;
  readonly name?: string;
  readonly fields?: readonly { readonly name: string; readonly type: unknown }[];
}

/** A record's fields as ClickHouse names their columns: nested records dotted, arrays and maps one column. */
export function flattenFields(schema: AvroRecordSchema): string[] {
  const named = new Map<string, Node>();
  const columns: string[] = [];
  const walk = (fields: NonNullable<Node['fields']>, prefix: string): void => {
    for (const { name, type } of fields) {
      const record = recordOf(type, named);
      if (record?.fields) walk(record.fields, `${prefix}${name}.`);
      else columns.push(prefix + name);
    }
  };
  walk(schema.fields, '');
  return columns;
}

/** The record behind a field's type, whether written out or named before; undefined for everything else. */
function recordOf(type: unknown, named: Map<string, Node>): Node | undefined {
  if (typeof type === 'string') return named.get(type.slice(type.lastIndexOf('.') + 1));
  if (typeof type !== 'object' || type === null || Array.isArray(type)) return undefined;
  const node = type as Node;
  if (typeof node.type === 'object') return recordOf(node.type, named);
  if (node.type !== 'record') return undefined;
  if (node.name !== undefined) named.set(node.name, node);
  return node;
}

/** Fields that the table has no column for: ClickHouse would drop them in silence, so the projector must stop. */
export async function missingColumns(
  client: ClickHouseClient,
  database: string,
  table: string,
  fields: readonly string[],
): Promise<string[]> {
  const answer = await client.query({
    query: 'SELECT name FROM system.columns WHERE database = {database:String} AND table = {table:String}',
    query_params: { database, table },
    format: 'JSONEachRow',
  });
  const present = new Set((await answer.json<{ name: string }>()).map(({ name }) => name));
  return fields.filter((field) => !present.has(field));
}
