import { eventColumns } from '@affidavit/contracts';

/** How a column is compared with what a filter gives. */
export type ColumnKind =
  | { readonly kind: 'text' | 'integer' | 'float' | 'decimal' | 'bool' | 'time' | 'hash' | 'texts' | 'map' }
  | { readonly kind: 'elements'; readonly members: ReadonlyMap<string, ColumnKind> };

function kindOf(type: string): ColumnKind {
  const wrapped = /^(?:Nullable|LowCardinality)\((.*)\)$/.exec(type)?.[1];
  if (wrapped !== undefined) return kindOf(wrapped);
  if (type.startsWith('Array(Tuple('))
    return { kind: 'elements', members: membersOf(type.slice('Array(Tuple('.length, -2)) };
  if (type.startsWith('Array(')) return { kind: 'texts' };
  if (type.startsWith('Map(')) return { kind: 'map' };
  if (type.startsWith('FixedString')) return { kind: 'hash' };
  if (type.startsWith('DateTime64')) return { kind: 'time' };
  if (type.startsWith('Decimal')) return { kind: 'decimal' };
  if (type.startsWith('Float')) return { kind: 'float' };
  if (type.startsWith('Int')) return { kind: 'integer' };
  return { kind: type === 'Bool' ? 'bool' : 'text' };
}

/** `name Type, name Type`, where a type may have commas of its own in brackets. */
function membersOf(text: string): ReadonlyMap<string, ColumnKind> {
  const members = text.split(/,\s*(?![^(]*\))/).map((member): [string, ColumnKind] => {
    const at = member.indexOf(' ');
    return [member.slice(0, at), kindOf(member.slice(at + 1))];
  });
  return new Map(members);
}

/** Of any decimal column: the cost of a call. ClickHouse compares decimals of different scales by
 * their value; filter-sql.ts has the number, too, since a scale is no parameter. */
export const MOST_PLACES = 12;

/** Every field of the record, by its dotted name. */
export const columnKinds: ReadonlyMap<string, ColumnKind> = new Map(
  eventColumns.map(({ name, type }) => [name, kindOf(type)]),
);

/** Sections and their fields: what a filter may nest. */
export const sectionNames: ReadonlySet<string> = new Set(
  eventColumns.flatMap(({ name }) => (name.includes('.') ? [name.slice(0, name.indexOf('.'))] : [])),
);
