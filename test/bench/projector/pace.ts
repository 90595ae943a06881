/** One measured run: rows per second from the moment that a side was told to start until the last row was seen. */
export interface Pace {
  readonly rows_per_second: number;
  readonly seconds: number;
}

/**
 * Polls `count` until it reaches `rows`. `began` is when the side was started: joining the group is part of it for
 * both, and for the projector the start of its process, too. Counting only from the first rows on would give away the
 * engine's first block of 65,536 rows.
 */
export async function measurePace(
  count: () => Promise<number>,
  rows: number,
  limitSeconds: number,
  began = performance.now(),
): Promise<Pace> {
  for (;;) {
    const now = await count();
    const seconds = (performance.now() - began) / 1_000;
    if (now >= rows) return { rows_per_second: now / seconds, seconds };
    if (seconds > limitSeconds) throw new Error(`only ${now} of ${rows} rows within ${limitSeconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
