import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyRequest } from 'fastify';
import {
  askCompleteness,
  type CompletenessAnswer,
  type CompletenessSources,
} from '../questions/completeness-question.ts';
import { ApiCompleteness } from './docs/completeness-operations.ts';
import { onlyKnown, rangeOf, type RawParameters, reasonOf, textOf, tokenOf } from './parameters.ts';
import { COMPLETENESS } from './tokens.ts';

/** What is not in the record. */
@Controller('v1')
export class CompletenessController {
  readonly #sources: CompletenessSources;

  constructor(@Inject(COMPLETENESS) sources: CompletenessSources) {
    this.#sources = sources;
  }

  @Get('completeness')
  @ApiCompleteness()
  completeness(
    @CurrentCredential() asker: Credential,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<CompletenessAnswer> {
    onlyKnown(query, ['from', 'to', 'source', 'stream_id', 'as_of', 'reason']);
    const scope = { ...rangeOf(query), source: textOf(query, 'source'), streamId: textOf(query, 'stream_id') };
    return askCompleteness(this.#sources, asker, {
      scope,
      asOf: tokenOf(query, 'as_of'),
      reason: reasonOf(query),
      route: request.routeOptions.url ?? '',
    });
  }
}
