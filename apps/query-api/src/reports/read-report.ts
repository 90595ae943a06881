import { encodeAsOf, type AsOf } from '../reading/as-of.ts';
import { answerHash } from '../recording/query-event.ts';
import { integer, join, type Sql, sql, tableName, text } from '../store/sql.ts';
import { type ViewReader, type ViewSession } from '../store/read-view.ts';
import { type ReportDefinition } from './definitions.ts';
import { headerOf, type Report, type ReportGaps, type ReportParameters, type ReportRow, rowObjects } from './report.ts';

/** A report is for people and files; whoever needs more reads the view. */
export const MAX_REPORT_ROWS = 50_000;

export interface ReportQuestion {
  readonly definition: ReportDefinition;
  readonly parameters: ReportParameters;
  readonly asOf: AsOf;
  readonly tenantId: string;
}

/** Columns of a definition: names of this code. */
function columnsOf(names: readonly string[]): Sql {
  if (names.some((name) => !/^[a-z_]+$/.test(name))) throw new Error('not a column name');
  return { text: [names.map((name) => `\`${name}\``).join(', ')], values: [] };
}

export function reportQuery(
  generation: string,
  { definition, parameters: { from, to } }: ReportQuestion,
  cap: number,
): Sql {
  const days = [
    ...(from === null ? [] : [sql`day >= toDate(${text(from)})`]),
    ...(to === null ? [] : [sql`day < toDate(${text(to)})`]),
  ];
  return sql`SELECT * EXCEPT (tenant_id) FROM ${tableName(generation, definition.view)} WHERE ${join(days, 'and')}
    ORDER BY ${columnsOf(definition.order)} LIMIT ${integer(cap)}`;
}

export async function readReport(
  views: ViewReader,
  generation: string,
  question: ReportQuestion,
  cap = MAX_REPORT_ROWS,
): Promise<Report> {
  const { definition, parameters, asOf, tenantId } = question;
  const session: ViewSession = { tenantId, vector: asOf.vector };
  const { columns, rows } = await views.rows(reportQuery(generation, question, cap + 1), session);
  const table = { columns, rows: rows.slice(0, cap) as readonly ReportRow[] };
  const header = headerOf(definition, {
    tenant_id: tenantId,
    parameters,
    as_of: encodeAsOf(asOf),
    rows: table.rows.length,
    cap_reached: rows.length > cap,
    rows_sha256: answerHash(rowObjects(table)),
    known_gaps: await gapsAt(views, generation, session),
  });
  return { header, table };
}

async function gapsAt(views: ViewReader, generation: string, session: ViewSession): Promise<ReportGaps> {
  const { rows } = await views.rows(
    sql`SELECT countIf(NOT closed), sum(if(closed, 0, ifNull(missing, 0))) FROM ${tableName(generation, 'public_gaps')}`,
    session,
  );
  const [open = 0, numbers_missing = 0] = (rows[0] ?? []) as number[];
  return { open, numbers_missing };
}
