import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, Partitioners, type Admin, type Consumer, type KafkaConfig, type Producer } from 'kafkajs';
import { decodeRecord, encodeRecord, type RegistryRecord } from './records.ts';
import { storeFailed } from './registry-error.ts';

const READ_BACK_TIMEOUT_MS = 15_000;

/** Topic `_schemas` as a log that this process writes and reads: what was not read back has not happened. */
export class SchemaLog {
  readonly #admin: Admin;
  readonly #producer: Producer;
  readonly #consumer: Consumer;
  readonly #topic: string;
  readonly #apply: (record: RegistryRecord) => void;
  /** Every record below this offset has been applied. */
  #position = 0n;
  #waiting: { offset: bigint; resolve: () => void }[] = [];
  /** After a failed write nobody knows whether it is in the log. */
  #uncertain = false;

  private constructor(config: KafkaConfig, topic: string, apply: (record: RegistryRecord) => void) {
    const kafka = new Kafka({ ...config, clientId: 'affidavit-schema-registry', logLevel: logLevel.ERROR });
    this.#admin = kafka.admin();
    this.#producer = kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      maxInFlightRequests: 1,
    });
    // A group of its own, without commits: every start reads everything, and no dead member is waited for.
    this.#consumer = kafka.consumer({
      groupId: `affidavit-schema-registry-${randomUUID()}`,
      sessionTimeout: 10_000,
      maxWaitTimeInMs: 100,
    });
    this.#topic = topic;
    this.#apply = apply;
  }

  /**
   * When this returns, every record that was in the topic has been applied. `onFailure`: reading has stopped for good.
   */
  static async open(
    config: KafkaConfig,
    topic: string,
    apply: (record: RegistryRecord) => void,
    onFailure: (error: Error) => void,
  ): Promise<SchemaLog> {
    const log = new SchemaLog(config, topic, apply);
    await log.#admin.connect();
    await log.#admin.createTopics({
      topics: [
        {
          topic,
          numPartitions: 1,
          replicationFactor: -1,
          configEntries: [{ name: 'cleanup.policy', value: 'compact' }],
        },
      ],
      waitForLeaders: true,
    });
    const [partition] = await log.#admin.fetchTopicOffsets(topic);
    await log.#producer.connect();
    await log.#consumer.connect();
    await log.#consumer.subscribe({ topic, fromBeginning: true });
    log.#consumer.on('consumer.crash', ({ payload }) => {
      if (!payload.restart) onFailure(payload.error);
    });
    await log.#follow();
    await log.#until(BigInt(partition?.high ?? '0'), BigInt(partition?.low ?? '0'));
    return log;
  }

  /** When this returns, the record is acknowledged and applied. One caller at a time. */
  async write(record: RegistryRecord): Promise<void> {
    try {
      // Behind the no-op lies whatever became of the failed write, so the next id is computed from all of it.
      if (this.#uncertain) await this.#send({ keytype: 'NOOP' });
      this.#uncertain = false;
      await this.#send(record);
    } catch (error) {
      this.#uncertain = true;
      throw storeFailed((error as Error).message);
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#consumer.disconnect(), this.#producer.disconnect(), this.#admin.disconnect()]);
  }

  async #send(record: RegistryRecord): Promise<void> {
    const [sent] = await this.#producer.send({
      topic: this.#topic,
      acks: -1,
      messages: [{ ...encodeRecord(record), partition: 0 }],
    });
    await this.#until(BigInt(sent?.baseOffset ?? '0') + 1n, 0n);
  }

  async #follow(): Promise<void> {
    await this.#consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        for (const { key, value } of batch.messages) {
          const record = key === null ? undefined : decodeRecord(key.toString('utf8'), value?.toString('utf8') ?? null);
          if (record) this.#apply(record);
        }
        this.#position = BigInt(batch.lastOffset()) + 1n;
        this.#waiting = this.#waiting.filter(({ offset, resolve }) => {
          if (offset > this.#position) return true;
          resolve();
          return false;
        });
        return Promise.resolve();
      },
    });
  }

  async #until(offset: bigint, logStart: bigint): Promise<void> {
    if (offset <= logStart || offset <= this.#position) return;
    let timer: NodeJS.Timeout | undefined;
    const read = new Promise<void>((resolve) => this.#waiting.push({ offset, resolve }));
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`the record was not read back within ${READ_BACK_TIMEOUT_MS / 1000} s`)),
        READ_BACK_TIMEOUT_MS,
      );
    });
    await Promise.race([read, late]).finally(() => clearTimeout(timer));
  }
}
