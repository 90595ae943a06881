import fc from 'fast-check';
import { GapLedger } from './gap-ledger.ts';
import { StreamNumbers } from './stream-numbers.ts';

describe('numbers', () => {
  test('are gapless per tenant and stream, from 1; each stream is opened once', () => {
    const opened: string[] = [];
    const numbers = new StreamNumbers((tenant, stream) => opened.push(`${tenant}/${stream}`));
    const take = (tenant: string, stream: string): number => numbers.take(tenant, stream, (seq) => seq);
    expect([take('a', 's'), take('a', 's'), take('b', 's'), take('a', 't'), take('a', 's')]).toEqual([1, 2, 1, 1, 3]);
    expect(opened).toEqual(['a/s', 'b/s', 'a/t']);
    expect(numbers.list()).toEqual([
      { tenant_id: 'a', stream_id: 's', seq: 3 },
      { tenant_id: 'b', stream_id: 's', seq: 1 },
      { tenant_id: 'a', stream_id: 't', seq: 1 },
    ]);
  });
  test('a record that cannot be encoded takes none', () => {
    const opened: string[] = [];
    const numbers = new StreamNumbers((_tenant, stream) => opened.push(stream));
    expect(() =>
      numbers.take('a', 's', () => {
        throw new Error('unencodable');
      }),
    ).toThrow('unencodable');
    expect([opened, numbers.list()]).toEqual([[], []]);
    expect(numbers.take('a', 's', (seq) => seq)).toBe(1);
  });
});

describe('gaps', () => {
  test('are ranges, merged, per stream, and handed over once', () => {
    const gaps = new GapLedger();
    for (const seq of [5, 3, 4, 9, 10, 4]) gaps.burn('a', 's', seq);
    gaps.burn('b', 's', 1, 2);
    expect(gaps.size).toBe(3);
    expect(gaps.take()).toEqual([
      { tenant_id: 'a', stream_id: 's', from: 3, to: 5 },
      { tenant_id: 'a', stream_id: 's', from: 9, to: 10 },
      { tenant_id: 'b', stream_id: 's', from: 1, to: 2 },
    ]);
    expect(gaps.take()).toEqual([]);
  });
  test('cover every burnt number, within the bound, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 200 }),
        fc.integer({ min: 1, max: 20 }),
        (burnt, max) => {
          const gaps = new GapLedger(max);
          for (const seq of burnt) gaps.burn('a', 's', seq);
          const ranges = gaps.take();
          expect(ranges.length).toBeLessThanOrEqual(max);
          expect(burnt.every((seq) => ranges.some(({ from, to }) => from <= seq && seq <= to))).toBe(true);
          for (const { from, to } of ranges) expect([burnt.includes(from), burnt.includes(to)]).toEqual([true, true]);
          for (const [index, range] of ranges.entries())
            if (index > 0) expect(range.from).toBeGreaterThan((ranges[index - 1]?.to ?? 0) + 1);
        },
      ),
    );
  });
});
