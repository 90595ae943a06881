import { type SortKey, compareSortKeys } from './sort-key.ts';

/** What is known about an event's time. */
export interface TimedRow {
  readonly occurred_at: number;
  readonly stream_id: string;
  readonly time_basis: string;
  readonly time_precision_us: number;
}

/** A time that a clock did not give to the microsecond. */
export const isCoarse = ({
  time_basis,
  time_precision_us,
}: Pick<TimedRow, 'time_basis' | 'time_precision_us'>): boolean => time_basis === 'assigned' || time_precision_us > 1;

interface Instant {
  readonly occurred_at: number;
  readonly stream_id: string;
  readonly precision_us: number;
  readonly coarse: boolean;
}

export const instantOf = (row: TimedRow): Instant => ({
  occurred_at: row.occurred_at,
  stream_id: row.stream_id,
  precision_us: Math.max(row.time_precision_us, 1),
  coarse: isCoarse(row),
});

/**
 * Whether two neighbours of a list could as well stand the other way round. A time of precision p means the interval
 * [t, t + p), and within one stream the numbers decide, so only intervals of two streams that overlap leave the order
 * open.
 */
export function tied(one: Instant, other: Instant): boolean {
  if (one.stream_id === other.stream_id || !(one.coarse || other.coarse)) return false;
  const [first, second] = one.occurred_at <= other.occurred_at ? [one, other] : [other, one];
  return second.occurred_at < first.occurred_at + first.precision_us;
}

/** How far a source's clock may be ahead of the collector's before its times are doubted. */
const AHEAD_US = 10 * 60 * 1_000_000;

/** It happened, by its source's clock, well after it was observed: the clock is ahead, and its place is not certain. */
export const isAhead = (occurredUs: number, observedUs: number): boolean => occurredUs > observedUs + AHEAD_US;

/** The clock contradicts the causation: the cause stands after its effect. */
export const contradicts = (row: SortKey, cause: SortKey | undefined): boolean =>
  cause !== undefined && compareSortKeys(cause, row) > 0;
