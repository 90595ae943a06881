import { type LogRecord } from './log-record.ts';

export interface GathererLimits {
  readonly max_records: number;
  readonly max_bytes: number;
  /** How many such batches may wait; one where it is left out. */
  readonly held_batches?: number;
  /** How long the first record of a batch waits for company. */
  readonly linger_ms: number;
  /** How long, at most, a batch that is not full waits after the one before it. */
  readonly max_rest_ms: number;
}

/**
 * Only a backlog makes large batches, and there size is what counts: parts are fewer, and merges with them. Two such
 * batches are under way at a time, and two wait: fetching goes on
 * while the engine works, so that it never waits for records.
 */
export const defaultLimits: GathererLimits = {
  max_records: 25_000,
  max_bytes: 32 * 1024 * 1024,
  held_batches: 2,
  linger_ms: 200,
  max_rest_ms: 1_000,
};

interface Waiting {
  readonly records: readonly LogRecord[];
  readonly accept: () => void;
}

/**
 * Gathers the records of all partitions into batches. It holds so many batches beyond what is taken: whoever offers
 * more waits, which is what stops the fetching.
 */
export class Gatherer {
  readonly #limits: GathererLimits;
  #buffer: LogRecord[] = [];
  #bytes = 0;
  readonly #offers: Waiting[] = [];
  #wake: (() => void) | undefined;
  #firstAt = 0;
  #restUntil = 0;
  #hurried = false;

  constructor(limits: GathererLimits = defaultLimits) {
    this.#limits = limits;
  }

  get buffered(): number {
    return this.#buffer.length;
  }

  /** Whether a whole batch waits to be taken: there is a backlog. */
  get full(): boolean {
    return this.#full();
  }

  /** Resolves once the records are taken into the buffer, or dropped by `clear`. */
  offer(records: readonly LogRecord[]): Promise<void> {
    return new Promise((accept) => {
      this.#offers.push({ records, accept });
      this.#fill();
    });
  }

  /** Forgets what is buffered and offered: after a rebalance it is read again from where the tables stand. */
  clear(): void {
    this.#buffer = [];
    this.#bytes = 0;
    for (const { accept } of this.#offers.splice(0)) accept();
    this.#wake?.();
  }

  /**
   * Told how long the last batch took. The next one, unless it is full, rests as long: an insert of one row costs the
   * engine some 0.3 s of views and parts, and a trickle of events would else keep it busy with nothing but that. So
   * small inserts take half of its time at most.
   */
  rest(tookMs: number): void {
    this.#restUntil = performance.now() + Math.min(tookMs, this.#limits.max_rest_ms);
  }

  /**
   * The next batch, in the order of each partition; empty when woken by `wake` or `clear` before there was anything.
   */
  async take(): Promise<LogRecord[]> {
    if (this.#buffer.length === 0) await this.#sleep();
    while (this.#buffer.length > 0 && !this.#full() && !this.#hurried) {
      const left = Math.max(this.#firstAt + this.#limits.linger_ms, this.#restUntil) - performance.now();
      if (left <= 0) break;
      await this.#sleep(left);
    }
    this.#hurried = false;
    const batch = this.#cut();
    this.#fill();
    return batch;
  }

  /** Ends the wait of whoever takes, with what there is. */
  wake(): void {
    this.#hurried = true;
    this.#wake?.();
  }

  /** Whether so many batches wait. */
  #full(batches = 1): boolean {
    const { max_records, max_bytes } = this.#limits;
    return this.#buffer.length >= batches * max_records || this.#bytes >= batches * max_bytes;
  }

  #fill(): void {
    while (this.#offers.length > 0 && !this.#full(this.#limits.held_batches)) {
      const { records, accept } = this.#offers.shift()!;
      if (this.#buffer.length === 0) this.#firstAt = performance.now();
      for (const record of records) {
        this.#buffer.push(record);
        this.#bytes += sizeOf(record);
      }
      accept();
    }
    this.#wake?.();
  }

  #cut(): LogRecord[] {
    let count = 0;
    let bytes = 0;
    while (
      count < this.#buffer.length &&
      count < this.#limits.max_records &&
      (count === 0 || bytes < this.#limits.max_bytes)
    ) {
      bytes += sizeOf(this.#buffer[count]!);
      count += 1;
    }
    const batch = this.#buffer.slice(0, count);
    this.#buffer = this.#buffer.slice(count);
    this.#bytes -= bytes;
    this.#firstAt = performance.now();
    return batch;
  }

  #sleep(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => this.#wake?.(), ms);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }
}

function sizeOf(record: LogRecord): number {
  return (record.value?.length ?? 0) + (record.key?.length ?? 0) + 64;
}
