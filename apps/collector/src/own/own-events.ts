import { AffidavitError } from '@affidavit/audit-model';
import { type IntakePorts, type ReadItem, runIntake } from '@affidavit/intake';
import { type Log } from '@affidavit/service-kit';
import { type RecordWriter } from '../log/record-writer.ts';
import { OWN_SENDER, type OwnEvent } from './own-event.ts';

/**
 * Something that has events to tell when the log takes them: what it folds meanwhile stays small however long the log is
 * away. `take` hands over, `giveBack` returns what did not get through. Both MUST be synchronous and MUST NOT throw.
 */
export interface OwnEventSource {
  take(): readonly OwnEvent[];
  giveBack(events: readonly OwnEvent[]): void;
}

export interface OwnEventsParts {
  readonly ports: IntakePorts;
  readonly writer: RecordWriter;
  readonly sources: readonly OwnEventSource[];
  readonly log: Log;
  readonly tickMs?: number;
}

const MAX_QUEUE = 5_000;
const MAX_BATCH = 200;
const MAX_BACKOFF_MS = 10_000;

/** Brings the collector's own events into the log, however often it takes: started, streams, gaps, refusals, heartbeats. */
export class OwnEvents {
  readonly #parts: OwnEventsParts;
  readonly #queue: OwnEvent[] = [];
  readonly #tickMs: number;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<boolean> | undefined;
  #failures = 0;
  #closed = false;

  constructor(parts: OwnEventsParts) {
    this.#parts = parts;
    this.#tickMs = parts.tickMs ?? 1_000;
  }

  /** Never throws. Beyond the bound, which takes thousands of streams during an outage, the log file has the loss. */
  emit(event: OwnEvent): void {
    if (this.#queue.length >= MAX_QUEUE) return this.#parts.log.error('own event lost: the queue is full', { kind: event.event_type });
    this.#queue.push(event);
    if (this.#failures === 0) this.#schedule(0);
  }

  start(): void {
    this.#schedule(0);
  }

  /** Sends what there is, within the bound; afterwards nothing is sent any more. Answers whether all of it got through. */
  async close(withinMs: number): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#closed = true;
    const deadline = Date.now() + withinMs;
    for (;;) {
      await this.#sending;
      const sent = await this.#send();
      if (sent && this.#queue.length === 0) return true;
      if (Date.now() >= deadline) return false;
      if (!sent) await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  #schedule(delayMs: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#pump(), delayMs);
  }

  async #pump(): Promise<void> {
    if (this.#sending === undefined) {
      const sent = await this.#send();
      this.#failures = sent ? 0 : this.#failures + 1;
    }
    const again = this.#failures === 0 && this.#queue.length > 0 ? 0 : Math.min(this.#tickMs * 2 ** Math.min(this.#failures, 10), MAX_BACKOFF_MS);
    this.#schedule(again);
  }

  #send(): Promise<boolean> {
    this.#sending = this.#sendOnce().finally(() => (this.#sending = undefined));
    return this.#sending;
  }

  async #sendOnce(): Promise<boolean> {
    const queued = this.#queue.splice(0, MAX_BATCH);
    const taken = this.#parts.sources.map((source) => ({ source, events: source.take() }));
    const events = [...queued, ...taken.flatMap((one) => one.events)];
    if (events.length === 0) return true;
    try {
      await this.#append(events);
      return true;
    } catch (error) {
      this.#queue.unshift(...queued);
      for (const { source, events: back } of taken) source.giveBack(back);
      if (!(error instanceof AffidavitError && error.retryable)) this.#parts.log.error('own events did not get through', { count: events.length }, error);
      return false;
    }
  }

  async #append(events: readonly OwnEvent[]): Promise<void> {
    const items = events.map((value): ReadItem => ({ status: 'read', value }));
    const outcomes = await runIntake(items, OWN_SENDER, this.#parts.ports);
    const planned = outcomes.flatMap((outcome) => {
      if (outcome.status === 'accepted') return [outcome.event];
      // Our own event against our own contract: a defect, and trying again would not mend it.
      this.#parts.log.error('own event refused', { kind: outcome.event_type, code: outcome.refusal.code, path: outcome.refusal.path });
      return [];
    });
    if (planned.length > 0) await this.#parts.writer.events(planned);
  }
}
