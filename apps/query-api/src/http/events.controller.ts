import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyRequest } from 'fastify';
import { askEvent, type EventSources } from '../questions/event-question.ts';
import { askResolve, type ResolveAnswer, type ResolveSources } from '../questions/resolve-question.ts';
import { type NestedRow } from '../reading/row-shape.ts';
import { ApiEvent, ApiResolve } from './docs/operations.ts';
import { EVENTS, RESOLVE } from './tokens.ts';
import { idOf, invalid, onlyKnown, type RawParameters, reasonOf, textOf, tokenOf } from './parameters.ts';

/** One event, and what a pasted id can mean. */
@Controller('v1')
export class EventsController {
  readonly #events: EventSources;
  readonly #resolve: ResolveSources;

  constructor(@Inject(EVENTS) events: EventSources, @Inject(RESOLVE) resolve: ResolveSources) {
    this.#events = events;
    this.#resolve = resolve;
  }

  @Get('events/:id')
  @ApiEvent()
  event(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<NestedRow> {
    onlyKnown(query, ['id', 'connector_id', 'as_of', 'reason']);
    const question = {
      eventId: idOf(segment, query),
      connectorId: textOf(query, 'connector_id'),
      asOf: tokenOf(query, 'as_of'),
      reason: reasonOf(query),
      route: request.routeOptions.url ?? '',
    };
    return askEvent(this.#events, asker, question);
  }

  @Get('resolve')
  @ApiResolve()
  resolve(
    @CurrentCredential() asker: Credential,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<ResolveAnswer> {
    onlyKnown(query, ['q', 'as_of', 'reason']);
    const q = textOf(query, 'q');
    if (q === undefined || q.trim() === '') return invalid('q is empty: paste an id');
    return askResolve(this.#resolve, asker, {
      q,
      asOf: tokenOf(query, 'as_of'),
      reason: reasonOf(query),
      route: request.routeOptions.url ?? '',
    });
  }
}
