import { randomUUID } from 'node:crypto';
import { type Kafka } from 'kafkajs';
import { BatchingLogWriter } from './batching-log-writer.ts';
import { connectKafka } from './connect-kafka.ts';
import { ensureTopics } from './ensure-topics.ts';
import { KafkaTransport } from './kafka-transport.ts';
import { logBounds } from './log-bounds.ts';
import { logWriterContract, testItem } from './testing/log-writer.contract.ts';
import { dropProxy, readAll } from './testing/broker-rig.ts';

const brokers = process.env.KAFKA_BROKERS!.split(',');
const direct = connectKafka({ brokers, client_id: 'int-test' });

async function freshTopics(count: number): Promise<string[]> {
  const topics = Array.from({ length: count }, () => `t-${randomUUID()}`);
  await ensureTopics(
    direct,
    topics.map((topic) => ({ topic, partitions: 3 })),
  );
  return topics;
}

logWriterContract('Kafka', async () => {
  const [a, b] = await freshTopics(2);
  const writer = new BatchingLogWriter(new KafkaTransport(direct));
  return { writer, topics: [a!, b!], stored: (topic) => readAll(direct, topic), close: () => writer.close() };
});

describe('ensureTopics', () => {
  test('an existing topic keeps its partitions; bounds start at zero; the broker dates the records', async () => {
    const [topic] = await freshTopics(1);
    const [again] = await ensureTopics(direct, [{ topic: topic!, partitions: 9 }]);
    expect(again).toEqual({ topic, partitions: 3, created: false });
    const writer = new BatchingLogWriter(new KafkaTransport(direct));
    const before = Date.now();
    const [places] = await writer.append([[testItem(topic!, 'k')]]);
    await writer.close();
    expect(Math.abs(places![0]!.timestamp_ms! - before)).toBeLessThan(5_000);
    await withAdmin(direct, async (admin) => {
      const bounds = await logBounds(admin, topic!);
      expect(bounds.map(({ low }) => low)).toEqual([0n, 0n, 0n]);
      expect(bounds.reduce((sum, { high }) => sum + high, 0n)).toBe(1n);
    });
  });

  test('a topic that would lose records is refused', async () => {
    const topic = `t-${randomUUID()}`;
    await withAdmin(direct, (admin) =>
      admin.createTopics({
        topics: [{ topic, numPartitions: 1, configEntries: [{ name: 'retention.ms', value: '1000' }] }],
      }),
    );
    await expect(ensureTopics(direct, [{ topic, partitions: 1 }])).rejects.toMatchObject({ code: 'topic_unsafe' });
  });
});

describe('faults between producer and broker', () => {
  test('dropped produce responses: nothing acknowledged is lost, everything else is reported', async () => {
    const [topic] = await freshTopics(1);
    const proxy = await dropProxy(brokers[0]!);
    const through = connectKafka({ brokers: [proxy.address], client_id: 'fault', request_timeout_ms: 250 });
    const writer = new BatchingLogWriter(new KafkaTransport(through), { append_timeout_ms: 600 });
    const acknowledged: string[] = [];
    const items = Array.from({ length: 400 }, (_, i) => testItem(topic!, `k${i % 20}`, `v-${i}`));
    const outcomes: Promise<void>[] = [];
    for (const [i, item] of items.entries()) {
      // Three in a row outlast kafkajs' own retries and our bound; one is retried and stored twice.
      if (i % 100 === 20) proxy.dropResponses(i % 200 === 20 ? 1 : 3);
      outcomes.push(
        writer.append([[item]]).then(
          () => void acknowledged.push(item.value.toString()),
          () => undefined,
        ),
      );
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await Promise.all(outcomes);
    await writer.close();
    const stored = new Set([...(await readAll(direct, topic!)).values()].flat().map(String));
    expect(proxy.dropped).toBeGreaterThan(0);
    expect(acknowledged.filter((value) => !stored.has(value))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(acknowledged.length).toBeLessThan(items.length);
    // Each stamped number ends as acknowledged or as burnt, never both, never neither.
    const known = new Set(acknowledged);
    for (const item of items) expect(item.burnt).toBe(item.stamps === 1 && !known.has(item.value.toString()) ? 1 : 0);
    await proxy.close();
  });

  test('Kafka away: refused in bounded time, and it recovers by itself', async () => {
    const [topic] = await freshTopics(1);
    const proxy = await dropProxy(brokers[0]!);
    const writer = new BatchingLogWriter(
      new KafkaTransport(
        connectKafka({
          brokers: [proxy.address],
          client_id: 'away',
          request_timeout_ms: 500,
          connection_timeout_ms: 300,
        }),
      ),
      {
        append_timeout_ms: 2_000,
      },
    );
    await writer.append([[testItem(topic!, 'k', 'before')]]);
    proxy.refuse();
    const start = Date.now();
    await expect(writer.append([[testItem(topic!, 'k', 'away')]])).rejects.toMatchObject({
      code: 'log_unavailable',
      retryable: true,
    });
    expect(Date.now() - start).toBeLessThan(3_000);
    proxy.accept();
    await retry(() => writer.append([[testItem(topic!, 'k', 'after')]]));
    await writer.close();
    const stored = [...(await readAll(direct, topic!)).values()].flat().map(String);
    expect(stored).toEqual(expect.arrayContaining(['before', 'after']));
    await proxy.close();
  });
});

async function retry<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt >= 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function withAdmin<T>(kafka: Kafka, use: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await use(admin);
  } finally {
    await admin.disconnect();
  }
}
