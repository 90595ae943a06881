import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { contextQuestion } from '../http/context.controller.ts';
import { type RawParameters } from '../http/parameters.ts';
import { PAGES } from '../http/tokens.ts';
import { may } from '../questions/access.ts';
import { askContext } from '../questions/context-question.ts';
import { contextScopes } from '../questions/context-scope.ts';
import { sendPage } from './page-reply.ts';
import { type PageSources } from './page-sources.ts';
import { completenessView } from './view/completeness-view.ts';
import { LaneLooks } from './view/lane-looks.ts';
import { namesFor } from './view/people.ts';
import { rowViews } from './view/row-view.ts';
import { withoutEmpty } from './view/timeline-view.ts';

/** What happened around an event: the page opens on the event itself. */
@ApiExcludeController()
@Controller()
export class ContextPagesController {
  readonly #sources: PageSources;

  constructor(@Inject(PAGES) sources: PageSources) {
    this.#sources = sources;
  }

  @Get('events/:id/context')
  async context(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      const given = withoutEmpty(query);
      const answer = await askContext(
        this.#sources,
        asker,
        contextQuestion(segment, given, request.routeOptions.url ?? ''),
      );
      const people = await namesFor(this.#sources.names, asker.tenant_id, may(asker.role, 'see_names'), answer.data);
      const looks = new LaneLooks();
      const rows = rowViews(answer.data, people, looks);
      return {
        template: 'context',
        title: 'Around an event',
        data: {
          id: answer.event_id,
          rows,
          lanes: looks.all,
          focus: answer.event_id,
          window: answer.window,
          scope: answer.scope,
          scopes: contextScopes,
          more: [...(answer.has_more_before ? ['before'] : []), ...(answer.has_more_after ? ['after'] : [])],
          completeness: completenessView(rows.length, { ...answer.completeness, caps: [] }),
        },
      };
    });
  }
}
