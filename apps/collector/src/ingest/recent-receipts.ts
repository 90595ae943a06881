import { eventKey, type EventName, LruMap } from '@affidavit/audit-model';
import { type Appended } from '@affidavit/intake';
import { type KnownAs } from './duplicate-lookup.ts';

/** Where an acknowledged event is. */
export interface StoredReceipt {
  readonly event_id: string;
  readonly connector_id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly record_hash: string;
  readonly fact_hash: string;
}

const keyOf = (tenantId: string, { connector_id, event_id }: EventName): string =>
  `${tenantId}\u0000${eventKey(connector_id, event_id)}`;

/**
 * The last acknowledgements of this process, by tenant, connector and event. The first place of an event is the one
 * that readers see.
 */
export class RecentReceipts {
  readonly #receipts: LruMap<string, StoredReceipt>;

  constructor(max: number) {
    this.#receipts = new LruMap(max);
  }

  find(tenantId: string, name: EventName): StoredReceipt | undefined {
    return this.#receipts.get(keyOf(tenantId, name));
  }

  /** Answers as what the event was known already. */
  note(tenantId: string, name: EventName, fact_hash: string, place: Appended): KnownAs {
    const key = keyOf(tenantId, name);
    const known = this.#receipts.get(key);
    if (known !== undefined) return known.fact_hash === fact_hash ? 'duplicate' : 'conflict';
    const { topic, partition, offset, record_hash } = place;
    this.#receipts.set(key, { ...name, topic, partition, offset: Number(offset), record_hash, fact_hash });
    return 'new';
  }
}
