import { type AlignKey, type Pause, score, Weights } from './align-weights.ts';

export type { AlignKey, Pause };

/** One place of an alignment: indexes into both sequences; null where one of them has nothing. */
export interface Pair {
  readonly a: number | null;
  readonly b: number | null;
}

const same = (one: AlignKey, other: AlignKey): boolean =>
  one.key === other.key && one.content === other.content && one.facts === other.facts;

/**
 * Aligns two sequences so that as much as possible is common in order: the heaviest common subsequence, after
 * Hirschberg (1975), in O(a · b) time and O(b) memory. 10,000 steps against 10,000 others take about a second, and only
 * when nearly nothing is equal: what both begin and end with is put aside first. Every index occurs exactly once, in
 * order. `pause` is awaited every few milliseconds of work.
 */
export async function align(a: readonly AlignKey[], b: readonly AlignKey[], pause: Pause): Promise<readonly Pair[]> {
  let start = 0;
  while (start < a.length && start < b.length && same(a[start] as AlignKey, b[start] as AlignKey)) start += 1;
  let tail = 0;
  while (
    tail < a.length - start &&
    tail < b.length - start &&
    same(a[a.length - 1 - tail] as AlignKey, b[b.length - 1 - tail] as AlignKey)
  )
    tail += 1;
  const pairs: Pair[] = [];
  for (let index = 0; index < start; index += 1) pairs.push({ a: index, b: index });
  await new Alignment(a, b, pairs, pause).solve(start, a.length - tail, start, b.length - tail);
  for (let index = tail; index > 0; index -= 1) pairs.push({ a: a.length - index, b: b.length - index });
  return pairs;
}

class Alignment {
  readonly #a: readonly AlignKey[];
  readonly #b: readonly AlignKey[];
  readonly #weights: Weights;
  readonly #pairs: Pair[];

  constructor(a: readonly AlignKey[], b: readonly AlignKey[], pairs: Pair[], pause: Pause) {
    this.#a = a;
    this.#b = b;
    this.#weights = new Weights(a, b, pause);
    this.#pairs = pairs;
  }

  async solve(a0: number, a1: number, b0: number, b1: number): Promise<void> {
    if (a0 === a1 || b0 === b1) return this.#unpaired(a0, a1, b0, b1);
    if (a1 - a0 === 1) return this.#single(a0, b0, b1);
    const middle = (a0 + a1) >> 1;
    const above = await this.#weights.forward(a0, middle, b0, b1);
    const below = await this.#weights.backward(middle, a1, b0, b1);
    let best = 0;
    for (let index = 1; index <= b1 - b0; index += 1) {
      if ((above[index] as number) + (below[index] as number) > (above[best] as number) + (below[best] as number))
        best = index;
    }
    await this.solve(a0, middle, b0, b0 + best);
    await this.solve(middle, a1, b0 + best, b1);
  }

  /** What only one of them has, the first one's before the other's. */
  #unpaired(a0: number, a1: number, b0: number, b1: number): void {
    for (let index = a0; index < a1; index += 1) this.#pairs.push({ a: index, b: null });
    for (let index = b0; index < b1; index += 1) this.#pairs.push({ a: null, b: index });
  }

  #single(a0: number, b0: number, b1: number): void {
    let best = -1;
    let weight = 0;
    for (let index = b0; index < b1; index += 1) {
      const found = score(this.#a[a0] as AlignKey, this.#b[index] as AlignKey);
      if (found > weight) [best, weight] = [index, found];
    }
    if (best < 0) return this.#unpaired(a0, a0 + 1, b0, b1);
    this.#unpaired(a0, a0, b0, best);
    this.#pairs.push({ a: a0, b: best });
    this.#unpaired(a0, a0, best + 1, b1);
  }
}
