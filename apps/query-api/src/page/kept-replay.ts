import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { type Frame } from '../runs/frames.ts';

const [deflate, inflate] = [promisify(deflateRaw), promisify(inflateRaw)];

/** Frames that are packed together: one is found by unpacking so many. */
const BLOCK = 100;
/** Frames repeat each other: the fastest packing makes them a tenth. */
const LEVEL = 1;

/** The frames of a replay as they were read once, packed, so that a step back or forth reads nothing anew. */
export class KeptReplay {
  readonly #blocks: readonly Buffer[];
  readonly size_bytes: number;

  constructor(
    readonly asOf: string,
    readonly frames: number,
    blocks: readonly Buffer[],
  ) {
    this.#blocks = blocks;
    this.size_bytes = blocks.reduce((sum, { length }) => sum + length, 0);
  }

  /** Frames from one number to another, both included, as far as there are such. */
  async between(from: number, to: number): Promise<readonly Frame[]> {
    const [first, last] = [Math.max(1, from), Math.min(this.frames, to)];
    const found: Frame[] = [];
    for (let block = Math.floor((first - 1) / BLOCK); block * BLOCK < last; block += 1) {
      const lines = (await inflate(this.#blocks[block] ?? Buffer.alloc(0))).toString('utf8').split('\n');
      const start = block * BLOCK + 1;
      for (const line of lines.slice(Math.max(0, first - start), last - start + 1))
        found.push(JSON.parse(line) as Frame);
    }
    return found;
  }
}

/** Takes the lines of a replay as they are made: a header, then frames. */
export class ReplayKeeper {
  readonly #blocks: Buffer[] = [];
  #open: string[] = [];
  #asOf = '';
  #frames = 0;

  /** Whole lines, each with its line feed. */
  async add(part: string): Promise<void> {
    for (const line of part.split('\n')) {
      if (line === '') continue;
      if (this.#asOf === '') {
        this.#asOf = (JSON.parse(line) as { readonly as_of: string }).as_of;
        continue;
      }
      this.#frames += 1;
      if (this.#open.push(line) === BLOCK) await this.#pack();
    }
  }

  async kept(): Promise<KeptReplay> {
    if (this.#open.length > 0) await this.#pack();
    return new KeptReplay(this.#asOf, this.#frames, this.#blocks);
  }

  async #pack(): Promise<void> {
    const lines = this.#open;
    this.#open = [];
    this.#blocks.push(await deflate(Buffer.from(lines.join('\n')), { level: LEVEL }));
  }
}
