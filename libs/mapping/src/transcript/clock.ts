import { formatTime } from '@affidavit/audit-model';
import { type CompiledTime } from '../compile/compile-mapping.ts';
import { type ReadTime, readDateTime, readEpoch } from '../expression/date-time.ts';
import { type Scope } from '../expression/scope.ts';
import { type CompiledValue } from '../expression/value.ts';
import { isScalar, type JsonValue } from '../json-value.ts';
import { RecordError } from '../record-error.ts';
import { type TimeBasis } from '../wire-event.ts';

export interface Stamp {
  readonly occurred_at: string;
  readonly time_basis: TimeBasis;
  readonly time_precision_us: number;
}

const DEFAULT_STEP_MS = 1_000;

/**
 * Times of one run. Basis `assigned`: each event one step after the one before, marked as assigned. Basis `source`:
 * the time its message has; a message without one takes the last known time, marked as assigned.
 */
export class RunClock {
  /** Times in the source that named no offset and were read in `zone` (UTC when the mapping names none). */
  withoutOffset = 0;
  private readonly time: CompiledTime;
  private at: number | undefined;
  private basis: TimeBasis = 'assigned';
  private precision: number;

  constructor(time: CompiledTime, startMicros: number | undefined) {
    this.time = time;
    this.at = startMicros;
    this.precision = time.precision_us ?? this.stepMicros;
  }

  /** Where the next event would stand: the next run's start when runs follow each other. */
  get position(): number | undefined {
    return this.at;
  }

  get hasSourceTime(): boolean {
    return this.basis === 'source';
  }

  /** Moves to the time of a message, when the source has one. */
  enter(scope: Scope): void {
    if (this.time.basis !== 'source' || this.time.path === undefined) return;
    const value = this.time.path.matches(scope).find((each) => each !== null);
    this.moveTo(value);
  }

  /** Moves to the time an expression names, such as `run.started_at`. */
  enterAt(value: CompiledValue | undefined, scope: Scope): void {
    if (value !== undefined && this.time.basis === 'source') this.moveTo(value(scope)[0]);
  }

  stamp(): Stamp {
    if (this.at === undefined)
      throw new RecordError('start_time_missing', 'neither the record nor --start says when the run began');
    const stamp = { occurred_at: formatTime(this.at), time_basis: this.basis, time_precision_us: this.precision };
    if (this.time.basis !== 'source') this.at += this.stepMicros;
    return stamp;
  }

  private get stepMicros(): number {
    return (this.time.step_ms ?? DEFAULT_STEP_MS) * 1_000;
  }

  /** The time that an expression names, without moving there. */
  read(value: CompiledValue, scope: Scope): number | undefined {
    const first = value(scope)[0];
    return isScalar(first) && typeof first !== 'boolean' ? readTime(first, this.time)?.micros : undefined;
  }

  private moveTo(value: JsonValue | undefined): void {
    const read = isScalar(value) && typeof value !== 'boolean' ? readTime(value, this.time) : undefined;
    if (read === undefined) {
      this.basis = 'assigned';
      return;
    }
    if (!read.hasOffset) this.withoutOffset += 1;
    this.at = read.micros;
    this.basis = 'source';
    this.precision = this.time.precision_us ?? read.precision_us;
  }
}

/** Text is a date and time; numbers, and text of digits, are since 1970 in `unit`, else by their size. */
export function readTime(value: string | number, time: Pick<CompiledTime, 'unit' | 'zone'>): ReadTime | undefined {
  const digits = typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value.trim());
  if (digits) return readDateTime(value, time.zone);
  const size = Math.abs(Number(value));
  return readEpoch(value, time.unit ?? (size < 1e11 ? 's' : size < 1e14 ? 'ms' : 'us'));
}
