import fc from 'fast-check';
import { parseJson, tryParseJson } from './parse-json.ts';

/** What rounding would touch: whole numbers beyond 2^53 that are written out in digits. */
const quoted = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(String(value))
    ? String(value)
    : value;

describe('JSON without rounding', () => {
  test('integers beyond 2^53 come out as written', () => {
    expect(parseJson('{"id": 9007199254740993, "n": [-12345678901234567890, 9007199254740991]}')).toEqual({
      id: '9007199254740993',
      n: ['-12345678901234567890', 9007199254740991],
    });
  });

  test('digits inside strings, fractions and exponents are left alone', () => {
    const text =
      '{"card": "4111111111111111111 \\" 12345678901234567890", "f": 1.2345678901234567890, "e": 12345678901234567890e2}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test('what is no JSON is none', () => {
    expect(() => parseJson('{"a": 12345678901234567890')).toThrow(SyntaxError);
    expect(tryParseJson('01234567890123456789')).toBeUndefined();
    expect(tryParseJson('')).toBeUndefined();
  });

  test('everything else is as JSON.parse has it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(`[${text}, "1234567890123456"]`)).toEqual([JSON.parse(text, quoted), '1234567890123456']);
      }),
    );
  });
});
