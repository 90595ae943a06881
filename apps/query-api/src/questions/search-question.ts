import { type EventType } from '@affidavit/contracts';
import { type Credential } from '@affidavit/service-kit';
import { type PersonLookup } from '../identity/person-lookup.ts';
import { CONTENT_TOPIC } from '../reading/as-of.ts';
import { withCaps } from '../reading/completeness.ts';
import { type AskerBinding } from '../reading/asker-binding.ts';
import { type ListAnswer } from '../reading/list-answer.ts';
import {
  answerList,
  type ListOf,
  type ListParameters,
  type Standpoint,
  tableOf,
  takeStandpoint,
} from '../reading/list-question.ts';
import { type Direction } from '../reading/sort-key.ts';
import { queryError } from '../query-error.ts';
import { type FacetField, type Facets } from '../search/facets.ts';
import { filterSql } from '../search/filter-sql.ts';
import { type Filter, readFilters } from '../search/read-filters.ts';
import { resolvePeople } from '../search/resolve-people.ts';
import { type ContentSearch, wordsOf } from '../search/words.ts';
import { countFacets } from '../store/facet-reads.ts';
import { type RunQuery } from '../store/engine.ts';
import { type ReadContext } from '../store/list-reads.ts';
import { visible } from '../store/list-table.ts';
import { type ProjectionState, readProjectionState } from '../store/projection-state.ts';
import { join, type Sql, sql, tableName, text, texts } from '../store/sql.ts';
import { type Ask } from './ask.ts';
import { highlighted } from './highlighted.ts';
import { expandEventTypes, isAccessPlane } from './event-types.ts';

export interface SearchQuestion {
  /** Words over content; undefined for a search by fields only. */
  readonly q: string | undefined;
  /** Nested as the event is. */
  readonly filters: Readonly<Record<string, unknown>>;
  readonly sort: Direction;
  /** Fields whose values are counted over the whole list, with its first page. */
  readonly facets: readonly FacetField[];
  /** Shows pieces of the bodies around the words. */
  readonly highlight: boolean;
  readonly parameters: ListParameters;
  readonly reason: string;
  readonly route: string;
}

export interface SearchAnswer extends ListAnswer {
  readonly facets?: Facets;
}

export interface SearchSources {
  readonly run: RunQuery;
  readonly generation: string;
  readonly people: PersonLookup;
  readonly content: ContentSearch;
  readonly ask: Ask;
  readonly bindAsker: AskerBinding;
}

export async function askSearch(
  sources: SearchSources,
  asker: Credential,
  search: SearchQuestion,
): Promise<SearchAnswer> {
  const { q, filters, sort, facets, highlight, parameters, route, reason } = search;
  const names = [
    ...Object.keys(filters),
    ...(q === undefined ? [] : ['q']),
    ...(facets.length === 0 ? [] : ['facets']),
    ...(highlight ? ['highlight'] : []),
    ...(parameters.from === null ? [] : ['from']),
    ...(parameters.to === null ? [] : ['to']),
  ].sort();
  const asked = {
    ...filters,
    ...(q !== undefined && { q }),
    sort,
    from: parameters.from,
    to: parameters.to,
    ...(facets.length > 0 && { facets: facets.map(({ name }) => name) }),
    ...(highlight && { highlight }),
  };
  return sources.ask(
    {
      asker,
      question: { kind: 'search', route, filters: names, asked, reason },
      needs: [
        'read_record',
        ...(q === undefined ? [] : (['search_content'] as const)),
        ...(highlight ? (['read_content'] as const) : []),
      ],
      continuation: parameters.cursor !== undefined,
    },
    async () => {
      const list = await findBySearch(sources, asker, search);
      return {
        body: list,
        data: list.facets === undefined ? list.data : { data: list.data, facets: list.facets },
        rows: list.data.length,
        as_of: list.as_of,
        more: list.has_more,
      };
    },
  );
}

async function findBySearch(sources: SearchSources, asker: Credential, search: SearchQuestion): Promise<SearchAnswer> {
  const { run, generation, people, bindAsker } = sources;
  const tenantId = asker.tenant_id;
  const { parameters, sort } = search;
  const words = search.q === undefined ? [] : wordsOf(search.q);
  const filters = readFilters(withTypesExpanded(search.filters));
  const binding = { asker: bindAsker(asker), route: 'search', filters: search.filters, words, sort };
  const standpoint = takeStandpoint(run, await stateFor(sources, words), tenantId, parameters, binding);
  const { conditions: byWords, contentIds, caps } = await wordConditions(sources, standpoint, words);
  const byFields = (await resolvePeople(tenantId, people, filters)).map((filter) =>
    filterSql(standpoint.context, filter),
  );
  const conditions = [
    ...byFields,
    ...byWords,
    ...(wantsAccessPlane(filters) ? [] : [sql`NOT audit_is_access(kafka_topic)`]),
  ];
  const list: ListOf = {
    table: tableName(generation, 'events'),
    which: join(
      conditions.map((condition) => sql`(${condition})`),
      'and',
    ),
    role: null,
    direction: sort,
    caps,
  };
  const [answer, counted] = await Promise.all([
    answerList(standpoint, list, parameters, binding),
    facetsOf(standpoint, list, search),
  ]);
  const data = search.highlight ? await highlighted(sources, standpoint, answer.data, words, contentIds) : answer.data;
  return counted === null
    ? { ...answer, data }
    : {
        ...answer,
        data,
        facets: counted.facets,
        completeness: withCaps(answer.completeness, counted.capped ? ['facet_rows'] : []),
      };
}

/** Of the whole list, so its first page has them. */
async function facetsOf(
  { context, cursor }: Standpoint,
  list: ListOf,
  { facets, parameters }: SearchQuestion,
): Promise<Awaited<ReturnType<typeof countFacets>> | null> {
  return facets.length === 0 || cursor !== null
    ? null
    : countFacets(context, tableOf(context, list, parameters), facets);
}

/** `event_type` takes prefixes here too. */
function withTypesExpanded(filters: SearchQuestion['filters']): SearchQuestion['filters'] {
  const { event_type: given } = filters;
  if (given === undefined) return filters;
  const names: readonly unknown[] = Array.isArray(given) ? given : [given];
  return names.every((name) => typeof name === 'string')
    ? { ...filters, event_type: expandEventTypes(names) }
    : filters;
}

const wantsAccessPlane = (filters: readonly Filter[]): boolean =>
  filters.some(
    (filter) =>
      filter.kind === 'values' &&
      (filter.column === 'event_id' ||
        (filter.column === 'event_type' && filter.values.some((type) => isAccessPlane(type as EventType)))),
  );

async function stateFor(
  { run, generation, content }: SearchSources,
  words: readonly string[],
): Promise<ProjectionState> {
  if (words.length === 0) return readProjectionState(run, generation);
  // Content first: it is acknowledged before the event that names it, so what the events name is then mostly there.
  const bodies = await content.state();
  const state = await readProjectionState(run, generation);
  return {
    ...state,
    asOf: { ...state.asOf, vector: { ...state.asOf.vector, ...bodies.vector } },
    topics: [...state.topics, ...bodies.topics],
  };
}

/** Events that name one of the bodies in which all the words are. */
async function wordConditions(
  { content }: SearchSources,
  { context, asOf }: Standpoint,
  words: readonly string[],
): Promise<{ conditions: Sql[]; contentIds: readonly string[]; caps: string[] }> {
  if (words.length === 0) return { conditions: [], contentIds: [], caps: [] };
  if (!Object.hasOwn(asOf.vector, CONTENT_TOPIC))
    throw queryError('as_of_invalid', 'this as_of knows nothing of content: use one that a search with q answered');
  const { contentIds, capped } = await content.find(context.tenantId, words, asOf.vector);
  return { conditions: [namesContent(context, contentIds)], contentIds, caps: capped ? ['bodies_with_words'] : [] };
}

function namesContent({ generation, tenantId, vector }: ReadContext, contentIds: readonly string[]): Sql {
  if (contentIds.length === 0) return sql`false`;
  const places = sql`FROM ${tableName(generation, 'ids')} WHERE tenant_id = ${text(tenantId)} AND kind = 'content'
    AND id IN ${texts(contentIds)} AND ${visible(vector)}`;
  return sql`run_key IN (SELECT run_key ${places}) AND (kafka_topic, kafka_partition, kafka_offset) IN (SELECT kafka_topic,
    kafka_partition, kafka_offset ${places})`;
}
