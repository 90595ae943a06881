import { AffidavitError } from '@affidavit/audit-model';
import { type Appended, type LogItem, type LogWriter } from '@affidavit/intake';
import { defaultBatching, type BatchingSettings } from './batching-settings.ts';
import { type LogTransport } from './log-transport.ts';
import { PendingAppend } from './pending-append.ts';
import { StageSender } from './stage-sender.ts';

/**
 * Gathers appends for a few milliseconds into one batch and keeps exactly one send outstanding. While a send is under
 * way new appends queue; when its fate outlasts its callers (Kafka stopped answering), new ones are refused at once,
 * since a second outstanding send is what loses records.
 */
export class BatchingLogWriter implements LogWriter {
  readonly #settings: BatchingSettings;
  readonly #transport: LogTransport;
  readonly #sender: StageSender;
  readonly #queue: PendingAppend[] = [];
  #items = 0;
  #bytes = 0;
  #running: Promise<void> | undefined;
  #stalled = false;
  #closed = false;

  constructor(transport: LogTransport, settings: Partial<BatchingSettings> = {}) {
    this.#settings = { ...defaultBatching, ...settings };
    this.#transport = transport;
    this.#sender = new StageSender(transport, this.#settings);
  }

  /** Charged to the bounded queue now, sending included; for metrics. */
  get load(): { readonly items: number; readonly bytes: number; readonly stalled: boolean } {
    return { items: this.#items, bytes: this.#bytes, stalled: this.#stalled };
  }

  append(stages: LogItem[][]): Promise<Appended[][]> {
    const pending = new PendingAppend(stages);
    if (pending.items === 0) return Promise.resolve(stages.map(() => []));
    const refusal = this.#refusal(pending);
    if (refusal !== undefined) return Promise.reject(refusal);
    this.#items += pending.items;
    this.#bytes += pending.bytes;
    this.#queue.push(pending);
    const timer = setTimeout(() => this.#expire(pending), this.#settings.append_timeout_ms);
    const release = (): void => {
      clearTimeout(timer);
      this.#items -= pending.items;
      this.#bytes -= pending.bytes;
    };
    pending.promise.then(release, release);
    this.#running ??= this.#run();
    return pending.promise;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
    await this.#transport.close();
  }

  #refusal(pending: PendingAppend): AffidavitError | undefined {
    if (this.#closed) return new AffidavitError('shutting_down', 'the log writer is closing', { retryable: true });
    if (this.#stalled) return unavailable('an earlier send to the log has not settled');
    const { max_queue_items, max_queue_bytes } = this.#settings;
    if (this.#items + pending.items <= max_queue_items && this.#bytes + pending.bytes <= max_queue_bytes)
      return undefined;
    return new AffidavitError('log_full', 'the queue to the log is full', {
      retryable: true,
      detail: { items: this.#items, bytes: this.#bytes },
    });
  }

  async #run(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#settings.linger_ms));
    while (this.#queue.length > 0) {
      await this.#sender.send(this.#gather());
      this.#stalled = false;
    }
    this.#running = undefined;
  }

  /** As many whole appends as make about one full send; one larger than that goes alone and is split. */
  #gather(): PendingAppend[] {
    const gathered: PendingAppend[] = [];
    let items = 0;
    while (this.#queue.length > 0 && items < this.#settings.max_send_records) {
      const next = this.#queue.shift()!;
      if (next.settled) continue;
      next.status = 'sending';
      gathered.push(next);
      items += next.items;
    }
    return gathered;
  }

  #expire(pending: PendingAppend): void {
    if (pending.settled) return;
    if (pending.status === 'sending') this.#stalled = true;
    pending.fail(unavailable(`the log did not acknowledge within ${this.#settings.append_timeout_ms} ms`));
  }
}

export function unavailable(message: string, cause?: unknown): AffidavitError {
  return new AffidavitError('log_unavailable', message, { retryable: true, cause });
}
