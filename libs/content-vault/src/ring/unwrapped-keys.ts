import { LruMap } from '@affidavit/audit-model';
import { type KeyEntry } from './key-index.ts';
import { newKeyLine, unwrapKey } from './key-line.ts';
import { type DataKey, keyDestroyed, keyRingError, type KeyScope } from './key-ring.ts';
import { readMasterKey, readOrMakeMasterKey } from './master-key.ts';

/** The master key, what it wraps, and the keys that it has unwrapped of late. */
export class UnwrappedKeys {
  readonly #directory: string;
  readonly #known: LruMap<string, DataKey>;
  /** A reader may have come before there was one. */
  #master: Buffer | null;

  constructor(
    directory: string,
    { readOnly, cachedKeys }: { readonly readOnly: boolean; readonly cachedKeys: number },
  ) {
    this.#directory = directory;
    this.#known = new LruMap(cachedKeys);
    this.#master = readOnly ? readMasterKey(directory) : readOrMakeMasterKey(directory);
  }

  /** A new key of the scope, wrapped. The caller MUST be a writer. */
  newLine(scope: KeyScope, subjects: readonly string[]): ReturnType<typeof newKeyLine> {
    return newKeyLine(this.#master as Buffer, scope, subjects);
  }

  unwrap(entry: KeyEntry): DataKey {
    if (entry.destroyed) throw keyDestroyed();
    const known = this.#known.get(entry.line.key_id);
    if (known !== undefined) return known;
    this.#master ??= readMasterKey(this.#directory);
    if (this.#master === null)
      throw keyRingError('master_key_missing', 'master.key is missing, but there are keys that it wraps');
    const key = unwrapKey(this.#master, entry.line);
    this.#known.set(key.key_id, key);
    return key;
  }
}
