import { csvCell } from '../page/view/csv.ts';
import { type Cell, type Report, type ReportHeader } from './report.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The header as name and value, for formats that have lines and not trees. */
export const headerLines = (header: ReportHeader): [string, string][] =>
  Object.entries(header).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value as Record<string, unknown>).map(([part, inner]): [string, string] => [
          `${name}.${part}`,
          inner === null ? '' : textOf(inner),
        ])
      : [[name, textOf(value)] as [string, string]],
  );

/** Lists are joined; a number stays a number, also a negative one. */
const cellText = (cell: Cell): string =>
  Array.isArray(cell)
    ? csvCell(cell.join(' | '))
    : typeof cell === 'number' || typeof cell === 'boolean'
      ? String(cell)
      : csvCell(cell);

/**
 * RFC 4180 in UTF-8. The header stands above the names of the columns, a line each that begins with `# `; `withHeader`
 * false leaves it out, for readers that take the first line for names.
 */
export function reportCsv({ header, table }: Report, withHeader: boolean): string {
  const above = withHeader
    ? headerLines(header).map(([name, value]) => `# ${name}: ${value.replace(/[\r\n]+/g, ' ')}`)
    : [];
  const lines = [
    ...above,
    table.columns.map(({ name }) => name).join(','),
    ...table.rows.map((row) => row.map(cellText).join(',')),
  ];
  return `${lines.join('\r\n')}\r\n`;
}
