import fc from 'fast-check';
import { formatDecimal, fromTwosComplement, parseDecimal, toTwosComplement } from './decimal.ts';

const money = { precision: 18, scale: 6 };

describe('decimal', () => {
  test.each([
    ['12.500000', 12_500_000n, '00bebc20'],
    ['0.000000', 0n, '00'],
    ['-0.000001', -1n, 'ff'],
    ['0.000128', 128n, '0080'],
    ['-0.000128', -128n, '80'],
    ['999999999999.999999', 999_999_999_999_999_999n, '0de0b6b3a763ffff'],
  ])('%s has one unscaled integer and one encoding', (text, unscaled, hex) => {
    expect(parseDecimal(text, money)).toBe(unscaled);
    expect(toTwosComplement(unscaled).toString('hex')).toBe(hex);
    expect(formatDecimal(fromTwosComplement(Buffer.from(hex, 'hex')), money)).toBe(text);
  });

  test.each([
    '12.5',
    '12',
    '+1.000000',
    '01.000000',
    '-0.000000',
    '1.0000000',
    '1e3',
    '',
    ' 1.000000',
    '1000000000000.000000',
    '１.000000',
    12.5,
    null,
  ])('refuses %p: one amount has one spelling', (text) => {
    expect(parseDecimal(text, money)).toBeNull();
  });

  test('every amount within the precision comes back as it was written', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 18n) + 1n, 10n ** 18n - 1n), (unscaled) => {
        const text = formatDecimal(unscaled, money);
        expect(parseDecimal(text, money)).toBe(unscaled);
        expect(fromTwosComplement(toTwosComplement(unscaled))).toBe(unscaled);
      }),
    );
  });

  test('a scale of zero has no point', () => {
    expect(formatDecimal(-7n, { precision: 3, scale: 0 })).toBe('-7');
    expect(parseDecimal('-7', { precision: 3, scale: 0 })).toBe(-7n);
  });
});
