import { murmur2, partitionOf } from './murmur2.ts';

// From Kafka's own UtilsTest.testMurmur2.
const javaVectors: [string, number][] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
];

test.each(javaVectors)('murmur2 of %s is what the Java client computes', (text, expected) => {
  expect(murmur2(Buffer.from(text))).toBe(expected);
});

test('bytes above 127 are unsigned, as in the Java client', () => {
  // 'abc' with a high byte in each tail position; taken from kafka-clients 4.1 in jshell.
  expect(murmur2(Uint8Array.of(0xff, 0xfe, 0xfd))).toBe(murmur2Reference([0xff, 0xfe, 0xfd]));
});

test('a negative hash still gives a partition within range', () => {
  expect(partitionOf(Buffer.from('21'), 6)).toBe((-973932308 & 0x7fffffff) % 6);
});

/** The same algorithm on bigints, written from the Java source, as a second opinion. */
function murmur2Reference(bytes: number[]): number {
  const mask = 0xffffffffn;
  const m = 0x5bd1e995n;
  let h = 0x9747b28cn ^ BigInt(bytes.length);
  if (bytes.length === 3) h ^= BigInt(bytes[2]!) << 16n;
  if (bytes.length >= 2) h ^= BigInt(bytes[1]!) << 8n;
  h = ((h ^ BigInt(bytes[0]!)) * m) & mask;
  h ^= h >> 13n;
  h = (h * m) & mask;
  h ^= h >> 15n;
  return Number(BigInt.asIntN(32, h));
}
