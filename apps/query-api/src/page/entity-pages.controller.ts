import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { assemblers } from '../entities/assemblers.ts';
import { idOf, onlyKnown, type RawParameters, reasonOf, tokenOf } from '../http/parameters.ts';
import { PAGES } from '../http/tokens.ts';
import { may } from '../questions/access.ts';
import { askEntity, type EntityKind } from '../questions/entity-question.ts';
import { sendPage } from './page-reply.ts';
import { type PageSources } from './page-sources.ts';
import { activityOf } from './view/activity-strip.ts';
import { completenessView } from './view/completeness-view.ts';
import { entityView } from './view/entity-view.ts';
import { LaneLooks } from './view/lane-looks.ts';
import { namesFor } from './view/people.ts';
import { rowViews } from './view/row-view.ts';

/**
 * One thing put together from its events: what an investigator asks first in words, then everything that the answer
 * says.
 */
@ApiExcludeController()
@Controller()
export class EntityPagesController {
  readonly #sources: PageSources;

  constructor(@Inject(PAGES) sources: PageSources) {
    this.#sources = sources;
  }

  @Get('sessions/:id')
  session(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send('session', asker, segment, query, request, reply);
  }

  @Get('artifacts/:id')
  artifact(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send('artifact', asker, segment, query, request, reply);
  }

  @Get('effects/:id')
  effect(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send('effect', asker, segment, query, request, reply);
  }

  @Get('approvals/:id')
  approval(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send('approval', asker, segment, query, request, reply);
  }

  @Get('comparisons/:id')
  comparison(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send('comparison', asker, segment, query, request, reply);
  }

  async #send(
    kind: EntityKind,
    asker: Credential,
    segment: string,
    query: RawParameters,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      onlyKnown(query, ['id', 'as_of', 'reason']);
      const id = idOf(segment, query);
      const answer = await askEntity(
        this.#sources,
        asker,
        kind,
        { id, asOf: tokenOf(query, 'as_of'), reason: reasonOf(query), route: request.routeOptions.url ?? '' },
        assemblers[kind],
      );
      const people = await namesFor(this.#sources.names, asker.tenant_id, may(asker.role, 'see_names'), [{ answer }]);
      const looks = new LaneLooks();
      const rows = rowViews(answer.events, people, looks);
      const entity = entityView(kind, id, answer, people);
      return {
        template: 'entity',
        title: `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${id}`,
        data: {
          entity,
          rows,
          strip: activityOf(looks, rows),
          completeness: completenessView(rows.length, answer.completeness),
        },
      };
    });
  }
}
