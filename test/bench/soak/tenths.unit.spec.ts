import { growth, inParts, type MemorySample, type Sample } from './tenths.ts';

const bounds = { times: 2, heap_times: 1.5, heap_slack_mb: 10 };
const steady = (ms: (at: number) => number, ok: (at: number) => boolean = () => true): Sample[] =>
  Array.from({ length: 1_000 }, (_, n) => ({ kind: 'event', at: n / 1_000, ms: ms(n / 1_000), ok: ok(n / 1_000) }));
const memory = (heap: (at: number) => number): MemorySample[] =>
  Array.from({ length: 100 }, (_, n) => ({ process: 'collector', at: n / 100, rss_mb: 200, heap_mb: heap(n / 100) }));

test('what stays as it was is not called growth, nor is a warm-up or a sawtooth', () => {
  const parts = inParts(
    steady((at) => (at < 0.1 ? 500 : 5)),
    memory((at) => 60 + ((at * 1_000) % 90)),
  );
  expect(growth(parts, bounds)).toEqual([]);
});

test.each([
  [
    'slower',
    inParts(
      steady((at) => 5 + 45 * at),
      memory(() => 60),
    ),
    /^event: p50 from .* ms$/,
  ],
  [
    'rarer',
    inParts(
      steady(
        () => 5,
        (at) => at < 0.5,
      ),
      memory(() => 60),
    ),
    /^event: /,
  ],
  [
    'a heap that keeps',
    inParts(
      steady(() => 5),
      memory((at) => 60 + 200 * at),
    ),
    /^collector: heap from .* MB$/,
  ],
])('%s is', (_name, parts, said) => {
  const [first = ''] = growth(parts, bounds);
  expect(first).toMatch(said);
});

test('what is said to follow the stored amount may grow, and only in time', () => {
  expect(
    growth(
      inParts(
        steady((at) => 5 + 45 * at),
        [],
      ),
      bounds,
      ['event'],
    ),
  ).toEqual([]);
});

test('a part has counts, the middle, the slow end, the most memory and the least heap', () => {
  const samples: Sample[] = [
    { kind: 'event', at: 0.01, ms: 1, ok: true },
    { kind: 'event', at: 0.02, ms: 3, ok: true },
    { kind: 'event', at: 0.03, ms: 99, ok: false },
    { kind: 'event', at: 1, ms: 7, ok: true },
  ];
  const [first, ...rest] = inParts(samples, [
    { process: 'a', at: 0, rss_mb: 10, heap_mb: 5 },
    { process: 'a', at: 0.05, rss_mb: 30, heap_mb: 4 },
  ]);
  expect(first?.kinds).toEqual([{ kind: 'event', requests: 3, failed: 1, p50_ms: 2, p99_ms: 3 }]);
  expect(first?.processes).toEqual([{ process: 'a', rss_mb: 30, heap_mb: 4 }]);
  expect(rest.at(-1)?.kinds[0]).toMatchObject({ requests: 1, p50_ms: 7 });
});
