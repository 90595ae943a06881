import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { type Credential, CurrentCredential } from '@affidavit/service-kit';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import {
  askReport,
  askReports,
  type ReportAnswer,
  type ReportList,
  type ReportQuestion,
  type ReportSources,
} from '../questions/report-question.ts';
import { reportCsv } from '../reports/format-csv.ts';
import { htmlPolicy, reportHtml } from '../reports/format-html.ts';
import { parquetWithHeader } from '../reports/format-parquet.ts';
import { rowObjects } from '../reports/report.ts';
import { ApiReport, ApiReports } from './docs/report-operations.ts';
import { REPORTS } from './tokens.ts';
import { invalid, onlyKnown, type RawParameters, reasonOf, textOf, tokenOf } from './parameters.ts';

type Format = ReportQuestion['format'];

const types: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  html: 'text/html; charset=utf-8',
};

@Controller('v1/reports')
export class ReportsController {
  readonly #sources: ReportSources;

  constructor(@Inject(REPORTS) sources: ReportSources) {
    this.#sources = sources;
  }

  @Get()
  @ApiReports()
  list(
    @CurrentCredential() asker: Credential,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
  ): Promise<ReportList> {
    onlyKnown(query, ['reason']);
    return askReports(this.#sources, asker, { reason: reasonOf(query), route: request.routeOptions.url ?? '' });
  }

  @Get(':id')
  @ApiReport()
  async report(
    @CurrentCredential() asker: Credential,
    @Param('id') id: string,
    @Query() query: RawParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['format', 'from', 'to', 'as_of', 'header', 'reason']);
    const format = formatOf(query);
    const withHeader = headerOf(query, format);
    const parameters = reportParameters(query);
    const answer = await askReport(this.#sources, asker, {
      id,
      format,
      parameters,
      asOf: tokenOf(query, 'as_of'),
      reason: reasonOf(query),
      route: request.routeOptions.url ?? '',
    });
    const { header } = answer.report;
    await reply
      .code(200)
      .headers({
        'content-type': types[format],
        'affidavit-as-of': header.as_of,
        'affidavit-rows': String(header.rows),
        'affidavit-rows-sha256': header.rows_sha256,
        ...(format === 'html' && { 'content-security-policy': htmlPolicy }),
        ...((format === 'csv' || format === 'parquet') && {
          'content-disposition': `attachment; filename="${header.report}.${format}"`,
        }),
      })
      .send(bodyOf(answer, format, withHeader));
  }
}

function bodyOf({ report, parquet }: ReportAnswer, format: Format, withHeader: boolean): string | Buffer {
  switch (format) {
    case 'json':
      return JSON.stringify({ ...report.header, columns: report.table.columns, data: rowObjects(report.table) });
    case 'csv':
      return reportCsv(report, withHeader);
    case 'html':
      return reportHtml(report);
    case 'parquet':
      return parquetWithHeader(parquet ?? Buffer.alloc(0), report.header);
  }
}

function formatOf(query: RawParameters): Format {
  const format = textOf(query, 'format') ?? 'json';
  return Object.hasOwn(types, format)
    ? (format as Format)
    : invalid(`format is one of ${Object.keys(types).join(', ')}`);
}

/** Of CSV alone: the other formats have a place for it that no reader stumbles over. */
function headerOf(query: RawParameters, format: Format): boolean {
  const header = textOf(query, 'header') ?? 'true';
  if (header !== 'true' && header !== 'false') return invalid('header is true or false');
  if (header === 'false' && format !== 'csv')
    return invalid('header=false is for csv: in the other formats the header is not in the way');
  return header === 'true';
}

/** What a report route and its page have in common. */
export function reportParameters(query: RawParameters): ReportQuestion['parameters'] {
  const parameters = { from: dayOf(query, 'from'), to: dayOf(query, 'to') };
  if (parameters.from !== null && parameters.to !== null && parameters.from >= parameters.to)
    invalid('from must be before to');
  return parameters;
}

/** Reports are cut by days, UTC. */
function dayOf(query: RawParameters, name: string): string | null {
  const day = textOf(query, name);
  if (day === undefined) return null;
  const real =
    /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
  return real && day >= '1970-01-01' && day < '2149-06-06'
    ? day
    : invalid(`${name} is a day of the calendar, UTC, such as 2026-11-22`);
}
