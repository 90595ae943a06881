import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditEventSchema, deadLetterSchema, topics } from '@affidavit/contracts';
import { startBroker, startRegistry } from '@affidavit/embedded';
import { connectKafka, ensureTopics } from '@affidavit/kafka';
import { type AvroSchema, connectRegistry, registerSchemas } from '@affidavit/schema-registry';
import { type Kafka } from 'kafkajs';
import { type BenchPart, interleaved, machine } from '../rounds.ts';
import { measureEngine } from './engine-peer.ts';
import { fillTopic } from './fill-topic.ts';
import { measureLatency } from './latency.ts';
import { type BenchLog } from './our-side.ts';
import { measureOurs } from './ours.ts';
import { type PacedTopic } from './paced-sender.ts';
import { limits, paceTable, roundLine, smallTable } from './report.ts';
import { measureSmallInsert } from './small-insert.ts';

const PARTITIONS = 6;
const PACED = { per_second: 1_000, seconds: 30 };

interface BenchStack {
  readonly kafka: Kafka;
  readonly log: BenchLog;
  readonly paced: PacedTopic;
  readonly stop: () => Promise<void>;
}

async function fill(dir: string, rows: number): Promise<BenchStack> {
  const broker = await startBroker({ dataDir: join(dir, 'kafka'), port: 0, controllerPort: 0 });
  const registry = await startRegistry({ brokers: broker.brokers, port: 0, logFile: join(dir, 'registry.log') });
  const kafka = connectKafka({ brokers: broker.brokers.split(','), client_id: 'bench' });
  const [topic, paced] = ['bench.activity.v1', 'bench.paced.v1'];
  const others = Object.entries(topics).map(([name, { partitions }]) => ({ topic: name, partitions }));
  await ensureTopics(kafka, [topic, paced].map((name) => ({ topic: name, partitions: PARTITIONS })).concat(others));
  const schema = auditEventSchema as unknown as AvroSchema;
  const ids = await registerSchemas(connectRegistry({ url: registry.url }), [
    { subject: `${topic}-value`, schema },
    { subject: 'audit.deadletter.v1-value', schema: deadLetterSchema },
  ]);
  const schemaId = ids.get(`${topic}-value`) ?? 0;
  await fillTopic(kafka, topic, PARTITIONS, schemaId, rows);
  return {
    kafka,
    log: { brokers: broker.brokers, registry: registry.url, topic, rows },
    paced: { topic: paced, partitions: PARTITIONS, schemaId },
    stop: async () => {
      await registry.stop();
      await broker.stop();
    },
  };
}

/**
 * The projector against ClickHouse's own Kafka engine, over one topic, into the same tables and views; then what a small
 * insert costs, and how long after its receipt an event is visible.
 */
export const projector: BenchPart = {
  usage:
    '[ROWS [ROUNDS]]  rows a second into ClickHouse, beside its own Kafka engine (250,000 rows, 3 rounds); small inserts',
  async run([rowsGiven = '250000', roundsGiven = '3']) {
    const [rows, rounds] = [Number(rowsGiven), Number(roundsGiven)];
    const dir = await mkdtemp(join(tmpdir(), 'affidavit-bench-'));
    console.log(`Filling a topic with ${rows.toLocaleString('en')} events …`);
    const { kafka, log, paced, stop } = await fill(dir, rows);
    try {
      const sides = [
        { name: 'projector', measure: (round: number) => measureOurs(log, round) },
        { name: 'Kafka engine', measure: (round: number) => measureEngine(log, round) },
      ];
      const measured = await interleaved(sides, rounds, (side, round, pace) =>
        console.log(roundLine(side, round, pace)),
      );
      const insert = await measureSmallInsert(log);
      const latency = await measureLatency(kafka, log, paced, PACED.per_second, PACED.seconds);
      console.log(`\n${paceTable(measured)}\n\n${smallTable(insert, latency, PACED.per_second)}\n`);
      console.log(`${limits(measured[0]?.figures ?? [], rows)}\n\n${machine()}`);
    } finally {
      await stop();
      await rm(dir, { recursive: true, force: true });
    }
  },
};
