import { type AvroRecordSchema } from './avro-container.ts';
import { lengthProgram, op } from './length-program.ts';

/**
 * Where a record's encoding ends, found by skipping over it: nothing is decoded. ClickHouse reads one record from a
 * block and passes over what follows, so a body with surplus bytes would be projected as if it were whole; such a body,
 * and one that is cut short, is a dead letter instead.
 */
export class BodyLength {
  readonly #program: Int32Array;
  #bytes: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(schema: AvroRecordSchema) {
    this.#program = lengthProgram(schema);
  }

  /**
   * Whether the bytes are exactly one record long. Values are not looked at: an enum's index may still be out of range.
   */
  fits(body: Uint8Array): boolean {
    this.#bytes = body;
    this.#at = 0;
    return this.#run(0) >= 0 && this.#at === body.length;
  }

  /** Runs to the next `end`; answers with the position behind it, negative when the bytes ran out or make no sense. */
  #run(start: number): number {
    const program = this.#program;
    const bytes = this.#bytes;
    let pc = start;
    for (;;) {
      switch (program[pc]) {
        case op.end:
          return pc + 1;
        case op.longs:
          for (let left = program[pc + 1]!; left > 0; left -= 1) {
            let at = this.#at;
            const limit = at + 10;
            while (bytes[at]! >= 0x80) if (++at === limit) return -1;
            // Beyond the end a byte is undefined, which is neither above nor below.
            if (at >= bytes.length) return -1;
            this.#at = at + 1;
          }
          pc += 2;
          break;
        case op.sized:
          for (let left = program[pc + 1]!; left > 0; left -= 1) {
            // Nearly always a short string or none.
            const first = bytes[this.#at];
            const size =
              first !== undefined && first < 0x80 && (first & 1) === 0 ? (this.#at++, first >> 1) : this.#long();
            if (!(size >= 0) || size > bytes.length - this.#at) return -1;
            this.#at += size;
          }
          pc += 2;
          break;
        case op.fixed:
          this.#at += program[pc + 1]!;
          if (this.#at > bytes.length) return -1;
          pc += 2;
          break;
        case op.union:
          pc = this.#union(pc);
          if (pc < 0) return -1;
          break;
        case op.blocks:
          if (!this.#blocks(pc + 2)) return -1;
          pc = program[pc + 1]!;
          break;
        default:
          return -1;
      }
    }
  }

  /**
   * `union, n, start of branch 0, …, start of branch n-1, position behind all branches`; each branch closes with `end`.
   */
  #union(pc: number): number {
    const branches = this.#program[pc + 1]!;
    const branch = this.#long();
    if (!(branch >= 0 && branch < branches)) return -1;
    if (this.#run(this.#program[pc + 2 + branch]!) < 0) return -1;
    return this.#program[pc + 2 + branches]!;
  }

  #blocks(item: number): boolean {
    for (;;) {
      let count = this.#long();
      if (count === 0) return true;
      if (count < 0) {
        count = -count;
        if (Number.isNaN(this.#long())) return false;
      }
      // Every item of the contracts takes at least a byte: a larger count is nonsense, and would hold the loop for
      // long.
      if (!(count <= this.#bytes.length - this.#at)) return false;
      for (; count > 0; count -= 1) if (this.#run(item) < 0) return false;
    }
  }

  /** NaN when the bytes end or the number has more than ten of them. */
  #long(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i += 1) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) return NaN;
      this.#at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      scale *= 128;
    }
    return NaN;
  }
}
