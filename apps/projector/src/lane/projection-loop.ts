import { AffidavitError } from '@affidavit/audit-model';
import { type Gatherer } from './gatherer.ts';
import { type LogRecord, type NextOffset, nextOffsets } from './log-record.ts';
import { type PositionStore } from './ports.ts';
import { retrying } from './retry.ts';

export interface LoopParts {
  readonly gatherer: Gatherer;
  /** Hands a batch to the lane's handler; resolves under the contract of `RecordSink.project`. */
  readonly project: (records: readonly LogRecord[]) => Promise<void>;
  readonly positions: PositionStore;
  /** Best effort: where the group stands is only told to Kafka, never asked from it. */
  readonly commit: (positions: readonly NextOffset[]) => Promise<void>;
  readonly onProgress: (batch: {
    readonly records: number;
    readonly duration_ms: number;
    readonly positions: readonly NextOffset[];
  }) => void;
  readonly onRetry: (error: unknown, attempt: number, waitMs: number) => void;
}

/**
 * The cycle: gather, project, write the positions, commit. Whatever kills it between two of these steps only makes the
 * records be projected again, which no reader sees: rows of the same log record collapse, and the watermark did not
 * move.
 */
export class ProjectionLoop {
  readonly #parts: LoopParts;
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;
  #underWay = 0;

  constructor(parts: LoopParts) {
    this.#parts = parts;
  }

  /** Whether a batch is on its way into the tables. */
  get working(): boolean {
    return this.#underWay > 0;
  }

  /** `onFatal` is told what must not go on; the loop has ended then. */
  start(onFatal: (error: unknown) => void): void {
    this.#running = this.#run().catch((error: unknown) => {
      if (!this.#abort.signal.aborted) onFatal(error);
    });
  }

  /** Finishes the cycle under way, unless it is in a retry, and takes nothing more. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#parts.gatherer.wake();
    await this.#running;
  }

  /**
   * One batch after the other; with a backlog the next one is prepared and inserted beside the one before it, so that
   * neither the engine nor this process waits for the other. Positions are written in order all the same.
   */
  async #run(): Promise<void> {
    const { gatherer } = this.#parts;
    let before = Promise.resolve();
    let current = before;
    try {
      while (!this.#abort.signal.aborted) {
        const records = await gatherer.take();
        if (records.length === 0 || this.#abort.signal.aborted) continue;
        current = this.#cycle(records, before);
        // Who waits for it hears of its failure; until then nobody does.
        current.catch(() => undefined);
        await before;
        before = current;
        if (!gatherer.full) await current;
      }
    } finally {
      // Two are under way at most. Nothing of them may outlive the loop.
      await Promise.allSettled([before, current]);
    }
    await before;
  }

  /** `before` is the batch before: a position says that everything ahead of it is in the tables, so it goes first. */
  async #cycle(records: readonly LogRecord[], before: Promise<void>): Promise<void> {
    const { gatherer, project, positions, commit, onProgress, onRetry } = this.#parts;
    const start = performance.now();
    const retry = { retryable: isRetryable, onRetry, signal: this.#abort.signal };
    this.#underWay += 1;
    try {
      await retrying(() => project(records), retry);
      await before;
      const next = nextOffsets(records);
      await retrying(() => positions.write(next), retry);
      const duration_ms = performance.now() - start;
      gatherer.rest(duration_ms);
      onProgress({ records: records.length, duration_ms, positions: next });
      await commit(next).catch(() => undefined);
    } finally {
      this.#underWay -= 1;
    }
  }
}

/** Only what says so itself: an unknown error is a defect, and going on could lose records. */
export function isRetryable(error: unknown): boolean {
  return error instanceof AffidavitError && error.retryable;
}
