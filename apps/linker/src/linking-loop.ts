import { type Log } from '@affidavit/service-kit';
import { linkRound, type Round, type RoundParts } from './link-round.ts';

const MAX_REMEMBERED = 50_000;
const MAX_WAIT_MS = 30_000;

/** The newest ids only: what is forgotten is in the tables by then, or is said once more under the same id. */
class Remembered {
  readonly #ids = new Set<string>();

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size > MAX_REMEMBERED) this.#ids.delete(this.#ids.values().next().value as string);
  }
}

export interface LoopOptions extends Omit<RoundParts, 'said'> {
  readonly log: Log;
  readonly pollMs: number;
  readonly onRound: (round: Round) => void;
}

/**
 * Round after round until it is stopped. What fails is tried again later, ever later up to half a minute: nothing is
 * lost by waiting.
 */
export class LinkingLoop {
  readonly #options: LoopOptions;
  readonly #said = new Remembered();
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;
  #failure: unknown;

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  /**
   * Why the last round failed; undefined when it did not, and during the first one, which may have years to look at.
   */
  get failure(): unknown {
    return this.#failure;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { pollMs, log, onRound } = this.#options;
    let wait = pollMs;
    while (!this.#abort.signal.aborted) {
      let records = 0;
      try {
        const round = await linkRound({ ...this.#options, said: this.#said });
        records = round.records;
        this.#failure = undefined;
        wait = pollMs;
        onRound(round);
      } catch (error) {
        if (this.#failure === undefined) log.warn('a round failed and is tried again', {}, error);
        this.#failure = error;
        wait = Math.min(wait * 2, MAX_WAIT_MS);
      }
      if (records === 0) await this.#pause(wait);
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#abort.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#abort.signal.addEventListener('abort', done);
    });
  }
}
