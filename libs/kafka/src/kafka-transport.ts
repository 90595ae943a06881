import { type Kafka, type Message, type Producer, type ProducerBatch, type RecordMetadata } from 'kafkajs';
import { TooLargeForLog, type LogTransport, type OutgoingRecord, type Placed } from './log-transport.ts';

const sizeRefusals = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);

/**
 * kafkajs as a log transport. Idempotence is off on purpose: with it, kafkajs loses acknowledged records in silence
 * when a produce response is lost. A repeated send may store a record twice; readers fold copies by `event_id`.
 * A producer that failed is thrown away: some of kafkajs' errors leave it unusable for good, and a new one costs one
 * connection.
 */
export class KafkaTransport implements LogTransport {
  readonly #kafka: Kafka;
  readonly #acknowledgeTimeoutMs: number;
  readonly #partitions = new Map<string, number>();
  #producer: Producer | undefined;

  constructor(kafka: Kafka, acknowledgeTimeoutMs = 3_500) {
    this.#kafka = kafka;
    this.#acknowledgeTimeoutMs = acknowledgeTimeoutMs;
  }

  async partitionCount(topic: string): Promise<number | undefined> {
    const known = this.#partitions.get(topic);
    if (known !== undefined) return known;
    const admin = this.#kafka.admin({ retry: { retries: 1, initialRetryTime: 100 } });
    try {
      await admin.connect();
      if (!(await admin.listTopics()).includes(topic)) return undefined;
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const count = topics[0]?.partitions.length;
      if (count) this.#partitions.set(topic, count);
      return count;
    } finally {
      await admin.disconnect();
    }
  }

  async send(records: readonly OutgoingRecord[]): Promise<Placed[]> {
    const producer = (this.#producer ??= this.#newProducer());
    try {
      // kafkajs' connect is a no-op on a connected producer.
      await producer.connect();
      return placesOf(records, await producer.sendBatch(batchOf(records, this.#acknowledgeTimeoutMs)));
    } catch (error) {
      this.#producer = undefined;
      void producer.disconnect().catch(() => undefined);
      throw typesOf(error).some((type) => sizeRefusals.has(type)) ? new TooLargeForLog(error) : error;
    }
  }

  async close(): Promise<void> {
    await this.#producer?.disconnect();
    this.#producer = undefined;
  }

  #newProducer(): Producer {
    return this.#kafka.producer({
      idempotent: false,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 100, maxRetryTime: 500, retries: 2 },
      createPartitioner:
        () =>
        ({ message }) => {
          if (message.partition === undefined) throw new Error('a record without a partition reached the producer');
          return message.partition;
        },
    });
  }
}

function batchOf(records: readonly OutgoingRecord[], timeout: number): ProducerBatch {
  const byTopic = new Map<string, Message[]>();
  for (const { topic, partition, key, value } of records) {
    const messages = byTopic.get(topic);
    const message = { partition, key: asBuffer(key), value: asBuffer(value) };
    if (messages === undefined) byTopic.set(topic, [message]);
    else messages.push(message);
  }
  return { acks: -1, timeout, topicMessages: [...byTopic].map(([topic, messages]) => ({ topic, messages })) };
}

/** Kafka answers with the first offset per partition; within a partition the records keep their order. */
function placesOf(records: readonly OutgoingRecord[], answer: readonly RecordMetadata[]): Placed[] {
  const next = new Map<string, { offset: bigint; timestamp_ms: number | null }>();
  for (const { topicName, partition, baseOffset, logAppendTime } of answer) {
    if (baseOffset === undefined) continue;
    const time = Number(logAppendTime ?? -1);
    next.set(`${topicName}/${partition}`, { offset: BigInt(baseOffset), timestamp_ms: time < 0 ? null : time });
  }
  return records.map(({ topic, partition }) => {
    const place = next.get(`${topic}/${partition}`);
    if (place === undefined) throw new Error(`no offset in the answer for ${topic}/${partition}`);
    return { offset: place.offset++, timestamp_ms: place.timestamp_ms };
  });
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Kafka's error names along the chain of causes: kafkajs wraps the protocol error when it gives up. */
export function typesOf(error: unknown): string[] {
  const types: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('type' in at && typeof at.type === 'string') types.push(at.type);
  }
  return types;
}
