import { type Pause } from './align.ts';

/**
 * Work that can be put down in between: where it yields, a few milliseconds after the last time, others may have their
 * turn.
 */
export type Turns<Result> = Generator<undefined, Result, undefined>;

/** `pause` is awaited wherever the work can be put down. */
export async function inTurns<Result>(turns: Turns<Result>, pause: Pause): Promise<Result> {
  for (let turn = turns.next(); ; turn = turns.next()) {
    if (turn.done === true) return turn.value;
    await pause();
  }
}

/** All of it in one go, for what is known to be short. */
export function atOnce<Result>(turns: Turns<Result>): Result {
  for (let turn = turns.next(); ; turn = turns.next()) if (turn.done === true) return turn.value;
}

/** So many rows are looked at between two turns of others: a few milliseconds, whatever is asked of each. */
export const TURN_ROWS = 1_000;

/** Counts what was done since others had their turn. */
export class Work {
  #done = 0;

  /** Whether it is time to yield. */
  isDue(done = 1): boolean {
    this.#done += done;
    if (this.#done < TURN_ROWS) return false;
    this.#done = 0;
    return true;
  }
}

export function* eachInTurns<Item>(items: Iterable<Item>, visit: (item: Item) => void): Turns<void> {
  const work = new Work();
  for (const item of items) {
    visit(item);
    if (work.isDue()) yield;
  }
}

export function* filterInTurns<Item>(items: Iterable<Item>, test: (item: Item) => boolean): Turns<readonly Item[]> {
  const found: Item[] = [];
  yield* eachInTurns(items, (item) => {
    if (test(item)) found.push(item);
  });
  return found;
}
