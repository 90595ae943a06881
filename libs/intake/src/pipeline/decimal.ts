const PLACES = 6;

/** `1.25e-5` as `0.0000125`: what a shortest double prints, without its exponent. */
function expand(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  const point = whole.length + Number(power);
  const digits = whole + fraction;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return point >= digits.length
    ? sign + digits.padEnd(point, '0')
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * decimal(18, 6) in its one canonical form, `12.500000`; null when it has more places, for money is never rounded here.
 */
export function canonicalDecimal(value: string | number): string | null {
  const match = /^(-?)0*(\d+)(?:\.(\d+))?$/.exec(typeof value === 'number' ? expand(String(value)) : value);
  if (!match) return null;
  const [, sign = '', whole = '0', fraction = ''] = match;
  if (fraction.length > PLACES || whole.length > 12) return null;
  const text = `${whole}.${fraction.padEnd(PLACES, '0')}`;
  return /[1-9]/.test(text) ? sign + text : text;
}
