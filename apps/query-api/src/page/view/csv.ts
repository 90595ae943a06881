import { type NestedRow } from '../../reading/row-shape.ts';
import { sectionOf, textIn } from './describe-row.ts';

type Cell = (row: NestedRow) => unknown;

const field =
  (name: string): Cell =>
  (row) =>
    row[name];
const inSection =
  (section: string, name: string): Cell =>
  (row) =>
    textIn(sectionOf(row, section), name);
const list =
  (name: string, text: (element: Readonly<Record<string, unknown>>) => string): Cell =>
  (row) =>
    (Array.isArray(row[name]) ? (row[name] as Readonly<Record<string, unknown>>[]) : []).map(text).join(' | ');
const joined =
  (...names: readonly string[]) =>
  (element: Readonly<Record<string, unknown>>): string =>
    names.map((name) => textIn(element, name)).join('/');

/** People are pseudonyms here, whoever asks: a file leaves the house. */
const columns: Readonly<Record<string, Cell>> = {
  row_kind: (row) => row['row_kind'] ?? 'event',
  occurred_at: field('occurred_at'),
  observed_at: field('observed_at'),
  event_type: field('event_type'),
  outcome_status: inSection('outcome', 'status'),
  outcome_code: inSection('outcome', 'code'),
  actor_type: inSection('actor', 'type'),
  actor_id: inSection('actor', 'id'),
  on_behalf_of: list('on_behalf_of', joined('id')),
  roles: (row) => ((row['roles'] as string[] | undefined) ?? []).join(' | '),
  tool: inSection('tool', 'name'),
  model: (row) => textIn(sectionOf(row, 'model'), 'response_model') || textIn(sectionOf(row, 'model'), 'request_model'),
  cases: list('case_refs', joined('system', 'type', 'id')),
  objects: list('object_refs', joined('system', 'type', 'id', 'role')),
  run_id: field('run_id'),
  session_id: field('session_id'),
  call_id: field('call_id'),
  source_system: inSection('source', 'system'),
  evidence_grade: field('evidence_grade'),
  time_basis: field('time_basis'),
  late: field('late'),
  order_uncertain: field('order_uncertain'),
  duplicates: field('duplicates'),
  conflict: field('conflict'),
  contradicts: (row) => (textIn(sectionOf(sectionOf(row, 'contradicts'), 'kafka'), 'offset') === '' ? false : true),
  connector_id: inSection('source', 'connector_id'),
  event_id: field('event_id'),
  kafka_topic: inSection('kafka', 'topic'),
  kafka_partition: inSection('kafka', 'partition'),
  kafka_offset: inSection('kafka', 'offset'),
  record_hash: field('record_hash'),
  fact_hash: field('fact_hash'),
};

/** What a spreadsheet would take for a formula, its full-width forms included, gets an apostrophe. */
const FORMULA = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/;

export function csvCell(value: unknown): string {
  const plain =
    typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  const safe = FORMULA.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * RFC 4180, with a byte order mark so that spreadsheets take it for UTF-8. `notes` stand under the rows, one line each.
 */
export function csvOf(rows: readonly NestedRow[], notes: readonly string[] = []): string {
  const lines = [
    Object.keys(columns).join(','),
    ...rows.map((row) =>
      Object.values(columns)
        .map((cell) => csvCell(cell(row)))
        .join(','),
    ),
    ...notes.map(csvCell),
  ];
  return `\ufeff${lines.join('\r\n')}\r\n`;
}
