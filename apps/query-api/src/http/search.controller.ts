import { Body, Controller, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyRequest } from 'fastify';
import { askSearch, type SearchQuestion, type SearchSources } from '../questions/search-question.ts';
import { type ListAnswer } from '../reading/list-answer.ts';
import { ApiSearch } from './docs/operations.ts';
import { SEARCH } from './tokens.ts';
import { invalid, limitOf, onlyKnown, rangeOf, type RawParameters, reasonOf, textOf, tokenOf } from './parameters.ts';

/** Members of the body that are no filters. */
const own = ['q', 'from', 'to', 'as_of', 'cursor', 'limit', 'sort', 'reason'] as const;

@Controller('v1')
export class SearchController {
  readonly #sources: SearchSources;

  constructor(@Inject(SEARCH) sources: SearchSources) {
    this.#sources = sources;
  }

  @Post('search')
  @HttpCode(200)
  @ApiSearch()
  search(@CurrentCredential() asker: Credential, @Body() body: unknown, @Query() query: RawParameters, @Req() request: FastifyRequest): Promise<ListAnswer> {
    onlyKnown(query, []);
    return askSearch(this.#sources, asker, searchQuestion(body ?? {}, request.routeOptions.url ?? ''));
  }
}

export function searchQuestion(body: unknown, route: string): SearchQuestion {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return invalid('the body must be a JSON object of filters');
  const given = body as RawParameters;
  const sort = given['sort'] ?? 'asc';
  if (sort !== 'asc' && sort !== 'desc') return invalid('sort must be asc or desc');
  const filters = Object.fromEntries(Object.entries(given).filter(([name]) => !(own as readonly string[]).includes(name)));
  return {
    q: textOf(given, 'q'),
    filters,
    sort,
    parameters: { limit: limitOf(given['limit']), ...rangeOf(given), asOf: tokenOf(given, 'as_of'), cursor: tokenOf(given, 'cursor') },
    reason: reasonOf(given),
    route,
  };
}
