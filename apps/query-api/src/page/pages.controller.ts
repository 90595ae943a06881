import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { AffidavitError } from '@affidavit/audit-model';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { idOf, invalid, type RawParameters, reasonOf, textOf, tokenOf } from '../http/parameters.ts';
import { searchQuestion } from '../http/search.controller.ts';
import { PAGES } from '../http/tokens.ts';
import { may } from '../questions/access.ts';
import { askEvent } from '../questions/event-question.ts';
import { askResolve, type Meaning } from '../questions/resolve-question.ts';
import { askSearch } from '../questions/search-question.ts';
import { sendPage } from './page-reply.ts';
import { type PageSources } from './page-sources.ts';
import { searchBodyOf, searchPath } from './search-form.ts';
import { completenessView } from './view/completeness-view.ts';
import { eventView } from './view/event-view.ts';
import { FACETS, facetsView } from './view/facets-view.ts';
import { LATEST_TYPES, latestView, type LatestView } from './view/latest-view.ts';
import { namesFor, personText } from './view/people.ts';
import { rowViews } from './view/row-view.ts';
import { withoutEmpty } from './view/timeline-view.ts';

const LATEST_ROWS = 200;

/**
 * One box that takes any id, a search form, one event. What people type travels by POST, so that ids of people and
 * words of content stay out of addresses, histories and proxies' logs.
 */
@ApiExcludeController()
@Controller()
export class PagesController {
  readonly #sources: PageSources;

  constructor(@Inject(PAGES) sources: PageSources) {
    this.#sources = sources;
  }

  @Get()
  async home(@CurrentCredential() asker: Credential, @Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, asker, async () => {
      const mayRead = may(asker.role, 'read_record');
      return {
        template: 'home',
        title: 'Affidavit',
        data: {
          maySearchWords: may(asker.role, 'search_content'),
          mayRead,
          latest: mayRead ? await this.#latest(asker) : null,
        },
      };
    });
  }

  /**
   * A start without a list when the store or the log is away: the box may work again before the reader has pasted an
   * id.
   */
  async #latest(asker: Credential): Promise<LatestView | null> {
    const search = {
      filters: { event_type: [...LATEST_TYPES] },
      q: undefined,
      sort: 'desc',
      facets: [],
      highlight: false,
      parameters: { limit: LATEST_ROWS, from: null, to: null, asOf: undefined, cursor: undefined },
      reason: '',
      route: '/',
    } as const;
    return askSearch(this.#sources, asker, search)
      .then(({ data }) => latestView(data))
      .catch((error: unknown) => {
        if (error instanceof AffidavitError) return null;
        throw error;
      });
  }

  @Post('find')
  @HttpCode(200)
  async find(
    @CurrentCredential() asker: Credential,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      const given = formOf(form);
      const q = (textOf(given, 'q') ?? '').trim();
      if (q === '') return invalid('paste an id');
      const answer = await askResolve(this.#sources, asker, {
        q,
        asOf: undefined,
        reason: reasonOf(given),
        route: request.routeOptions.url ?? '',
      });
      // A run is its own root: two meanings, one view.
      const [only, ...more] = [
        ...new Map([...answer.data].reverse().map((meaning) => [pageOf(meaning), meaning])).values(),
      ].reverse();
      if (only !== undefined && more.length === 0) {
        await reply.code(303).header('location', pageOf(only)).send('');
        return null;
      }
      const people = await namesFor(
        this.#sources.names,
        asker.tenant_id,
        may(asker.role, 'see_names'),
        [],
        answer.data.map(({ name }) => name['id'] ?? ''),
      );
      const meanings = (only === undefined ? [] : [only, ...more]).map((meaning) => ({
        ...meaning,
        href: pageOf(meaning),
        person: personText(meaning.name['id'] ?? '', people),
        where: [meaning.name['system'], meaning.name['type'], meaning.name['issuer']].filter(Boolean).join(' '),
      }));
      return {
        template: 'meanings',
        title: 'What this id can mean',
        data: { q, meanings, capped: answer.cap_reached },
      };
    });
  }

  @Get('search')
  async searchByFields(
    @CurrentCredential() asker: Credential,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#search(
      asker,
      query['q'] === undefined ? query : invalid('words are searched by the form'),
      request,
      reply,
    );
  }

  @Post('search')
  @HttpCode(200)
  async search(
    @CurrentCredential() asker: Credential,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#search(asker, formOf(form), request, reply);
  }

  async #search(asker: Credential, form: RawParameters, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await sendPage(reply, asker, async () => {
      const given = withoutEmpty(form);
      const first = given['cursor'] === undefined;
      const list = await askSearch(
        this.#sources,
        asker,
        searchQuestion({ ...searchBodyOf(given), ...(first && { facets: FACETS }) }, request.routeOptions.url ?? ''),
      );
      const people = await namesFor(this.#sources.names, asker.tenant_id, may(asker.role, 'see_names'), list.data);
      const { cursor: _cursor, ...filters } = given;
      return {
        template: 'search',
        title: 'Search',
        data: {
          rows: rowViews(list.data, people),
          completeness: completenessView(list.total, list.completeness),
          facets: facetsView(list.facets, filters, request.method === 'GET'),
          withRoles: false,
          filters,
          next: list.next_cursor,
          maySearchWords: may(asker.role, 'search_content'),
        },
      };
    });
  }

  @Get('events/:id')
  async event(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      const event = await askEvent(this.#sources, asker, {
        eventId: idOf(segment, query),
        asOf: tokenOf(query, 'as_of'),
        reason: reasonOf(query),
        route: request.routeOptions.url ?? '',
      });
      const people = await namesFor(this.#sources.names, asker.tenant_id, may(asker.role, 'see_names'), [event]);
      return { template: 'event', title: 'Event', data: { event: eventView(event, people) } };
    });
  }
}

const formOf = (form: unknown): RawParameters =>
  typeof form === 'object' && form !== null ? (form as RawParameters) : {};

/** Pages have the API's paths without its prefix. */
const pageOf = ({ link }: Meaning): string =>
  link.body === undefined ? link.path.replace(/^\/v1/, '') : searchPath(link.body);
