import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { idOf, invalid, onlyKnown, type RawParameters, reasonOf, textOf, tokenOf } from '../http/parameters.ts';
import { PAGES } from '../http/tokens.ts';
import { may } from '../questions/access.ts';
import { askDiff } from '../questions/diff-question.ts';
import { askRun, type RunQuestion } from '../questions/run-question.ts';
import { askSearch } from '../questions/search-question.ts';
import { askStep } from '../questions/step-question.ts';
import { KeptReplays } from './kept-replays.ts';
import { type PageContent, sendPage } from './page-reply.ts';
import { type PageSources } from './page-sources.ts';
import { askFrame } from './replay-frame.ts';
import { completenessView } from './view/completeness-view.ts';
import { diffView } from './view/diff-view.ts';
import { latestView } from './view/latest-view.ts';
import { namesFor, type People } from './view/people.ts';
import { replayView } from './view/replay-view.ts';
import { runCompleteness } from './view/run-parts.ts';
import { diffPath, runPath } from './view/run-paths.ts';
import { runView } from './view/run-view.ts';
import { stepView } from './view/step-view.ts';

/** One run: as a whole, frame by frame, beside another; and one step of it. */
@ApiExcludeController()
@Controller()
export class RunPagesController {
  readonly #sources: PageSources;
  readonly #replays = new KeptReplays();

  constructor(@Inject(PAGES) sources: PageSources) {
    this.#sources = sources;
  }

  @Get('runs/:id')
  async run(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      const part = numberOf(query, 'part') ?? 1;
      const body = await askRun(this.#sources, asker, questionOf(segment, query, request, ['part']));
      const run = runView(body, await this.#people(asker, body.run), part);
      return {
        template: 'run',
        title: `Run ${run.id}`,
        data: {
          run,
          path: runPath(run.id),
          completeness: runCompleteness(run, completenessView(body.run.counts.events, body.completeness)),
        },
      };
    });
  }

  @Get('runs/:id/replay')
  async replay(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      const number = numberOf(query, 'frame') ?? 1;
      const question = questionOf(segment, query, request, ['frame']);
      const found = await askFrame(this.#sources, this.#replays, asker, question, number);
      const replay = replayView(found, await this.#people(asker, found.frame));
      return { template: 'replay', title: `Replay of ${replay.runId}`, data: { replay, asOf: found.asOf } };
    });
  }

  @Get('runs/:id/diff')
  async diff(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      const question = questionOf(segment, query, request, ['other', 'part']);
      const other = textOf(query, 'other') ?? '';
      return other.trim() === ''
        ? this.#suggest(asker, question)
        : this.#compare(asker, question, other, numberOf(query, 'part'));
    });
  }

  /** The path of the answer, for whoever takes `/v1` off it. */
  @Get('runs/:id/diff/:other')
  async diffByPath(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Param('other') second: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      const question = questionOf(segment, query, request, ['other', 'part']);
      return this.#compare(asker, question, idOf(second, { ...query, id: query['other'] }), numberOf(query, 'part'));
    });
  }

  /** What somebody typed is an id of anything until a run is found by it: it stays out of the address. */
  @Post('runs/compare')
  @HttpCode(200)
  async compare(
    @CurrentCredential() asker: Credential,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      const given = (typeof form === 'object' && form !== null ? form : {}) as RawParameters;
      const other = (textOf(given, 'other') ?? '').trim();
      if (other === '') return invalid('name the other run');
      return this.#compare(
        asker,
        { runId: idOf('', given), asOf: undefined, reason: '', route: request.routeOptions.url ?? '' },
        other,
        null,
      );
    });
  }

  @Get('steps/:id')
  async step(
    @CurrentCredential() asker: Credential,
    @Param('id') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      onlyKnown(query, ['id', 'run_id', 'session_id', 'stream_id', 'as_of', 'reason']);
      const body = await askStep(this.#sources, asker, {
        id: idOf(segment, query),
        runId: textOf(query, 'run_id'),
        sessionId: textOf(query, 'session_id'),
        streamId: textOf(query, 'stream_id'),
        asOf: tokenOf(query, 'as_of'),
        reason: reasonOf(query),
        route: request.routeOptions.url ?? '',
      });
      const step = stepView(body, await this.#people(asker, body));
      return {
        template: 'step',
        title: `${step.kind} ${step.title}`,
        data: { step, completeness: completenessView(0, body.completeness) },
      };
    });
  }

  async #compare(asker: Credential, question: RunQuestion, otherId: string, part: number | null): Promise<PageContent> {
    const body = await askDiff(this.#sources, asker, { ...question, otherId });
    const diff = diffView(body, part);
    return {
      template: 'diff',
      title: 'Two runs side by side',
      data: { diff, onPart: diff.rows.items.some(({ first }) => first) },
    };
  }

  /** Other runs of the same task: found by a search, which is on record as one. */
  async #suggest(asker: Credential, question: RunQuestion): Promise<PageContent> {
    const { run } = await askRun(this.#sources, asker, question);
    const task = run.task_id ?? '';
    const search = {
      q: undefined,
      filters: { task_id: task, event_type: ['run.*'] },
      sort: 'desc',
      facets: [],
      highlight: false,
      parameters: { limit: 200, from: null, to: null, asOf: undefined, cursor: undefined },
      reason: question.reason,
      route: question.route,
    } as const;
    const rows = task === '' ? [] : (await askSearch(this.#sources, asker, search)).data;
    const suggestions = latestView(rows)
      .runs.filter(({ name }) => name !== run.run_id)
      .map((one) => ({ ...one, href: diffPath(run.run_id, one.name) }));
    return { template: 'compare', title: 'Compare runs', data: { id: run.run_id, task, suggestions } };
  }

  #people(asker: Credential, value: unknown): Promise<People> {
    return namesFor(this.#sources.names, asker.tenant_id, may(asker.role, 'see_names'), [{ value }]);
  }
}

function questionOf(
  segment: string,
  query: RawParameters,
  request: FastifyRequest,
  further: readonly string[],
): RunQuestion {
  onlyKnown(query, ['id', 'as_of', 'reason', ...further]);
  return {
    runId: idOf(segment, query),
    asOf: tokenOf(query, 'as_of'),
    reason: reasonOf(query),
    route: request.routeOptions.url ?? '',
  };
}

function numberOf(query: RawParameters, name: string): number | null {
  const text = textOf(query, name);
  if (text === undefined || text === '') return null;
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : invalid(`${name} is a whole number from 1`);
}
