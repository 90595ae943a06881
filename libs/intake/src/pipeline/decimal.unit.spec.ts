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
])('%p is %s', (value, text) => expect(canonicalDecimal(value)).toBe(text));
test.each([1e-7, '0.0000001', 1e21, '1000000000000', 'NaN', '1,5', '', '.5', '1e3'])('%p is never rounded', (value) =>
  expect(canonicalDecimal(value)).toBeNull(),
);
test('a number and its text are one amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), (millionths) => {
      const text = `${millionths < 0 ? '-' : ''}${Math.floor(Math.abs(millionths) / 1e6)}.${String(Math.abs(millionths) % 1e6).padStart(6, '0')}`;
      expect(canonicalDecimal(Number(text))).toBe(canonicalDecimal(text));
    }),
  );
});
