import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyRequest } from 'fastify';
import { type ListAnswer } from '../reading/list-answer.ts';
import { askTimeline, type EntityQuestion, type TimelineSources } from '../questions/timeline-question.ts';
import { ApiTimeline } from './docs/operations.ts';
import { TIMELINES } from './tokens.ts';
import {
  idOf,
  limitOf,
  listOf,
  onlyKnown,
  rangeOf,
  type RawParameters,
  reasonOf,
  textOf,
  tokenOf,
} from './parameters.ts';

const common = ['id', 'limit', 'from', 'to', 'as_of', 'cursor', 'event_type', 'reason'];

/** The three timelines. `?id=` takes what no path segment should hold; the segment is then a placeholder. */
@Controller('v1')
export class TimelinesController {
  readonly #sources: TimelineSources;

  constructor(@Inject(TIMELINES) sources: TimelineSources) {
    this.#sources = sources;
  }

  @Get('cases/:case/timeline')
  @ApiTimeline('case')
  ofCase(
    @CurrentCredential() asker: Credential,
    @Param('case') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<ListAnswer> {
    onlyKnown(query, [...common, 'system']);
    return this.#answer(
      asker,
      { kind: 'case', id: idOf(segment, query), system: textOf(query, 'system') },
      query,
      request,
    );
  }

  @Get('users/:user/timeline')
  @ApiTimeline('user')
  ofUser(
    @CurrentCredential() asker: Credential,
    @Param('user') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<ListAnswer> {
    onlyKnown(query, [...common, 'issuer']);
    return this.#answer(
      asker,
      { kind: 'user', id: idOf(segment, query), issuer: textOf(query, 'issuer') },
      query,
      request,
    );
  }

  @Get('objects/:system/:type/:id/timeline')
  @ApiTimeline('object')
  ofObject(
    @CurrentCredential() asker: Credential,
    @Param() path: Readonly<Record<'system' | 'type' | 'id', string>>,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<ListAnswer> {
    onlyKnown(query, common);
    return this.#answer(
      asker,
      { kind: 'object', system: path.system, type: path.type, id: idOf(path.id, query) },
      query,
      request,
    );
  }

  async #answer(
    asker: Credential,
    entity: EntityQuestion,
    query: RawParameters,
    request: FastifyRequest,
  ): Promise<ListAnswer> {
    const { list } = await askTimeline(
      this.#sources,
      asker,
      timelineQuestion(entity, query, request.routeOptions.url ?? ''),
    );
    return list;
  }
}

/** What a timeline route and its page have in common. */
export function timelineQuestion(
  entity: EntityQuestion,
  query: RawParameters,
  route: string,
): Parameters<typeof askTimeline>[2] {
  return {
    entity,
    parameters: {
      limit: limitOf(query['limit']),
      ...rangeOf(query),
      asOf: tokenOf(query, 'as_of'),
      cursor: tokenOf(query, 'cursor'),
    },
    eventTypes: listOf(query, 'event_type'),
    reason: reasonOf(query),
    route,
    filters: Object.keys(query)
      .filter((name) => !['id', 'limit', 'cursor', 'reason'].includes(name))
      .sort(),
  };
}
