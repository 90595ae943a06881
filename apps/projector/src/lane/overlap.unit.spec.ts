import { logRecord } from '../testing/log-records.ts';
import { Gatherer } from './gatherer.ts';
import { type LogRecord } from './log-record.ts';
import { ProjectionLoop } from './projection-loop.ts';

/** A loop over batches of one record whose inserts end when the test says so. */
function backlog(count: number) {
  const gatherer = new Gatherer({ max_records: 1, max_bytes: 1e6, linger_ms: 0, max_rest_ms: 0 });
  const inserts = new Map<number, { done: () => void; failed: (error: Error) => void }>();
  const written: bigint[] = [];
  const fatal: unknown[] = [];
  const loop = new ProjectionLoop({
    gatherer,
    project: ([record]: readonly LogRecord[]) =>
      new Promise<void>((done, failed) => void inserts.set(Number(record?.offset), { done, failed })),
    positions: {
      read: () => Promise.resolve([]),
      write: (next) => Promise.resolve(void written.push(...next.map(({ next_offset }) => next_offset))),
    },
    commit: () => Promise.resolve(),
    onProgress: () => undefined,
    onRetry: () => undefined,
  });
  loop.start((error) => fatal.push(error));
  for (let offset = 0; offset < count; offset += 1) void gatherer.offer([logRecord({ offset: BigInt(offset) })]);
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { loop, inserts, written, fatal, settle };
}

test('with a backlog two inserts are under way, never three', async () => {
  const { inserts, settle, loop } = backlog(4);
  await settle();
  expect([...inserts.keys()]).toEqual([0, 1]);
  expect(loop.working).toBe(true);
  inserts.get(0)?.done();
  await settle();
  expect([...inserts.keys()]).toEqual([0, 1, 2]);
});

test('positions go in order, whichever insert ends first', async () => {
  const { inserts, written, settle } = backlog(3);
  await settle();
  inserts.get(1)?.done();
  await settle();
  expect(written).toEqual([]);
  inserts.get(0)?.done();
  await settle();
  expect(written).toEqual([1n, 2n]);
});

test('behind an insert that failed for good no position is written, though the next one is in the tables', async () => {
  const { inserts, written, fatal, settle, loop } = backlog(3);
  await settle();
  inserts.get(1)?.done();
  inserts.get(0)?.failed(new Error('defect'));
  await settle();
  expect(written).toEqual([]);
  expect(fatal).toMatchObject([{ message: 'defect' }]);
  expect([...inserts.keys()]).toEqual([0, 1]);
  expect(loop.working).toBe(false);
});

test('the second that fails stops it, and the first keeps its position', async () => {
  const { inserts, written, fatal, settle } = backlog(2);
  await settle();
  inserts.get(1)?.failed(new Error('defect'));
  await settle();
  inserts.get(0)?.done();
  await settle();
  expect(written).toEqual([1n]);
  expect(fatal).toMatchObject([{ message: 'defect' }]);
});

test('nothing is under way any more when the loop ends', async () => {
  const { inserts, written, fatal, settle, loop } = backlog(2);
  await settle();
  inserts.get(0)?.failed(new Error('defect'));
  await settle();
  expect([fatal, loop.working]).toEqual([[], true]);
  inserts.get(1)?.done();
  await settle();
  expect([written, loop.working]).toEqual([[], false]);
  expect(fatal).toMatchObject([{ message: 'defect' }]);
});

test('stopping waits for both', async () => {
  const { inserts, written, loop, settle } = backlog(2);
  await settle();
  let stopped = false;
  const stopping = loop.stop().then(() => (stopped = true));
  await settle();
  inserts.get(1)?.done();
  await settle();
  expect(stopped).toBe(false);
  inserts.get(0)?.done();
  await stopping;
  expect(stopped).toBe(true);
  expect(written.length).toBeLessThanOrEqual(2);
});
