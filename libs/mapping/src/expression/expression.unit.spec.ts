import { compileCondition } from './condition.ts';
import { readDateTime, readEpoch } from './date-time.ts';
import { compilePath } from './json-path.ts';
import { type Scope, withRoots } from './scope.ts';
import { compileTemplate } from './template.ts';
import { allTexts, compileValue, singleText } from './value.ts';
import { type JsonValue } from '../json-value.ts';

const scope: Scope = {
  roots: new Map([
    ['', { value: { task_id: 7, name: ' Ada ', tags: ['a', 'b'], none: null, 'odd key': 1 }, at: ['$'] }],
    ['args', { value: { items: [{ id: 'x' }, { id: 'y' }], id: '#W1', when: '2026-01-05T09:00:00+01:00' } }],
  ]),
  names: new Map<string, string | number>([
    ['set', 's'],
    ['run', 's/7'],
  ]),
};
const context = { names: ['set', 'run', 'call_index'], tables: new Map([['cabins', new Map([['eco', 'economy']])]]) };
const value = (source: JsonValue): readonly JsonValue[] => compileValue(source, context)(scope);

describe('paths', () => {
  test('start at named roots and follow RFC 9535', () => {
    expect(compilePath('$args.items[*].id').matches(scope)).toEqual(['x', 'y']);
    expect(compilePath("$['odd key']").matches(scope)).toEqual([1]);
    expect(compilePath('$args.items[?@.id == "y"].id').matches(scope)).toEqual(['y']);
    expect(compilePath('$result.anything').matches(scope)).toEqual([]);
    expect(compilePath('$').matches(withRoots(scope, { '': { value: 'text' } }))).toEqual(['text']);
  });

  test('say what is wrong with them', () => {
    expect(() => compilePath('$.a[')).toThrow(/not a JSONPath/);
    expect(() => compilePath('args.id')).toThrow(/starts with \$/);
    expect(() => compilePath('$[?match(@.a, "(a+)+$")]')).toThrow(/no bound/);
  });

  test('refuse more matches than the limit', () => {
    const big = withRoots(scope, { '': { value: Array.from({ length: 1_001 }, (_, index) => index) } });
    expect(() => compilePath('$[*]').matches(big)).toThrow(/more than 1000/);
  });

  test('tell a listener which places they read', () => {
    const reads: unknown[] = [];
    compilePath('$.tags[*]').matches({ ...scope, onRead: (location) => reads.push(location) });
    expect(reads).toEqual([
      ['$', 'tags', 0],
      ['$', 'tags', 1],
    ]);
  });

  test('never reach the prototype', () => {
    expect(compilePath('$.constructor').matches(scope)).toEqual([]);
    expect(compilePath('$.__proto__').matches(scope)).toEqual([]);
  });
});

describe('templates', () => {
  test('join names and paths; braces are doubled', () => {
    expect(compileTemplate('{set}/{$.task_id}/{{x}}', context.names)(scope)).toBe('s/7/{x}');
    expect(compileTemplate(`{$['odd key']}`, context.names)(scope)).toBe('1');
  });

  test('have no value when a part is missing, null or several', () => {
    for (const text of ['{set}/{$.missing}', '{set}/{$.none}', '{set}/{$.tags[*]}', '{call_index}'])
      expect(compileTemplate(text, context.names)(scope)).toBeUndefined();
  });

  test('name what is unknown', () => {
    expect(() => compileTemplate('{sett}', context.names)).toThrow(/\{set\}/);
    expect(() => compileTemplate('{set', context.names)).toThrow(/without a \}/);
    expect(() => compileTemplate('set}', context.names)).toThrow(/without a \{/);
  });
});

describe('values', () => {
  test('are paths, templates, literals, lists and calls of the closed list', () => {
    expect(value('$.task_id')).toEqual([7]);
    expect(value('$.none')).toEqual([]);
    expect(value('literal')).toEqual(['literal']);
    expect(value({ literal: '$x' })).toEqual(['$x']);
    expect(value(['{set}', '$.task_id'])).toEqual(['s/7']);
    expect(value(['{set}', '$.missing'])).toEqual([]);
    expect(value({ trim: '$.name' })).toEqual(['Ada']);
    expect(value({ upper: { trim: '$.name' } })).toEqual(['ADA']);
    expect(value({ lower: '$.name' })).toEqual([' ada ']);
    expect(value({ strip_prefix: '$args.id', prefix: '#' })).toEqual(['W1']);
    expect(value({ strip_prefix: ['$args.id', '#'] })).toEqual(['W1']);
    expect(value({ map: '$.task_id', 7: 'seven', default: 'other' })).toEqual(['seven']);
    expect(value({ map: '$.name', 7: 'seven', default: 'other' })).toEqual(['other']);
    expect(value({ map: '$.name', 7: 'seven' })).toEqual([]);
    expect(value({ lookup: { literal: 'eco' }, table: 'cabins' })).toEqual(['economy']);
    expect(value({ lookup: { literal: 'x' }, table: 'cabins', default: 'unknown cabin' })).toEqual(['unknown cabin']);
    expect(value({ join: ['{set}', '$.task_id'], separator: '-' })).toEqual(['s-7']);
    expect(value({ join: '$.tags', separator: '+' })).toEqual(['a+b']);
    expect(value({ date_time: '$args.when' })).toEqual([Date.UTC(2026, 0, 5, 8) * 1_000]);
    expect(value({ epoch_ms: { literal: 1_700_000_000_123 } })).toEqual([1_700_000_000_123_000]);
  });

  test('refuse what is not on the list, and options that a function does not take', () => {
    expect(() => value({ eval: 'x' })).toThrow(/no function/);
    expect(() => value({ trim: '$.name', prefix: 'x' })).toThrow(/trim takes no options/);
    expect(() => value({ strip_prefix: '$.name' })).toThrow(/needs prefix/);
    expect(() => value({ lookup: '$.name', table: 'nope' })).toThrow(/cabins/);
  });

  test('ids come one by one; empty and missing ones do not come', () => {
    expect(allTexts(compileValue('$.tags', context), scope)).toEqual(['a', 'b']);
    expect(allTexts(compileValue('$args.items[*].id', context), scope)).toEqual(['x', 'y']);
    expect(allTexts(compileValue({ literal: ' ' }, context), scope)).toEqual([]);
    expect(singleText(compileValue('$.tags[*]', context), scope)).toBeUndefined();
  });
});

describe('conditions', () => {
  const holds = (file: Parameters<typeof compileCondition>[0]): boolean => compileCondition(file)(scope);
  test('ask for presence unless they ask for more', () => {
    expect(holds({ path: '$.task_id' })).toBe(true);
    expect(holds({ path: '$.none' })).toBe(false);
    expect(holds({ path: '$.none', is: 'absent' })).toBe(true);
    expect(holds({ path: '$.missing', is: 'empty' })).toBe(true);
    expect(holds({ path: '$.tags', is: 'not_empty' })).toBe(true);
    expect(holds({ path: '$.task_id', equals: '7' })).toBe(true);
    expect(holds({ path: '$.task_id', in: [1, 7] })).toBe(true);
    expect(holds({ path: '$.name', prefix: ' A' })).toBe(true);
    expect(holds({ path: '$.name', contains: 'zz' })).toBe(false);
    expect(holds({ path: '$.name', contains: 'd', prefix: 'x' })).toBe(false);
  });
});

describe('times', () => {
  test.each([
    ['2026-01-05T09:00:00Z', 0, 1_000_000, true],
    ['2026-01-05T09:00:00.000123Z', 123, 1, true],
    ['2026-01-05 09:00:00,5', 500_000, 100_000, false],
    ['2026-01-05T11:30:00+02:30', 0, 1_000_000, true],
    ['2026-01-05T09:00', 0, 60_000_000, false],
  ])('%s', (text, micros, precision, hasOffset) => {
    expect(readDateTime(text)).toEqual({
      micros: Date.UTC(2026, 0, 5, 9) * 1_000 + micros,
      precision_us: precision,
      hasOffset,
    });
  });

  test('an offset of the mapping applies where the text has none', () => {
    expect(readDateTime('2026-01-05T11:00:00', '+02:00')?.micros).toBe(Date.UTC(2026, 0, 5, 9) * 1_000);
    expect(readDateTime('2026-01-05T09:00:00Z', '+02:00')?.micros).toBe(Date.UTC(2026, 0, 5, 9) * 1_000);
  });

  test.each(['2026-02-30T00:00:00Z', '2026-01-05T25:00:00Z', 'yesterday', '', '2026-01-05T09:00:00+2'])(
    '%s is no time',
    (text) => {
      expect(readDateTime(text)).toBeUndefined();
    },
  );

  test('numbers by their unit', () => {
    expect(readEpoch('1700000000', 's')?.micros).toBe(1_700_000_000_000_000);
    expect(readEpoch(1_700_000_000.5, 's')).toEqual({
      micros: 1_700_000_000_500_000,
      precision_us: 1,
      hasOffset: true,
    });
    expect(readEpoch('', 's')).toBeUndefined();
    expect(readEpoch(Number.MAX_VALUE, 's')).toBeUndefined();
  });
});
