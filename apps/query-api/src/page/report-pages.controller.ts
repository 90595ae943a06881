import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { onlyKnown, rangeOf, type RawParameters, reasonOf, textOf, tokenOf } from '../http/parameters.ts';
import { reportParameters } from '../http/reports.controller.ts';
import { PAGES } from '../http/tokens.ts';
import { may } from '../questions/access.ts';
import { askCompleteness } from '../questions/completeness-question.ts';
import { askReport, askReports } from '../questions/report-question.ts';
import { sendPage } from './page-reply.ts';
import { type PageSources } from './page-sources.ts';
import { inUtc } from './search-form.ts';
import { coverageView } from './view/coverage-view.ts';
import { namesFor } from './view/people.ts';
import { reportView } from './view/report-view.ts';
import { withoutEmpty } from './view/timeline-view.ts';

/** Reports, and what is known to be missing. */
@ApiExcludeController()
@Controller()
export class ReportPagesController {
  readonly #sources: PageSources;

  constructor(@Inject(PAGES) sources: PageSources) {
    this.#sources = sources;
  }

  @Get('reports')
  async reports(
    @CurrentCredential() asker: Credential,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      onlyKnown(query, ['reason']);
      const { data } = await askReports(this.#sources, asker, {
        reason: reasonOf(query),
        route: request.routeOptions.url ?? '',
      });
      return { template: 'reports', title: 'Reports', data: { reports: data } };
    });
  }

  @Get('reports/:id')
  async report(
    @CurrentCredential() asker: Credential,
    @Param('id') id: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      onlyKnown(query, ['from', 'to', 'as_of', 'reason']);
      const given = withoutEmpty(query);
      const { report } = await askReport(this.#sources, asker, {
        id,
        format: 'json',
        parameters: reportParameters(given),
        asOf: tokenOf(given, 'as_of'),
        reason: reasonOf(given),
        route: request.routeOptions.url ?? '',
      });
      const people = await namesFor(this.#sources.names, asker.tenant_id, may(asker.role, 'see_names'), [
        { rows: report.table.rows },
      ]);
      const view = reportView(report, people);
      return { template: 'report', title: view.title, data: { report: view, filters: given } };
    });
  }

  @Get('completeness')
  async completeness(
    @CurrentCredential() asker: Credential,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, asker, async () => {
      onlyKnown(query, ['from', 'to', 'source', 'stream_id', 'as_of', 'reason']);
      const given = withoutEmpty(query);
      const utc = {
        ...given,
        ...(typeof given['from'] === 'string' && { from: inUtc(given['from']) }),
        ...(typeof given['to'] === 'string' && { to: inUtc(given['to']) }),
      };
      const scope = { ...rangeOf(utc), source: textOf(given, 'source'), streamId: textOf(given, 'stream_id') };
      const answer = await askCompleteness(this.#sources, asker, {
        scope,
        asOf: tokenOf(given, 'as_of'),
        reason: reasonOf(given),
        route: request.routeOptions.url ?? '',
      });
      return { template: 'coverage', title: 'Completeness', data: { coverage: coverageView(answer), filters: given } };
    });
  }
}
