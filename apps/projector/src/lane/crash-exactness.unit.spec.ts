import fc from 'fast-check';
import { InMemoryStore, type StoreFault } from '../testing/in-memory-store.ts';
import { logRecord } from '../testing/log-records.ts';
import { Gatherer } from './gatherer.ts';
import { type LogRecord, partitionName } from './log-record.ts';
import { ProjectionLoop } from './projection-loop.ts';

/** A log of several partitions in which some events stand twice, as after a resend. */
function logOf(ids: readonly (readonly number[])[]): LogRecord[][] {
  return ids.map((partition, p) =>
    partition.map((id, i) =>
      logRecord({ partition: p, offset: BigInt(i), timestamp_ms: 1_000 + i * 10 + p, value: Buffer.from(`e${id}`) }),
    ),
  );
}

/** What a reader must see of the whole log: the first copy of each event. */
function expected(log: readonly (readonly LogRecord[])[]): Map<string, string> {
  const first = new Map<string, LogRecord>();
  for (const record of [...log.flat()].sort(
    (a, b) => a.timestamp_ms - b.timestamp_ms || a.partition - b.partition || Number(a.offset - b.offset),
  )) {
    const id = record.value!.toString();
    if (!first.has(id)) first.set(id, record);
  }
  return new Map([...first].map(([id, record]) => [id, `${partitionName(record)}/${record.offset}`]));
}

/**
 * One life of a projector: reads on from the store's positions, dies at the first fault or when everything is
 * projected.
 */
async function life(
  log: readonly (readonly LogRecord[])[],
  store: InMemoryStore,
  partitions: readonly number[],
  batch: number,
  committed: unknown[] = [],
): Promise<'died' | 'finished'> {
  const gatherer = new Gatherer({ max_records: batch, max_bytes: 1e9, linger_ms: 0, max_rest_ms: 0 });
  const start = await store.positions.read();
  const nextOf = (p: number): number => Number(start.find(({ partition }) => partition === p)?.next_offset ?? 0n);
  const waiting = partitions.flatMap((p) => log[p]!.slice(nextOf(p)));
  let left = waiting.length;
  if (left === 0) return 'finished';
  return new Promise((resolve) => {
    const loop = new ProjectionLoop({
      gatherer,
      project: (records) => store.sink.project(records),
      positions: store.positions,
      commit: (next) => Promise.resolve(void committed.push(next)),
      onRetry: () => undefined,
      onProgress: ({ records }) => {
        left -= records;
        if (left === 0) void loop.stop().then(() => resolve('finished'));
      },
    });
    loop.start(() => resolve('died'));
    for (let i = 0; i < waiting.length; i += 3) void gatherer.offer(waiting.slice(i, i + 3));
  });
}

const faults: StoreFault[] = ['lost', 'done_but_failed', 'half_done'];

describe('the fault table: each write lost, half done, and done but reported as failed', () => {
  test.each(faults.flatMap((fault) => (['rows', 'positions'] as const).map((on) => [on, fault] as const)))(
    '%s %s',
    async (on, fault) => {
      const log = logOf([
        [1, 2, 3, 4, 5],
        [6, 2, 7],
      ]);
      const store = new InMemoryStore();
      store.faults.push({ on, fault });
      expect(await life(log, store, [0, 1], 4)).toBe('died');
      const between = store.visible();
      for (const [id, place] of between) expect(expected(log).has(id) || place).toBeTruthy();
      expect(await life(log, store, [0, 1], 4)).toBe('finished');
      expect(store.visible()).toEqual(expected(log));
    },
  );
});

test('whatever dies when, with one projector or two that share and take over: every event once, no half batch', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 25 }), { minLength: 1, maxLength: 4 }),
      fc.array(
        fc.record({ on: fc.constantFrom('rows' as const, 'positions' as const), fault: fc.constantFrom(...faults) }),
        { maxLength: 6 },
      ),
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      async (ids, plan, batch, overlap) => {
        const log = logOf(ids);
        const store = new InMemoryStore();
        store.faults.push(...plan);
        const all = log.map((_, p) => p);
        for (let round = 0; round < plan.length + 1; round += 1) {
          // A second projector may still be working on partitions that the first one got in the rebalance.
          const lives = [
            life(log, store, all, batch),
            ...(overlap[round % 4] ? [life(log, store, all.slice(0, 2), batch + 1)] : []),
          ];
          await Promise.all(lives);
          store.visible();
        }
        store.faults.length = 0;
        await life(log, store, all, batch);
        expect(store.visible()).toEqual(expected(log));
      },
    ),
    { numRuns: 60 },
  );
});

test('Kafka is told only what the table already says', async () => {
  const log = logOf([[1, 2, 3, 4, 5, 6]]);
  const store = new InMemoryStore();
  const told: { next_offset: bigint }[][] = [];
  store.faults.push({ on: 'positions', fault: 'lost' });
  await life(log, store, [0], 2, told);
  expect(told).toEqual([]);
  await life(log, store, [0], 2, told);
  expect(told.flat().map(({ next_offset }) => next_offset)).toEqual([2n, 4n, 6n]);
  expect(store.nextOf('audit.activity.v1/0')).toBe(6n);
});
