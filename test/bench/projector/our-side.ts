import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectClickHouse, migrateContent, migrateGeneration } from '@affidavit/clickhouse';
import { nodeMain, startClickHouseDoor, startListeningChild } from '@affidavit/embedded';

export interface BenchLog {
  readonly brokers: string;
  readonly registry: string;
  readonly topic: string;
  readonly rows: number;
}

type Client = ReturnType<typeof connectClickHouse>;

/** The real door on an empty generation, and the real projector process when it is started. */
export interface OurSide {
  readonly client: Client;
  readonly generation: string;
  readonly enginePid: number;
  /** Answers with its process id. */
  startProjector(): Promise<number>;
  /** Of each partition of the topic, the first offset that no reader sees. */
  visible(): Promise<ReadonlyMap<number, number>>;
  stop(): Promise<void>;
}

const WRITER = { name: 'writer', role: 'writer', password: 'of a benchmark on loopback' } as const;

export async function openOurSide(log: BenchLog, generation: string, dataDir?: string): Promise<OurSide> {
  const dir = await mkdtemp(join(tmpdir(), 'affidavit-bench-ours-'));
  const door = await startClickHouseDoor({ dataDir: dataDir ?? join(dir, 'clickhouse'), port: 0, users: [WRITER] });
  const { name, password } = WRITER;
  const client = connectClickHouse({ url: door.url, username: name, password, application: 'bench' });
  await migrateGeneration(client, generation);
  await migrateContent(client, 'bench_content');
  let projector: { stop: () => Promise<unknown> } | undefined;
  return {
    client,
    generation,
    enginePid: door.pid,
    async startProjector() {
      const child = await startListeningChild({
        name: 'The projector',
        ...nodeMain(new URL('../../../apps/projector/src/main.ts', import.meta.url)),
        logFile: join(dir, 'projector.log'),
        env: environment(log, door.url, generation, dir),
      });
      projector = child;
      return child.pid;
    },
    async visible() {
      const answer = await client.query({
        query: `SELECT partition, max(next_offset) AS next FROM ${generation}.projection_state
          WHERE topic = {topic:String} GROUP BY partition`,
        query_params: { topic: log.topic },
        format: 'JSONEachRow',
      });
      const rows = await answer.json<{ partition: number; next: string }>();
      return new Map(rows.map(({ partition, next }) => [partition, Number(next)]));
    },
    async stop() {
      await projector?.stop();
      await client.close();
      await door.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const environment = (log: BenchLog, url: string, generation: string, dir: string): Record<string, string> => ({
  KAFKA_BROKERS: log.brokers,
  SCHEMA_REGISTRY_URL: log.registry,
  CLICKHOUSE_URL: url,
  CLICKHOUSE_USER: WRITER.name,
  CLICKHOUSE_PASSWORD: WRITER.password,
  CONTENT_CLICKHOUSE_URL: url,
  CONTENT_CLICKHOUSE_USER: WRITER.name,
  CONTENT_CLICKHOUSE_PASSWORD: WRITER.password,
  CONTENT_DATABASE: 'bench_content',
  PROJECTOR_PORT: '0',
  GENERATION: generation,
  EVENT_TOPICS: log.topic,
  CREDENTIALS_FILE: join(dir, 'credentials.json'),
  KEY_RING_DIR: join(dir, 'keys'),
});
