import { partitionOf } from '@affidavit/kafka';
import { type Kafka, type Producer } from 'kafkajs';
import { sampleRecord } from './sample-events.ts';

/** Events of one partition that one send brought, up to the offset `last`. */
export interface Acknowledged {
  readonly partition: number;
  readonly last: number;
  readonly count: number;
  /** When Kafka's answer came, which is when a collector would give its receipts. */
  readonly at: number;
}

export interface PacedTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly schemaId: number;
}

const TICK_MS = 20;

/** Sends so many events a second, in small sends as a collector makes them. */
export class PacedSender {
  readonly #producer: Producer;
  readonly #to: PacedTopic;
  #sent = 0;

  constructor(kafka: Kafka, to: PacedTopic) {
    this.#to = to;
    this.#producer = kafka.producer({
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition ?? 0,
    });
  }

  /** Until `ends`, on the clock of `performance.now`. */
  async run(perSecond: number, ends: number, onAcknowledged: (one: Acknowledged) => void): Promise<void> {
    await this.#producer.connect();
    const began = performance.now();
    while (performance.now() < ends) {
      const due = Math.floor(((performance.now() - began) / 1_000) * perSecond) - this.#sent;
      if (due > 0) for (const one of await this.#send(due)) onAcknowledged(one);
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    await this.#producer.disconnect();
  }

  async #send(due: number): Promise<readonly Acknowledged[]> {
    const { topic, partitions, schemaId } = this.#to;
    const messages = Array.from({ length: due }, (_, index) => {
      const { key, value } = sampleRecord(this.#sent + index, schemaId);
      return { key, value, partition: partitionOf(key, partitions) };
    });
    this.#sent += due;
    const answers = await this.#producer.send({ topic, acks: -1, messages });
    const at = performance.now();
    return answers.map(({ partition, baseOffset }) => {
      const count = messages.filter((message) => message.partition === partition).length;
      return { partition, last: Number(baseOffset) + count - 1, count, at };
    });
  }
}
