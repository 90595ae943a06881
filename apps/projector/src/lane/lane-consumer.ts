import { AffidavitError } from '@affidavit/audit-model';
import { checkPosition, type LogBounds } from '@affidavit/kafka';
import { type Consumer, type EachBatchPayload } from 'kafkajs';
import { PartitionCursor, stopReason } from './cursor.ts';
import { type Gatherer } from './gatherer.ts';
import { type LogRecord, type NextOffset, partitionName, type TopicPartition } from './log-record.ts';
import { type PositionStore, type ReportMissing } from './ports.ts';
import { pause } from './retry.ts';

export interface LaneConsumerParts {
  readonly consumer: Consumer;
  readonly topics: readonly string[];
  readonly gatherer: Gatherer;
  readonly positions: PositionStore;
  readonly bounds: (topic: string) => Promise<LogBounds[]>;
  readonly reportMissing: ReportMissing;
  /** Partitions consumed side by side; all of a lane, so that a batch gathers from every one. */
  readonly concurrency: number;
  readonly onFatal: (error: unknown) => void;
  readonly onAssigned: (partitions: readonly TopicPartition[]) => void;
}

const heartbeatEveryMs = 3_000;
const maxRestarts = 20;
const restartWindowMs = 600_000;

/**
 * One kafkajs consumer of a lane. Where a partition goes on is read from the generation's own table after each
 * assignment, and never left to kafkajs or to committed offsets; a log that no longer holds that offset stops the
 * projector.
 */
export class LaneConsumer {
  readonly #parts: LaneConsumerParts;
  #assignment = new Map<string, Promise<PartitionCursor>>();
  #positions: Promise<readonly NextOffset[]> | undefined;
  #stopping = false;
  readonly #crashes: number[] = [];

  constructor(parts: LaneConsumerParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { consumer, topics, concurrency } = this.#parts;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.#assigned(payload.memberAssignment));
    consumer.on(consumer.events.CRASH, ({ payload }) => this.#crashed(payload.error, payload.restart));
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: concurrency,
      eachBatch: async (payload) => {
        try {
          await this.#batch(payload);
        } catch (error) {
          this.#judge(error);
          // kafkajs joins again or reads again; both begin with the position of the table.
          this.#forget(payload.batch);
          throw error;
        }
      },
    });
  }

  /** Tells Kafka's tools where the group stands. */
  async commit(positions: readonly NextOffset[]): Promise<void> {
    await this.#parts.consumer.commitOffsets(
      positions.map(({ topic, partition, next_offset }) => ({ topic, partition, offset: next_offset.toString() })),
    );
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#parts.gatherer.clear();
    await this.#parts.consumer.disconnect();
  }

  #assigned(assignment: Readonly<Record<string, readonly number[]>>): void {
    // What is buffered may belong to another member now; it is read again, from the table's position.
    this.#assignment = new Map();
    this.#positions = undefined;
    this.#parts.gatherer.clear();
    const partitions = Object.entries(assignment).flatMap(([topic, own]) =>
      own.map((partition) => ({ topic, partition })),
    );
    this.#parts.onAssigned(partitions);
    // Looked at now, since a partition whose log was cut may never hand out a batch that would show it.
    for (const at of partitions) this.#cursor(at).catch((error: unknown) => this.#judge(error));
  }

  #forget(at: TopicPartition): void {
    this.#positions = undefined;
    this.#assignment.delete(partitionName(at));
  }

  /**
   * What will not pass by itself stops the projector; the rest is tried again by kafkajs, from the table's position.
   */
  #judge(error: unknown): void {
    if (!this.#stopping && error instanceof AffidavitError && !error.retryable) this.#parts.onFatal(error);
  }

  #crashed(error: Error, restart: boolean): void {
    if (this.#stopping) return;
    const now = Date.now();
    this.#crashes.push(now);
    const recent = this.#crashes.filter((at) => now - at < restartWindowMs).length;
    if (!restart || recent > maxRestarts)
      this.#parts.onFatal(new AffidavitError('consumer_crashed', 'the Kafka consumer stopped', { cause: error }));
  }

  async #batch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    if (this.#stopping || !payload.isRunning() || payload.isStale()) return;
    const assignment = this.#assignment;
    const at = { topic: batch.topic, partition: batch.partition };
    const cursor = await this.#cursor(at);
    const records = batch.messages.map((message): LogRecord => ({
      ...at,
      offset: BigInt(message.offset),
      timestamp_ms: Number(message.timestamp),
      key: message.key,
      value: message.value,
    }));
    if (assignment !== this.#assignment) return;
    const step = cursor.step(records.map(({ offset }) => offset));
    if (step.status === 'seek') {
      await this.#verify(at, step.offset);
      this.#parts.consumer.seek({ ...at, offset: step.offset.toString() });
      return;
    }
    for (const hole of step.holes) await this.#parts.reportMissing('offset_missing', at, hole);
    // Nothing may be awaited between here and the offer: after a rebalance the buffer was emptied, and these records
    // would stand behind a hole.
    if (assignment !== this.#assignment) return;
    await this.#offer(records, () => payload.heartbeat());
    // Moves the fetch position only: records count as projected once the table says so.
    if (assignment === this.#assignment) payload.resolveOffset(batch.lastOffset());
  }

  /** Waits until the buffer takes the records, and keeps the membership alive meanwhile. */
  async #offer(records: readonly LogRecord[], heartbeat: () => Promise<void>): Promise<void> {
    const done = new AbortController();
    const accepted = this.#parts.gatherer.offer(records).finally(() => done.abort());
    while (!done.signal.aborted) {
      await pause(heartbeatEveryMs, done.signal);
      if (!done.signal.aborted) await heartbeat();
    }
    await accepted;
  }

  #cursor(at: TopicPartition): Promise<PartitionCursor> {
    const name = partitionName(at);
    const known = this.#assignment.get(name);
    if (known) return known;
    const fresh = this.#readCursor(at);
    this.#assignment.set(name, fresh);
    fresh.catch(() => this.#forget(at));
    return fresh;
  }

  async #readCursor(at: TopicPartition): Promise<PartitionCursor> {
    const positions = await (this.#positions ??= this.#parts.positions.read());
    const found = positions.find(({ topic, partition }) => topic === at.topic && partition === at.partition);
    // Never projected: from the very first record, which the log must still have.
    const next = found?.next_offset ?? 0n;
    await this.#verify(at, next);
    return new PartitionCursor(next);
  }

  async #verify(at: TopicPartition, next: bigint): Promise<void> {
    const bounds = (await this.#parts.bounds(at.topic)).find(({ partition }) => partition === at.partition);
    if (bounds === undefined)
      throw new AffidavitError('log_unavailable', 'the bounds of a partition are not known', {
        retryable: true,
        detail: { ...at },
      });
    const verdict = checkPosition(next, bounds);
    const reason = stopReason(verdict);
    if (reason === undefined) return;
    if (verdict.status === 'log_start_beyond')
      await this.#parts.reportMissing('log_truncated', at, { from: next, to: verdict.low - 1n });
    throw new AffidavitError('log_truncated', `${partitionName(at)}: ${reason}`, { detail: { ...at } });
  }
}
