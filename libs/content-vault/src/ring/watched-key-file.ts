import { existsSync } from 'node:fs';
import { KeyFile, type KeyFileIo } from './key-file.ts';
import { type KeyIndex } from './key-index.ts';
import { assertPrivate, keysPath, syncDirectory } from './master-key.ts';

export interface WatchedKeyFileParts {
  readonly directory: string;
  readonly index: KeyIndex;
  readonly readOnly: boolean;
  readonly io: KeyFileIo | undefined;
  readonly lookEveryMs: number;
}

/** The ring's file, opened when there is one, and read on to its end: other processes append to it, too. */
export class WatchedKeyFile {
  readonly #parts: WatchedKeyFileParts;
  #file: KeyFile | null = null;
  #refreshedAt = 0;

  constructor(parts: WatchedKeyFileParts) {
    this.#parts = parts;
  }

  /** Remains of a crash, or damage. */
  get skippedLines(): number {
    return this.#file?.skippedLines ?? 0;
  }

  /** No key can be made any more until a restart. */
  get broken(): boolean {
    return this.#file?.broken ?? false;
  }

  isDurable(endOffset: number): boolean {
    return this.#file?.isDurable(endOffset) ?? false;
  }

  /** So that a key which another process destroyed is used no longer than this. */
  refreshIfOld(): void {
    if (performance.now() - this.#refreshedAt > this.#parts.lookEveryMs) this.refresh();
  }

  /** Null for a reader that came before the file did. */
  refresh(): KeyFile | null {
    const { directory, index, readOnly, io } = this.#parts;
    this.#refreshedAt = performance.now();
    if (this.#file !== null) {
      this.#file.readTail();
      return this.#file;
    }
    const path = keysPath(directory);
    const isNew = !existsSync(path);
    if (readOnly && isNew) return null;
    assertPrivate(path);
    this.#file = new KeyFile(path, index, { readOnly, ...(io && { io }) });
    if (isNew) syncDirectory(directory);
    return this.#file;
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
  }
}
