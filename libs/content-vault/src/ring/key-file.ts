import { closeSync, constants, fsync, fsyncSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { type KeyIndex } from './key-index.ts';
import { type KeyLine, parseLine } from './key-line.ts';
import { keyRingError } from './key-ring.ts';

/** The system calls that a fault test replaces. */
export interface KeyFileIo {
  write(file: number, bytes: Buffer): number;
  fsync(file: number): Promise<void>;
  fsyncSync(file: number): void;
}

const fsyncAsync = promisify(fsync);
export const realIo: KeyFileIo = { write: (file, bytes) => writeSync(file, bytes), fsync: fsyncAsync, fsyncSync };

const chunkBytes = 1024 * 1024;

/**
 * keys.ndjson of one process: appends with O_APPEND, reads what anybody appended, and knows up to which byte the file
 * is on disk. On Linux an append of one write() to a local file is not interleaved with another process's; a network
 * file system does not promise that.
 */
export class KeyFile {
  readonly #file: number;
  readonly #index: KeyIndex;
  readonly #io: KeyFileIo;
  #readTo = 0;
  #syncedTo = 0;
  /**
   * After a failed fsync the kernel may have dropped the pages and call the next one a success: nothing is believed any
   * more.
   */
  #broken: unknown = null;
  /** Lines that could not be read: each is the remains of a crash, or damage. */
  skippedLines = 0;

  constructor(path: string, index: KeyIndex, options: { readOnly: boolean; io?: KeyFileIo }) {
    const flags = options.readOnly ? constants.O_RDONLY : constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;
    this.#file = openSync(path, flags, 0o600);
    this.#index = index;
    this.#io = options.io ?? realIo;
    this.readTail();
  }

  /** Whether what stands up to this byte survives a power loss, as far as this process knows. */
  isDurable(endOffset: number): boolean {
    return endOffset <= this.#syncedTo;
  }

  get broken(): boolean {
    return this.#broken !== null;
  }

  /**
   * Starts with a newline, always: whatever a crash left half written before it, even by another process a moment ago,
   * ends there and spoils nothing. A short or failed write leaves such a half line itself.
   */
  append(lines: readonly KeyLine[]): void {
    this.#assertSound();
    const bytes = Buffer.from(`\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n`, 'utf8');
    try {
      const written = this.#io.write(this.#file, bytes);
      if (written !== bytes.length) throw new Error(`${written} of ${bytes.length} bytes written`);
    } catch (error) {
      throw keyRingError('key_ring_unavailable', 'keys.ndjson cannot be written', error);
    }
  }

  /** Folds every whole line that was appended since. A line without its newline is left for the next time. */
  readTail(): void {
    const { size } = fstatSync(this.#file);
    if (size < this.#readTo) throw keyRingError('key_ring_damaged', 'keys.ndjson became shorter: keys are missing');
    let want = chunkBytes;
    while (this.#readTo < size) {
      const chunk = Buffer.allocUnsafe(Math.min(size - this.#readTo, want));
      const length = readSync(this.#file, chunk, 0, chunk.length, this.#readTo);
      const whole = chunk.subarray(0, length).lastIndexOf(0x0a) + 1;
      if (whole > 0) this.#fold(chunk.subarray(0, whole));
      else if (this.#readTo + length >= size) return;
      else want *= 2;
    }
  }

  async sync(): Promise<void> {
    const to = this.#readTo;
    this.#assertSound();
    try {
      await this.#io.fsync(this.#file);
    } catch (error) {
      throw this.#break(error);
    }
    this.#syncedTo = Math.max(this.#syncedTo, to);
  }

  syncNow(): void {
    const to = this.#readTo;
    this.#assertSound();
    try {
      this.#io.fsyncSync(this.#file);
    } catch (error) {
      throw this.#break(error);
    }
    this.#syncedTo = Math.max(this.#syncedTo, to);
  }

  close(): void {
    closeSync(this.#file);
  }

  #fold(bytes: Buffer): void {
    let start = 0;
    while (start < bytes.length) {
      const end = bytes.indexOf(0x0a, start);
      if (end > start) {
        const line = parseLine(bytes.toString('utf8', start, end));
        if (line === null) this.skippedLines += 1;
        else this.#index.apply(line, this.#readTo + end + 1);
      }
      start = end + 1;
    }
    this.#readTo += bytes.length;
  }

  #assertSound(): void {
    if (this.#broken !== null) {
      throw keyRingError(
        'key_ring_unavailable',
        'keys.ndjson could not be brought to disk: restart this process when the disk is well',
        this.#broken,
      );
    }
  }

  #break(error: unknown): Error {
    this.#broken = error;
    return keyRingError('key_ring_unavailable', 'keys.ndjson could not be brought to disk', error);
  }
}
