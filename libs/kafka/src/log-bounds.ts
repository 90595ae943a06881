import { type Admin } from 'kafkajs';

/** What a partition holds now: offsets `low` (inclusive) to `high` (exclusive; the next offset to be given). */
export interface LogBounds {
  readonly topic: string;
  readonly partition: number;
  readonly low: bigint;
  readonly high: bigint;
}

export async function logBounds(admin: Admin, topic: string): Promise<LogBounds[]> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets
    .map(({ partition, low, high }) => ({ topic, partition, low: BigInt(low), high: BigInt(high) }))
    .sort((a, b) => a.partition - b.partition);
}

export type PositionVerdict =
  | { readonly status: 'ok' }
  /** Records between `expected` and the log's start are gone: they can never be read here. */
  | { readonly status: 'log_start_beyond'; readonly expected: bigint; readonly low: bigint }
  /** The log is shorter than what was already read: it was truncated, or it is another log under the same name. */
  | { readonly status: 'log_shorter'; readonly expected: bigint; readonly high: bigint };

/**
 * To be asked before consuming and whenever a batch starts at another offset than expected, since kafkajs answers an
 * offset out of range by resetting in silence.
 */
export function checkPosition(expected: bigint, bounds: Pick<LogBounds, 'low' | 'high'>): PositionVerdict {
  if (expected < bounds.low) return { status: 'log_start_beyond', expected, low: bounds.low };
  if (expected > bounds.high) return { status: 'log_shorter', expected, high: bounds.high };
  return { status: 'ok' };
}
