import { type AffidavitError } from '@affidavit/audit-model';
import { type Appended, type LogItem } from '@affidavit/intake';
import { assumedItemBytes } from './batching-settings.ts';

/** One call of `append` on its way; it settles exactly once. */
export class PendingAppend {
  readonly stages: readonly (readonly LogItem[])[];
  readonly items: number;
  readonly bytes: number;
  readonly promise: Promise<Appended[][]>;
  status: 'queued' | 'sending' | 'settled' = 'queued';
  readonly #results: Appended[][];
  readonly #unacknowledged = new Set<LogItem>();
  #resolve!: (results: Appended[][]) => void;
  #reject!: (error: Error) => void;
  #missing: number;

  constructor(stages: readonly (readonly LogItem[])[]) {
    this.stages = stages;
    this.#results = stages.map((stage) => new Array<Appended>(stage.length));
    let [items, bytes] = [0, 0];
    for (const stage of stages) {
      items += stage.length;
      for (const { key, approximate_bytes } of stage) bytes += key.length + (approximate_bytes ?? assumedItemBytes);
    }
    this.items = items;
    this.bytes = bytes;
    this.#missing = items;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get settled(): boolean {
    return this.status === 'settled';
  }

  stamped(item: LogItem): void {
    this.#unacknowledged.add(item);
  }

  acknowledged(item: LogItem, stage: number, index: number, place: Appended): void {
    if (this.settled) return;
    this.#unacknowledged.delete(item);
    this.#results[stage]![index] = place;
    this.#missing -= 1;
  }

  get complete(): boolean {
    return this.#missing === 0;
  }

  succeed(): void {
    this.status = 'settled';
    this.#resolve(this.#results);
  }

  /** Rejects, and reports the numbers that were given out and not acknowledged. */
  fail(error: AffidavitError): void {
    this.status = 'settled';
    for (const item of this.#unacknowledged) item.notAcknowledged?.();
    this.#unacknowledged.clear();
    this.#reject(error);
  }
}
