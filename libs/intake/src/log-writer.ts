/**
 * The port through which everything reaches the log. Owned here, because the pipeline's promises (a receipt means
 * durable, content before the event that names it) rest on what holds when `append` returns.
 */

/** One record on its way into the log. */
export interface LogItem {
  readonly topic: string;
  /** Kafka key: utf8(tenant_id) 0x00 utf8(run_key). It decides the partition (murmur2) and MUST NOT be empty. */
  readonly key: Uint8Array;
  /** What the queue is charged for before the bytes exist. Left out, a small event is assumed. */
  readonly approximate_bytes?: number;
  /**
   * Numbers and encodes the record. The writer MUST call it at most once, in the order in which the records of a
   * stream are sent, right before the send: an item that is refused before that takes no number.
   */
  stamp(): Uint8Array;
  /**
   * The writer MUST call it exactly once for every stamped item that was not acknowledged before its `append` settled:
   * the number is burnt. The record may be in the log nevertheless (its acknowledgement was lost or late), so this is
   * a gap of kind not_acknowledged, never a proof of absence. MUST NOT throw.
   */
  notAcknowledged?(): void;
}

/** Where a record is. `record_hash` is the SHA-256 (lower hex) of the whole Kafka value, wire header included. */
export interface Appended {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Kafka's LogAppendTime; null when the topic keeps the producer's time instead. */
  readonly timestamp_ms: number | null;
  readonly record_hash: string;
}

/**
 * Errors of `append`, all `AffidavitError`:
 * - `log_full` (retryable): the bounded queue has no room; nothing was stamped.
 * - `log_unavailable` (retryable): not acknowledged within the writer's bound. Some records may be in the log.
 * - `record_too_large` (not retryable), `detail: {stage, index, size_bytes}`: only the append that holds the record
 * fails.
 * - `topic_unknown` (not retryable), `detail: {topic}`: the log has no such topic.
 * - `shutting_down` (retryable): the writer is shutting down.
 * A caller that wants one bad record not to fail its neighbours gives each its own `append`: appends made in the same
 * tick are sent in the order of the calls and share one batch.
 */
export interface LogWriter {
  /**
   * Appends the stages of one request: every item of stage n is acknowledged before any of stage n + 1 is sent, so
   * content is durable before the event that names it. When it returns, every in-sync replica has every record, and
   * the answer has the shape of the argument. When it throws, none, some or all records may be in the log: the caller
   * MUST treat the whole request as not accepted; sending it again is safe for records with an `event_id`.
   */
  append(stages: LogItem[][]): Promise<Appended[][]>;
  /** Sends what is queued (within the writer's bound), refuses what comes after, releases the connection. */
  close(): Promise<void>;
}
