import { type Kafka } from 'kafkajs';

/** The id that Kafka gave its cluster when it was made: another log, even at the same address, has another. */
export async function clusterId(kafka: Kafka): Promise<string> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return (await admin.describeCluster()).clusterId;
  } finally {
    await admin.disconnect();
  }
}
