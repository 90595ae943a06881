import { existsSync } from 'node:fs';
import { LruMap } from '@affidavit/audit-model';
import { assertPrivate, keysPath, readMasterKey, readOrMakeMasterKey, syncDirectory } from './master-key.ts';
import { KeyFile, type KeyFileIo } from './key-file.ts';
import { draftLines, type KeyRequest } from './draft-lines.ts';
import { GroupCommit } from './group-commit.ts';
import { type KeyEntry, KeyIndex } from './key-index.ts';
import { newKeyLine, unwrapKey } from './key-line.ts';
import { type DataKey, keyDestroyed, type KeyLookup, type KeyRing, keyRingError, type KeyScope, pseudonymScope } from './key-ring.ts';

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
export function openFileKeyRing(options: FileKeyRingOptions): KeyRing & { readonly skippedLines: number; readonly broken: boolean } {
  return new FileKeyRing(options);
}

class FileKeyRing implements KeyRing {
  readonly #directory: string;
  readonly #readOnly: boolean;
  readonly #io: KeyFileIo | undefined;
  readonly #index = new KeyIndex();
  readonly #unwrapped: LruMap<string, DataKey>;
  #master: Buffer | null = null;
  #file: KeyFile | null = null;
  readonly #commits = new GroupCommit<KeyRequest, DataKey>({
    commit: (group) => this.#commit(group),
    answer: ({ scope, subjects }) => this.#unwrap(this.#readyOrThrow(scope, subjects)),
  });
  #refreshedAt = 0;
  readonly #lookEveryMs: number;

  constructor(options: FileKeyRingOptions) {
    this.#directory = options.directory;
    this.#readOnly = options.readOnly ?? false;
    this.#io = options.io;
    this.#lookEveryMs = options.lookEveryMs ?? 1_000;
    this.#unwrapped = new LruMap(options.cachedKeys ?? 10_000);
    this.#master = this.#readOnly ? readMasterKey(this.#directory) : readOrMakeMasterKey(this.#directory);
    this.#refresh();
    // A wrong master key shows at the start and not with the first old record.
    const any = this.#index.anyLive();
    if (any !== undefined) this.#unwrap(any);
  }

  /** Of keys.ndjson: remains of a crash, or damage. */
  get skippedLines(): number {
    return this.#file?.skippedLines ?? 0;
  }

  /** No key can be made any more until a restart. */
  get broken(): boolean {
    return this.#file?.broken ?? false;
  }

  async dataKey(scope: KeyScope, subjects: readonly string[]): Promise<DataKey> {
    this.#refreshIfOld();
    const ready = this.#ready(scope, subjects);
    if (ready !== null) return this.#unwrap(ready);
    this.#assertWritable();
    return this.#commits.add({ scope, subjects });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a port that a remote key service will stand behind
  async keyById(keyId: string): Promise<KeyLookup> {
    if (this.#index.byId(keyId) === undefined && !this.#index.isDestroyed(keyId)) this.#refresh();
    else this.#refreshIfOld();
    if (this.#index.isDestroyed(keyId)) return { status: 'destroyed' };
    const entry = this.#index.byId(keyId);
    return entry === undefined ? { status: 'unknown' } : { status: 'live', key: this.#unwrap(entry), scope: entry.scope };
  }

  pseudonymKey(tenantId: string): Buffer {
    const scope = pseudonymScope(tenantId);
    const ready = this.#ready(scope, []);
    if (ready !== null) return this.#unwrap(ready).secret;
    this.#assertWritable();
    const file = this.#refresh() as KeyFile;
    if (this.#index.byScope(scope) === undefined) {
      file.append([newKeyLine(this.#master as Buffer, scope, [])]);
      file.readTail();
    }
    // Also when another process made it: whether it came to disk, only that process knows.
    file.syncNow();
    return this.#unwrap(this.#readyOrThrow(scope, [])).secret;
  }

  findPseudonymKey(tenantId: string): Buffer | null {
    const scope = pseudonymScope(tenantId);
    if (this.#index.byScope(scope) === undefined) this.#refresh();
    const entry = this.#index.byScope(scope);
    return entry === undefined ? null : this.#unwrap(entry).secret;
  }

  async close(): Promise<void> {
    await this.#commits.idle();
    this.#file?.close();
    this.#file = null;
  }

  async #commit(group: readonly KeyRequest[]): Promise<void> {
    const file = this.#refresh() as KeyFile;
    const lines = draftLines(this.#index, group, ({ scope, subjects }) => newKeyLine(this.#master as Buffer, scope, subjects));
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
    return this.#readOnly || (this.#file?.isDurable(entry.endOffset) ?? false) ? entry : null;
  }

  #readyOrThrow(scope: KeyScope, subjects: readonly string[]): KeyEntry {
    const entry = this.#ready(scope, subjects);
    if (entry === null) throw keyRingError('key_ring_unavailable', 'a key was written to keys.ndjson and cannot be read back');
    return entry;
  }

  /** So that a key which another process destroyed is used no longer than this. */
  #refreshIfOld(): void {
    if (performance.now() - this.#refreshedAt > this.#lookEveryMs) this.#refresh();
  }

  #refresh(): KeyFile | null {
    this.#refreshedAt = performance.now();
    if (this.#file !== null) {
      this.#file.readTail();
      return this.#file;
    }
    const path = keysPath(this.#directory);
    const isNew = !existsSync(path);
    if (this.#readOnly && isNew) return null;
    assertPrivate(path);
    this.#file = new KeyFile(path, this.#index, { readOnly: this.#readOnly, ...(this.#io && { io: this.#io }) });
    if (isNew) syncDirectory(this.#directory);
    return this.#file;
  }

  #unwrap(entry: KeyEntry): DataKey {
    if (entry.destroyed) throw keyDestroyed();
    const known = this.#unwrapped.get(entry.line.key_id);
    if (known !== undefined) return known;
    this.#master ??= readMasterKey(this.#directory);
    if (this.#master === null) throw keyRingError('master_key_missing', 'master.key is missing, but there are keys that it wraps');
    const key = unwrapKey(this.#master, entry.line);
    this.#unwrapped.set(key.key_id, key);
    return key;
  }

  #assertWritable(): void {
    if (this.#readOnly) throw keyRingError('key_ring_read_only', 'this process reads the key ring and makes no keys');
  }
}
