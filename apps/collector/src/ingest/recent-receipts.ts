import { LruMap } from '@affidavit/audit-model';
import { type Appended } from '@affidavit/intake';

/** Where an acknowledged event is. */
export interface StoredReceipt {
  readonly event_id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly record_hash: string;
}

/**
 * The last acknowledgements of this process, by tenant and event. The first place of an event is the one that readers
 * see.
 */
export class RecentReceipts {
  readonly #receipts: LruMap<string, StoredReceipt>;

  constructor(max: number) {
    this.#receipts = new LruMap(max);
  }

  find(tenantId: string, eventId: string): StoredReceipt | undefined {
    return this.#receipts.get(`${tenantId}\u0000${eventId}`);
  }

  /** Answers whether the event was known already. */
  note(tenantId: string, eventId: string, place: Appended): boolean {
    const key = `${tenantId}\u0000${eventId}`;
    if (this.#receipts.get(key) !== undefined) return true;
    const { topic, partition, offset, record_hash } = place;
    this.#receipts.set(key, { event_id: eventId, topic, partition, offset: Number(offset), record_hash });
    return false;
  }
}
