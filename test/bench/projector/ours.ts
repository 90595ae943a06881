import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectClickHouse, migrateContent, migrateGeneration } from '@affidavit/clickhouse';
import { nodeMain, startClickHouseDoor, startListeningChild } from '@affidavit/embedded';
import { measurePace, type Pace } from './pace.ts';

export interface BenchLog {
  readonly brokers: string;
  readonly registry: string;
  readonly topic: string;
  readonly rows: number;
}

const WRITER = { name: 'writer', role: 'writer', password: 'of a benchmark on loopback' } as const;

/**
 * The real projector process in front of the real door: from an empty generation and a new consumer group until every
 * row is admitted by the watermark, which is when a reader would see it.
 */
export async function measureOurs(log: BenchLog, round: number): Promise<Pace> {
  const dir = await mkdtemp(join(tmpdir(), 'affidavit-bench-ours-'));
  const generation = `bench_ours_${round}`;
  const door = await startClickHouseDoor({ dataDir: join(dir, 'clickhouse'), port: 0, users: [WRITER] });
  const client = connectClickHouse({
    url: door.url,
    username: WRITER.name,
    password: WRITER.password,
    application: 'bench',
  });
  await migrateGeneration(client, generation);
  await migrateContent(client, 'bench_content');
  const engine = { url: door.url, user: WRITER.name, password: WRITER.password };
  const began = performance.now();
  const projector = await startListeningChild({
    name: 'The projector',
    ...nodeMain(new URL('../../../apps/projector/src/main.ts', import.meta.url)),
    logFile: join(dir, 'projector.log'),
    env: {
      KAFKA_BROKERS: log.brokers,
      SCHEMA_REGISTRY_URL: log.registry,
      CLICKHOUSE_URL: engine.url,
      CLICKHOUSE_USER: engine.user,
      CLICKHOUSE_PASSWORD: engine.password,
      CONTENT_CLICKHOUSE_URL: engine.url,
      CONTENT_CLICKHOUSE_USER: engine.user,
      CONTENT_CLICKHOUSE_PASSWORD: engine.password,
      CONTENT_DATABASE: 'bench_content',
      PROJECTOR_PORT: '0',
      GENERATION: generation,
      EVENT_TOPICS: log.topic,
      CREDENTIALS_FILE: join(dir, 'credentials.json'),
      KEY_RING_DIR: join(dir, 'keys'),
    },
  });
  const admitted = async (): Promise<number> => {
    const answer = await client.query({
      query: `SELECT sum(next) AS n FROM (SELECT max(next_offset) AS next FROM ${generation}.projection_state
        WHERE topic = {topic:String} GROUP BY partition)`,
      query_params: { topic: log.topic },
      format: 'JSONEachRow',
    });
    const [row] = await answer.json<{ n: string }>();
    return Number(row?.n ?? 0);
  };
  try {
    const pace = await measurePace(admitted, log.rows, 600, began);
    const answer = await client.query({
      query: `SELECT count() AS n FROM ${generation}.events`,
      format: 'JSONEachRow',
    });
    const stored = Number((await answer.json<{ n: string }>())[0]?.n);
    if (stored !== log.rows) throw new Error(`${stored} rows in the table, ${log.rows} in the topic`);
    return pace;
  } finally {
    await projector.stop();
    await client.close();
    await door.stop();
    await rm(dir, { recursive: true, force: true });
  }
}
