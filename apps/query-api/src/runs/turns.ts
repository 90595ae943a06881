import { type Pause } from './align.ts';

/** Work that can be put down in between: where it yields, a few milliseconds after the last time, others may have their turn. */
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
