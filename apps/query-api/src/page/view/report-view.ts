import { isPseudonym } from '@affidavit/audit-model';
import { type Cell, type Report } from '../../reports/report.ts';
import { type People, personText } from './people.ts';
import { many, words } from './words.ts';
import { withParameters } from './timeline-view.ts';

export interface ReportView {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly grain: string;
  readonly version: number;
  readonly rows: string;
  readonly range: string;
  readonly complete: boolean;
  readonly verdict: string;
  readonly hash: string;
  /** What all rows say alike, once. */
  readonly same: readonly { readonly name: string; readonly text: string }[];
  readonly columns: readonly { readonly name: string; readonly numeric: boolean }[];
  readonly cells: readonly (readonly string[])[];
  readonly hidden: number;
  readonly formats: readonly { readonly text: string; readonly href: string; readonly download: boolean }[];
}

const MAX_ROWS = 500;
const isNumeric = (type: string): boolean => /^(Nullable\()?(U?Int|Float|Decimal)/.test(type);

export function reportView({ header, table }: Report, people: People): ReportView {
  const { from, to } = header.parameters;
  const open = header.known_gaps.open;
  const file = (format: string): string =>
    withParameters(`/v1/reports/${header.report}`, {
      format,
      from: from ?? undefined,
      to: to ?? undefined,
      as_of: header.as_of,
    });
  // A column that says the same in every row, or nothing, only takes room on a screen; the files have it.
  const textsOf = table.columns.map(
    (_, index) => new Set(table.rows.map((row) => cellText(row[index] ?? null, people))),
  );
  const columns = table.columns.map((column, index) => ({ column, index }));
  const isSame = ({ column, index }: (typeof columns)[number]): boolean =>
    table.rows.length > 2 && textsOf[index]?.size === 1 && !isNumeric(column.type);
  const shown = columns.filter((one) => !isSame(one) && [...(textsOf[one.index] ?? [])].some((text) => text !== ''));
  return {
    id: header.report,
    title: header.title,
    meaning: header.meaning,
    grain: header.grain,
    version: header.definition_version,
    rows: `${header.cap_reached ? 'more than ' : ''}${many(header.rows, 'row')}`,
    range: from === null && to === null ? 'all time' : `${from ?? 'the beginning'} to before ${to ?? 'now'}`,
    complete: open === 0 && !header.cap_reached,
    verdict: open === 0 ? (header.cap_reached ? 'Cut' : 'No known gaps') : `${many(open, 'known gap')}`,
    hash: header.rows_sha256,
    same: columns
      .filter(isSame)
      .map(({ column, index }) => ({ name: words(column.name), text: [...(textsOf[index] ?? [])][0] ?? '' }))
      .filter(({ text }) => text !== ''),
    columns: shown.map(({ column }) => ({ name: words(column.name), numeric: isNumeric(column.type) })),
    cells: table.rows.slice(0, MAX_ROWS).map((row) => shown.map(({ index }) => cellText(row[index] ?? null, people))),
    hidden: Math.max(0, table.rows.length - MAX_ROWS),
    formats: [
      { text: 'As a page to keep', href: file('html'), download: false },
      { text: 'CSV', href: file('csv'), download: true },
      { text: 'Parquet', href: file('parquet'), download: true },
      { text: 'JSON', href: file('json'), download: false },
    ],
  };
}

function cellText(cell: Cell, people: People): string {
  if (cell === null) return '';
  if (Array.isArray(cell)) return (cell as readonly string[]).map((one) => cellText(one, people)).join(', ');
  const text = String(cell);
  if (isPseudonym(text)) return personText(text, people).label;
  return /^-?\d+\.\d{6}$/.test(text) ? text.replace(/(\.\d\d\d*?)0+$/, '$1') : text;
}
