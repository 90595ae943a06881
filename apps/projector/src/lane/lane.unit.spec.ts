import { jest } from '@jest/globals';
import { AffidavitError } from '@affidavit/audit-model';
import { logRecord } from '../testing/log-records.ts';
import { PartitionCursor, stopReason } from './cursor.ts';
import { Gatherer } from './gatherer.ts';
import { LagWatch } from './lag-watch.ts';
import { nextOffsets } from './log-record.ts';
import { ProjectionLoop } from './projection-loop.ts';
import { retrying } from './retry.ts';

describe('cursor: offsets are dense, or somebody hears of it', () => {
  test('takes what comes next', () => {
    const cursor = new PartitionCursor(5n);
    expect(cursor.step([5n, 6n])).toEqual({ status: 'take', holes: [] });
    expect(cursor.step([7n])).toEqual({ status: 'take', holes: [] });
    expect(cursor.next).toBe(8n);
  });

  test('records already taken, or an earlier start, make it seek', () => {
    expect(new PartitionCursor(5n).step([3n, 4n, 5n])).toEqual({ status: 'seek', offset: 5n });
  });

  test('a silent reset forward is asked again, and only then a hole', () => {
    const cursor = new PartitionCursor(5n);
    expect(cursor.step([9n, 10n, 12n])).toEqual({ status: 'seek', offset: 5n });
    expect(cursor.next).toBe(5n);
    expect(cursor.step([9n, 10n, 12n])).toEqual({
      status: 'take',
      holes: [
        { from: 5n, to: 8n },
        { from: 11n, to: 11n },
      ],
    });
    expect(cursor.next).toBe(13n);
  });

  test('verdicts that stop it say what is missing', () => {
    expect(stopReason({ status: 'log_start_beyond', expected: 3n, low: 7n })).toContain('3 to 6 are gone');
    expect(stopReason({ status: 'log_shorter', expected: 9n, high: 2n })).toContain('ends at 2');
    expect(stopReason({ status: 'ok' })).toBeUndefined();
  });
});

describe('gatherer', () => {
  const records = (count: number, partition = 0) =>
    Array.from({ length: count }, (_, i) => logRecord({ partition, offset: BigInt(i) }));

  test('one batch over all partitions, in each one’s order', async () => {
    const gatherer = new Gatherer({ max_records: 100, max_bytes: 1e6, linger_ms: 20, max_rest_ms: 0 });
    void gatherer.offer(records(3, 0));
    setTimeout(() => void gatherer.offer(records(2, 1)), 5);
    const batch = await gatherer.take();
    expect(batch.map(({ partition, offset }) => `${partition}/${offset}`)).toEqual(['0/0', '0/1', '0/2', '1/0', '1/1']);
  });

  test('a full batch does not wait, and holds no more than its limit', async () => {
    const gatherer = new Gatherer({ max_records: 4, max_bytes: 1e6, linger_ms: 60_000, max_rest_ms: 0 });
    void gatherer.offer(records(10));
    expect((await gatherer.take()).length).toBe(4);
    expect((await gatherer.take()).length).toBe(4);
  });

  test('bytes are a limit too, and one huge record still goes', async () => {
    const gatherer = new Gatherer({ max_records: 100, max_bytes: 1_000, linger_ms: 60_000, max_rest_ms: 0 });
    void gatherer.offer([logRecord({ offset: 0n, value: Buffer.alloc(5_000) }), logRecord({ offset: 1n })]);
    expect((await gatherer.take()).map(({ offset }) => offset)).toEqual([0n]);
  });

  test('who offers to a full one waits', async () => {
    const gatherer = new Gatherer({ max_records: 2, max_bytes: 1e6, linger_ms: 0, max_rest_ms: 0 });
    await gatherer.offer(records(2));
    let accepted = false;
    void gatherer.offer(records(1, 1)).then(() => (accepted = true));
    await new Promise(setImmediate);
    expect(accepted).toBe(false);
    await gatherer.take();
    await new Promise(setImmediate);
    expect(accepted).toBe(true);
  });

  test('clear forgets everything and lets the waiting go', async () => {
    const gatherer = new Gatherer({ max_records: 1, max_bytes: 1e6, linger_ms: 0, max_rest_ms: 0 });
    void gatherer.offer(records(1));
    const waiting = gatherer.offer(records(1));
    gatherer.clear();
    await waiting;
    expect(gatherer.buffered).toBe(0);
  });
});

describe('gatherer at rest', () => {
  const limits = { max_records: 4, max_bytes: 1e6, linger_ms: 200, max_rest_ms: 1_000 };
  const one = (offset: number) => [logRecord({ offset: BigInt(offset) })];
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());
  /** When, in milliseconds, the next batch comes, and how many it holds. */
  const takenAfter = async (gatherer: Gatherer): Promise<[number, number]> => {
    const started = performance.now();
    const taking = gatherer
      .take()
      .then((batch): [number, number] => [Math.round(performance.now() - started), batch.length]);
    await jest.advanceTimersByTimeAsync(5_000);
    return taking;
  };

  test.each([
    [0, 200],
    [150, 200],
    [450, 450],
    [60_000, 1_000],
  ])(
    'after an insert of %i ms the next small one comes %i ms after its end, with what came meanwhile',
    async (tookMs, comesMs) => {
      const gatherer = new Gatherer(limits);
      gatherer.rest(tookMs);
      void gatherer.offer(one(0));
      setTimeout(() => void gatherer.offer(one(1)), comesMs - 1);
      expect(await takenAfter(gatherer)).toEqual([comesMs, 2]);
    },
  );
  test('who comes long after the last insert waits for company only', async () => {
    const gatherer = new Gatherer(limits);
    gatherer.rest(600);
    setTimeout(() => void gatherer.offer(one(0)), 3_000);
    expect(await takenAfter(gatherer)).toEqual([3_200, 1]);
  });
  test('a full batch does not rest, and neither does one that becomes full', async () => {
    const gatherer = new Gatherer(limits);
    gatherer.rest(1_000);
    void gatherer.offer([0, 1, 2, 3].flatMap(one));
    expect(await takenAfter(gatherer)).toEqual([0, 4]);
    gatherer.rest(1_000);
    void gatherer.offer(one(4));
    setTimeout(() => void gatherer.offer([5, 6, 7].flatMap(one)), 300);
    expect(await takenAfter(gatherer)).toEqual([300, 4]);
  });
  test('who stops is not kept waiting', async () => {
    const gatherer = new Gatherer(limits);
    gatherer.rest(1_000);
    void gatherer.offer(one(0));
    setTimeout(() => gatherer.wake(), 20);
    expect(await takenAfter(gatherer)).toEqual([20, 1]);
  });
});

test('the next offset of a batch is behind its last record, per partition', () => {
  const next = nextOffsets([
    logRecord({ offset: 4n }),
    logRecord({ partition: 1, offset: 9n }),
    logRecord({ offset: 5n, timestamp_ms: 77 }),
  ]);
  expect(next).toEqual([
    { topic: 'audit.activity.v1', partition: 0, next_offset: 6n, last_timestamp_ms: 77 },
    { topic: 'audit.activity.v1', partition: 1, next_offset: 10n, last_timestamp_ms: 1_795_327_200_009 },
  ]);
});

describe('retry', () => {
  const passing = new AffidavitError('store_unavailable', 'away', { retryable: true });

  test('what may pass is repeated, what may not is thrown', async () => {
    const attempts: number[] = [];
    let calls = 0;
    const step = () => (++calls < 3 ? Promise.reject(passing) : Promise.resolve('done'));
    const options = {
      retryable: (error: unknown) => error === passing,
      onRetry: (_: unknown, attempt: number) => attempts.push(attempt),
      signal: new AbortController().signal,
      firstWaitMs: 1,
    };
    await expect(retrying(step, options)).resolves.toBe('done');
    expect(attempts).toEqual([1, 2]);
    await expect(retrying(() => Promise.reject(new Error('defect')), options)).rejects.toThrow('defect');
  });

  test('a stop ends the wait', async () => {
    const abort = new AbortController();
    const waiting = retrying(() => Promise.reject(passing), {
      retryable: () => true,
      onRetry: () => abort.abort(),
      signal: abort.signal,
      firstWaitMs: 60_000,
    });
    await expect(waiting).rejects.toMatchObject({ code: 'shutting_down' });
  });
});

describe('loop', () => {
  test('an error that nobody knows stops it loudly, and writes no position', async () => {
    const gatherer = new Gatherer({ max_records: 10, max_bytes: 1e6, linger_ms: 0, max_rest_ms: 0 });
    const written: unknown[] = [];
    const fatal = new Promise((resolve) => {
      const loop = new ProjectionLoop({
        gatherer,
        project: () => Promise.reject(new Error('defect')),
        positions: { read: () => Promise.resolve([]), write: (next) => Promise.resolve(void written.push(next)) },
        commit: () => Promise.resolve(),
        onProgress: () => undefined,
        onRetry: () => undefined,
      });
      loop.start(resolve);
    });
    void gatherer.offer([logRecord({ offset: 0n })]);
    expect(await fatal).toMatchObject({ message: 'defect' });
    expect(written).toEqual([]);
  });
});

describe('lag watch', () => {
  const watchOf = (state: { high: bigint; next: bigint; working: boolean; now: number }) => {
    const stuck: AffidavitError[] = [];
    const kept: string[] = [];
    const watch = new LagWatch({
      topics: ['t'],
      bounds: () =>
        Promise.resolve([
          { topic: 't', partition: 0, low: 0n, high: state.high },
          { topic: 't', partition: 1, low: 0n, high: 7n },
        ]),
      positions: () => Promise.resolve([{ topic: 't', partition: 0, next_offset: state.next, last_timestamp_ms: 0 }]),
      onLag: () => undefined,
      working: () => state.working,
      onStuck: (error) => stuck.push(error),
      now: () => state.now,
      clock: () => state.now,
      keepEnds: (ends) =>
        Promise.resolve(
          void kept.push(ends.map((end) => `${end.partition}:${end.high_watermark}@${end.looked_at_ms}`).join(' ')),
        ),
      stuck_after_ms: 1_000,
    });
    return { watch, stuck, kept };
  };

  test('the lag is of the partitions that are ours', async () => {
    const { watch } = watchOf({ high: 10n, next: 4n, working: false, now: 0 });
    expect(watch.lag).toBeUndefined();
    watch.assigned([{ topic: 't', partition: 0 }]);
    await watch.look();
    expect(watch.lag).toBe(6);
  });

  test('records wait and nothing happens: that is said; work under way is no silence', async () => {
    const state = { high: 10n, next: 4n, working: true, now: 0 };
    const { watch, stuck } = watchOf(state);
    watch.assigned([{ topic: 't', partition: 0 }]);
    state.now = 5_000;
    await watch.look();
    expect(stuck).toEqual([]);
    state.working = false;
    state.now = 6_500;
    await watch.look();
    expect(stuck).toMatchObject([{ code: 'no_progress' }]);
  });

  test('where the log ends is kept when it moved, and now and then when it did not', async () => {
    const state = { high: 4n, next: 4n, working: false, now: 1 };
    const { watch, kept } = watchOf(state);
    for (const [now, high] of [
      [1, 4n],
      [2, 4n],
      [3, 5n],
      [15_001, 5n],
      [15_003, 5n],
    ] as const) {
      Object.assign(state, { now, high, next: high });
      await watch.look();
    }
    expect(kept).toEqual(['0:4@1 1:7@1', '0:5@3', '1:7@15001', '0:5@15003']);
  });

  test('an idle log is no hang', async () => {
    const state = { high: 4n, next: 4n, working: false, now: 0 };
    const { watch, stuck } = watchOf(state);
    watch.assigned([{ topic: 't', partition: 0 }]);
    state.now = 50_000;
    await watch.look();
    expect(stuck).toEqual([]);
  });
});
