import { recordHash } from '@affidavit/schema-registry';
import { type Kafka } from 'kafkajs';

export interface StoredRecord {
  readonly partition: number;
  readonly offset: string;
  readonly record_hash: string;
  readonly key: string;
}

/** The whole topic as a plain consumer reads it, from the first offset to the end that it had when this began. */
export async function readTopic(kafka: Kafka, topic: string, groupId: string): Promise<readonly StoredRecord[]> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]));
  await admin.disconnect();
  const left = new Set([...ends].filter(([, end]) => end > 0).map(([partition]) => partition));
  const records: StoredRecord[] = [];
  if (left.size === 0) return records;
  const consumer = kafka.consumer({ groupId });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  try {
    await new Promise<void>((resolve, reject) => {
      consumer
        .run({
          autoCommit: false,
          eachMessage: ({ partition, message: { offset, key, value } }) => {
            records.push({
              partition,
              offset,
              key: key?.toString() ?? '',
              record_hash: recordHash(value ?? Buffer.of()).toString('hex'),
            });
            if (Number(offset) + 1 >= (ends.get(partition) ?? 0)) left.delete(partition);
            if (left.size === 0) resolve();
            return Promise.resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return records;
}
