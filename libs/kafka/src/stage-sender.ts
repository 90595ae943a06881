import { hash } from 'node:crypto';
import { AffidavitError } from '@affidavit/audit-model';
import { type LogItem } from '@affidavit/intake';
import { type BatchingSettings } from './batching-settings.ts';
import { TooLargeForLog, type LogTransport, type OutgoingRecord, type Placed } from './log-transport.ts';
import { partitionOf } from './murmur2.ts';
import { type PendingAppend } from './pending-append.ts';

/** A stamped record and whose it is. */
interface Stamped {
  readonly owner: PendingAppend;
  readonly item: LogItem;
  readonly stage: number;
  readonly index: number;
  readonly record: OutgoingRecord;
}

/** Brings gathered appends into the log: stage by stage, one send after the other, each send within its limits. */
export class StageSender {
  readonly #transport: LogTransport;
  readonly #settings: BatchingSettings;

  constructor(transport: LogTransport, settings: BatchingSettings) {
    this.#transport = transport;
    this.#settings = settings;
  }

  /** Never throws: every append settles, with its places or with the error. */
  async send(appends: readonly PendingAppend[]): Promise<void> {
    try {
      const stages = Math.max(...appends.map((append) => append.stages.length), 0);
      for (let stage = 0; stage < stages; stage += 1) await this.#sendStage(appends, stage);
    } catch (error) {
      // Unknown to us whether the records of the failed send are stored: the whole append is not accepted.
      for (const append of appends) settle(append, 'the log did not acknowledge', error);
      return;
    }
    for (const append of appends) settle(append, 'records were left without an answer');
  }

  async #sendStage(appends: readonly PendingAppend[], stage: number): Promise<void> {
    let batch: Stamped[] = [];
    let bytes = 0;
    // Asked once a topic and stage, not once a record: a record is stamped without waiting.
    const known = new Map<string, number>();
    for (const owner of appends) {
      for (const [index, item] of (owner.stages[stage] ?? []).entries()) {
        const partitions = known.get(item.topic) ?? (await this.#transport.partitionCount(item.topic));
        if (partitions !== undefined) known.set(item.topic, partitions);
        const stamped = this.#stamp(owner, item, stage, index, partitions);
        if (stamped === undefined) break;
        const size = sizeOf(stamped.record);
        if (batch.length >= this.#settings.max_send_records || bytes + size > this.#settings.max_send_bytes) {
          await this.#flush(batch);
          batch = [];
          bytes = 0;
        }
        batch.push(stamped);
        bytes += size;
      }
    }
    await this.#flush(batch);
  }

  /** Undefined when the append has failed, before or here: its remaining items take no number. */
  #stamp(
    owner: PendingAppend,
    item: LogItem,
    stage: number,
    index: number,
    partitions: number | undefined,
  ): Stamped | undefined {
    if (owner.settled) return undefined;
    if (partitions === undefined) {
      owner.fail(
        new AffidavitError('topic_unknown', `the log has no topic ${item.topic}`, { detail: { topic: item.topic } }),
      );
      return undefined;
    }
    const value = stampOrFail(owner, item);
    if (value === undefined) return undefined;
    const record = { topic: item.topic, partition: partitionOf(item.key, partitions), key: item.key, value };
    if (sizeOf(record) <= this.#settings.max_send_bytes) return { owner, item, stage, index, record };
    owner.fail(tooLarge({ stage, index, size_bytes: value.length }));
    return undefined;
  }

  async #flush(batch: readonly Stamped[]): Promise<void> {
    if (batch.length === 0) return;
    // Hashed before the send, while the bytes are certainly the ones that were stamped.
    const hashes = batch.map(({ record }) => hash('sha256', record.value, 'hex'));
    let places: Placed[];
    try {
      places = await this.#transport.send(batch.map(({ record }) => record));
    } catch (error) {
      if (!(error instanceof TooLargeForLog)) throw error;
      await this.#splitRefused(batch, error);
      return;
    }
    for (const [at, { owner, item, stage, index, record }] of batch.entries()) {
      const { topic, partition } = record;
      owner.acknowledged(item, stage, index, { topic, partition, ...places[at]!, record_hash: hashes[at]! });
    }
  }

  /** The log takes less than we assumed (`max.message.bytes`): halves, down to the one record that is too large. */
  async #splitRefused(batch: readonly Stamped[], error: TooLargeForLog): Promise<void> {
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) {
      const { owner, stage, index, record } = only;
      if (!owner.settled) owner.fail(tooLarge({ stage, index, size_bytes: record.value.length }, error));
      return;
    }
    const middle = batch.length >> 1;
    await this.#flush(batch.slice(0, middle));
    await this.#flush(batch.slice(middle));
  }
}

function stampOrFail(owner: PendingAppend, item: LogItem): Uint8Array | undefined {
  try {
    const value = item.stamp();
    owner.stamped(item);
    return value;
  } catch (cause) {
    owner.fail(
      cause instanceof AffidavitError
        ? cause
        : new AffidavitError('stamp_failed', 'a record could not be encoded', { cause }),
    );
    return undefined;
  }
}

/** The error is made only where there is one: its stack costs more than the append. */
function settle(append: PendingAppend, message: string, cause?: unknown): void {
  if (append.settled) return;
  if (append.complete) append.succeed();
  else append.fail(new AffidavitError('log_unavailable', message, { retryable: true, cause }));
}

function tooLarge(detail: { stage: number; index: number; size_bytes: number }, cause?: unknown): AffidavitError {
  return new AffidavitError('record_too_large', `a record of ${detail.size_bytes} bytes is too large for the log`, {
    detail,
    cause,
  });
}

function sizeOf(record: OutgoingRecord): number {
  // Varints, lengths and the record's attributes take less than this.
  return record.key.length + record.value.length + 32;
}
