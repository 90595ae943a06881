import { type Credential } from '@affidavit/service-kit';
import { reportDefinition, type ReportDefinition, reportDefinitions } from '../reports/definitions.ts';
import { type ReportParameters, type Report, rowObjects } from '../reports/report.ts';
import { readReport, reportQuery } from '../reports/read-report.ts';
import { readAsOf } from '../reading/as-of.ts';
import { queryError } from '../query-error.ts';
import { type RunQuery } from '../store/engine.ts';
import { readProjectionState } from '../store/projection-state.ts';
import { type ViewReader } from '../store/read-view.ts';
import { type Ask } from './ask.ts';

export interface ReportSources {
  readonly run: RunQuery;
  readonly generation: string;
  readonly views: ViewReader;
  readonly ask: Ask;
}

export interface ReportQuestion {
  readonly id: string;
  readonly parameters: ReportParameters;
  readonly format: 'json' | 'csv' | 'parquet' | 'html';
  readonly asOf: string | undefined;
  readonly reason: string;
  readonly route: string;
}

export interface ReportAnswer {
  readonly report: Report;
  /** The rows as ClickHouse writes them, for that format alone. */
  readonly parquet: Buffer | null;
}

export async function askReport(
  { run, generation, views, ask }: ReportSources,
  asker: Credential,
  question: ReportQuestion,
): Promise<ReportAnswer> {
  const { id, parameters, format, asOf: token, reason, route } = question;
  const definition = reportDefinition(id);
  const filters = Object.entries(parameters)
    .filter(([, value]) => value !== null)
    .map(([name]) => name);
  const asked = { report: id, ...parameters, format };
  const named = definition === undefined ? {} : { report: { id, version: definition.version } };
  return ask(
    {
      asker,
      question: { kind: 'report', route, filters, asked, reason, ...named },
      needs: ['read_record'],
      continuation: false,
    },
    async () => {
      if (definition === undefined) throw queryError('not_found', 'there is no such report');
      const state = await readProjectionState(run, generation);
      const asOf = token === undefined ? state.asOf : readAsOf(token, state.asOf);
      const whole = { definition, parameters, asOf, tenantId: asker.tenant_id };
      const report = await readReport(views, generation, whole);
      const { rows, as_of } = report.header;
      const parquet =
        format === 'parquet'
          ? await views.parquet(reportQuery(generation, whole, rows), {
              tenantId: asker.tenant_id,
              vector: asOf.vector,
            })
          : null;
      return { body: { report, parquet }, data: rowObjects(report.table), rows, as_of };
    },
  );
}

export interface ReportList {
  readonly data: readonly (Omit<ReportDefinition, 'order'> & {
    readonly link: { readonly method: 'GET'; readonly path: string };
  })[];
  readonly total: number;
}

/** Which reports there are. It reads nothing of the record, and is on record all the same. */
export async function askReports(
  { ask }: ReportSources,
  asker: Credential,
  { reason, route }: Pick<ReportQuestion, 'reason' | 'route'>,
): Promise<ReportList> {
  return ask(
    {
      asker,
      question: { kind: 'report', route, filters: [], asked: {}, reason },
      needs: ['read_record'],
      continuation: false,
    },
    () => {
      const data = reportDefinitions.map(({ order: _order, ...definition }) => ({
        ...definition,
        link: { method: 'GET' as const, path: `/v1/reports/${definition.id}` },
      }));
      return Promise.resolve({ body: { data, total: data.length }, data, rows: data.length, as_of: '' });
    },
  );
}
