import { type KeyFile, type KeyFileIo } from './key-file.ts';
import { draftLines, type KeyRequest } from './draft-lines.ts';
import { GroupCommit } from './group-commit.ts';
import { type KeyEntry, KeyIndex } from './key-index.ts';
import {
  type DataKey,
  keyDestroyed,
  type KeyLookup,
  type KeyRing,
  keyRingError,
  type KeyScope,
  pseudonymScope,
} from './key-ring.ts';
import { UnwrappedKeys } from './unwrapped-keys.ts';
import { WatchedKeyFile } from './watched-key-file.ts';

export interface FileKeyRingOptions {
  readonly directory: string;
  /** For readers (the query API): makes nothing, and may start before the files exist. */
  readonly readOnly?: boolean;
  readonly io?: KeyFileIo;
  /** How often it looks for keys that other processes destroyed. */
  readonly lookEveryMs?: number;
  /** Unwrapped keys held in memory. */
  readonly cachedKeys?: number;
}

/**
 * Data keys in one directory of the machine, shared by its processes without a lock: a key is an appended line, and of
 * several lines for one scope the first is the key, for everybody. Who waits for keys shares one append and one fsync.
 */
export function openFileKeyRing(
  options: FileKeyRingOptions,
): KeyRing & { readonly skippedLines: number; readonly broken: boolean } {
  return new FileKeyRing(options);
}

class FileKeyRing implements KeyRing {
  readonly #readOnly: boolean;
  readonly #index = new KeyIndex();
  readonly #keys: UnwrappedKeys;
  readonly #file: WatchedKeyFile;
  readonly #commits = new GroupCommit<KeyRequest, DataKey>({
    commit: (group) => this.#commit(group),
    answer: ({ scope, subjects }) => this.#keys.unwrap(this.#readyOrThrow(scope, subjects)),
  });

  constructor({ directory, readOnly = false, io, lookEveryMs = 1_000, cachedKeys = 10_000 }: FileKeyRingOptions) {
    this.#readOnly = readOnly;
    this.#keys = new UnwrappedKeys(directory, { readOnly, cachedKeys });
    this.#file = new WatchedKeyFile({ directory, index: this.#index, readOnly, io, lookEveryMs });
    this.#file.refresh();
    // A wrong master key shows at the start and not with the first old record.
    const any = this.#index.anyLive();
    if (any !== undefined) this.#keys.unwrap(any);
  }

  /** Of keys.ndjson: remains of a crash, or damage. */
  get skippedLines(): number {
    return this.#file.skippedLines;
  }

  /** No key can be made any more until a restart. */
  get broken(): boolean {
    return this.#file.broken;
  }

  async dataKey(scope: KeyScope, subjects: readonly string[]): Promise<DataKey> {
    this.#file.refreshIfOld();
    const ready = this.#ready(scope, subjects);
    if (ready !== null) return this.#keys.unwrap(ready);
    this.#assertWritable();
    return this.#commits.add({ scope, subjects });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a port that a remote key service will stand behind
  async keyById(keyId: string): Promise<KeyLookup> {
    if (this.#index.byId(keyId) === undefined && !this.#index.isDestroyed(keyId)) this.#file.refresh();
    else this.#file.refreshIfOld();
    if (this.#index.isDestroyed(keyId)) return { status: 'destroyed' };
    const entry = this.#index.byId(keyId);
    return entry === undefined
      ? { status: 'unknown' }
      : { status: 'live', key: this.#keys.unwrap(entry), scope: entry.scope };
  }

  pseudonymKey(tenantId: string): Buffer {
    const scope = pseudonymScope(tenantId);
    const ready = this.#ready(scope, []);
    if (ready !== null) return this.#keys.unwrap(ready).secret;
    this.#assertWritable();
    const file = this.#file.refresh() as KeyFile;
    if (this.#index.byScope(scope) === undefined) {
      file.append([this.#keys.newLine(scope, [])]);
      file.readTail();
    }
    // Also when another process made it: whether it came to disk, only that process knows.
    file.syncNow();
    return this.#keys.unwrap(this.#readyOrThrow(scope, [])).secret;
  }

  findPseudonymKey(tenantId: string): Buffer | null {
    const scope = pseudonymScope(tenantId);
    if (this.#index.byScope(scope) === undefined) this.#file.refresh();
    const entry = this.#index.byScope(scope);
    return entry === undefined ? null : this.#keys.unwrap(entry).secret;
  }

  async close(): Promise<void> {
    await this.#commits.idle();
    this.#file.close();
  }

  async #commit(group: readonly KeyRequest[]): Promise<void> {
    const file = this.#file.refresh() as KeyFile;
    const lines = draftLines(this.#index, group, ({ scope, subjects }) => this.#keys.newLine(scope, subjects));
    if (lines.length > 0) {
      file.append(lines);
      file.readTail();
    }
    // fsync covers the whole file, so also lines that another process has appended and not yet brought to disk.
    await file.sync();
  }

  /** The scope's entry when it, and these subjects, are known to be on disk; null when there is something to do. */
  #ready(scope: KeyScope, subjects: readonly string[]): KeyEntry | null {
    if (this.#index.isScopeDestroyed(scope)) throw keyDestroyed();
    const entry = this.#index.byScope(scope);
    if (entry === undefined || !subjects.every((subject) => entry.subjects.has(subject))) return null;
    // A reader makes no promise of durability: it neither seals nor acknowledges.
    return this.#readOnly || this.#file.isDurable(entry.endOffset) ? entry : null;
  }

  #readyOrThrow(scope: KeyScope, subjects: readonly string[]): KeyEntry {
    const entry = this.#ready(scope, subjects);
    if (entry === null)
      throw keyRingError('key_ring_unavailable', 'a key was written to keys.ndjson and cannot be read back');
    return entry;
  }

  #assertWritable(): void {
    if (this.#readOnly) throw keyRingError('key_ring_read_only', 'this process reads the key ring and makes no keys');
  }
}
