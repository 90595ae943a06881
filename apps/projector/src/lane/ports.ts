import { type Hole } from './cursor.ts';
import { type LogRecord, type NextOffset, type TopicPartition } from './log-record.ts';

/**
 * Brings records into tables. When `project` returns, every record is in its table, or acknowledged as a dead letter,
 * or known to need neither (an erased body). When it throws, any part may be done: it will be called again with the
 * same records, in this process or the next, and MUST bear that.
 */
export interface RecordSink {
  project(records: readonly LogRecord[]): Promise<void>;
}

/**
 * The truth about where a generation stands. `write` is called after `project` returned; what it holds never moves
 * back. A lost `write` only means that records are projected again.
 */
export interface PositionStore {
  read(): Promise<readonly NextOffset[]>;
  write(positions: readonly NextOffset[]): Promise<void>;
}

/** Where a partition of the log ended when Kafka was asked. */
export interface LogEnd extends TopicPartition {
  readonly high_watermark: bigint;
  readonly looked_at_ms: number;
}

/**
 * Tells readers where the log ends. Best effort: a lost one makes them say that they do not know, and the next look
 * writes again.
 */
export type KeepEnds = (ends: readonly LogEnd[]) => Promise<void>;

/**
 * Something that cannot be projected and says so for good. When `write` returns, the log has acknowledged all of them.
 */
export interface DeadLetterPort {
  write(letters: readonly UnprojectableRecord[]): Promise<void>;
}

export interface UnprojectableRecord {
  readonly record: LogRecord;
  /** From the closed list of error codes. */
  readonly code: string;
  /** Without content: codes, sizes, positions. */
  readonly reason: string;
}

/**
 * Says in the log that offsets are missing: `log_truncated` before its start, `offset_missing` inside it. When it
 * returns, that is acknowledged.
 */
export type ReportMissing = (code: 'log_truncated' | 'offset_missing', at: TopicPartition, hole: Hole) => Promise<void>;
