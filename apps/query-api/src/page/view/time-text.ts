/** Times as people read them: the day once, the clock to the microsecond only as far as it says something. */
export interface TimeText {
  readonly iso: string;
  readonly day: string;
  readonly clock: string;
}

/** From RFC 3339 in UTC with six places. */
export function timeText(iso: string): TimeText {
  const [day = '', rest = ''] = iso.split('T');
  return {
    iso,
    day,
    clock: rest
      .replace(/Z$/, '')
      .replace(/\.0+$/, '')
      .replace(/(\.\d*?)0+$/, '$1'),
  };
}

const units: readonly (readonly [number, string])[] = [
  [86_400_000_000, 'd'],
  [3_600_000_000, 'h'],
  [60_000_000, 'min'],
];

/** Time between two rows, to two units: `+2 min 5 s`, `+340 ms`, `+12 µs`. */
export function elapsedText(micros: number): string {
  if (micros === 0) return 'same time';
  const sign = micros < 0 ? '−' : '+';
  const size = Math.abs(micros);
  if (size < 1_000) return `${sign}${size} µs`;
  if (size < 1_000_000) return `${sign}${trim(size / 1_000)} ms`;
  if (size < 60_000_000) return `${sign}${trim(size / 1_000_000)} s`;
  const parts: string[] = [];
  let rest = size;
  for (const [unit, name] of [...units, [1_000_000, 's'] as const]) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0 && parts.length < 2) parts.push(`${count} ${name}`);
    else if (parts.length > 0) break;
  }
  return sign + parts.join(' ');
}

/** A length of time: `1 µs`, `1 s`; empty when it says nothing. */
export const spanText = (micros: number): string => (micros > 0 ? elapsedText(micros).slice(1) : '');

const trim = (value: number): string => String(Math.floor(value * 10) / 10);

/** A length in milliseconds, to two units: `340 ms`, `2 h 47 min`. */
export const millisText = (millis: number): string =>
  millis === 0 ? '0 ms' : elapsedText(Math.abs(millis) * 1_000).replace(/^[+−]/, millis < 0 ? '−' : '');

/** `2026-03-03 09:00:02.34`, in UTC. */
export function stampText(iso: string): string {
  const { day, clock } = timeText(iso);
  return `${day} ${clock}`;
}
