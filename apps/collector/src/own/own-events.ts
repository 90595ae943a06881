import { type Log } from '@affidavit/service-kit';
import { deliver, type DeliveryParts, type LostEvent } from './deliver.ts';
import { type OwnEvent } from './own-event.ts';

/**
 * Something that has events to tell when the log takes them: what it folds meanwhile stays small however long the log
 * is away. `take` hands over, `giveBack` returns what did not get through. Both MUST be synchronous and MUST NOT throw.
 */
export interface OwnEventSource {
  take(): readonly OwnEvent[];
  giveBack(events: readonly OwnEvent[]): void;
}

export interface OwnEventsParts extends DeliveryParts {
  readonly sources: readonly OwnEventSource[];
  readonly log: Log;
  /** Told of what is given up, so that the record says it in another way. MUST NOT throw. */
  readonly onLost: (event: OwnEvent, code: string) => void;
  readonly tickMs?: number;
}

const MAX_QUEUE = 5_000;
const MAX_BATCH = 200;
const MAX_BACKOFF_MS = 10_000;

type Sent = 'nothing' | 'sent' | 'again';

/**
 * Brings the collector's own events into the log, however often it takes: started, streams, gaps, refusals, heartbeats.
 * One that no further try would bring there is given up and said, so that those behind it go on.
 */
export class OwnEvents {
  readonly #parts: OwnEventsParts;
  readonly #queue: OwnEvent[] = [];
  readonly #tickMs: number;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<Sent> | undefined;
  #failures = 0;
  #closed = false;

  constructor(parts: OwnEventsParts) {
    this.#parts = parts;
    this.#tickMs = parts.tickMs ?? 1_000;
  }

  /**
   * Never throws. Beyond the bound, which takes thousands of streams during an outage, only the loss is kept, folded.
   */
  emit(event: OwnEvent): void {
    if (this.#queue.length >= MAX_QUEUE) return this.#giveUp({ event, code: 'log_full', path: '', error: undefined });
    this.#queue.push(event);
    if (this.#failures === 0) this.#schedule(0);
  }

  start(): void {
    this.#schedule(0);
  }

  /**
   * Sends what there is, within the bound; afterwards nothing is sent any more. Answers whether all of it got through.
   */
  async close(withinMs: number): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#closed = true;
    const deadline = Date.now() + withinMs;
    for (;;) {
      await this.#sending;
      const sent = await this.#send();
      if (sent === 'nothing') return true;
      if (Date.now() >= deadline) return sent === 'sent' && this.#queue.length === 0;
      if (sent === 'again') await new Promise((resolve) => setTimeout(resolve, 100));
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
      this.#failures = sent === 'again' ? this.#failures + 1 : 0;
    }
    const again =
      this.#failures === 0 && this.#queue.length > 0
        ? 0
        : Math.min(this.#tickMs * 2 ** Math.min(this.#failures, 10), MAX_BACKOFF_MS);
    this.#schedule(again);
  }

  #send(): Promise<Sent> {
    this.#sending = this.#sendOnce().finally(() => (this.#sending = undefined));
    return this.#sending;
  }

  async #sendOnce(): Promise<Sent> {
    const queued = this.#queue.splice(0, MAX_BATCH);
    const taken = this.#parts.sources.map((source) => ({ source, events: source.take() }));
    const events = [...queued, ...taken.flatMap((one) => one.events)];
    if (events.length === 0) return 'nothing';
    const { again, lost } = await deliver(events, this.#parts);
    for (const one of lost) this.#giveUp(one);
    if (again.length === 0) return 'sent';
    const left = new Set(again);
    this.#queue.unshift(...queued.filter((event) => left.has(event)));
    for (const { source, events: of } of taken) source.giveBack(of.filter((event) => left.has(event)));
    return 'again';
  }

  #giveUp({ event, code, path, error }: LostEvent): void {
    this.#parts.log.error('own event lost', { kind: event.event_type, code, ...(path !== '' && { path }) }, error);
    this.#parts.onLost(event, code);
  }
}
