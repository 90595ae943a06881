import { AffidavitError } from '@affidavit/audit-model';
import { type LogBounds } from '@affidavit/kafka';
import { type NextOffset, partitionName, type TopicPartition } from './log-record.ts';
import { type KeepEnds, type LogEnd } from './ports.ts';

export interface LagWatchParts {
  readonly topics: readonly string[];
  readonly bounds: (topic: string) => Promise<LogBounds[]>;
  readonly positions: () => Promise<readonly NextOffset[]>;
  readonly onLag: (at: TopicPartition, lag: number) => void;
  readonly keepEnds: KeepEnds;
  /** Whether a batch is being worked on, retried included: then silence is not a hang. */
  readonly working: () => boolean;
  readonly onStuck: (error: AffidavitError) => void;
  readonly now: () => number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly stuck_after_ms?: number;
}

const defaultStuckAfterMs = 120_000;
/** An end that did not move is written again after this, so that readers know that somebody still looks. */
const keepAgainAfterMs = 15_000;

/**
 * Compares the log's ends with the tables' positions. kafkajs can stop consuming while the process lives on: when
 * records wait, nothing is being worked on and no position moves for a while, that is said loudly (`no_progress`).
 */
export class LagWatch {
  readonly #parts: LagWatchParts;
  readonly #lags = new Map<string, number>();
  #assigned: ReadonlySet<string> | undefined;
  #lookedAt: number | undefined;
  #progressAt: number;
  readonly #kept = new Map<string, LogEnd>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: LagWatchParts) {
    this.#parts = parts;
    this.#progressAt = parts.now();
  }

  start(everyMs = 2_000): void {
    const again = (): void => {
      this.#timer = setTimeout(
        () =>
          void this.look()
            .catch(() => undefined)
            .finally(again),
        everyMs,
      );
    };
    again();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  assigned(partitions: readonly TopicPartition[]): void {
    this.#assigned = new Set(partitions.map(partitionName));
    this.#progressAt = this.#parts.now();
  }

  progressed(): void {
    this.#progressAt = this.#parts.now();
  }

  /**
   * Records that wait in the partitions of this process; undefined before the group was joined or the log was asked.
   */
  get lag(): number | undefined {
    if (this.#assigned === undefined || this.#lookedAt === undefined) return undefined;
    let sum = 0;
    for (const name of this.#assigned) sum += this.#lags.get(name) ?? 0;
    return sum;
  }

  /** Undefined until it was known once. */
  get lagKnownAt(): number | undefined {
    return this.#lookedAt;
  }

  async look(): Promise<void> {
    const {
      topics,
      bounds,
      positions,
      onLag,
      working,
      onStuck,
      now,
      clock,
      stuck_after_ms = defaultStuckAfterMs,
    } = this.#parts;
    const ends: LogEnd[] = [];
    const reached = new Map((await positions()).map((position) => [partitionName(position), position.next_offset]));
    for (const topic of topics) {
      for (const { partition, high } of await bounds(topic)) {
        const at = { topic, partition };
        const lag = Number(high - (reached.get(partitionName(at)) ?? 0n));
        this.#lags.set(partitionName(at), Math.max(lag, 0));
        onLag(at, Math.max(lag, 0));
        ends.push({ ...at, high_watermark: high, looked_at_ms: clock() });
      }
    }
    this.#lookedAt = now();
    if ((this.lag ?? 0) === 0 || working()) this.#progressAt = now();
    else if (now() - this.#progressAt > stuck_after_ms)
      onStuck(new AffidavitError('no_progress', `records wait and none was projected for ${stuck_after_ms} ms`));
    await this.#keep(ends);
  }

  /** Only what moved, or was not written for a while: an idle log writes four rows a minute and partition. */
  async #keep(ends: readonly LogEnd[]): Promise<void> {
    const fresh = ends.filter((end) => {
      const kept = this.#kept.get(partitionName(end));
      return (
        kept === undefined ||
        kept.high_watermark !== end.high_watermark ||
        end.looked_at_ms - kept.looked_at_ms >= keepAgainAfterMs
      );
    });
    if (fresh.length === 0) return;
    await this.#parts.keepEnds(fresh);
    for (const end of fresh) this.#kept.set(partitionName(end), end);
  }
}
