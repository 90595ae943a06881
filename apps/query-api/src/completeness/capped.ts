/** A list that was cut, and which one it was, so that the answer says so. */
export interface Capped<T> {
  readonly list: readonly T[];
  /** Names of the lists that are longer than they are shown; empty when nothing is left out. */
  readonly caps: readonly string[];
}

/** `rows` MUST be asked for with a limit of `max` + 1. */
export const capped = <T>(name: string, rows: readonly T[], max: number): Capped<T> => ({
  list: rows.slice(0, max),
  caps: rows.length > max ? [name] : [],
});

/** The list with one of each row's own lists cut to `max`; what is named are all of them together. */
export function cappedWithin<T>(
  name: string,
  { list, caps }: Capped<T>,
  of: (row: T) => readonly unknown[],
  cut: (row: T) => T,
  max: number,
): Capped<T> {
  const over = list.some((row) => of(row).length > max);
  return {
    list: over ? list.map((row) => (of(row).length > max ? cut(row) : row)) : list,
    caps: over ? [...caps, name] : caps,
  };
}
