/** Where a record lies in Kafka: what tells two copies of one event apart. */
export interface LogPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** The order of every list: by time, then by numbered stream. `event_id` makes it total over events. */
export interface SortKey {
  /** Microseconds since 1970. */
  readonly occurred_at: number;
  readonly stream_id: string;
  readonly seq: number;
  readonly event_id: string;
}

/**
 * One line of a timeline table, as narrow as paging needs it: the table's whole sort key and what the order's certainty
 * needs.
 */
export interface KeyRow extends SortKey, LogPosition {
  /** What the event is known by: its connector and its id. */
  readonly event_key: string;
  /** In which role the entity stands on the event; empty where a list has no entity. */
  readonly role: string;
  /** By which way the event is in a list that follows links; lists that follow none do not say. */
  readonly through?: string;
  readonly time_basis: string;
  readonly time_precision_us: number;
}

export type Direction = 'asc' | 'desc';

export const positionText = ({ topic, partition, offset }: LogPosition): string => `${topic}/${partition}/${offset}`;

export const sameSortKey = (a: SortKey, b: SortKey): boolean =>
  a.event_id === b.event_id && a.seq === b.seq && a.stream_id === b.stream_id && a.occurred_at === b.occurred_at;

/** Compares as ClickHouse does: strings by their UTF-8 bytes, which differs from JavaScript's order beyond the BMP. */
export function compareSortKeys(a: SortKey, b: SortKey): number {
  return (
    a.occurred_at - b.occurred_at ||
    compareText(a.stream_id, b.stream_id) ||
    a.seq - b.seq ||
    compareText(a.event_id, b.event_id)
  );
}

export const compareText = (a: string, b: string): number =>
  a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
