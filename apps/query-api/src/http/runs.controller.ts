import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyRequest } from 'fastify';
import { askRun, type RunBody, type RunSources } from '../questions/run-question.ts';
import { ApiRun } from './docs/run-operations.ts';
import { idOf, onlyKnown, type RawParameters, reasonOf, tokenOf } from './parameters.ts';
import { RUNS } from './tokens.ts';

/** One run: as a whole, frame by frame, beside another. */
@Controller('v1/runs')
export class RunsController {
  readonly #sources: RunSources;

  constructor(@Inject(RUNS) sources: RunSources) {
    this.#sources = sources;
  }

  @Get(':id')
  @ApiRun()
  run(@CurrentCredential() asker: Credential, @Param('id') segment: string, @Query() query: RawParameters, @Req() request: FastifyRequest): Promise<RunBody> {
    onlyKnown(query, ['id', 'as_of', 'reason']);
    return askRun(this.#sources, asker, { runId: idOf(segment, query), asOf: tokenOf(query, 'as_of'), reason: reasonOf(query), route: request.routeOptions.url ?? '' });
  }
}
