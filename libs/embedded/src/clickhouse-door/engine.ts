import { Session, type ChdbResult } from 'chdb';
import { EmbeddedError } from '../process/embedded-error.ts';
import { fromEngine, tooBusy } from './door-error.ts';
import { setStatement } from './sql-text.ts';

export interface Preparation {
  readonly settings: ReadonlyMap<string, string>;
  /** Set last and in a statement of their own: after `readonly` nothing can be set any more. */
  readonly finalSettings?: ReadonlyMap<string, string>;
}

/** What a request sees of the engine: a session that nobody had before and nobody gets afterwards. */
export type RunInSession = (sql: string, format: string) => Promise<ChdbResult>;

const MAX_WAITING = 500;

/**
 * One chdb engine on one directory. Every request gets a fresh session: parameters, settings and the tenant in
 * log_comment stay in a session until it closes, and cannot be unset. A session costs about a millisecond: measured.
 */
export class Engine {
  readonly #path: string;
  /** Keeps the engine and its background merges alive while no request is running. */
  readonly #anchor: Session;
  readonly #slots: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  private constructor(path: string, slots: number, anchor: Session) {
    this.#path = path;
    this.#slots = slots;
    this.#anchor = anchor;
  }

  static async open(path: string, slots: number): Promise<Engine> {
    try {
      const anchor = new Session(path);
      await anchor.queryAsync('SELECT 1');
      return new Engine(path, slots, anchor);
    } catch (cause) {
      if (/lock/i.test((cause as Error).message)) {
        throw new EmbeddedError(
          'data_dir_locked',
          `Another ClickHouse engine is already running on ${path}: stop it, or set AFFIDAVIT_DATA to another directory.`,
          { cause },
        );
      }
      throw cause;
    }
  }

  /**
   * An engine with `slots` sessions of its own over the same data: readers never wait for writers or take their place.
   */
  sharing(slots: number): Engine {
    return new Engine(this.#path, slots, this.#anchor);
  }

  async withSession<T>(preparation: Preparation, work: (run: RunInSession) => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      const session = new Session(this.#path);
      try {
        const run: RunInSession = async (sql, format) => {
          try {
            return await session.queryAsync(sql, { format });
          } catch (error) {
            throw fromEngine(error);
          }
        };
        for (const settings of [preparation.settings, preparation.finalSettings ?? new Map()]) {
          const statement = setStatement(settings);
          if (statement) await run(statement, 'TSV');
        }
        return await work(run);
      } finally {
        session.close();
      }
    } finally {
      this.#leave();
    }
  }

  /** Waits for what runs, then closes the engine. New requests must have stopped. */
  async close(): Promise<void> {
    while (this.#running > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    this.#anchor.close();
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#slots) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.length >= MAX_WAITING) throw tooBusy();
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    // The slot is handed over, not freed and taken again.
    if (next) next();
    else this.#running -= 1;
  }
}
