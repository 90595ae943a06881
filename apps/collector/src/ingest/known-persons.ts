import { LruMap } from '@affidavit/audit-model';
import { type Accepted, type DirectoryEntry } from '@affidavit/intake';
import { nodeBytes } from '../adapters/node-bytes.ts';

/** Whose directory entry was acknowledged a short while ago. Keys are hashes: no name stays in memory for it. */
export class KnownPersons {
  readonly #known: LruMap<string, true>;

  constructor(max: number) {
    this.#known = new LruMap(max);
  }

  readonly knows = (tenantId: string, entry: DirectoryEntry): boolean =>
    this.#known.get(keyOf(tenantId, entry)) === true;

  /** To be called once the event's contents are acknowledged. */
  note(item: Accepted): void {
    for (const entry of item.directory) this.#known.set(keyOf(item.event.record.tenant_id, entry), true);
  }
}

const keyOf = (tenantId: string, { pseudonym, raw_id, issuer, display_name }: DirectoryEntry): string =>
  nodeBytes.sha256Hex([tenantId, pseudonym, issuer, raw_id, display_name].join('\u0000'));
