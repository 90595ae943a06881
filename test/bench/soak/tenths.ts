import { median, percentile } from '../rounds.ts';

/** One request as it was driven: when it was sent (share of the whole time, 0 to 1), how long it took, whether it held. */
export interface Sample {
  readonly kind: string;
  readonly at: number;
  readonly ms: number;
  readonly ok: boolean;
}

/** Memory of one process at one moment; `heap` is null where the process has no JavaScript heap that it tells of. */
export interface MemorySample {
  readonly process: string;
  readonly at: number;
  readonly rss_mb: number;
  readonly heap_mb: number | null;
}

export interface KindInTenth {
  readonly kind: string;
  readonly requests: number;
  readonly failed: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
}

export interface ProcessInTenth {
  readonly process: string;
  /** The most that it held. */
  readonly rss_mb: number;
  /** The least that it held: what is left after a collection, and so what grows when something is kept. */
  readonly heap_mb: number | null;
}

export interface Tenth {
  readonly kinds: readonly KindInTenth[];
  readonly processes: readonly ProcessInTenth[];
}

const partOf = (at: number, parts: number): number => Math.min(parts - 1, Math.floor(at * parts));

/** The samples cut into equal parts of the time, in order. */
export function inParts(samples: readonly Sample[], memory: readonly MemorySample[], parts = 10): readonly Tenth[] {
  const kinds = [...new Set(samples.map(({ kind }) => kind))];
  const processes = [...new Set(memory.map(({ process }) => process))];
  return Array.from({ length: parts }, (_, part) => ({
    kinds: kinds.map((kind) =>
      kindIn(
        samples.filter((one) => one.kind === kind && partOf(one.at, parts) === part),
        kind,
      ),
    ),
    processes: processes.map((process) =>
      processIn(
        memory.filter((one) => one.process === process && partOf(one.at, parts) === part),
        process,
      ),
    ),
  }));
}

function kindIn(samples: readonly Sample[], kind: string): KindInTenth {
  const times = samples.filter(({ ok }) => ok).map(({ ms }) => ms);
  return {
    kind,
    requests: samples.length,
    failed: samples.length - times.length,
    p50_ms: median(times),
    p99_ms: percentile(times, 0.99),
  };
}

function processIn(samples: readonly MemorySample[], process: string): ProcessInTenth {
  const heaps = samples.flatMap(({ heap_mb }) => heap_mb ?? []);
  return {
    process,
    rss_mb: Math.max(...samples.map(({ rss_mb }) => rss_mb)),
    heap_mb: heaps.length === 0 ? null : Math.min(...heaps),
  };
}

export interface GrowthBounds {
  /** How many times slower (p50) and rarer a kind of request may be at the end. */
  readonly times: number;
  /** How many times larger a heap may be at the end, and what is allowed beside it: code and caches that fill. */
  readonly heap_times: number;
  readonly heap_slack_mb: number;
}

/** Of fewer answers the middle says nothing. */
const FEWEST_ANSWERS = 20;

/**
 * What grew: the last parts against the second ones, since the first is warm-up. Empty when the end looks like the
 * beginning. `except` names kinds whose cost is known to follow what is stored.
 */
export function growth(parts: readonly Tenth[], bounds: GrowthBounds, except: readonly string[] = []): string[] {
  const third = Math.max(1, Math.floor((parts.length - 1) / 3));
  const [early, late] = [parts.slice(1, 1 + third), parts.slice(-third)];
  const said: string[] = [];
  for (const { kind } of parts[0]?.kinds ?? []) {
    const of = (some: readonly Tenth[]) => some.flatMap(({ kinds }) => kinds.filter((one) => one.kind === kind));
    const [before, after] = [of(early), of(late)];
    const p50 = [before, after].map((some) => median(some.map(({ p50_ms }) => p50_ms)));
    const requests = [before, after].map((some) => sum(some.map((one) => one.requests - one.failed)));
    if ((requests[0] ?? 0) < FEWEST_ANSWERS) continue;
    if (!except.includes(kind) && !((p50[1] ?? NaN) <= (p50[0] ?? NaN) * bounds.times))
      said.push(`${kind}: p50 from ${shown(p50[0])} to ${shown(p50[1])} ms`);
    if (!((requests[1] ?? NaN) * bounds.times >= (requests[0] ?? NaN)))
      said.push(`${kind}: from ${shown(requests[0])} to ${shown(requests[1])} answers`);
  }
  for (const { process } of parts[0]?.processes ?? []) {
    const of = (some: readonly Tenth[]): number =>
      Math.min(
        ...some.flatMap(({ processes }) =>
          processes.filter((one) => one.process === process).flatMap((one) => one.heap_mb ?? []),
        ),
      );
    const [before, after] = [of(early), of(late)];
    if (Number.isFinite(before) && after > before * bounds.heap_times + bounds.heap_slack_mb)
      said.push(`${process}: heap from ${shown(before)} to ${shown(after)} MB`);
  }
  return said;
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
const shown = (value = NaN): string => value.toFixed(1);
