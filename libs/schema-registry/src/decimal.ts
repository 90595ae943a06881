import { AffidavitError } from '@affidavit/audit-model';

/**
 * Avro decimal: the unscaled integer as big-endian two's complement (Avro specification, "Decimal"). In memory it is a
 * string in one canonical form only, `-?digits.digits` with exactly `scale` places: fact_hash covers that string, so
 * "12.5" and "12.500000" as two spellings of one amount would be two facts.
 */
export interface DecimalShape {
  readonly precision: number;
  readonly scale: number;
}

/** The unscaled integer, or null when the text is not canonical for the shape. */
export function parseDecimal(text: unknown, shape: DecimalShape): bigint | null {
  if (typeof text !== 'string') return null;
  const fraction = shape.scale === 0 ? '' : `\\.\\d{${shape.scale}}`;
  if (!new RegExp(`^-?(0|[1-9]\\d*)${fraction}$`).test(text)) return null;
  const digits = text.replace('-', '').replace('.', '');
  const unscaled = BigInt(digits);
  if (unscaled >= 10n ** BigInt(shape.precision)) return null;
  if (!text.startsWith('-')) return unscaled;
  return unscaled === 0n ? null : -unscaled;
}

export function formatDecimal(unscaled: bigint, shape: DecimalShape): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(shape.scale + 1, '0');
  const whole = digits.slice(0, digits.length - shape.scale);
  return shape.scale === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-shape.scale)}`;
}

/** Two's complement in as few bytes as hold it: one amount has one encoding, so equal records have equal hashes. */
export function toTwosComplement(value: bigint): Buffer {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) length += 1;
  const hex = BigInt.asUintN(length * 8, value)
    .toString(16)
    .padStart(length * 2, '0');
  return Buffer.from(hex, 'hex');
}

export function fromTwosComplement(bytes: Uint8Array): bigint {
  if (bytes.length === 0 || bytes.length > 64) {
    throw new AffidavitError('record_undecodable', `a decimal of ${bytes.length} bytes`);
  }
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
}
