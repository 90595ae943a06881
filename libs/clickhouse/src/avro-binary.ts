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
  // Above 2^30 in halves. Zig-zag is the double of the number, or of its complement plus one: doubling is exact, adding
  // is not.
  const doubled = (value >= 0 ? value : -(value + 1)) * 2;
  let low = ((doubled % long) | (value >= 0 ? 0 : 1)) >>> 0;
  let high = Math.floor(doubled / long);
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
