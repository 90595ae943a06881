import { type ReportDefinition } from './definitions.ts';

/** A column as ClickHouse names its type. */
export interface ReportColumn {
  readonly name: string;
  readonly type: string;
}

/** Cells as JSON: decimals are text with all their places, times RFC 3339, days YYYY-MM-DD. */
export type Cell = string | number | boolean | null | readonly string[];
export type ReportRow = readonly Cell[];

export interface ReportTable {
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
}

/** Days, UTC: from inclusive, to exclusive; null is open. */
export interface ReportParameters {
  readonly from: string | null;
  readonly to: string | null;
}

/** Numbers that are missing and were not closed, as far as the answer's `as_of` knows. */
export interface ReportGaps {
  readonly open: number;
  readonly numbers_missing: number;
}

/**
 * What stands over every report, in every format. It says nothing that changes while the log stands still: no time of
 * making, no lag. So the same definition, parameters and `as_of` make the same bytes.
 */
export interface ReportHeader {
  readonly report: string;
  readonly definition_version: number;
  readonly title: string;
  readonly meaning: string;
  readonly grain: string;
  readonly tenant_id: string;
  readonly parameters: ReportParameters;
  readonly as_of: string;
  readonly rows: number;
  /** There are more rows than a report may have: it was cut. */
  readonly cap_reached: boolean;
  /** SHA-256 of the RFC 8785 JSON of the rows, each an object by column. The same in every format. */
  readonly rows_sha256: string;
  readonly known_gaps: ReportGaps;
}

export interface Report {
  readonly header: ReportHeader;
  readonly table: ReportTable;
}

export const headerOf = (
  { id, version, title, meaning, grain }: ReportDefinition,
  rest: Omit<ReportHeader, 'report' | 'definition_version' | 'title' | 'meaning' | 'grain'>,
): ReportHeader => ({ report: id, definition_version: version, title, meaning, grain, ...rest });

/** The rows as objects, which is what the hash is over. */
export const rowObjects = ({ columns, rows }: ReportTable): Record<string, Cell>[] =>
  rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
