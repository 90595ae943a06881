import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyRequest } from 'fastify';
import { type RunSources } from '../questions/run-question.ts';
import { askStep, type StepBody } from '../questions/step-question.ts';
import { ApiStep } from './docs/run-operations.ts';
import { idOf, onlyKnown, type RawParameters, reasonOf, textOf, tokenOf } from './parameters.ts';
import { RUNS } from './tokens.ts';

/** One step, call, effect or event in four parts. */
@Controller('v1/steps')
export class StepsController {
  readonly #sources: RunSources;

  constructor(@Inject(RUNS) sources: RunSources) {
    this.#sources = sources;
  }

  @Get(':id')
  @ApiStep()
  step(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<StepBody> {
    onlyKnown(query, ['id', 'run_id', 'session_id', 'stream_id', 'as_of', 'reason']);
    return askStep(this.#sources, asker, {
      id: idOf(segment, query),
      runId: textOf(query, 'run_id'),
      sessionId: textOf(query, 'session_id'),
      streamId: textOf(query, 'stream_id'),
      asOf: tokenOf(query, 'as_of'),
      reason: reasonOf(query),
      route: request.routeOptions.url ?? '',
    });
  }
}
