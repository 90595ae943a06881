/**
 * What two steps must have in common to be the same step, and what makes a pair better than another. 0 is never equal.
 */
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

/** What a pair is worth; 0 cannot be one. */
export const score = (one: AlignKey, other: AlignKey): number => {
  if (one.key !== other.key) return 0;
  return (
    KEY + (one.content === other.content && one.content !== 0 ? CONTENT : 0) + (one.facts === other.facts ? FACTS : 0)
  );
};

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

/**
 * How good the best alignment of a piece of one sequence with every beginning, or every end, of a piece of the other
 * is.
 */
export class Weights {
  readonly #a: readonly AlignKey[];
  readonly #columns: Columns;
  readonly #pause: Pause;
  #work = 0;

  constructor(a: readonly AlignKey[], b: readonly AlignKey[], pause: Pause) {
    this.#a = a;
    this.#columns = new Columns(b);
    this.#pause = pause;
  }

  async #rest(): Promise<void> {
    this.#work = 0;
    await this.#pause();
  }

  /** Best weights of a[a0, a1) against every beginning of b[b0, b1). */
  async forward(a0: number, a1: number, b0: number, b1: number): Promise<Int32Array> {
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
          const paired =
            corner +
            KEY +
            (facts[at] === one.facts ? FACTS : 0) +
            (one.content !== 0 && content[at] === one.content ? CONTENT : 0);
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
  async backward(a0: number, a1: number, b0: number, b1: number): Promise<Int32Array> {
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
          const paired =
            corner +
            KEY +
            (facts[at] === one.facts ? FACTS : 0) +
            (one.content !== 0 && content[at] === one.content ? CONTENT : 0);
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
