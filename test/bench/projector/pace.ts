/** How many rows a reader could see, so many seconds after the side was told to start. */
export interface Sample {
  readonly seconds: number;
  readonly rows: number;
}

/** One measured run. */
export interface Pace {
  /** While it flows: from the first rows that were visible to the last, without the time in which it stood still. */
  readonly flowing: number;
  /** From being told to start until the last row was visible, with everything in between. */
  readonly whole: number;
  /** Seconds, after the first rows, in which it stood still; each longer than `STALL_S`. */
  readonly stalls: readonly number[];
  readonly first_rows_s: number;
  /** Processor time of the whole run: of the engine, and of the projector where there is one. */
  readonly engine_cpu_s: number;
  readonly projector_cpu_s: number;
}

/** Both sides write blocks, and a large one takes the peer some 15 s: that is how it works, and no stall. */
export const STALL_S = 30;

/** A look is a query, and costs the engine some milliseconds of what is measured. */
const LOOK_EVERY_MS = 250;

/** `samples` in time's order; the last one has all rows. */
export function paceOf(samples: readonly Sample[]): Pick<Pace, 'flowing' | 'whole' | 'stalls' | 'first_rows_s'> {
  const steps = samples.filter(({ rows }, at) => rows > (samples[at - 1]?.rows ?? 0));
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last) return { flowing: NaN, whole: NaN, stalls: [], first_rows_s: NaN };
  const rests = steps.slice(1).map(({ seconds }, at) => seconds - (steps[at]?.seconds ?? 0));
  const stalls = rests.filter((rest) => rest > STALL_S);
  const stood = stalls.reduce((sum, stall) => sum + stall, 0);
  const flowed = last.seconds - first.seconds - stood;
  return {
    // Where everything came at once there is nothing between first and last to measure.
    flowing: flowed > 0 ? (last.rows - first.rows) / flowed : NaN,
    whole: last.rows / last.seconds,
    stalls,
    first_rows_s: first.seconds,
  };
}

/** Looks at `count` until it reaches `rows`; `began` is when the side was told to start. */
export async function samplesUntil(
  count: () => Promise<number>,
  rows: number,
  began: number,
  limitSeconds = 240,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (;;) {
    const now = await count();
    const seconds = (performance.now() - began) / 1_000;
    if (now !== samples.at(-1)?.rows) samples.push({ seconds, rows: now });
    if (now >= rows) return samples;
    if (seconds > limitSeconds) throw new Error(`only ${now} of ${rows} rows within ${limitSeconds} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
