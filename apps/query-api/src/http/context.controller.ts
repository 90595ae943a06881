import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyRequest } from 'fastify';
import {
  askContext,
  type ContextAnswer,
  type ContextQuestion,
  type ContextSources,
} from '../questions/context-question.ts';
import { contextScopes, isContextScope } from '../questions/context-scope.ts';
import { ApiContext } from './docs/operations.ts';
import { EVENTS } from './tokens.ts';
import { idOf, invalid, onlyKnown, type RawParameters, reasonOf, textOf, tokenOf } from './parameters.ts';

/** A day on each side; a longer time is a timeline's `from` and `to`. */
const SECONDS = [0, 86_400] as const;
const ROWS = [1, 500] as const;
const DEFAULT_SECONDS = 60;
const DEFAULT_ROWS = 100;

function wholeNumber(
  query: RawParameters,
  name: string,
  otherwise: number,
  [least, most]: readonly [number, number],
): number {
  const given = textOf(query, name);
  if (given === undefined) return otherwise;
  const value = /^\d{1,6}$/.test(given) ? Number(given) : Number.NaN;
  return value >= least && value <= most ? value : invalid(`${name} must be a whole number from ${least} to ${most}`);
}

/** What happened around an event. */
@Controller('v1')
export class ContextController {
  readonly #sources: ContextSources;

  constructor(@Inject(EVENTS) sources: ContextSources) {
    this.#sources = sources;
  }

  @Get('events/:id/context')
  @ApiContext()
  context(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<ContextAnswer> {
    return askContext(this.#sources, asker, contextQuestion(segment, query, request.routeOptions.url ?? ''));
  }
}

/** What the route and its page have in common. */
export function contextQuestion(segment: string, query: RawParameters, route: string): ContextQuestion {
  onlyKnown(query, ['id', 'connector_id', 'before_s', 'after_s', 'scope', 'limit', 'as_of', 'reason']);
  const scope = textOf(query, 'scope') ?? 'related';
  if (!isContextScope(scope)) return invalid(`scope must be one of ${contextScopes.join(', ')}`);
  return {
    eventId: idOf(segment, query),
    connectorId: textOf(query, 'connector_id'),
    beforeS: wholeNumber(query, 'before_s', DEFAULT_SECONDS, SECONDS),
    afterS: wholeNumber(query, 'after_s', DEFAULT_SECONDS, SECONDS),
    scope,
    limit: wholeNumber(query, 'limit', DEFAULT_ROWS, ROWS),
    asOf: tokenOf(query, 'as_of'),
    reason: reasonOf(query),
    route,
  };
}
