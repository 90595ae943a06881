/** Bounds on the work one mapping may cause. Reaching one is a finding that the caller sees, never a silent cut. */
export const limits = {
  /** Matches of one path: beyond that the record is refused. */
  pathMatches: 1_000,
  /** Events of one run. A transcript of 10,000 messages with a call each stays below. */
  eventsPerRecord: 50_000,
  /** Events that the rules of one tool call compose (`emit` times `for_each`). */
  emitsPerCall: 200,
  messagesPerRecord: 10_000,
  callsPerMessage: 200,
  /** Object references on one event. */
  objectsPerEvent: 100,
  /** A run id; event ids append to it and must stay within the 200 characters that the log takes. */
  runIdChars: 120,
  /** UTF-16 units per inline content; the collector refuses bodies over 512 KiB, and a unit is at most 3 bytes. */
  contentUnits: 150_000,
  mappingFileChars: 1_000_000,
} as const;
