import { type StreamNumbers } from '@affidavit/intake';
import { type IngestMetrics } from '../ingest/ingest-metrics.ts';
import { type MakeOwnEvent, type OwnEvent } from './own-event.ts';
import { type OwnEventSource } from './own-events.ts';

export interface LifeParts {
  readonly make: MakeOwnEvent;
  readonly tenant_id: string;
  readonly version: string;
  readonly instance_id: string;
  readonly boot_id: string;
  readonly heartbeat_ms: number;
  readonly metrics: IngestMetrics;
  readonly numbers: StreamNumbers;
  /**
   * The collector's own stream: it ends with `collector.stopped`, since nothing can come after the event that closes
   * it.
   */
  readonly ownStream: string;
}

/** What the collector says about its own life. Silence after a heartbeat is a gap. */
export class Life implements OwnEventSource {
  readonly #parts: LifeParts;
  #lastBeat: number;

  constructor(parts: LifeParts, now = performance.now()) {
    this.#parts = parts;
    this.#lastBeat = now;
  }

  started(): OwnEvent {
    return this.#make('collector.started', { version: this.#parts.version });
  }

  streamOpened(tenantId: string, streamId: string): OwnEvent {
    return this.#parts.make({ event_type: 'stream.opened', tenant_id: tenantId, gap: { stream_id: streamId } });
  }

  /** Every stream with its last number, then the collector itself. */
  ended(): readonly OwnEvent[] {
    const streams = this.#parts.numbers.list().filter(({ stream_id }) => stream_id !== this.#parts.ownStream);
    const closed = streams.map(({ tenant_id, stream_id, seq }) =>
      this.#parts.make({ event_type: 'stream.closed', tenant_id, gap: { stream_id, from_seq: 1, to_seq: seq } }),
    );
    return [...closed, this.#make('collector.stopped', this.#counts())];
  }

  /** One heartbeat when it is due, however many were missed: the newest says it all. */
  take(now = performance.now()): readonly OwnEvent[] {
    if (now - this.#lastBeat < this.#parts.heartbeat_ms) return [];
    this.#lastBeat = now;
    return [
      this.#make('collector.heartbeat', { ...this.#counts(), streams: String(this.#parts.numbers.list().length) }),
    ];
  }

  giveBack(events: readonly OwnEvent[]): void {
    if (events.length > 0) this.#lastBeat -= this.#parts.heartbeat_ms;
  }

  #counts(): Readonly<Record<string, string>> {
    const { accepted, rejected } = this.#parts.metrics.totals;
    return { accepted: String(accepted), rejected: String(rejected) };
  }

  #make(
    event_type: 'collector.started' | 'collector.heartbeat' | 'collector.stopped',
    details: Readonly<Record<string, string>>,
  ): OwnEvent {
    const { instance_id, boot_id, tenant_id, make } = this.#parts;
    return make({ event_type, tenant_id, details: { instance_id, boot_id, ...details } });
  }
}
