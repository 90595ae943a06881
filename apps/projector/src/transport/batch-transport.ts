import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { type Lane } from '../lane/lane.ts';
import { type LogRecord } from '../lane/log-record.ts';

/** How a batch ended. Nest's own error layer would replace an error that a handler throws by a general one. */
export type BatchOutcome = { readonly status: 'projected' } | { readonly status: 'failed'; readonly error: unknown };

/** What a handler of a lane is called with. */
export interface LaneBatch {
  readonly lane: string;
  readonly records: readonly LogRecord[];
}

/**
 * Kafka in batches for Nest: a handler is registered under a lane's name (`@MessagePattern('events')`) and gets what
 * was gathered over all topics and partitions of that lane. Nest's stock Kafka transport hands over one message at a
 * time, acknowledges what no handler wants, and commits before the work is done.
 */
export class BatchTransport extends Server implements CustomTransportStrategy {
  readonly #lanes: readonly Lane[];

  constructor(lanes: readonly Lane[]) {
    super();
    this.#lanes = lanes;
  }

  listen(callback: (error?: unknown) => void): void {
    this.#startAll().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
  }

  on(): void {
    throw new Error('the batch transport emits no events');
  }

  unwrap<T>(): T {
    return this.#lanes as T;
  }

  async #startAll(): Promise<void> {
    for (const lane of this.#lanes) {
      const handler = this.getHandlerByPattern(lane.name);
      if (handler === null) throw new Error(`no handler for lane ${lane.name}`);
      await lane.start(async (records) => {
        const batch: LaneBatch = { lane: lane.name, records };
        const outcome = (await lastValueFrom(this.transformToObservable(await handler(batch)))) as BatchOutcome;
        if (outcome.status === 'failed') throw outcome.error;
      });
    }
  }
}
