import { type Kafka } from 'kafkajs';
import { partitionOf } from '@affidavit/kafka';
import { sampleRecord } from './sample-events.ts';

/** Fills a topic of `partitions` partitions with `rows` sample events; answers how many each partition got. */
export async function fillTopic(
  kafka: Kafka,
  topic: string,
  partitions: number,
  schemaId: number,
  rows: number,
): Promise<readonly number[]> {
  const producer = kafka.producer({
    idempotent: false,
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? 0,
  });
  await producer.connect();
  const counts = Array.from({ length: partitions }, () => 0);
  for (let first = 0; first < rows; first += 1_000) {
    const messages = Array.from({ length: Math.min(1_000, rows - first) }, (_, index) => {
      const { key, value } = sampleRecord(first + index, schemaId);
      const partition = partitionOf(key, partitions);
      counts[partition] = (counts[partition] ?? 0) + 1;
      return { key, value, partition };
    });
    await producer.send({ topic, acks: -1, messages });
  }
  await producer.disconnect();
  return counts;
}
