import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditEventSchema, deadLetterSchema, topics } from '@affidavit/contracts';
import { startBroker, startRegistry } from '@affidavit/embedded';
import { connectKafka, ensureTopics } from '@affidavit/kafka';
import { type AvroSchema, connectRegistry, registerSchemas } from '@affidavit/schema-registry';
import { type BenchPart, figure, interleaved, machine, median, table } from '../rounds.ts';
import { measureEngine } from './engine-peer.ts';
import { fillTopic } from './fill-topic.ts';
import { type BenchLog, measureOurs } from './ours.ts';

const PARTITIONS = 6;

async function fill(dir: string, rows: number): Promise<{ log: BenchLog; stop: () => Promise<void> }> {
  const broker = await startBroker({ dataDir: join(dir, 'kafka'), port: 0, controllerPort: 0 });
  const registry = await startRegistry({ brokers: broker.brokers, port: 0, logFile: join(dir, 'registry.log') });
  const kafka = connectKafka({ brokers: broker.brokers.split(','), client_id: 'bench' });
  const topic = 'bench.activity.v1';
  const others = Object.entries(topics).map(([name, { partitions }]) => ({ topic: name, partitions }));
  await ensureTopics(kafka, [{ topic, partitions: PARTITIONS }, ...others]);
  const schema = auditEventSchema as unknown as AvroSchema;
  const ids = await registerSchemas(connectRegistry({ url: registry.url }), [
    { subject: `${topic}-value`, schema },
    { subject: 'audit.deadletter.v1-value', schema: deadLetterSchema },
  ]);
  await fillTopic(kafka, topic, PARTITIONS, ids.get(`${topic}-value`) ?? 0, rows);
  return {
    log: { brokers: broker.brokers, registry: registry.url, topic, rows },
    stop: async () => {
      await registry.stop();
      await broker.stop();
    },
  };
}

/** The projector against ClickHouse's own Kafka engine, over one topic, into the same tables and views. */
export const projector: BenchPart = {
  usage: '[ROWS [ROUNDS]]  rows a second into ClickHouse, beside its own Kafka engine (200,000 rows, 3 rounds)',
  async run([rowsGiven = '200000', roundsGiven = '3']) {
    const [rows, rounds] = [Number(rowsGiven), Number(roundsGiven)];
    const dir = await mkdtemp(join(tmpdir(), 'affidavit-bench-'));
    console.log(`Filling a topic with ${rows.toLocaleString('en')} events …`);
    const { log, stop } = await fill(dir, rows);
    try {
      const sides = [
        { name: 'projector', measure: (round: number) => measureOurs(log, round) },
        { name: 'Kafka engine', measure: (round: number) => measureEngine(log, round) },
      ];
      const measured = await interleaved(sides, rounds, (side, round, pace) =>
        console.log(`round ${round}  ${side.padEnd(13)} ${figure(pace.rows_per_second).padStart(8)} rows/s`),
      );
      const rates = measured.map(({ figures }) => figures.map(({ rows_per_second }) => rows_per_second));
      const peer = median(rates[1] ?? []);
      const lines = measured.map(({ name }, at) => {
        const all = rates[at] ?? [];
        return [name, figure(median(all)), all.map(figure).join(' · '), figure(median(all) / peer)];
      });
      console.log(`\n${table([['', 'rows/s, median', 'rounds', 'ratio'], ...lines])}\n\n${machine()}`);
    } finally {
      await stop();
      await rm(dir, { recursive: true, force: true });
    }
  },
};
