import fc from 'fast-check';
import { canonicalDecimal } from './decimal.ts';

test.each<[string | number, string]>([
  ['12.5', '12.500000'],
  [12.5, '12.500000'],
  ['0012', '12.000000'],
  [0, '0.000000'],
  ['-0', '0.000000'],
  ['-0.1', '-0.100000'],
  [1e-6, '0.000001'],
  [1.5e-5, '0.000015'],
  [-2.5e-5, '-0.000025'],
  ['999999999999.999999', '999999999999.999999'],
  [999999999999, '999999999999.000000'],
])('%p is %s', (value, text) => expect(canonicalDecimal(value, 6)).toBe(text));
test.each([1e-7, '0.0000001', 1e21, '1000000000000', 'NaN', '1,5', '', '.5', '1e3'])('%p is never rounded', (value) =>
  expect(canonicalDecimal(value, 6)).toBeNull(),
);
test('a number and its text are one amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), (millionths) => {
      const text = `${millionths < 0 ? '-' : ''}${Math.floor(Math.abs(millionths) / 1e6)}.${String(Math.abs(millionths) % 1e6).padStart(6, '0')}`;
      expect(canonicalDecimal(Number(text), 6)).toBe(canonicalDecimal(text, 6));
    }),
  );
});

test.each<[string | number, string | null]>([
  [1.275e-5, '0.000012750000'],
  [3e-7, '0.000000300000'],
  // Two prices added up as doubles: 17 digits, of which the last two are noise.
  [0.0016150000000000001, '0.001615000000'],
  [0.1 + 0.2, '0.300000000000'],
  ['0.0016150000000000001', null],
  // A third of a cent has no end: it is not cut.
  [0.01 / 3, null],
  ['0.000000000001', '0.000000000001'],
  ['0.0000000000001', null],
])('the cost of one call: %p is %p', (value, text) => expect(canonicalDecimal(value, 12)).toBe(text));
