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
  let [events, questions] = [0, 0];
  const send = (make: () => Ask): void => {
    if (underWay.size >= MOST_UNDER_WAY) {
      heldBack += 1;
      return;
    }
    const sent = measured(make(), share()).then((sample) => {
      samples.push(sample);
      underWay.delete(sent);
    });
    underWay.add(sent);
  };
  for (let beat = 0; share() < 1; beat += 1) {
    onBeat(share());
    // A third of the events come in batches, one in ten with a body, the rest alone.
    for (events += pace.events_per_second / BEATS_PER_SECOND; events >= 3 * BATCH; events -= 3 * BATCH) {
      send(() => mix.batch(BATCH));
      for (let one = 0; one < 2 * BATCH; one += 1) send(one % 10 === 0 ? mix.withBody : mix.single);
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
