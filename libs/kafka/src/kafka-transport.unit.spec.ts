import { type Kafka, type ProducerBatch, type ProducerConfig } from 'kafkajs';
import { KafkaTransport } from './kafka-transport.ts';

/**
 * What a receipt rests on and no single broker shows: on one, every one of these settings behaves alike. The behaviour
 * stands in `test/fault/three-brokers.int.spec.ts` (acks) and `batching-log-writer.int.spec.ts` (lost responses).
 */
function capturing(): { kafka: Kafka; producers: ProducerConfig[]; batches: ProducerBatch[] } {
  const producers: ProducerConfig[] = [];
  const batches: ProducerBatch[] = [];
  const producer = {
    connect: () => Promise.resolve(),
    disconnect: () => Promise.resolve(),
    sendBatch: (batch: ProducerBatch) => {
      batches.push(batch);
      return Promise.resolve([
        { topicName: 't', partition: 2, errorCode: 0, baseOffset: '7', logAppendTime: '1795327200000' },
      ]);
    },
  };
  const kafka = { producer: (config: ProducerConfig) => (producers.push(config), producer) };
  return { kafka: kafka as unknown as Kafka, producers, batches };
}

const record = (value: string) => ({ topic: 't', partition: 2, key: Buffer.from('k'), value: Buffer.from(value) });

describe('what KafkaTransport asks of Kafka', () => {
  test('every replica in sync acknowledges, within a time that is below a caller’s', async () => {
    const { kafka, batches } = capturing();
    await new KafkaTransport(kafka, 1_234).send([record('a'), record('b')]);
    expect(batches).toHaveLength(1);
    expect(batches[0]).toMatchObject({ acks: -1, timeout: 1_234 });
  });

  test('no idempotent producer, which loses acknowledged records when a response is lost; one request at a time', async () => {
    const { kafka, producers } = capturing();
    await new KafkaTransport(kafka).send([record('a')]);
    expect(producers).toHaveLength(1);
    expect(producers[0]).toMatchObject({
      idempotent: false,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
    });
    expect(producers[0]).not.toHaveProperty('transactionalId');
  });

  test('the partition is the writer’s, and one that is missing is an error, never a guess', async () => {
    const { kafka, producers } = capturing();
    await new KafkaTransport(kafka).send([record('a')]);
    const choose = producers[0]!.createPartitioner!();
    const from = (message: { value: Buffer; partition?: number }) =>
      choose({ topic: 't', partitionMetadata: [], message });
    expect(from({ value: Buffer.of(), partition: 2 })).toBe(2);
    expect(() => from({ value: Buffer.of() })).toThrow('without a partition');
  });

  test('offsets count on from the first one of the answer; one that is missing is an error, never a receipt', async () => {
    const { kafka } = capturing();
    const transport = new KafkaTransport(kafka);
    expect(await transport.send([record('a'), record('b')])).toEqual([
      { offset: 7n, timestamp_ms: 1_795_327_200_000 },
      { offset: 8n, timestamp_ms: 1_795_327_200_000 },
    ]);
    await expect(transport.send([{ ...record('a'), partition: 1 }])).rejects.toThrow('no offset in the answer');
  });
});
