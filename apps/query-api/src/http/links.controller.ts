import { Body, Controller, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyRequest } from 'fastify';
import { readLinkRequest } from '../links/read-assertion.ts';
import { askLink, type LinkAnswer, type LinkSources } from '../questions/link-question.ts';
import { ApiLinks } from './docs/link-operations.ts';
import { invalid, onlyKnown, type RawParameters } from './parameters.ts';
import { LINKS } from './tokens.ts';

/** What belongs together, as a person says. */
@Controller('v1')
export class LinksController {
  readonly #sources: LinkSources;

  constructor(@Inject(LINKS) sources: LinkSources) {
    this.#sources = sources;
  }

  @Post('links')
  @HttpCode(200)
  @ApiLinks()
  async say(
    @CurrentCredential() asker: Credential,
    @Body() body: unknown,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<LinkAnswer> {
    onlyKnown(query, []);
    const statement = readLinkRequest(body);
    if (statement.status === 'invalid') return invalid(statement.why);
    return askLink(this.#sources, asker, statement, request.routeOptions.url ?? '');
  }
}
