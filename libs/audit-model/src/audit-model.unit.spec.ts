import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { auditEventSchema } from '@affidavit/contracts';
import {
  base32,
  canonicalJson,
  compileFact,
  contentScopeOf,
  formatTime,
  isPseudonym,
  kafkaKey,
  normalisePersonId,
  parseTime,
  runKeyOf,
} from './index.ts';

describe('canonical JSON (RFC 8785)', () => {
  test('the example of section 3.2.2', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });
  test('members are sorted by UTF-16 code units, as in section 3.2.3', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
  });
  test('any JSON parses back to itself, whatever the order of its members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    );
  });
  test('what JSON cannot hold is an error', () => {
    for (const value of [NaN, Infinity, 1n, undefined, () => 1])
      expect(() => canonicalJson(value)).toThrow('JSON has no');
  });
});

describe('the fact', () => {
  const toy = (extra: object[] = []): object => ({
    type: 'record',
    name: 'T',
    fields: [
      { name: 'b', type: 'string', default: '' },
      {
        name: 'a',
        type: { type: 'enum', name: 'E', symbols: ['unknown', 'x'], default: 'unknown' },
        default: 'unknown',
      },
      { name: 'n', type: ['null', 'long'], default: null },
      { name: 'seq', type: 'long' },
      {
        name: 's',
        type: {
          type: 'record',
          name: 'S',
          fields: [
            { name: 'e', type: 'E', default: 'unknown' },
            { name: 'l', type: { type: 'array', items: 'string' }, default: [] },
          ],
        },
        default: {},
      },
      ...extra,
    ],
  });
  const record = { b: 'text', a: 'unknown', n: 0, seq: 7, s: { e: 'x', l: ['1'] } };
  test('is canonical, without empty fields and without the delivery', () => {
    expect(compileFact(toy())(record)).toBe('{"b":"text","n":0,"s":{"e":"x","l":["1"]}}');
    expect(compileFact(toy())({ ...record, b: '', n: null, s: { e: 'unknown', l: [] } })).toBe('{}');
  });
  test('stays the same when the schema gains a field', () => {
    const later = toy([
      { name: 'added', type: 'E', default: 'unknown' },
      { name: 'more', type: 'string', default: '' },
    ]);
    expect(compileFact(later)({ ...record, added: 'unknown', more: '' })).toBe(compileFact(toy())(record));
  });
  test('what was empty once is not taken for empty when it can change, however deep', () => {
    const fact = compileFact(toy());
    const l: string[] = [];
    const shallow = Object.freeze({ e: 'unknown', l });
    const settled = Object.freeze({ e: 'unknown', l: Object.freeze([]) });
    const bare = { ...record, b: '', n: null };
    for (const s of [shallow, settled, settled]) expect(fact({ ...bare, s })).toBe('{}');
    l.push('1');
    expect(fact({ ...bare, s: shallow })).toBe('{"s":{"l":["1"]}}');
    expect(fact({ ...bare, s: { ...settled, e: 'x' } })).toBe('{"s":{"e":"x"}}');
  });
  test('equals the canonical JSON of what is given', () => {
    const given = fc.record({
      b: fc.string({ minLength: 1 }),
      n: fc.maxSafeInteger(),
      l: fc.array(fc.string({ minLength: 1 }), { minLength: 1 }),
    });
    fc.assert(
      fc.property(given, ({ b, n, l }) =>
        expect(compileFact(toy())({ b, n, a: 'x', seq: 1, s: { e: 'unknown', l } })).toBe(
          canonicalJson({ b, n, a: 'x', s: { l } }),
        ),
      ),
    );
  });
  test('a record that lacks a field is refused, since its hash would say less than it seems', () => {
    expect(() => compileFact(toy())({ b: '' })).toThrow('no a');
    expect(() => compileFact(auditEventSchema)({})).toThrow('no access');
  });
});

describe('times', () => {
  test.each([
    ['2026-11-22T06:00:00.000123Z', 1795327200000123, 1],
    ['2026-11-22T07:00:00+01:00', 1795327200000000, 1_000_000],
    ['2026-11-22T06:00:00.5Z', 1795327200500000, 100_000],
    ['1969-12-31T23:59:59.999999Z', -1, 1],
    ['2024-02-29T00:00:00.123456789Z', 1709164800123456, 1],
    [1795327200000123, 1795327200000123, 1],
  ])('%s', (value, micros, precision_us) => expect(parseTime(value)).toEqual({ micros, precision_us }));
  test.each([
    '2026-11-22',
    '2026-11-22T06:00:00',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T23:59:60Z',
    '2026-11-22T06:00:00+25:00',
    1.5,
    2 ** 53,
    null,
    {},
  ])('refuses %p', (value) => expect(parseTime(value)).toBeNull());
  test('every microsecond survives text and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }),
        fc.integer({ min: 0, max: 999_999 }),
        (seconds, rest) => {
          const micros = seconds * 1_000_000 + rest;
          fc.pre(Number.isSafeInteger(micros));
          expect(parseTime(formatTime(micros))?.micros).toBe(micros);
        },
      ),
    );
  });
});

describe('identity and place', () => {
  test('base32 has the vectors of RFC 4648', () => {
    const vectors = {
      '': '',
      f: 'my',
      fo: 'mzxq',
      foo: 'mzxw6',
      foob: 'mzxw6yq',
      fooba: 'mzxw6ytb',
      foobar: 'mzxw6ytboi',
    };
    for (const [text, encoded] of Object.entries(vectors)) expect(base32(Buffer.from(text))).toBe(encoded);
  });
  test('a pseudonym is 52 characters of base32', () => {
    expect(isPseudonym(`p_${base32(createHash('sha256').update('x').digest())}`)).toBe(true);
    expect(isPseudonym('p_yusuf')).toBe(false);
  });
  test('only what looks like an e-mail address loses its case', () => {
    expect(normalisePersonId(' Ada@Example.ORG ')).toBe('ada@example.org');
    expect(normalisePersonId(' Yusuf_Rossi ')).toBe('Yusuf_Rossi');
    expect(normalisePersonId('e\u0301')).toBe('\u00e9');
  });
  test('the run key is the outermost thing that is known', () => {
    const event = {
      root_run_id: 'root',
      run_id: 'run',
      session_id: 's',
      stream_id: 'c/i/b',
      occurred_at: 1795327200000123,
      source: { system: 'shop' },
    };
    expect(runKeyOf(event)).toBe('root');
    expect(runKeyOf({ ...event, root_run_id: '' })).toBe('run');
    expect(contentScopeOf({ ...event, root_run_id: '', run_id: '' })).toEqual({ kind: 'session', id: 's' });
    expect(contentScopeOf({ ...event, root_run_id: '', run_id: '', session_id: '' })).toEqual({
      kind: 'source_day',
      id: 'shop/2026-11-22',
    });
    expect(runKeyOf({ ...event, root_run_id: '', run_id: '', session_id: '' })).toBe('c/i/b');
    expect(kafkaKey('t', 'r')).toBe('t\u0000r');
  });
});
