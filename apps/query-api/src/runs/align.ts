/** One place of an alignment: indexes into both sequences; null where one of them has nothing. */
export interface Pair {
  readonly a: number | null;
  readonly b: number | null;
}

/** What two steps must have in common to be the same step, and what makes a pair better than another. 0 is never equal. */
export interface AlignKey {
  /** Kind and name: what differs here is never aligned. */
  readonly key: number;
  readonly facts: number;
  readonly content: number;
}

/** Lets others have their turn. */
export type Pause = () => Promise<void>;

/** So many pairs are looked at between two pauses. */
const TURN = 2_000_000;

const KEY = 4;
const CONTENT = 2;
const FACTS = 1;

const score = (one: AlignKey, other: AlignKey): number => {
  if (one.key !== other.key) return 0;
  return KEY + (one.content === other.content && one.content !== 0 ? CONTENT : 0) + (one.facts === other.facts ? FACTS : 0);
};

const same = (one: AlignKey, other: AlignKey): boolean => one.key === other.key && one.content === other.content && one.facts === other.facts;

/**
 * Aligns two sequences so that as much as possible is common in order: the heaviest common subsequence, after Hirschberg
 * (1975), in O(a · b) time and O(b) memory. 10,000 steps against 10,000 others take about a second, and only when nearly
 * nothing is equal: what both begin and end with is put aside first. Every index occurs exactly once, in order. `pause` is
 * awaited every few milliseconds of work.
 */
export async function align(a: readonly AlignKey[], b: readonly AlignKey[], pause: Pause): Promise<readonly Pair[]> {
  let start = 0;
  while (start < a.length && start < b.length && same(a[start] as AlignKey, b[start] as AlignKey)) start += 1;
  let tail = 0;
  while (tail < a.length - start && tail < b.length - start && same(a[a.length - 1 - tail] as AlignKey, b[b.length - 1 - tail] as AlignKey)) tail += 1;
  const pairs: Pair[] = [];
  for (let index = 0; index < start; index += 1) pairs.push({ a: index, b: index });
  await new Alignment(a, b, pairs, pause).solve(start, a.length - tail, start, b.length - tail);
  for (let index = tail; index > 0; index -= 1) pairs.push({ a: a.length - index, b: b.length - index });
  return pairs;
}

/** The keys as plain numbers in a row: the loops below run a hundred million times. */
class Columns {
  readonly key: Int32Array;
  readonly facts: Int32Array;
  readonly content: Int32Array;

  constructor(steps: readonly AlignKey[]) {
    this.key = Int32Array.from(steps, ({ key }) => key);
    this.facts = Int32Array.from(steps, ({ facts }) => facts);
    this.content = Int32Array.from(steps, ({ content }) => content);
  }
}

class Alignment {
  readonly #a: readonly AlignKey[];
  readonly #b: readonly AlignKey[];
  readonly #columns: Columns;
  readonly #pairs: Pair[];
  readonly #pause: Pause;
  #work = 0;

  constructor(a: readonly AlignKey[], b: readonly AlignKey[], pairs: Pair[], pause: Pause) {
    this.#a = a;
    this.#b = b;
    this.#columns = new Columns(b);
    this.#pairs = pairs;
    this.#pause = pause;
  }

  async #rest(): Promise<void> {
    this.#work = 0;
    await this.#pause();
  }

  async solve(a0: number, a1: number, b0: number, b1: number): Promise<void> {
    if (a0 === a1 || b0 === b1) return this.#unpaired(a0, a1, b0, b1);
    if (a1 - a0 === 1) return this.#single(a0, b0, b1);
    const middle = (a0 + a1) >> 1;
    const above = await this.#forward(a0, middle, b0, b1);
    const below = await this.#backward(middle, a1, b0, b1);
    let best = 0;
    for (let index = 1; index <= b1 - b0; index += 1) {
      if ((above[index] as number) + (below[index] as number) > (above[best] as number) + (below[best] as number)) best = index;
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

  /** Best weights of a[a0, a1) against every beginning of b[b0, b1). */
  async #forward(a0: number, a1: number, b0: number, b1: number): Promise<Int32Array> {
    const width = b1 - b0;
    const { key, facts, content } = this.#columns;
    const row = new Int32Array(width + 1);
    for (let i = a0; i < a1; i += 1) {
      const one = this.#a[i] as AlignKey;
      // `corner` is what stood left of the place above: the row is written over itself.
      let corner = 0;
      let left = 0;
      for (let j = 1; j <= width; j += 1) {
        const above = row[j] as number;
        const at = b0 + j - 1;
        let best = above > left ? above : left;
        if (key[at] === one.key) {
          const paired = corner + KEY + (facts[at] === one.facts ? FACTS : 0) + (one.content !== 0 && content[at] === one.content ? CONTENT : 0);
          if (paired > best) best = paired;
        }
        row[j] = best;
        left = best;
        corner = above;
      }
      this.#work += width;
      if (this.#work >= TURN) await this.#rest();
    }
    return row;
  }

  /** Best weights of a[a0, a1) against every end of b[b0, b1), by where that end begins. */
  async #backward(a0: number, a1: number, b0: number, b1: number): Promise<Int32Array> {
    const width = b1 - b0;
    const { key, facts, content } = this.#columns;
    const row = new Int32Array(width + 1);
    for (let i = a1 - 1; i >= a0; i -= 1) {
      const one = this.#a[i] as AlignKey;
      let corner = 0;
      let right = 0;
      for (let j = width - 1; j >= 0; j -= 1) {
        const below = row[j] as number;
        const at = b0 + j;
        let best = below > right ? below : right;
        if (key[at] === one.key) {
          const paired = corner + KEY + (facts[at] === one.facts ? FACTS : 0) + (one.content !== 0 && content[at] === one.content ? CONTENT : 0);
          if (paired > best) best = paired;
        }
        row[j] = best;
        right = best;
        corner = below;
      }
      this.#work += width;
      if (this.#work >= TURN) await this.#rest();
    }
    return row;
  }
}
