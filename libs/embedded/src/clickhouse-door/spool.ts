import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Bodies of inserts on their way into the engine. What lies there after a start is left from a kill: its sender got no
 * answer.
 */
export class Spool {
  readonly #dir: string;
  #next = 0;

  constructor(dir: string) {
    this.#dir = dir;
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  }

  /** Gives `work` a file with `first` and then the rest of `body` in it, and removes it whatever happens. */
  async with<T>(
    first: Uint8Array,
    body: AsyncIterable<unknown>,
    work: (file: string, bytes: number) => Promise<T>,
  ): Promise<T> {
    const file = join(this.#dir, String(this.#next++));
    try {
      let bytes = first.length;
      const all = async function* () {
        if (first.length > 0) yield first;
        for await (const chunk of body) {
          bytes += (chunk as Uint8Array).length;
          yield chunk;
        }
      };
      // A sender that goes away midway makes this throw: half a body never becomes an insert.
      await pipeline(all, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
      return await work(file, bytes);
    } finally {
      await rm(file, { force: true });
    }
  }
}
