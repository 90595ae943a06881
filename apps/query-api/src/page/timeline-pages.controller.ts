import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { isPseudonym } from '@affidavit/audit-model';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { idOf, onlyKnown, type RawParameters, textOf } from '../http/parameters.ts';
import { timelineQuestion } from '../http/timelines.controller.ts';
import { PAGES } from '../http/tokens.ts';
import { may } from '../questions/access.ts';
import { timelinePath } from '../questions/links.ts';
import { askTimeline, type EntityQuestion } from '../questions/timeline-question.ts';
import { sendPage } from './page-reply.ts';
import { type PageSources } from './page-sources.ts';
import { inUtc } from './search-form.ts';
import { completenessView } from './view/completeness-view.ts';
import { csvOf } from './view/csv.ts';
import { entityTitle, withoutEmpty, withParameters } from './view/timeline-view.ts';
import { activityOf } from './view/activity-strip.ts';
import { LaneLooks } from './view/lane-looks.ts';
import { namesFor } from './view/people.ts';
import { rowViews, runLinks } from './view/row-view.ts';

const CSV_ROWS = 10_000;
const RUNS_SHOWN = 8;
const known = ['id', 'system', 'issuer', 'limit', 'from', 'to', 'as_of', 'cursor', 'event_type', 'reason', 'format'];

@ApiExcludeController()
@Controller()
export class TimelinePagesController {
  readonly #sources: PageSources;

  constructor(@Inject(PAGES) sources: PageSources) {
    this.#sources = sources;
  }

  @Get('cases/:case/timeline')
  ofCase(
    @CurrentCredential() asker: Credential,
    @Param('case') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send(
      asker,
      (given) => ({ kind: 'case', id: idOf(segment, given), system: textOf(given, 'system') }),
      query,
      request,
      reply,
    );
  }

  @Get('users/:user/timeline')
  ofUser(
    @CurrentCredential() asker: Credential,
    @Param('user') segment: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send(
      asker,
      (given) => ({ kind: 'user', id: idOf(segment, given), issuer: textOf(given, 'issuer') }),
      query,
      request,
      reply,
    );
  }

  @Get('objects/:system/:type/:id/timeline')
  ofObject(
    @CurrentCredential() asker: Credential,
    @Param() path: Readonly<Record<'system' | 'type' | 'id', string>>,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send(
      asker,
      (given) => ({ kind: 'object', system: path.system, type: path.type, id: idOf(path.id, given) }),
      query,
      request,
      reply,
    );
  }

  #send(
    asker: Credential,
    entityOf: (query: RawParameters) => EntityQuestion,
    query: RawParameters,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    return sendPage(reply, asker, async () => {
      const { format, ...rest } = withoutEmpty(query);
      onlyKnown(query, known);
      const given: RawParameters = {
        ...rest,
        ...(typeof rest['from'] === 'string' && { from: inUtc(rest['from']) }),
        ...(typeof rest['to'] === 'string' && { to: inUtc(rest['to']) }),
      };
      const entity = entityOf(given);
      if (format === 'csv') return this.#csv(asker, entity, given, request, reply);
      const { list, entity: found } = await askTimeline(
        this.#sources,
        asker,
        timelineQuestion(entity, given, request.routeOptions.url ?? ''),
      );
      if (entity.kind === 'user' && found !== null && !isPseudonym(entity.id)) {
        // A raw id that somebody typed into the address stays in no link of ours, nor in the next pages' addresses.
        const { id: _raw, issuer: _issuer, ...filters } = given;
        await reply
          .code(303)
          .header('location', withParameters(timelinePath('user', found.name), filters))
          .send('');
        return null;
      }
      const people = await namesFor(
        this.#sources.names,
        asker.tenant_id,
        may(asker.role, 'see_names'),
        list.data,
        found === null ? [] : [found.key],
      );
      const looks = new LaneLooks();
      const rows = rowViews(list.data, people, looks);
      const runs = runLinks(list.data);
      const heading = entityTitle(entity, found, people);
      const path = request.url.split('?', 1)[0] ?? '';
      return {
        template: 'timeline',
        title: heading.title,
        data: {
          heading,
          rows,
          lanes: looks.all,
          strip: activityOf(looks, rows, (from, to) => withParameters(path, { ...given, cursor: undefined, from, to })),
          runs: runs.slice(0, RUNS_SHOWN),
          moreRuns: Math.max(0, runs.length - RUNS_SHOWN),
          completeness: completenessView(list.total, list.completeness),
          // Of an object the column "on what" says it already.
          withRoles: entity.kind === 'user',
          filters: given,
          path,
          next: list.next_cursor === null ? null : withParameters(path, { ...given, cursor: list.next_cursor }),
          first: given['cursor'] === undefined ? null : withParameters(path, { ...given, cursor: undefined }),
          csv: withParameters(path, {
            ...given,
            cursor: undefined,
            limit: undefined,
            as_of: list.as_of,
            format: 'csv',
          }),
          asOf: list.as_of,
        },
      };
    });
  }

  async #csv(
    asker: Credential,
    entity: EntityQuestion,
    given: RawParameters,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<null> {
    const question = timelineQuestion(entity, { ...given, limit: '1000' }, request.routeOptions.url ?? '');
    const { list } = await askTimeline(this.#sources, asker, {
      ...question,
      filters: [...question.filters, 'format'].sort(),
      collectUpTo: CSV_ROWS,
    });
    const notes = [
      ...(list.has_more ? [`cut at ${CSV_ROWS} rows: narrow the range with from and to`] : []),
      ...(list.completeness.no_known_gaps
        ? []
        : [
            `known to be incomplete: ${list.completeness.gaps.count} gaps in these streams, ${list.completeness.dead_letters} ` +
              `dead letters`,
          ]),
    ];
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="timeline-of-${entity.kind}.csv"`)
      .header('x-affidavit-as-of', list.as_of)
      .header('x-affidavit-complete', String(!list.has_more && list.completeness.no_known_gaps))
      .send(csvOf(list.data, notes));
    return null;
  }
}
