const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|z|[+-]\d{2}:?\d{2})?$/;

export interface ReadTime {
  /** Microseconds since 1970 UTC. */
  readonly micros: number;
  /** How exact the text was: 1 for six fraction digits or more, 1000 for three, 1000000 for whole seconds. */
  readonly precision_us: number;
  /** False when the text named no offset and `zone` was taken instead. */
  readonly hasOffset: boolean;
}

/**
 * Reads an RFC 3339 time, or one without an offset, which is then taken to be in `zone` (such as `+02:00`; UTC when
 * empty). Undefined for anything else and for dates that no calendar has. Digits beyond microseconds are cut.
 */
export function readDateTime(text: string, zone = ''): ReadTime | undefined {
  const found = DATE_TIME.exec(text.trim());
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = found;
  const fields = [
    Number(year),
    Number(month),
    Number(day),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  ] as const;
  const utcMs = Date.UTC(fields[0], fields[1] - 1, fields[2], fields[3], fields[4], fields[5]);
  const back = new Date(utcMs);
  const real =
    back.getUTCMonth() === fields[1] - 1 &&
    back.getUTCDate() === fields[2] &&
    fields[3] < 24 &&
    fields[4] < 60 &&
    fields[5] < 60;
  if (!real) return undefined;
  const minutes = offsetMinutes(offset ?? zone);
  if (minutes === undefined) return undefined;
  const micros = Number((fraction ?? '').padEnd(6, '0').slice(0, 6));
  return {
    micros: (utcMs - minutes * 60_000) * 1_000 + micros,
    precision_us: precisionOf(hour, second, fraction),
    hasOffset: offset !== undefined,
  };
}

function precisionOf(hour: string | undefined, second: string | undefined, fraction: string | undefined): number {
  if (fraction !== undefined) return 10 ** (6 - Math.min(6, fraction.length));
  if (second !== undefined) return 1_000_000;
  return hour === undefined ? 86_400_000_000 : 60_000_000;
}

export function offsetMinutes(offset: string): number | undefined {
  if (offset === '' || offset === 'Z' || offset === 'z' || offset === 'UTC') return 0;
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(offset);
  if (found === null) return undefined;
  const size = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === '-' ? -size : size;
}

export type EpochUnit = 's' | 'ms' | 'us';
const UNIT_US: Readonly<Record<EpochUnit, number>> = { s: 1_000_000, ms: 1_000, us: 1 };

/** Reads a number since 1970 in the given unit; whole microseconds, undefined when it is no number. */
export function readEpoch(value: string | number, unit: EpochUnit): ReadTime | undefined {
  const number = typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value);
  const micros = Math.round(number * UNIT_US[unit]);
  return Number.isSafeInteger(micros)
    ? { micros, precision_us: unit === 's' && !Number.isInteger(number) ? 1 : UNIT_US[unit], hasOffset: true }
    : undefined;
}
