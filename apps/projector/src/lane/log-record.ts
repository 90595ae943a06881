/** A record as the log hands it out. */
export interface LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly timestamp_ms: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export const partitionName = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** The first offset behind the records, per partition, with the broker time of the last one. */
export interface NextOffset extends TopicPartition {
  readonly next_offset: bigint;
  readonly last_timestamp_ms: number;
}

export function nextOffsets(records: readonly LogRecord[]): NextOffset[] {
  const next = new Map<string, NextOffset>();
  for (const { topic, partition, offset, timestamp_ms } of records) {
    next.set(partitionName({ topic, partition }), {
      topic,
      partition,
      next_offset: offset + 1n,
      last_timestamp_ms: timestamp_ms,
    });
  }
  return [...next.values()];
}
