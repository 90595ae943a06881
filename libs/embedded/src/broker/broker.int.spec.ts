import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel, type Consumer } from 'kafkajs';
import { startBroker, type Broker } from './start-broker.ts';

const client = (brokers: string) => new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING });

async function produce(brokers: string, topic: string, values: string[]): Promise<void> {
  const producer = client(brokers).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await producer.send({ topic, acks: -1, messages: values.map((value) => ({ key: 'k', value })) });
  await producer.disconnect();
}

async function readAll(brokers: string, topic: string, count: number): Promise<string[]> {
  const consumer: Consumer = client(brokers).consumer({ groupId: randomUUID() });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const values: string[] = [];
  await new Promise<void>((resolve, reject) => {
    // A coordinator that still loads its group is tried again by kafkajs itself.
    consumer.on('consumer.crash', ({ payload }) => !payload.restart && reject(payload.error));
    void consumer.run({
      eachMessage: ({ message }) => {
        values.push(message.value?.toString() ?? '');
        if (values.length >= count) resolve();
        return Promise.resolve();
      },
    });
  });
  await consumer.disconnect();
  return values;
}

describe('the embedded broker', () => {
  let dir: string;
  let broker: Broker | undefined;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'affidavit-broker-'));
  });
  afterAll(async () => {
    await broker?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  test('killed and started again on the same port, it has every acknowledged record', async () => {
    broker = await startBroker({ dataDir: dir, port: 0, controllerPort: 0 });
    const { port, brokers } = broker;
    const admin = client(brokers).admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'survives', numPartitions: 1 }] });
    await admin.disconnect();
    const values = Array.from({ length: 500 }, (_, index) => `record ${index}`);
    await produce(brokers, 'survives', values);

    process.kill(broker.pid, 'SIGKILL');
    expect(await broker.exited).toEqual({ code: null, signal: 'SIGKILL' });
    broker = await startBroker({ dataDir: dir, port, controllerPort: 0 });
    expect(broker.port).toBe(port);
    expect(await readAll(brokers, 'survives', values.length)).toEqual(values);
  });

  test('a topic exists only when somebody created it', async () => {
    const admin = client(broker?.brokers ?? '').admin();
    await admin.connect();
    await expect(admin.fetchTopicMetadata({ topics: ['misspelt'] })).rejects.toMatchObject({
      type: 'UNKNOWN_TOPIC_OR_PARTITION',
    });
    await admin.disconnect();
  });

  test('a taken port is one sentence that names the setting', async () => {
    const other = await mkdtemp(join(tmpdir(), 'affidavit-broker-'));
    await expect(startBroker({ dataDir: other, port: broker?.port ?? 0, controllerPort: 0 })).rejects.toMatchObject({
      code: 'port_taken',
      message: expect.stringMatching(/^Port \d+ is already in use.*KAFKA_PORT.*\.$/) as unknown,
    });
    await rm(other, { recursive: true, force: true });
  });
});
