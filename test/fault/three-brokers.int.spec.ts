import { setTimeout as sleep } from 'node:timers/promises';
import { type Appended, type LogItem } from '@affidavit/intake';
import { BatchingLogWriter, connectKafka, ensureTopics, KafkaTransport, type LogTransport } from '@affidavit/kafka';
import { topics } from '@affidavit/contracts';
import { type Kafka } from 'kafkajs';
import { type BrokerId, Cluster } from './support/cluster.ts';
import { HttpLoad, startDoor } from './support/http-load.ts';
import { readTopic } from './support/log-reader.ts';

const TOPIC = 'audit.activity.v1';
const LONELY = 'one.ack.v1';
/** Shorter than a follower may be silent and stay in sync: what the leader acknowledges alone, no follower has. */
const FROZEN_MS = 2_000;

/** What an application gets that writes with `acks=1`: the leader's word. The same in every other respect. */
function oneAck(kafka: Kafka): LogTransport {
  const producer = kafka.producer({
    idempotent: false,
    maxInFlightRequests: 1,
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? 0,
  });
  return {
    partitionCount: () => Promise.resolve(1),
    async send(records) {
      await producer.connect();
      const messages = records.map(({ key, value, partition }) => ({
        key: Buffer.from(key),
        value: Buffer.from(value),
        partition,
      }));
      const [answer] = await producer.send({ topic: LONELY, acks: 1, timeout: 3_500, messages });
      const first = BigInt(answer?.baseOffset ?? 0);
      return records.map((_, at) => ({ offset: first + BigInt(at), timestamp_ms: null }));
    },
    close: () => producer.disconnect(),
  };
}

interface Receipt extends Appended {
  readonly key: string;
}

/** Appends without end, from several callers; every acknowledgement is a receipt that must hold for ever. */
class Load {
  readonly receipts: Receipt[] = [];
  refused = 0;
  readonly #writer: BatchingLogWriter;
  readonly #callers: Promise<void>[];
  #going = true;
  #count = 0;

  constructor(writer: BatchingLogWriter, topic: string, callers = 8) {
    this.#writer = writer;
    this.#callers = Array.from({ length: callers }, (_, caller) => this.#call(topic, caller));
  }

  async stop(): Promise<void> {
    this.#going = false;
    await Promise.all(this.#callers);
    await this.#writer.close();
  }

  async #call(topic: string, caller: number): Promise<void> {
    while (this.#going) {
      const key = `${caller}/${(this.#count += 1)}`;
      const item: LogItem = { topic, key: Buffer.from(key), stamp: () => Buffer.from(`value of ${key}`) };
      try {
        const [[place] = []] = await this.#writer.append([[item]]);
        if (place) this.receipts.push({ ...place, key });
      } catch {
        this.refused += 1;
        await sleep(50);
      }
      await sleep(2);
    }
  }
}

describe('three brokers, replication 3, two in sync', () => {
  let cluster: Cluster;
  let kafka: Kafka;

  beforeAll(async () => {
    cluster = await Cluster.start();
    kafka = connectKafka({ brokers: cluster.brokers.split(','), client_id: 'fault' });
    await eventually(async () => (await clusterSize()) === 3);
    await ensureTopics(kafka, [
      { topic: TOPIC, partitions: 3 },
      { topic: LONELY, partitions: 1 },
    ]);
    await eventually(allInSync);
  }, 120_000);
  afterAll(() => cluster?.stop(), 30_000);

  async function eventually(look: () => Promise<boolean>): Promise<void> {
    for (const until = Date.now() + 90_000; Date.now() < until; await sleep(200))
      if (await look().catch(() => false)) return;
    throw new Error('it did not come to pass');
  }
  async function withAdmin<T>(ask: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
    const admin = kafka.admin({ retry: { retries: 2 } });
    await admin.connect();
    try {
      return await ask(admin);
    } finally {
      await admin.disconnect();
    }
  }
  const clusterSize = (): Promise<number> => withAdmin(async (admin) => (await admin.describeCluster()).brokers.length);
  const partitionsOf = (topic: string) =>
    withAdmin(async (admin) => (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]?.partitions ?? []);
  const leaderOf = async (topic: string): Promise<BrokerId> => (await partitionsOf(topic))[0]?.leader as BrokerId;
  const others = (leader: BrokerId): BrokerId[] => ([1, 2, 3] as const).filter((id) => id !== leader);
  const allInSync = async (): Promise<boolean> =>
    (await Promise.all([TOPIC, LONELY].map(partitionsOf))).flat().every(({ isr }) => isr.length === 3);
  const more = (load: Load, count: number): Promise<void> => {
    const from = load.receipts.length;
    return eventually(() => Promise.resolve(load.receipts.length >= from + count));
  };

  /** The leader goes on while its followers are frozen, and dies before they have read what it acknowledged. */
  async function loseTheLeader(topic: string): Promise<BrokerId> {
    const leader = await leaderOf(topic);
    for (const follower of others(leader)) cluster.freeze(follower);
    await sleep(FROZEN_MS);
    cluster.kill(leader);
    for (const follower of others(leader)) cluster.thaw(follower);
    await eventually(async () => ![leader, -1].includes(await leaderOf(topic)));
    return leader;
  }

  /** Receipts of which the log has no record, or another one, at the place that they name. */
  async function broken(topic: string, receipts: readonly Receipt[]): Promise<readonly string[]> {
    const stored = await readTopic(kafka, topic, `check-${Date.now()}`);
    const at = new Map(stored.map((one) => [`${one.partition}/${one.offset}`, one]));
    return receipts
      .filter(({ partition, offset, record_hash, key }) => {
        const found = at.get(`${partition}/${String(offset)}`);
        return found?.record_hash !== record_hash || found.key !== key;
      })
      .map(({ key }) => key);
  }

  test('with the leader’s word alone receipts are lost: the fault is a fault', async () => {
    const load = new Load(new BatchingLogWriter(oneAck(kafka)), LONELY);
    await more(load, 50);
    const dead = await loseTheLeader(LONELY);
    await load.stop();
    await cluster.restart(dead);
    await eventually(allInSync);
    expect((await broken(LONELY, load.receipts)).length).toBeGreaterThan(0);
  }, 180_000);

  test('every receipt is a record, whoever dies: the leader, then a second one, then both are back', async () => {
    const load = new Load(new BatchingLogWriter(new KafkaTransport(kafka)), TOPIC);
    await more(load, 200);
    const first = await loseTheLeader(TOPIC);
    // Two are left: writing goes on.
    await more(load, 200);
    const second = await leaderOf(TOPIC);
    cluster.kill(second);
    await eventually(async () => (await clusterSize()) === 1);
    // One is left: nothing may be acknowledged, and every refusal is said.
    await sleep(1_000);
    const [acknowledged, refused] = [load.receipts.length, load.refused];
    await eventually(() => Promise.resolve(load.refused > refused));
    expect(load.receipts.length).toBe(acknowledged);
    await cluster.restart(first);
    await cluster.restart(second);
    await more(load, 200);
    await load.stop();
    await eventually(allInSync);
    expect(await broken(TOPIC, load.receipts)).toEqual([]);
    expect(new Set(load.receipts.map(({ partition, offset }) => `${partition}/${String(offset)}`)).size).toBe(
      load.receipts.length,
    );
  }, 240_000);

  test('what a collector acknowledges over HTTP outlives the same: no receipt without its record, one left refuses', async () => {
    await ensureTopics(
      kafka,
      Object.keys(topics).map((topic) => ({ topic, partitions: 3 })),
    );
    const door = await startDoor(cluster.brokers);
    try {
      const load = new HttpLoad(door);
      const further = (count: number): Promise<void> => {
        const from = load.receipts.length;
        return eventually(() => Promise.resolve(load.receipts.length >= from + count));
      };
      await further(100);
      const first = await loseTheLeader(TOPIC);
      await further(100);
      const second = await leaderOf(TOPIC);
      cluster.kill(second);
      await eventually(async () => (await clusterSize()) === 1);
      await sleep(1_000);
      const [acknowledged, refused] = [load.receipts.length, load.refusals.length];
      await eventually(() => Promise.resolve(load.refusals.length >= refused + 8));
      expect(load.receipts.length).toBe(acknowledged);
      await cluster.restart(first);
      await cluster.restart(second);
      await further(100);
      await load.stop();
      await eventually(allInSync);
      expect([...new Set(load.refusals)]).toEqual(['503 log_unavailable']);
      const stored = new Map(
        (await readTopic(kafka, TOPIC, `http-${Date.now()}`)).map((one) => [`${one.partition}/${one.offset}`, one]),
      );
      const lost = load.receipts.filter(
        ({ partition, offset, record_hash }) => stored.get(`${partition}/${offset}`)?.record_hash !== record_hash,
      );
      expect(lost).toEqual([]);
      expect(new Set(load.receipts.map(({ partition, offset }) => `${partition}/${offset}`)).size).toBe(
        load.receipts.length,
      );
    } finally {
      await door.stop();
    }
  }, 240_000);
});
