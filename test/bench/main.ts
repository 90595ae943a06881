// `npm run bench [-- ROWS ROUNDS]`: the projector against ClickHouse's own Kafka engine, over one topic, into the same tables
// and views, in interleaved rounds. Prints each round, both medians, and their ratio.
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditEventSchema, deadLetterSchema, topics } from '@affidavit/contracts';
import { startBroker, startRegistry } from '@affidavit/embedded';
import { connectKafka, ensureTopics } from '@affidavit/kafka';
import { type AvroSchema, connectRegistry, registerSchemas } from '@affidavit/schema-registry';
import { measureEngine } from './engine-peer.ts';
import { fillTopic } from './fill-topic.ts';
import { type BenchLog, measureOurs } from './ours.ts';
import { median, type Pace } from './pace.ts';

const PARTITIONS = 6;
const rows = Number(process.argv[2] ?? 200_000);
const rounds = Number(process.argv[3] ?? 3);
const say = (text: string): void => console.log(text);
const shown = (pace: Pace): string => `${Math.round(pace.rows_per_second).toLocaleString('en').padStart(8)} rows/s  (${pace.seconds.toFixed(1)} s)`;

async function fill(dir: string): Promise<{ log: BenchLog; stop: () => Promise<void> }> {
  const broker = await startBroker({ dataDir: join(dir, 'kafka'), port: 0, controllerPort: 0 });
  const registry = await startRegistry({ brokers: broker.brokers, port: 0, logFile: join(dir, 'registry.log') });
  const kafka = connectKafka({ brokers: broker.brokers.split(','), client_id: 'bench' });
  const topic = 'bench.activity.v1';
  const others = Object.entries(topics).map(([name, { partitions }]) => ({ topic: name, partitions }));
  await ensureTopics(kafka, [{ topic, partitions: PARTITIONS }, ...others]);
  const schema = auditEventSchema as unknown as AvroSchema;
  const ids = await registerSchemas(connectRegistry({ url: registry.url }), [{ subject: `${topic}-value`, schema }, { subject: 'audit.deadletter.v1-value', schema: deadLetterSchema }]);
  await fillTopic(kafka, topic, PARTITIONS, ids.get(`${topic}-value`) ?? 0, rows);
  return { log: { brokers: broker.brokers, registry: registry.url, topic, rows }, stop: async () => { await registry.stop(); await broker.stop(); } };
}

const dir = await mkdtemp(join(tmpdir(), 'affidavit-bench-'));
say(`Filling a topic with ${rows.toLocaleString('en')} events …`);
const { log, stop } = await fill(dir);
const ours: number[] = [];
const engine: number[] = [];
try {
  for (let round = 1; round <= rounds; round += 1) {
    const projector = await measureOurs(log, round);
    say(`round ${round}  projector     ${shown(projector)}`);
    ours.push(projector.rows_per_second);
    const peer = await measureEngine(log, round);
    say(`round ${round}  Kafka engine  ${shown(peer)}`);
    engine.push(peer.rows_per_second);
  }
} finally {
  await stop();
  await rm(dir, { recursive: true, force: true });
}
say(`\nmedian of ${rounds} rounds, ${rows.toLocaleString('en')} events, ${PARTITIONS} partitions, ${cpus().length} cores, Node ${process.versions.node}`);
say(`projector     ${Math.round(median(ours)).toLocaleString('en').padStart(8)} rows/s`);
say(`Kafka engine  ${Math.round(median(engine)).toLocaleString('en').padStart(8)} rows/s   (without record_hash, schema_id and the watermark)`);
say(`ratio         ${(median(ours) / median(engine)).toFixed(2)}`);
process.exit(0);
