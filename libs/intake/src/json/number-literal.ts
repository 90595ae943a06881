const LITERAL = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** Any decimal of up to 15 significant digits survives a double (IEEE 754 binary64). */
const ALWAYS_EXACT_DIGITS = 15;

/** Digits without zeros at either end, and the power of ten of the last one: one value has one such pair. */
function normalised(text: string): { readonly digits: string; readonly exponent: number } | null {
  const match = LITERAL.exec(text);
  if (!match) return null;
  const fraction = match[2] ?? '';
  const all = ((match[1] ?? '') + fraction).replace(/^0+/, '');
  const digits = withoutZerosBehind(all);
  if (digits === '') return { digits, exponent: 0 };
  return { digits, exponent: Number(match[3] ?? 0) - fraction.length + all.length - digits.length };
}

/**
 * By hand: `/0+$/` tries every run of zeros from each of its zeros, which is quadratic for a long number with zeros
 * inside.
 */
function withoutZerosBehind(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/**
 * Whether every JSON reader that uses doubles sees the number as it is written: what comes out again is the same
 * decimal value. Integers beyond 2^53 - 1 are not, even where the double happens to hit them: their neighbours read the
 * same.
 */
export function isExact(literal: string): boolean {
  if (literal.length <= ALWAYS_EXACT_DIGITS && !/[eE]/.test(literal)) return true;
  const value = Number(literal);
  if (!Number.isFinite(value)) return false;
  if (!/[.eE]/.test(literal)) return Number.isSafeInteger(value);
  const written = normalised(literal);
  const read = normalised(String(value));
  return written !== null && read !== null && written.digits === read.digits && written.exponent === read.exponent;
}
