import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { askDiff, type DiffBody, type DiffSources } from '../questions/diff-question.ts';
import { askReplay, NDJSON } from '../questions/replay-question.ts';
import { askRun, type RunBody, type RunQuestion } from '../questions/run-question.ts';
import { ApiDiff, ApiReplay, ApiRun } from './docs/run-operations.ts';
import { idOf, onlyKnown, type RawParameters, reasonOf, tokenOf } from './parameters.ts';
import { RUNS } from './tokens.ts';

/** One run: as a whole, frame by frame, beside another. */
@Controller('v1/runs')
export class RunsController {
  readonly #sources: DiffSources;

  constructor(@Inject(RUNS) sources: DiffSources) {
    this.#sources = sources;
  }

  @Get(':id')
  @ApiRun()
  run(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<RunBody> {
    return askRun(this.#sources, asker, runQuestion(segment, query, request));
  }

  @Get(':id/replay')
  @ApiReplay()
  async replay(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { lines } = await askReplay(this.#sources, asker, runQuestion(segment, query, request));
    // An error on the way ends the stream without its footer: who reads it can tell.
    await reply.type(NDJSON).send(Readable.from(lines(), { objectMode: false }));
  }

  @Get(':id/diff/:other')
  @ApiDiff()
  diff(
    @CurrentCredential() asker: Credential,
    @Param() path: Readonly<Record<'id' | 'other', string>>,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<DiffBody> {
    const otherId = idOf(path.other, { id: query['other'] });
    return askDiff(this.#sources, asker, { ...runQuestion(path.id, query, request, ['other']), otherId });
  }
}

function runQuestion(
  segment: string,
  query: RawParameters,
  request: FastifyRequest,
  further: readonly string[] = [],
): RunQuestion {
  onlyKnown(query, ['id', 'as_of', 'reason', ...further]);
  return {
    runId: idOf(segment, query),
    asOf: tokenOf(query, 'as_of'),
    reason: reasonOf(query),
    route: request.routeOptions.url ?? '',
  };
}
