import { interleaved, median, percentile, table } from './rounds.ts';

test('every side once a round, the first of one round last in the next', async () => {
  const order: string[] = [];
  const side = (name: string) => ({ name, measure: (round: number) => Promise.resolve(round) });
  const results = await interleaved([side('a'), side('b')], 2, (name, round) => order.push(`${name}${round}`));
  expect(order).toEqual(['a1', 'b1', 'b2', 'a2']);
  expect(results).toEqual([
    { name: 'a', figures: [1, 2] },
    { name: 'b', figures: [1, 2] },
  ]);
});

test('medians and percentiles', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, NaN]);
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect([percentile(hundred, 0.5), percentile(hundred, 0.99), percentile([7], 0.99), percentile([], 0.5)]).toEqual([
    50,
    99,
    7,
    NaN,
  ]);
});

test('a table stands in columns', () => {
  expect(
    table([
      ['side', 'rate'],
      ['ours', '10'],
      ['the peer', '1,000'],
    ]),
  ).toBe('side       rate\n────────  ─────\nours         10\nthe peer  1,000');
});
