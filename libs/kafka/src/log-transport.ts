/** One record as it goes over the wire; the partition is decided before, so a retry cannot move it. */
export interface OutgoingRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

export interface Placed {
  readonly offset: bigint;
  readonly timestamp_ms: number | null;
}

/**
 * What the batching writer needs of a log; Kafka in production, memory in unit tests.
 * The writer MUST NOT call `send` again before the previous call settled: one outstanding send per producer is what
 * keeps acknowledged records from being lost (see README).
 */
export interface LogTransport {
  /** Undefined when there is no such topic. Throws when the log is away. The answer never changes for a topic. */
  partitionCount(topic: string): Promise<number | undefined>;
  /**
   * When it returns, every in-sync replica has every record, in the given order per partition. When it throws, any of
   * them may be stored. It MUST settle within a bound of its own. Throws `TooLargeForLog` if the log refused the size.
   */
  send(records: readonly OutgoingRecord[]): Promise<Placed[]>;
  close(): Promise<void>;
}

/** The log refused a batch for its size; whoever sent several records must split to find the offender. */
export class TooLargeForLog extends Error {
  constructor(cause: unknown) {
    super('the log refused the batch for its size', { cause });
    this.name = 'TooLargeForLog';
  }
}
