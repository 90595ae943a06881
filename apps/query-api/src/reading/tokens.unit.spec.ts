import fc from 'fast-check';
import { type AsOf, encodeAsOf, readAsOf } from './as-of.ts';
import { bindingOf, type Cursor, encodeCursor, readCursor } from './cursor.ts';
import { packToken, unpackToken } from './token.ts';

const current: AsOf = {
  generation: 'audit_g1',
  vector: { 'audit.activity.v1': [10, 20, 30], 'audit.control.v1': [5] },
};
const cursor: Cursor = {
  asOf: current,
  binding: bindingOf({ route: 'x' }),
  after: { occurred_at: 1_795_327_200_000_123, stream_id: 'c/i/\u{1f600}', seq: 7, event_id: 'run#1/ü %25' },
  lastTime: { precision_us: 1_000_000, coarse: true },
  total: 42,
};
const codeOf = (action: () => unknown): string => {
  try {
    action();
    return 'nothing thrown';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('as_of', () => {
  test('is base64url of compact JSON and reads back', () => {
    const token = encodeAsOf(current);
    expect(JSON.parse(Buffer.from(token, 'base64url').toString())).toMatchObject({ g: 'audit_g1', v: current.vector });
    expect(readAsOf(token, current)).toEqual(current);
  });
  test('of the past is kept, ahead of the projector is refused as retryable', () => {
    const past = { ...current, vector: { 'audit.activity.v1': [9, 20] } };
    expect(readAsOf(encodeAsOf(past), current)).toEqual(past);
    for (const vector of [
      { 'audit.activity.v1': [11, 0, 0] },
      { 'audit.activity.v1': [0, 0, 0, 1] },
      { 'audit.access.v1': [1] },
    ]) {
      expect(codeOf(() => readAsOf(encodeAsOf({ ...current, vector }), current))).toBe('as_of_ahead');
    }
  });
  test.each([
    ['another generation', encodeAsOf({ ...current, generation: 'audit_g2' })],
    ['a topic of nobody', encodeAsOf({ ...current, vector: { passwords: [1] } })],
    ['a prototype', encodeAsOf({ ...current, vector: JSON.parse('{"__proto__": [1]}') as Record<string, number[]> })],
    ['a negative offset', encodeAsOf({ ...current, vector: { 'audit.activity.v1': [-1] } })],
    ['a text for an offset', packToken({ g: 'audit_g1', v: { 'audit.activity.v1': ['1'] } })],
    ['a list for a vector', packToken({ g: 'audit_g1', v: [1] })],
    ['SQL', "') OR 1=1 --"],
    ['nothing', ''],
    ['other JSON', Buffer.from('{"g":"audit_g1","v":{}}').toString('base64url')],
    ['padding', `${encodeAsOf(current)}=`],
    ['too much', 'A'.repeat(10_000)],
  ])('%s is refused', (_name, token) => expect(codeOf(() => readAsOf(token, current))).toBe('as_of_invalid'));
});

describe('cursors', () => {
  test('read back, with exact and bounded totals', () => {
    for (const total of [0, 42, { at_least: 10_000 }])
      expect(readCursor(encodeCursor({ ...cursor, total }), cursor.binding, current)).toEqual({ ...cursor, total });
  });
  test('belong to their question', () => {
    expect(codeOf(() => readCursor(encodeCursor(cursor), bindingOf({ route: 'y' }), current))).toBe('cursor_invalid');
    expect(codeOf(() => readCursor(encodeAsOf(current), cursor.binding, current))).toBe('cursor_invalid');
    expect(bindingOf({ a: 1, b: 2 })).toBe(bindingOf({ b: 2, a: 1 }));
  });
  test('any changed character is noticed', () => {
    const token = encodeCursor(cursor);
    fc.assert(
      fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom(...'ABCabc019-_'), (at, letter) => {
        fc.pre(token[at] !== letter);
        expect(
          codeOf(() => readCursor(token.slice(0, at) + letter + token.slice(at + 1), cursor.binding, current)),
        ).toBe('cursor_invalid');
      }),
    );
  });
  test('any text is refused, never a crash', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json()), (text) =>
        expect(codeOf(() => readCursor(text, cursor.binding, current))).toBe('cursor_invalid'),
      ),
    );
  });
  test('any value with a right checksum is still read as what it is', () => {
    const parts = fc.record({
      g: fc.constant('audit_g1'),
      v: fc.constant(current.vector),
      b: fc.constant(cursor.binding),
      p: fc.jsonValue(),
      u: fc.jsonValue(),
      n: fc.jsonValue(),
    });
    fc.assert(
      fc.property(parts, (value) => {
        const token = packToken(value);
        expect(unpackToken(token, 100_000)).not.toBeNull();
        expect(['cursor_invalid', 'nothing thrown']).toContain(
          codeOf(() => readCursor(token, cursor.binding, current)),
        );
      }),
    );
  });
});
