/** Bounds of the batching writer; every one is a limit that a caller can meet as a typed error, never a silent drop. */
export interface BatchingSettings {
  /** How long the first of a batch waits for company. */
  readonly linger_ms: number;
  /** kafkajs groups a send's messages in quadratic time: 20,000 block the loop for 241 ms, so at most 1,000. */
  readonly max_send_records: number;
  /**
   * Below Kafka's default `max.message.bytes` of 1 MiB with room for batch overhead; a request above it fails whole.
   */
  readonly max_send_bytes: number;
  readonly max_queue_items: number;
  readonly max_queue_bytes: number;
  /** From `append` to its answer, whatever happens. */
  readonly append_timeout_ms: number;
}

export const defaultBatching: BatchingSettings = {
  linger_ms: 3,
  max_send_records: 1_000,
  max_send_bytes: 900_000,
  max_queue_items: 20_000,
  max_queue_bytes: 64 * 1024 * 1024,
  append_timeout_ms: 8_000,
};

/** What an item is charged for in the queue when it does not say: about one event of the catalogue. */
export const assumedItemBytes = 2_048;
