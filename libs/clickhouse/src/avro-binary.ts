/** Avro's variable-length zig-zag integers, written into a buffer: the only piece of Avro that the hot path needs. */

const long = 0x1_0000_0000;

/** Writes a safe integer at `at`; answers with the position behind it. 32-bit arithmetic while it suffices. */
export function writeLong(target: Uint8Array, at: number, value: number): number {
  if (value >= -0x4000_0000 && value < 0x4000_0000) {
    let n = ((value << 1) ^ (value >> 31)) >>> 0;
    while (n > 0x7f) {
      target[at++] = (n & 0x7f) | 0x80;
      n >>>= 7;
    }
    target[at++] = n;
    return at;
  }
  // Above 2^30 the shift is done in halves: zig-zag of a non-negative number is its double.
  const doubled = value >= 0 ? value * 2 : -value * 2 - 1;
  let low = doubled % long;
  let high = (doubled - low) / long;
  low >>>= 0;
  while (high > 0) {
    target[at++] = (low & 0x7f) | 0x80;
    low = ((low >>> 7) | ((high & 0x7f) << 25)) >>> 0;
    high >>>= 7;
  }
  while (low > 0x7f) {
    target[at++] = (low & 0x7f) | 0x80;
    low >>>= 7;
  }
  target[at++] = low;
  return at;
}

/** A length or offset that a 64-bit Avro long may hold needs at most this many bytes. */
export const maxLongBytes = 10;
