import { type LogBounds } from '@affidavit/kafka';
import { type Consumer } from 'kafkajs';
import { Gatherer, type GathererLimits } from './gatherer.ts';
import { LagWatch } from './lag-watch.ts';
import { LaneConsumer } from './lane-consumer.ts';
import { type LogRecord, type TopicPartition } from './log-record.ts';
import { type KeepEnds, type PositionStore, type ReportMissing } from './ports.ts';
import { ProjectionLoop } from './projection-loop.ts';

export interface LaneParts {
  readonly name: string;
  readonly topics: readonly string[];
  readonly consumer: Consumer;
  readonly positions: PositionStore;
  readonly bounds: (topic: string) => Promise<LogBounds[]>;
  readonly reportMissing: ReportMissing;
  readonly onLag: (at: TopicPartition, lag: number) => void;
  readonly keepEnds: KeepEnds;
  readonly onBatch: (batch: { readonly records: number; readonly duration_ms: number }) => void;
  readonly onRetry: (error: unknown, attempt: number) => void;
  readonly onFatal: (error: unknown) => void;
  readonly limits?: GathererLimits;
}

const concurrency = 32;

/**
 * Topics that share a handler, a store and a fate: when the content engine is away, events go on. Each lane has a
 * consumer of its own, since one that waits would hold up every partition that kafkajs fetches with it.
 */
export class Lane {
  readonly name: string;
  readonly #parts: LaneParts;
  readonly #gatherer: Gatherer;
  readonly #watch: LagWatch;
  #consumer: LaneConsumer | undefined;
  #loop: ProjectionLoop | undefined;
  #retrying = false;

  constructor(parts: LaneParts) {
    this.name = parts.name;
    this.#parts = parts;
    this.#gatherer = new Gatherer(parts.limits);
    this.#watch = new LagWatch({
      topics: parts.topics,
      bounds: parts.bounds,
      positions: () => parts.positions.read(),
      onLag: parts.onLag,
      keepEnds: parts.keepEnds,
      working: () => this.#loop?.working ?? false,
      onStuck: parts.onFatal,
      now: () => performance.now(),
      clock: () => Date.now(),
    });
  }

  /** Whether the group is joined, the lag is known, and the last cycle was not refused. */
  get ready(): boolean {
    return this.#watch.lag !== undefined && !this.#retrying;
  }

  async start(project: (records: readonly LogRecord[]) => Promise<void>): Promise<void> {
    const { consumer, topics, positions, bounds, reportMissing, onBatch, onRetry, onFatal } = this.#parts;
    const lane = new LaneConsumer({
      consumer,
      topics,
      positions,
      bounds,
      reportMissing,
      concurrency,
      onFatal,
      gatherer: this.#gatherer,
      onAssigned: (partitions) => this.#watch.assigned(partitions),
    });
    this.#consumer = lane;
    this.#loop = new ProjectionLoop({
      gatherer: this.#gatherer,
      project,
      positions,
      commit: (next) => lane.commit(next),
      onProgress: (batch) => {
        this.#retrying = false;
        this.#watch.progressed();
        onBatch(batch);
      },
      onRetry: (error, attempt) => {
        this.#retrying = true;
        onRetry(error, attempt);
      },
    });
    this.#loop.start(onFatal);
    await lane.start();
    this.#watch.start();
  }

  async stop(): Promise<void> {
    this.#watch.stop();
    await this.#loop?.stop();
    await this.#consumer?.stop();
  }
}
