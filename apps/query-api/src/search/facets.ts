import { queryError } from '../query-error.ts';
import { columnKinds } from './column-type.ts';

/** A field whose values are counted: a column, or a member of the elements of one. */
export interface FacetField {
  /** As it was asked for: `event_type`, `source.system`, `object_refs.type`. */
  readonly name: string;
  readonly column: string;
  /** Null for a plain column. */
  readonly member: string | null;
  readonly kind: 'text' | 'texts' | 'bool';
}

export interface FacetValue {
  readonly value: string;
  /** Distinct events that have it. */
  readonly count: number;
}

export interface Facet {
  /** The most frequent first, at most MAX_VALUES. */
  readonly values: readonly FacetValue[];
  /** How many values there are. */
  readonly distinct: number;
  /** Events that do not have the field. */
  readonly missing: number;
}

export type Facets = Readonly<Record<string, Facet>>;

export const MAX_FACET_VALUES = 20;
const MAX_FACETS = 20;

const wrong = (message: string): never => {
  throw queryError('invalid_parameter', message, { detail: { path: 'facets' } });
};

/** Texts and booleans: numbers, times and hashes are mostly different on every event, ask for ranges of them. */
function facetField(name: unknown): FacetField {
  if (typeof name !== 'string') return wrong('facets is a list of names of fields');
  const plain = columnKinds.get(name);
  if (plain?.kind === 'text' || plain?.kind === 'texts' || plain?.kind === 'bool')
    return { name, column: name, member: null, kind: plain.kind };
  const dot = name.lastIndexOf('.');
  const list = columnKinds.get(name.slice(0, Math.max(dot, 0)));
  const member = name.slice(dot + 1);
  const inner = list?.kind === 'elements' ? list.members.get(member)?.kind : undefined;
  if (inner === 'text' || inner === 'bool') return { name, column: name.slice(0, dot), member, kind: inner };
  return wrong(
    'facets takes names of fields that are texts or true or false, dotted as in source.system or object_refs.type',
  );
}

export function readFacets(given: unknown): readonly FacetField[] {
  if (given === undefined) return [];
  if (!Array.isArray(given) || given.length > MAX_FACETS)
    return wrong(`facets is a list of at most ${MAX_FACETS} names of fields`);
  return [...new Map((given as unknown[]).map(facetField).map((field) => [field.name, field])).values()];
}
