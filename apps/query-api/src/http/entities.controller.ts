import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyRequest } from 'fastify';
import { assemblers } from '../entities/assemblers.ts';
import { askEntity, type EntityAnswer, type EntityKind, type EntitySources } from '../questions/entity-question.ts';
import { ApiEntity } from './docs/operations.ts';
import { EVENTS } from './tokens.ts';
import { idOf, onlyKnown, type RawParameters, reasonOf, tokenOf } from './parameters.ts';

/** One thing, put together from its events. `?id=` takes what no path segment should hold. */
@Controller('v1')
export class EntitiesController {
  readonly #sources: EntitySources;

  constructor(@Inject(EVENTS) sources: EntitySources) {
    this.#sources = sources;
  }

  @Get('sessions/:id')
  @ApiEntity('session')
  session(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<EntityAnswer> {
    return this.#answer(asker, 'session', segment, query, request);
  }

  @Get('artifacts/:id')
  @ApiEntity('artifact')
  artifact(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<EntityAnswer> {
    return this.#answer(asker, 'artifact', segment, query, request);
  }

  @Get('effects/:id')
  @ApiEntity('effect')
  effect(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<EntityAnswer> {
    return this.#answer(asker, 'effect', segment, query, request);
  }

  @Get('approvals/:id')
  @ApiEntity('approval')
  approval(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<EntityAnswer> {
    return this.#answer(asker, 'approval', segment, query, request);
  }

  @Get('comparisons/:id')
  @ApiEntity('comparison')
  comparison(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<EntityAnswer> {
    return this.#answer(asker, 'comparison', segment, query, request);
  }

  #answer(
    asker: Credential,
    kind: EntityKind,
    segment: string,
    query: RawParameters,
    request: FastifyRequest,
  ): Promise<EntityAnswer> {
    onlyKnown(query, ['id', 'as_of', 'reason']);
    return askEntity(
      this.#sources,
      asker,
      kind,
      {
        id: idOf(segment, query),
        asOf: tokenOf(query, 'as_of'),
        reason: reasonOf(query),
        route: request.routeOptions.url ?? '',
      },
      assemblers[kind],
    );
  }
}
