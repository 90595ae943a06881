import { eventColumns } from '@affidavit/contracts';
import { render } from '../store/sql.ts';
import { columnKinds } from './column-type.ts';
import { filterSql } from './filter-sql.ts';
import { readFilters } from './read-filters.ts';
import { wordsOf } from './words.ts';

const context = {
  run: () => Promise.resolve([]),
  generation: 'audit_g1',
  tenantId: 'default',
  vector: { 'audit.activity.v1': [1] },
};
const codeOf = (action: () => unknown): string => {
  try {
    action();
    return 'nothing thrown';
  } catch (error) {
    return (error as { code: string }).code;
  }
};
/** A value that the column takes, by its kind. */
function valueFor(column: string): unknown {
  const kind = columnKinds.get(column);
  switch (kind?.kind) {
    case 'integer':
      return 7;
    case 'float':
      return 0.5;
    case 'decimal':
      return '12.5';
    case 'bool':
      return true;
    case 'time':
      return '2026-11-22T06:00:00Z';
    case 'hash':
      return 'ab'.repeat(32);
    case 'map':
      return { key: ['a', 'b'] };
    case 'elements':
      return { [[...kind.members.keys()][0] as string]: 'x' };
    default:
      return 'x';
  }
}
const nested = (column: string, value: unknown): Record<string, unknown> => {
  const [section, field] = column.split('.') as [string, string | undefined];
  return field === undefined ? { [section]: value } : { [section]: { [field]: value } };
};

describe('filters', () => {
  test.each(eventColumns.map(({ name }) => name))('%s can be filtered by, nested as in the event', (name) => {
    const [filter] = readFilters(nested(name, valueFor(name)));
    if (filter === undefined) throw new Error('no filter');
    const { query, query_params } = render(filterSql(context, filter));
    expect(query).toContain(name.includes('.') ? `\`${name}\`` : name);
    expect(Object.keys(query_params).length).toBeGreaterThan(0);
  });
  test.each([
    [{ seq: '1' }],
    [{ seq: 1.5 }],
    [{ tool: 'x' }],
    [{ tool: { name: 7 } }],
    [{ tool: { nme: 'x' } }],
    [{ tol: { name: 'x' } }],
    [{ 'tool.name': 'x' }],
    [{ run_id: [] }],
    [{ run_id: null }],
    [{ run_id: { eq: 'x' } }],
    [{ usage: { cost: 'a lot' } }],
    [{ occurred_at: 'yesterday' }],
    [{ fact_hash: 'AB' }],
    [{ object_refs: { colour: 'red' } }],
    [{ object_refs: {} }],
    [{ object_refs: 'W1' }],
    [{ object_refs: [] }],
    [{ details: 'x' }],
    [{ details: { a: 1 } }],
    [{ labels: [1] }],
    [{ run_id: 'x'.repeat(2_000) }],
    [{ run_id: Array.from({ length: 101 }, String) }],
    [{ run_id: 'a\0b' }],
    [{ run_id: '\ud800' }],
    [{ kafka_topic: 'x' }],
    [{ toString: 'x' }],
  ])('%j is refused', (given) => expect(codeOf(() => readFilters(given))).toBe('invalid_parameter'));
});

describe('words', () => {
  test.each([
    ['Blue kettle', ['blue', 'kettle']],
    ['order #W2378156!', ['order', 'w2378156']],
    ['Größe Über', ['größe', 'Über']],
    ['a_b-c', ['a', 'b', 'c']],
    ['日本 語', ['日本', '語']],
    ['same same', ['same']],
  ])('%j', (q, words) => expect(wordsOf(q)).toEqual(words));
  test.each(['', '  ', '!?', '"\'`;--', Array.from({ length: 21 }, (_, index) => `w${index}`).join(' ')])(
    '%j is refused',
    (q) => expect(codeOf(() => wordsOf(q))).toBe('invalid_parameter'),
  );
});
