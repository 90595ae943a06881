import { setTimeout as sleep } from 'node:timers/promises';
import { type Ask, type Mix } from './mix.ts';
import { type Sample } from './tenths.ts';

export interface Pace {
  /** Events a second, of all requests together. */
  readonly events_per_second: number;
  readonly questions_per_second: number;
  readonly seconds: number;
}

/** More than these under way and the next request is held back: a slow server sees fewer requests and no pile. */
const MOST_UNDER_WAY = 64;
const BEATS_PER_SECOND = 10;
const BATCH = 10;
const GIVE_UP_MS = 60_000;

interface Turn {
  readonly events: number;
  readonly make: (mix: Mix) => Ask;
}
/** A third of the events come in a batch, two of thirty with a body, the rest alone. */
const TURNS: readonly Turn[] = [
  { events: BATCH, make: (mix) => mix.batch(BATCH) },
  ...Array.from({ length: 2 * BATCH }, (_, at) => ({
    events: 1,
    make: (mix: Mix) => (at % BATCH === 0 ? mix.withBody() : mix.single()),
  })),
];

export interface Driven {
  readonly samples: readonly Sample[];
  /** Requests that were due and not sent because too many were under way. */
  readonly held_back: number;
}

/** Sends the mix at a steady pace for the given time and waits for the last answer. */
export async function drive(mix: Mix, pace: Pace, onBeat: (at: number) => void = () => undefined): Promise<Driven> {
  const began = performance.now();
  const share = (): number => Math.min(1, (performance.now() - began) / 1_000 / pace.seconds);
  const samples: Sample[] = [];
  const underWay = new Set<Promise<void>>();
  let heldBack = 0;
  let [events, questions, sent] = [0, 0, 0];
  let turn: Turn = { events: 1, make: (one) => one.single() };
  const send = (make: () => Ask): void => {
    if (underWay.size >= MOST_UNDER_WAY) {
      heldBack += 1;
      return;
    }
    const answered = measured(make(), share()).then((sample) => {
      samples.push(sample);
      underWay.delete(answered);
    });
    underWay.add(answered);
  };
  for (let beat = 0; share() < 1; beat += 1) {
    onBeat(share());
    for (events += pace.events_per_second / BEATS_PER_SECOND; events > 0; events -= turn.events) {
      turn = TURNS[sent++ % TURNS.length] ?? turn;
      send(() => turn.make(mix));
    }
    for (questions += pace.questions_per_second / BEATS_PER_SECOND; questions >= 1; questions -= 1)
      send(() => mix.question());
    await sleep(Math.max(0, began + ((beat + 1) * 1_000) / BEATS_PER_SECOND - performance.now()));
  }
  await Promise.all(underWay);
  return { samples, held_back: heldBack };
}

async function measured({ kind, url, init }: Ask, at: number): Promise<Sample> {
  const began = performance.now();
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(GIVE_UP_MS) });
    await answer.arrayBuffer();
    return { kind, at, ms: performance.now() - began, ok: answer.ok };
  } catch {
    return { kind, at, ms: performance.now() - began, ok: false };
  }
}
