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

/** Any decimal of up to 15 significant digits survives a double (IEEE 754 binary64); what stands behind is noise. */
const DIGITS_OF_A_DOUBLE = 15;
const MOST_WHOLE_DIGITS = 12;

/**
 * Money in its one canonical form, with exactly `places` places: `12.500000`. Null when it has more than that, or more
 * than twelve digits before the point: money is never rounded. A number is a double, so `0.0016150000000000001`, the
 * sum of two prices, is the 0.001615 that it stands for; a text means what it says to its last digit.
 */
export function canonicalDecimal(value: string | number, places: number): string | null {
  if (typeof value === 'string') return withPlaces(value, places);
  return (
    withPlaces(expand(String(value)), places) ??
    withPlaces(expand(String(Number(value.toPrecision(DIGITS_OF_A_DOUBLE)))), places)
  );
}

function withPlaces(decimal: string, places: number): string | null {
  const match = /^(-?)0*(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (!match) return null;
  const [, sign = '', whole = '0', fraction = ''] = match;
  if (fraction.length > places || whole.length > MOST_WHOLE_DIGITS) return null;
  const text = `${whole}.${fraction.padEnd(places, '0')}`;
  return /[1-9]/.test(text) ? sign + text : text;
}
