import { type RawParameters } from '../../http/parameters.ts';
import { type Facets } from '../../search/facets.ts';
import { titleOf } from './describe-row.ts';
import { withParameters } from './timeline-view.ts';
import { sentenceCase, words } from './words.ts';

/** What a search may be narrowed by, in the order of an investigator's questions. */
export const FACETS = [
  'event_type',
  'outcome.status',
  'source.system',
  'tool.name',
  'model.response_model',
  'policy.decision',
  'use_case',
] as const;

const names: Readonly<Record<string, string>> = {
  event_type: 'what happened',
  'outcome.status': 'outcome',
  'source.system': 'source',
  'tool.name': 'tool',
  'model.response_model': 'model',
  'policy.decision': 'decision',
  use_case: 'use case',
  run_id: 'run',
  q: 'words',
};
const unshown: ReadonlySet<string> = new Set(['sort', 'limit', 'cursor', 'as_of', 'reason']);
const SHOWN = 6;

export interface Choice {
  readonly text: string;
  readonly value: string;
  readonly count: string;
  /** The same search with it; for a search by POST there is none, and a button stands for it. */
  readonly href: string;
}

export interface FacetsView {
  readonly groups: readonly {
    readonly name: string;
    readonly field: string;
    readonly choices: readonly Choice[];
    readonly more: number;
    readonly rest: readonly (readonly [string, string])[];
  }[];
  /** What it is narrowed by already; each can be left out again. */
  readonly narrowed: readonly {
    readonly name: string;
    readonly text: string;
    readonly href: string;
    readonly rest: readonly (readonly [string, string])[];
  }[];
}

/** `inAddress`: the search stands in the address, so a narrower one may as well. What people typed stays out of it. */
export function facetsView(facets: Facets | undefined, filters: RawParameters, inAddress: boolean): FacetsView {
  const without = (field: string): RawParameters =>
    Object.fromEntries(Object.entries(filters).filter(([name]) => name !== field && name !== 'cursor'));
  const path = (parameters: RawParameters): string => (inAddress ? withParameters('/search', parameters) : '');
  return {
    groups: FACETS.flatMap((field) => {
      const facet = facets?.[field];
      // An enum's way to say nothing; and one value that every event has narrows nothing.
      const values = facet?.values.filter(({ value }) => value !== 'unknown') ?? [];
      if (facet === undefined || values.length === 0 || (facet.distinct === 1 && facet.missing === 0)) return [];
      const choices = values.slice(0, SHOWN).map(({ value, count }) => ({
        text: textOf(field, value),
        value,
        count: count.toLocaleString('en'),
        href: path({ ...without(field), [field]: value }),
      }));
      return [
        {
          name: sentenceCase(nameOf(field)),
          field,
          choices,
          more: Math.max(0, facet.distinct - (facet.values.length - values.length) - choices.length),
          rest: pairsOf(without(field)),
        },
      ];
    }),
    narrowed: Object.entries(filters)
      .filter(([name]) => !unshown.has(name))
      .map(([name, value]) => ({
        name: nameOf(name),
        text: [value].flat().map(String).join(', '),
        href: path(without(name)),
        rest: pairsOf(without(name)),
      })),
  };
}

const nameOf = (field: string): string => names[field] ?? words(field.replaceAll('.', ' ')).replace(/ id$/, '');

const pairsOf = (parameters: RawParameters): readonly (readonly [string, string])[] =>
  Object.entries(parameters).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)] as const));

/** Names that others gave stay as they are; ours are words. */
const textOf = (field: string, value: string): string =>
  field === 'event_type'
    ? titleOf(value)
    : field === 'outcome.status' || field === 'policy.decision'
      ? words(value)
      : value;
