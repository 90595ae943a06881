/** Every bound of the intake in one place. Array and string limits stand in the JSON Schema of the type. */
export interface IntakeLimits {
  /** Request body, after decompression. */
  readonly body_bytes: number;
  readonly batch_events: number;
  /** Objects and arrays around a value, the event itself included. */
  readonly nesting: number;
  /** One body of content, as received. Above it the event is refused, never cut. */
  readonly content_bytes: number;
  /** One encoded record with its key and overhead: below Kafka's default of 1 MiB. */
  readonly record_bytes: number;
  /**
   * How far `occurred_at` may lie in the future. A clock that is ahead loses no event: what lies more than ten minutes
   * ahead is marked where it is read. Further than this it is a unit mixed up.
   */
  readonly future_us: number;
  /** The earliest `occurred_at`. */
  readonly earliest_us: number;
}

export const defaultLimits: IntakeLimits = {
  body_bytes: 4 * 1024 * 1024,
  batch_events: 1_000,
  nesting: 32,
  content_bytes: 512 * 1024,
  record_bytes: 900_000,
  future_us: 24 * 60 * 60 * 1_000_000,
  earliest_us: Date.UTC(1990, 0, 1) * 1_000,
};
