import fc from 'fast-check';
import { isExact } from './number-literal.ts';
import { readJson, readNdjson } from './read-body.ts';
import { scanJson } from './scan-json.ts';

const limits = { nesting: 32, batch_events: 10 };
const defects = (text: string): [number, string, string][] =>
  [...scanJson(text, 32)].map(([item, { code, path }]) => [item, code, path]);

describe('what JSON.parse forgives', () => {
  test.each<[string, string, string]>([
    ['{"a":1,"b":{"x":1,"x":2}}', 'json_duplicate_key', '/b/x'],
    ['{"a":1,"\\u0061":2}', 'json_duplicate_key', '/a'],
    ['{"a":[1,{"constructor":1}]}', 'json_forbidden_key', '/a/1/constructor'],
    ['{"a":{"prototype":1}}', 'json_forbidden_key', '/a/prototype'],
    ['{"\\u005f_proto__":1}', 'json_forbidden_key', '/__proto__'],
    ['{"a":"\\udc00"}', 'json_lone_surrogate', '/a'],
    ['{"a":{"\\ud800":1}}', 'json_lone_surrogate', '/a'],
    ['{"a/b~c":9007199254740993}', 'json_number_inexact', '/a~1b~0c'],
    ['{"a":[0,1e400]}', 'json_number_inexact', '/a/1'],
  ])('%s', (text, code, path) => expect(defects(text)).toEqual([[0, code, path]]));

  test.each([
    '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}',
    '{"a":"\\ud83d\\ude00","b":"\\"{[:,","c":"\\\\"}',
    '{"a":[1,-0,0.1,1e10,1.50,9007199254740991,-1.5E-7]}',
    '"just text"',
    ' [ ] ',
    '{"":{"":1}}',
  ])('nothing in %s', (text) => expect(defects(text)).toEqual([]));

  test('each item of an array has its own defect, and a path that starts at the item', () => {
    expect(defects('[{"a":1,"a":2}, {"b":[1]}, [{"c":1e999}], {"d":{"d":"\\ud800"}}]')).toEqual([
      [0, 'json_duplicate_key', '/a'],
      [2, 'json_number_inexact', '/0/c'],
      [3, 'json_lone_surrogate', '/d/d'],
    ]);
  });
  test('nesting counts from the item', () => {
    const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(scanJson(`{"a":${nested(31)}}`, 32).size).toBe(0);
    expect(scanJson(`{"a":${nested(32)}}`, 32).get(0)?.code).toBe('nesting_too_deep');
    expect(scanJson(`[{"a":${nested(31)}},{"a":${nested(32)}}]`, 32).get(1)?.code).toBe('nesting_too_deep');
    expect(scanJson(nested(200_000), 32).get(0)?.code).toBe('nesting_too_deep');
  });
  test('the second item of an array is judged anew after a refused first', () => {
    expect(defects('[[1e999,{"a":1,"a":2},1e999],{"a":1,"a":2},{"b":[{"a":1}],"a":2}]')).toEqual([
      [0, 'json_number_inexact', '/0'],
      [1, 'json_duplicate_key', '/a'],
    ]);
  });
  // Once, 256 KB of the first held the process for half a minute. Against a harmless text of the same length, since
  // machines differ.
  test.each<[string, (size: number) => string]>([
    ['defects far down', (size) => `${'['.repeat(size)}${'1e999,'.repeat(size / 5)}1${']'.repeat(size)}`],
    [
      'defects far down in an item of an array',
      (size) => `[{"a":1},${'{"a":'.repeat(size / 5)}[${'1e999,'.repeat(size / 5)}1]${'}'.repeat(size / 5)}]`,
    ],
    ['one key again and again', (size) => `{${'"a":"\\ud800",'.repeat(size / 5)}"a":1}`],
    ['zeros inside a number', (size) => `[1.${'0'.repeat(size * 2)}1]`],
  ])('work grows with the text and nothing else: %s', (_name, attack) => {
    const text = attack(20_000);
    const harmless = JSON.stringify(Array.from({ length: text.length / 4 }, () => 123));
    const timeOf = (scanned: string): number =>
      Math.min(
        ...[1, 2, 3].map(() => {
          const start = performance.now();
          scanJson(scanned, 32);
          return performance.now() - start;
        }),
      );
    expect(timeOf(text)).toBeLessThan(25 * timeOf(harmless) + 2);
  });
  test('whatever JSON.stringify writes of well-formed values is clean', () => {
    const value = fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' });
    const clean = (found: unknown): boolean => !JSON.stringify(found).match(/"(__proto__|constructor|prototype)":/);
    fc.assert(
      fc.property(value, (json) => {
        const text = JSON.stringify({ json }, (_key, item: unknown) =>
          typeof item === 'number' && Number.isInteger(item) && !Number.isSafeInteger(item) ? 0 : item,
        );
        fc.pre(clean(json) && !/\\ud[89a-f]/.test(text));
        expect(defects(text)).toEqual([]);
      }),
    );
  });
});

describe('numbers', () => {
  test.each([
    '0',
    '-0',
    '1',
    '0.1',
    '1.10',
    '1e21',
    '1E-7',
    '9007199254740991',
    '-9007199254740991',
    '123456789012345',
    '3.141592653589793',
    '5e-324',
    '1.7976931348623157e308',
    '0.000000000000000000000001',
  ])('%s is exact', (literal) => expect(isExact(literal)).toBe(true));
  test.each([
    '9007199254740992',
    '9007199254740993',
    '12345678901234567890',
    '0.1000000000000000055511151231257827',
    '1e400',
    '3.14159265358979323846',
    '1.00000000000000000001',
    '2e-324',
  ])('%s is not', (literal) => expect(isExact(literal)).toBe(false));
  test('a double as JavaScript prints it is exact, but for large integers', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const literal = String(value);
        expect(isExact(literal)).toBe(/[.e]/.test(literal) || Number.isSafeInteger(value));
      }),
    );
  });
  test('what is called exact comes out as it went in', () => {
    const literal = fc
      .tuple(fc.integer(), fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.integer({ min: -30, max: 30 }))
      .map(([whole, fraction, power]) => `${whole}.${fraction}e${power}`);
    fc.assert(
      fc.property(literal, (text) => {
        if (!isExact(text)) return;
        // Once through a reader and back: the same decimal value, compared without doubles.
        expect(scaled(String(Number(text)))).toBe(scaled(text));
      }),
    );
  });
});

/** The decimal value times 10^80, as an integer. */
function scaled(text: string): bigint {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text) ?? [];
  return BigInt(`${sign}${whole}${fraction}`) * 10n ** BigInt(80 - fraction.length + Number(power));
}

describe('bodies', () => {
  test('one event or an array of them', () => {
    expect(readJson('{"a":1}', limits)).toEqual({ status: 'items', items: [{ status: 'read', value: { a: 1 } }] });
    expect(readJson('[1,{"a":1,"a":1}]', limits)).toMatchObject({
      items: [
        { status: 'read', value: 1 },
        { status: 'refused', value: { a: 1 } },
      ],
    });
    expect(readJson('{"a":', limits).status).toBe('unreadable');
    expect(readJson('', limits).status).toBe('unreadable');
    expect(readJson(JSON.stringify(Array(11).fill(1)), limits)).toEqual({ status: 'batch_too_large', count: 11 });
  });
  test('a line each: empty ones are none, a bad one costs its neighbours nothing', () => {
    const body = readNdjson('{"a":1}\r\n\n  \n{"b":\n[1]\n{"c":1,"c":2}\n{"d":1}', limits);
    if (body.status !== 'items') throw new Error(body.status);
    expect(body.items.map((item) => (item.status === 'read' ? item.value : item.refusal.code))).toEqual([
      { a: 1 },
      'not_an_object',
      'not_an_object',
      'json_duplicate_key',
      { d: 1 },
    ]);
    const second = body.items[1];
    expect(second?.status === 'refused' && second.refusal.message).toBe('Line 4 is not JSON.');
  });
  test('no readable line at all is an unreadable body', () => {
    expect(readNdjson('hello\nworld', limits).status).toBe('unreadable');
    expect(readNdjson('\n\n', limits).status).toBe('unreadable');
    expect(readNdjson('1\n'.repeat(11), limits)).toEqual({ status: 'batch_too_large', count: 11 });
  });
});
