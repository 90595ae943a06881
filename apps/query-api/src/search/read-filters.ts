import { canonicalDecimal, isStorableTime, parseTime } from '@affidavit/audit-model';
import { queryError } from '../query-error.ts';
import { type Bound, isOperator, ordered, operators } from './bound.ts';
import { type ColumnKind, columnKinds, MOST_PLACES, sectionNames } from './column-type.ts';

export type Scalar = string | number | boolean;

/** One condition on one field; all conditions of a search must hold. */
export type Filter =
  | {
      readonly kind: 'values';
      readonly column: string;
      readonly type: Exclude<ColumnKind['kind'], 'elements' | 'map'>;
      readonly values: readonly Scalar[];
    }
  | {
      readonly kind: 'range';
      readonly column: string;
      readonly type: ColumnKind['kind'];
      readonly bounds: readonly Bound[];
    }
  | { readonly kind: 'map'; readonly column: string; readonly key: string; readonly values: readonly string[] }
  /** At least one element of the array matches one of the patterns, in all of its members. */
  | { readonly kind: 'elements'; readonly column: string; readonly patterns: readonly (readonly MemberPattern[])[] };

/** One value, or bounds of a range, of which one kind is empty. */
export interface MemberPattern {
  readonly member: string;
  readonly type: ColumnKind['kind'];
  readonly values: readonly Scalar[];
  readonly bounds: readonly Bound[];
}

const MAX_VALUES = 100;
const MAX_FILTERS = 50;
const MAX_TEXT = 1_024;

const wrong = (path: string, expected: string): never => {
  throw queryError('invalid_parameter', `${path} must be ${expected}`, { detail: { path } });
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads filters that are nested as the event is: a value or a list of values per field, one of which must match. An
 * unknown field is an error, since leaving it out would widen the answer.
 */
export function readFilters(given: Readonly<Record<string, unknown>>): readonly Filter[] {
  const filters = Object.entries(given).flatMap(([name, value]): Filter[] => {
    if (name.includes('.')) return wrong(name.slice(0, 100), 'nested as in the event, without dots');
    if (sectionNames.has(name)) {
      if (!isObject(value)) return wrong(name, 'an object, as in the event');
      return Object.entries(value).map(([field, inner]) => readFilter(`${name}.${field}`, inner));
    }
    return name === 'details' ? readMap(name, value) : [readFilter(name, value)];
  });
  if (filters.length > MAX_FILTERS) wrong('filters', `at most ${MAX_FILTERS}`);
  return filters;
}

function readFilter(column: string, value: unknown): Filter {
  const type = columnKinds.get(column);
  if (type === undefined || type.kind === 'map')
    throw queryError('invalid_parameter', 'a filter names a field that events do not have; see /openapi.json', {
      detail: { path: column.slice(0, 100) },
    });
  const bounds = readBounds(column, value, type.kind);
  if (bounds !== null) return { kind: 'range', column, type: type.kind, bounds };
  if (type.kind !== 'elements')
    return { kind: 'values', column, type: type.kind, values: readValues(column, value, type.kind) };
  const patterns = (Array.isArray(value) ? (value as unknown[]) : [value]).map((pattern, index) =>
    readPattern(`${column}[${index}]`, pattern, type.members),
  );
  if (patterns.length === 0 || patterns.length > MAX_VALUES) wrong(column, `1 to ${MAX_VALUES} patterns`);
  return { kind: 'elements', column, patterns };
}

function readPattern(path: string, value: unknown, members: ReadonlyMap<string, ColumnKind>): readonly MemberPattern[] {
  if (!isObject(value) || Object.keys(value).length === 0) return wrong(path, 'an object with at least one member');
  return Object.entries(value).map(([member, inner]) => {
    const type = members.get(member)?.kind;
    if (type === undefined)
      throw queryError('invalid_parameter', 'a filter names a member that this list does not have', {
        detail: { path },
      });
    const bounds = readBounds(`${path}.${member}`, inner, type);
    return {
      member,
      type,
      values: bounds === null ? readValues(`${path}.${member}`, inner, type) : [],
      bounds: bounds ?? [],
    };
  });
}

/**
 * `{"gte": 1, "lt": 10}`; null for what is no range. An object where values are compared in no order is an error
 * further on.
 */
function readBounds(path: string, value: unknown, type: ColumnKind['kind']): readonly Bound[] | null {
  if (!isObject(value) || !ordered.has(type)) return null;
  const entries = Object.entries(value);
  if (entries.length === 0) return wrong(path, `a value, or bounds out of ${operators.join(', ')}`);
  return entries.map(([operator, bound]) => ({
    operator: isOperator(operator) ? operator : wrong(path, `a value, or bounds out of ${operators.join(', ')}`),
    value: readValue(path, bound, type) as Bound['value'],
  }));
}

function readMap(column: string, value: unknown): Filter[] {
  if (!isObject(value)) return wrong(column, 'an object of keys and values');
  return Object.entries(value).map(([key, inner]) => ({
    kind: 'map',
    column,
    key: readText(column, key),
    values: readValues(`${column}.*`, inner, 'text') as string[],
  }));
}

function readValues(path: string, value: unknown, type: ColumnKind['kind']): readonly Scalar[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0 || values.length > MAX_VALUES) wrong(path, `a value or a list of 1 to ${MAX_VALUES}`);
  return values.map((one) => readValue(path, one, type));
}

function readValue(path: string, value: unknown, type: ColumnKind['kind']): Scalar {
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value) ? (value as number) : wrong(path, 'an integer');
    case 'float':
      return typeof value === 'number' && Number.isFinite(value) ? value : wrong(path, 'a number');
    case 'decimal':
      return (
        (typeof value === 'string' || typeof value === 'number' ? canonicalDecimal(value, MOST_PLACES) : null) ??
        wrong(path, `a decimal with at most ${MOST_PLACES} places`)
      );
    case 'bool':
      return typeof value === 'boolean' ? value : wrong(path, 'true or false');
    case 'time':
      return readTime(path, value);
    case 'hash':
      return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? value : wrong(path, '64 lower hex digits');
    case 'text':
    case 'texts':
    case 'map':
    case 'elements':
      return readText(path, value);
  }
}

function readTime(path: string, value: unknown): number {
  const micros = parseTime(value)?.micros ?? wrong(path, 'an RFC 3339 time with an offset, or integer microseconds');
  return isStorableTime(micros) ? micros : wrong(path, 'between the years 1900 and 2255');
}

function readText(path: string, value: unknown): string {
  if (typeof value !== 'string') return wrong(path, 'text');
  return value.length <= MAX_TEXT && !value.includes('\0') && !/\p{Surrogate}/u.test(value)
    ? value
    : wrong(path, `text of at most ${MAX_TEXT} characters`);
}
