/** One measured run: rows per second between the first rows that were seen and the last. */
export interface Pace { readonly rows_per_second: number; readonly seconds: number; readonly first_rows: number }

/**
 * Polls `count` until it reaches `rows`. What comes before the first rows (starting, joining the group) is not counted, for
 * either side alike; nor are those first rows themselves.
 */
export async function measurePace(count: () => Promise<number>, rows: number, limitSeconds: number): Promise<Pace> {
  const began = performance.now();
  let first: { at: number; rows: number } | undefined;
  for (;;) {
    const now = await count();
    const at = performance.now();
    if (!first && now > 0) first = { at, rows: now };
    if (first && now >= rows) {
      const seconds = (at - first.at) / 1_000;
      // Everything became visible at once: there is nothing between first and last to measure.
      if (now === first.rows) throw new Error(`all ${rows} rows came in one step: take more rows`);
      return { rows_per_second: (now - first.rows) / seconds, seconds, first_rows: first.rows };
    }
    if (at - began > limitSeconds * 1_000) throw new Error(`only ${now} of ${rows} rows within ${limitSeconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
