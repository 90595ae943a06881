import { eventColumns, leadingColumns } from '@affidavit/contracts';

/**
 * A piece of SQL whose text comes from this code only. Values travel beside it as query parameters; columns and tables
 * are checked against closed lists. There is no way to make one from a string that came in with a request.
 */
export interface Sql {
  readonly text: readonly string[];
  readonly values: readonly SqlValue[];
}

interface SqlValue {
  readonly type: string;
  readonly value: ParameterValue;
}

export type ParameterValue = string | number | readonly string[] | readonly number[];

/** Literal text with pieces in it. */
export function sql(strings: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  const text: string[] = [strings[0] ?? ''];
  const values: SqlValue[] = [];
  pieces.forEach((piece, index) => {
    text[text.length - 1] += piece.text[0] ?? '';
    text.push(...piece.text.slice(1));
    values.push(...piece.values);
    text[text.length - 1] += strings[index + 1] ?? '';
  });
  return { text, values };
}

export const nothing: Sql = { text: [''], values: [] };

const parameter = (type: string, value: ParameterValue): Sql => ({ text: ['', ''], values: [{ type, value }] });

export const text = (value: string): Sql => parameter('String', value);
export const texts = (value: readonly string[]): Sql => parameter('Array(String)', value);
export const integer = (value: number): Sql => parameter('Int64', value);
export const integers = (value: readonly number[]): Sql => parameter('Array(Int64)', value);
export const float = (value: number): Sql => parameter('Float64', value);
export const floats = (value: readonly number[]): Sql => parameter('Array(Float64)', value);
/** Microseconds as a time of the tables. */
export const time = (micros: number): Sql => sql`fromUnixTimestamp64Micro(${integer(micros)}, 'UTC')`;

const knownColumns: ReadonlySet<string> = new Set([
  ...[...leadingColumns, ...eventColumns].map(({ name }) => name),
  'event_key',
]);

/** A column of the generated list; the only names that are ever put together at run time. */
export function column(name: string): Sql {
  if (!knownColumns.has(name)) throw new Error('no such column');
  return { text: [`\`${name}\``], values: [] };
}

const IDENTIFIER = /^[a-z_][a-z0-9_]*$/;

/** A table of a database; both names come from settings and code. */
export function tableName(database: string, name: string): Sql {
  if (!IDENTIFIER.test(database) || !IDENTIFIER.test(name)) throw new Error('not a table name');
  return { text: [`${database}.${name}`], values: [] };
}

export function join(pieces: readonly Sql[], separator: 'and' | 'or' | 'comma'): Sql {
  const [first, ...rest] = pieces;
  if (first === undefined) return separator === 'comma' ? nothing : sql`true`;
  return rest.reduce((all, piece) => {
    if (separator === 'comma') return sql`${all}, ${piece}`;
    return separator === 'and' ? sql`${all} AND ${piece}` : sql`${all} OR ${piece}`;
  }, first);
}

/**
 * The text with named parameters, as ClickHouse takes it. A piece that stands in several places is one parameter: the
 * door reads them from a URL.
 */
export function render(query: Sql): { readonly query: string; readonly query_params: Record<string, ParameterValue> } {
  const query_params: Record<string, ParameterValue> = {};
  const names = new Map<SqlValue, string>();
  let rendered = query.text[0] ?? '';
  query.values.forEach((value, index) => {
    const name = names.get(value) ?? `p${names.size}`;
    names.set(value, name);
    query_params[name] = value.value;
    rendered += `{${name}:${value.type}}${query.text[index + 1] ?? ''}`;
  });
  return { query: rendered, query_params };
}
