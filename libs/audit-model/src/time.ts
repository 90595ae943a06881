/** A point in time as the producer wrote it. */
export interface ParsedTime {
  /** Microseconds since 1970-01-01T00:00:00Z. */
  readonly micros: number;
  /** 1 for microseconds, 1000 for milliseconds, 1000000 for seconds: what the text or number could say. */
  readonly precision_us: number;
}

/**
 * Times that every part of the way holds exactly, microseconds: ClickHouse's DateTime64(6) begins with 1900, and from
 * June 2255 on a number of JSON or JavaScript rounds microseconds.
 */
const STORABLE_TIME = { earliest_us: Date.UTC(1900, 0, 1) * 1_000, latest_us: Date.UTC(2255, 0, 1) * 1_000 } as const;

export const isStorableTime = (micros: number): boolean =>
  micros >= STORABLE_TIME.earliest_us && micros <= STORABLE_TIME.latest_us;

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

function offsetMinutes(zone: string): number | null {
  if (zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return null;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

function parseText(text: string): ParsedTime | null {
  const match = RFC3339.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offset = offsetMinutes(match[8] ?? 'Z');
  if (offset === null || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  if (date.getUTCDate() !== day || day < 1) return null;
  const fraction = match[7] ?? '';
  // Beyond microseconds the log has no place: nanoseconds are cut, and the precision says microseconds.
  const micros = (date.getTime() - offset * 60_000) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
  return { micros, precision_us: fraction.length === 0 ? 1_000_000 : 10 ** Math.max(0, 6 - fraction.length) };
}

/**
 * Reads an RFC 3339 time with an offset (a leap second is refused: nobody could tell where it went) or integer
 * microseconds. null when it is neither, or when the date does not exist.
 */
export function parseTime(value: unknown): ParsedTime | null {
  if (typeof value === 'string') return parseText(value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? { micros: value, precision_us: 1 } : null;
}

/** RFC 3339 in UTC with all six places: `2026-11-22T06:00:00.000123Z`. */
export function formatTime(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = String(micros - seconds * 1_000_000).padStart(6, '0');
  return new Date(seconds * 1000).toISOString().replace(/\.\d{3}Z$/, `.${fraction}Z`);
}
