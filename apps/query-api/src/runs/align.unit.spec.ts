import fc from 'fast-check';
import { align as alignWith, type AlignKey, type Pair } from './align.ts';

let pauses = 0;
const align = (a: readonly AlignKey[], b: readonly AlignKey[]) =>
  alignWith(a, b, () => Promise.resolve(void (pauses += 1)));
const step = (key: number, facts = 1, content = 0): AlignKey => ({ key, facts, content });
const keys = fc.array(
  fc.record({
    key: fc.integer({ min: 1, max: 4 }),
    facts: fc.integer({ min: 1, max: 2 }),
    content: fc.integer({ min: 0, max: 2 }),
  }),
  { maxLength: 25 },
);

/** The definition, in ten lines: the best of all common subsequences. */
function bestWeight(a: readonly AlignKey[], b: readonly AlignKey[]): number {
  const table = a.map(() => b.map(() => 0));
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  a.forEach((one, i) =>
    b.forEach((other, j) => {
      const weight =
        one.key === other.key
          ? 4 + (one.content !== 0 && one.content === other.content ? 2 : 0) + (one.facts === other.facts ? 1 : 0)
          : 0;
      (table[i] as number[])[j] = Math.max(at(i - 1, j), at(i, j - 1), weight === 0 ? 0 : at(i - 1, j - 1) + weight);
    }),
  );
  return at(a.length - 1, b.length - 1);
}
const weightOf = (pairs: readonly Pair[], a: readonly AlignKey[], b: readonly AlignKey[]): number =>
  pairs.reduce(
    (sum, pair) =>
      sum + (pair.a === null || pair.b === null ? 0 : bestWeight([a[pair.a] as AlignKey], [b[pair.b] as AlignKey])),
    0,
  );

describe('aligning two runs', () => {
  test('every step of both occurs exactly once and in order, and no alignment has more in common', async () => {
    await fc.assert(
      fc.asyncProperty(keys, keys, async (a, b) => {
        const pairs = await align(a, b);
        expect(pairs.flatMap((pair) => pair.a ?? [])).toEqual(a.map((_, index) => index));
        expect(pairs.flatMap((pair) => pair.b ?? [])).toEqual(b.map((_, index) => index));
        expect(pairs.every((pair) => pair.a === null || pair.b === null || a[pair.a]?.key === b[pair.b]?.key)).toBe(
          true,
        );
        expect(weightOf(pairs, a, b)).toBe(bestWeight(a, b));
      }),
      { numRuns: 500 },
    );
  });
  test('a run beside itself is matched throughout', async () => {
    await fc.assert(
      fc.asyncProperty(keys, async (a) =>
        expect(await align(a, a)).toEqual(a.map((_, index) => ({ a: index, b: index }))),
      ),
    );
  });
  test('of two equal names the one with the same arguments is taken', async () => {
    expect(await align([step(1, 1, 7)], [step(1, 1, 5), step(1, 1, 7)])).toEqual([
      { a: null, b: 0 },
      { a: 0, b: 1 },
    ]);
  });
  test('ten thousand steps that have little in common, and others have their turns meanwhile', async () => {
    const many = (seed: number) =>
      Array.from({ length: 10_000 }, (_, index) => step(((index * 7_919 + seed) % 97) + seed * 50));
    pauses = 0;
    const pairs = await align(many(1), many(2));
    expect(pairs.filter(({ a }) => a !== null)).toHaveLength(10_000);
    expect(pauses).toBeGreaterThan(50);
  }, 60_000);
});
