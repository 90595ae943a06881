import { BatchingLogWriter } from './batching-log-writer.ts';
import { InMemoryTransport } from './in-memory-transport.ts';
import { TooLargeForLog } from './log-transport.ts';
import { logWriterContract, testItem } from './testing/log-writer.contract.ts';

logWriterContract('in memory', () => {
  const transport = new InMemoryTransport({ a: 3, b: 2 });
  const writer = new BatchingLogWriter(transport);
  return Promise.resolve({
    writer,
    topics: ['a', 'b'] as const,
    stored: (topic: string) =>
      Promise.resolve(
        new Map(
          [0, 1, 2].map((partition) => [
            partition,
            transport.stored(topic, partition).map((record) => Buffer.from(record.value)),
          ]),
        ),
      ),
    close: () => writer.close(),
  });
});

describe('the fault table: each write lost, and stored but reported as failed', () => {
  test.each(['lost', 'stored_but_reported_as_failed'] as const)(
    '%s: refused as unavailable, the number reported as burnt',
    async (fault) => {
      const transport = new InMemoryTransport({ a: 2 });
      const writer = new BatchingLogWriter(transport);
      transport.failNext(fault);
      const item = testItem('a', 'k');
      await expect(writer.append([[item]])).rejects.toMatchObject({ code: 'log_unavailable', retryable: true });
      expect([item.stamps, item.burnt]).toEqual([1, 1]);
      expect(transport.allStored()).toHaveLength(fault === 'lost' ? 0 : 1);
      await expect(writer.append([[testItem('a', 'k')]])).resolves.toHaveLength(1);
    },
  );

  test('a failed stage leaves the next one without numbers', async () => {
    const transport = new InMemoryTransport({ a: 2, b: 2 });
    transport.failNext('lost');
    const event = testItem('a', 'k');
    await expect(new BatchingLogWriter(transport).append([[testItem('b', 'k')], [event]])).rejects.toMatchObject({
      code: 'log_unavailable',
    });
    expect([event.stamps, event.burnt]).toEqual([0, 0]);
  });
});

describe('when the log stops answering', () => {
  test('callers are answered in time, new ones refused at once, and it recovers by itself', async () => {
    const transport = new InMemoryTransport({ a: 2 });
    const writer = new BatchingLogWriter(transport, { append_timeout_ms: 60 });
    transport.hold();
    const stuck = testItem('a', 'k');
    await expect(writer.append([[stuck]])).rejects.toMatchObject({ code: 'log_unavailable' });
    expect(stuck.burnt).toBe(1);
    const refused = testItem('a', 'k');
    const before = performance.now();
    await expect(writer.append([[refused]])).rejects.toMatchObject({ code: 'log_unavailable' });
    expect(performance.now() - before).toBeLessThan(30);
    expect(refused.stamps).toBe(0);
    transport.release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(writer.append([[testItem('a', 'k')]])).resolves.toBeDefined();
    // The late acknowledgement changed nothing that was reported.
    expect([stuck.burnt, transport.allStored().length]).toEqual([1, 2]);
  });

  test('what only queued is dropped without a number', async () => {
    const transport = new InMemoryTransport({ a: 2 });
    const writer = new BatchingLogWriter(transport, { append_timeout_ms: 60, linger_ms: 0 });
    transport.hold();
    const first = writer.append([[testItem('a', 'k')]]);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const queued = testItem('a', 'k');
    const second = writer.append([[queued]]);
    await Promise.allSettled([first, second]);
    transport.release();
    await writer.close();
    expect([queued.stamps, queued.burnt]).toEqual([0, 0]);
  });
});

test('a full queue is an error that says so, and takes no number', async () => {
  const transport = new InMemoryTransport({ a: 2 });
  const writer = new BatchingLogWriter(transport, { max_queue_items: 3 });
  const fitting = writer.append([[testItem('a', '1'), testItem('a', '2')]]);
  const refused = testItem('a', '3');
  await expect(writer.append([[refused, testItem('a', '4')]])).rejects.toMatchObject({
    code: 'log_full',
    retryable: true,
  });
  await fitting;
  expect(refused.stamps).toBe(0);
  expect(writer.load).toEqual({ items: 0, bytes: 0, stalled: false });
});

test('appends of one moment share one send', async () => {
  const transport = new InMemoryTransport({ a: 2 });
  const writer = new BatchingLogWriter(transport);
  await Promise.all(Array.from({ length: 100 }, (_, i) => writer.append([[testItem('a', `k${i}`)]])));
  expect(transport.sends).toEqual([100]);
});

test('a log that takes less than assumed: halves until the offender is alone', async () => {
  const transport = new InMemoryTransport({ a: 1 });
  const send = transport.send.bind(transport);
  transport.send = (records) =>
    records.reduce((sum, { value }) => sum + value.length, 0) > 1_000
      ? Promise.reject(new TooLargeForLog(undefined))
      : send(records);
  const writer = new BatchingLogWriter(transport);
  const sizes = [300, 300, 300, 2_000, 300, 300];
  const results = await Promise.allSettled(
    sizes.map((size) => writer.append([[testItem('a', 'k', Buffer.alloc(size))]])),
  );
  expect(results.map((result) => result.status === 'fulfilled')).toEqual(sizes.map((size) => size < 1_000));
});

test('close sends what is queued', async () => {
  const transport = new InMemoryTransport({ a: 2 });
  const writer = new BatchingLogWriter(transport);
  const queued = writer.append([[testItem('a', 'k')]]);
  await writer.close();
  await expect(queued).resolves.toHaveLength(1);
});
