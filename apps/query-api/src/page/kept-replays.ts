import { type KeptReplay } from './kept-replay.ts';

/** Who looks at which run, as of when: nobody is shown what was read for another credential. */
export interface ReplayKey {
  readonly tenantId: string;
  readonly credentialId: string;
  readonly runId: string;
  readonly asOf: string;
}

export interface Bounds {
  readonly entries: number;
  readonly bytes: number;
  /** Since it was last looked at. */
  readonly idleMs: number;
}

const BOUNDS: Bounds = { entries: 64, bytes: 64 * 1_024 * 1_024, idleMs: 30 * 60_000 };

/**
 * Replays that somebody is stepping through. What an `as_of` stands for never changes, so what was read once is right
 * for as long as it is kept; what was let go is read again. The one looked at longest ago goes first; one larger than
 * all room is not kept.
 */
export class KeptReplays {
  readonly #kept = new Map<string, { readonly replay: KeptReplay; at: number }>();
  readonly #now: () => number;
  readonly #bounds: Bounds;
  #bytes = 0;

  constructor(now: () => number = () => Date.now(), bounds: Bounds = BOUNDS) {
    this.#now = now;
    this.#bounds = bounds;
  }

  get(key: ReplayKey): KeptReplay | undefined {
    const text = textOf(key);
    const found = this.#kept.get(text);
    if (found === undefined) return undefined;
    this.#drop(text);
    if (found.at + this.#bounds.idleMs <= this.#now()) return undefined;
    this.#add(text, found.replay);
    return found.replay;
  }

  put(key: ReplayKey, replay: KeptReplay): void {
    this.#drop(textOf(key));
    this.#add(textOf(key), replay);
    for (const [text, { at }] of this.#kept)
      if (this.#isOver() || at + this.#bounds.idleMs <= this.#now()) this.#drop(text);
  }

  /** Last in the order in which they go. */
  #add(text: string, replay: KeptReplay): void {
    this.#kept.set(text, { replay, at: this.#now() });
    this.#bytes += replay.size_bytes;
  }

  #drop(text: string): void {
    this.#bytes -= this.#kept.get(text)?.replay.size_bytes ?? 0;
    this.#kept.delete(text);
  }

  #isOver(): boolean {
    return this.#kept.size > this.#bounds.entries || this.#bytes > this.#bounds.bytes;
  }
}

const textOf = ({ tenantId, credentialId, runId, asOf }: ReplayKey): string =>
  JSON.stringify([tenantId, credentialId, runId, asOf]);
