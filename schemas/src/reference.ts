import { eventColumns, leadingColumns } from './clickhouse-columns.ts';
import { type ErrorCode, type Field, type Model } from './model.ts';

const PLACES: Readonly<Record<ErrorCode['place'], string>> = {
  answer: '',
  item: 'per item',
  dead_letter: 'dead letter',
  operator: 'log',
};
const escape = (text: string): string => text.replaceAll('|', '\\|');

function fieldRow(field: Field): string {
  const mark = field.required ? 'yes' : field.filled ? 'collector' : '';
  return (
    `| \`${field.name}\` | ${field.array ? `list of ${field.type}` : field.type}${field.nullable ? ', optional' : ''} | ` +
    `${mark} | ${escape(field.doc)} |`
  );
}

const table = (fields: readonly Field[]): string =>
  ['| field | type | required | meaning |', '| --- | --- | --- | --- |', ...fields.map(fieldRow)].join('\n');

/** The reference page, for people: every type, record, enum, column and error code. */
export function referencePage(model: Model): string {
  const types = model.eventTypes.map((entry) => {
    const needs = [
      ...entry.required.map((path) => `\`${path}\``),
      ...(entry.any_of.length ? [`one of ${entry.any_of.map((path) => `\`${path}\``).join(', ')}`] : []),
    ].join(', ');
    const details = Object.entries(entry.details)
      .map(([key, meaning]) => `\`${key}\`: ${escape(meaning)}`)
      .join('; ');
    return (
      `| \`${entry.type}\` | ${escape(entry.meaning)} | ${entry.topic} | ${entry.phase} | ${entry.senders.join(', ')} | ` +
      `${needs} | ${entry.sections.join(', ')} | ${details} |`
    );
  });
  const records = [...model.records.values()].map((record) => `### ${record.name}\n\n${table(record.fields)}`);
  const enums = [...model.enums].map(
    ([name, symbols]) => `| \`${name}\` | ${symbols.map((symbol) => `\`${symbol}\``).join(' ')} |`,
  );
  const columns = [...leadingColumns, ...eventColumns(model)].map(
    (column) => `| \`${column.name}\` | ${escape(column.type)} | ${escape(column.comment)} |`,
  );
  const codes = model.errorCodes.map(
    (entry) =>
      `| \`${entry.code}\` | ${entry.status ?? PLACES[entry.place]} | ${entry.retryable ? 'yes' : 'no'} | ` +
      `${escape(entry.meaning)} |`,
  );
  return [
    '<!-- Generated from schemas/ by `npm run generate`. Do not edit. -->',
    '# Reference',
    '',
    'Generated from the model: event types, the record, enums, ClickHouse columns, error codes. README.md has the wire contracts.',
    '',
    '## Event types',
    '',
    '`details` also takes keys of your own that start with `x_`.',
    '',
    '| type | meaning | topic | phase | sent by | requires | sections | details |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...types,
    '',
    '## Envelope',
    '',
    table(model.envelope),
    '',
    '## Records',
    '',
    records.join('\n\n'),
    '',
    '## Enums',
    '',
    '| enum | symbols |',
    '| --- | --- |',
    ...enums,
    '',
    '## ClickHouse columns of `events`',
    '',
    '| column | type | meaning |',
    '| --- | --- | --- |',
    ...columns,
    '',
    '## Error codes',
    '',
    '| code | HTTP | retry | meaning |',
    '| --- | --- | --- | --- |',
    ...codes,
    '',
  ].join('\n');
}
