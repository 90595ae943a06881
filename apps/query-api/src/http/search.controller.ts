import { Body, Controller, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyRequest } from 'fastify';
import { askSearch, type SearchAnswer, type SearchQuestion, type SearchSources } from '../questions/search-question.ts';
import { readFacets } from '../search/facets.ts';
import { ApiSearch } from './docs/operations.ts';
import { SEARCH } from './tokens.ts';
import { invalid, limitOf, onlyKnown, rangeOf, type RawParameters, reasonOf, textOf, tokenOf } from './parameters.ts';

/** Members of the body that are no filters. */
const own = ['q', 'from', 'to', 'as_of', 'cursor', 'limit', 'sort', 'facets', 'highlight', 'reason'] as const;

@Controller('v1')
export class SearchController {
  readonly #sources: SearchSources;

  constructor(@Inject(SEARCH) sources: SearchSources) {
    this.#sources = sources;
  }

  @Post('search')
  @HttpCode(200)
  @ApiSearch()
  search(
    @CurrentCredential() asker: Credential,
    @Body() body: unknown,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<SearchAnswer> {
    onlyKnown(query, []);
    return askSearch(
      this.#sources,
      asker,
      searchQuestion(body === undefined ? {} : body, request.routeOptions.url ?? ''),
    );
  }
}

export function searchQuestion(body: unknown, route: string): SearchQuestion {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return invalid('the body must be a JSON object of filters');
  const given = body as RawParameters;
  const sort = given['sort'] ?? 'asc';
  if (sort !== 'asc' && sort !== 'desc') return invalid('sort must be asc or desc');
  const highlight = given['highlight'] ?? false;
  if (typeof highlight !== 'boolean') return invalid('highlight must be true or false');
  if (highlight && given['q'] === undefined) return invalid('highlight marks the words of q: there is no q');
  const filters = Object.fromEntries(
    Object.entries(given).filter(([name]) => !(own as readonly string[]).includes(name)),
  );
  return {
    q: textOf(given, 'q'),
    filters,
    sort,
    facets: readFacets(given['facets']),
    highlight,
    parameters: {
      limit: limitOf(given['limit']),
      ...rangeOf(given),
      asOf: tokenOf(given, 'as_of'),
      cursor: tokenOf(given, 'cursor'),
    },
    reason: reasonOf(given),
    route,
  };
}
