import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectClickHouse, migrateContent, migrateGeneration } from '@affidavit/clickhouse';
import { topics } from '@affidavit/contracts';
import {
  type ListeningChild,
  nodeMain,
  startBroker,
  startClickHouseDoor,
  startListeningChild,
  startRegistry,
} from '@affidavit/embedded';
import { connectKafka, ensureTopics } from '@affidavit/kafka';
import { openCredentialStore } from '@affidavit/service-kit';

const WRITER = { name: 'writer', role: 'writer', password: 'of a test on loopback' } as const;
const GENERATION = 'audit_many';
/** The least that the broker allows, so that a frozen projector is missed soon. */
export const SESSION_TIMEOUT_MS = 6_000;

type Client = ReturnType<typeof connectClickHouse>;

/** Engines of their own, and as many collectors and projectors over them as a test starts. */
export interface Services {
  readonly brokers: string;
  readonly token: string;
  collector(instance: string): Promise<ListeningChild>;
  projector(): Promise<ListeningChild>;
  /** Rows of a query over the views that readers have; `$db` is their database. */
  read<T>(query: string): Promise<readonly T[]>;
  stop(): Promise<void>;
}

export async function startServices(): Promise<Services> {
  const dir = await mkdtemp(join(tmpdir(), 'affidavit-many-'));
  const broker = await startBroker({ dataDir: join(dir, 'kafka'), port: 0, controllerPort: 0 });
  const registry = await startRegistry({ brokers: broker.brokers, port: 0, logFile: join(dir, 'registry.log') });
  const door = await startClickHouseDoor({ dataDir: join(dir, 'clickhouse'), port: 0, users: [WRITER] });
  await ensureTopics(
    connectKafka({ brokers: broker.brokers.split(','), client_id: 'fault' }),
    Object.entries(topics).map(([topic, { partitions }]) => ({ topic, partitions })),
  );
  const client: Client = connectClickHouse({
    url: door.url,
    username: WRITER.name,
    password: WRITER.password,
    application: 'fault',
  });
  await migrateGeneration(client, GENERATION);
  await migrateContent(client, 'audit_content');
  const credentials = join(dir, 'credentials.json');
  const { token } = await openCredentialStore(credentials).add({
    name: 'fault',
    role: 'connector',
    connector_id: 'fault',
    tenant_id: 'default',
  });
  const children: ListeningChild[] = [];
  const start = async (name: string, main: string, env: Readonly<Record<string, string>>): Promise<ListeningChild> => {
    const child = await startListeningChild({
      name,
      ...nodeMain(new URL(`../../../apps/${main}/src/main.ts`, import.meta.url)),
      logFile: join(dir, `${main}-${children.length}.log`),
      env: {
        KAFKA_BROKERS: broker.brokers,
        SCHEMA_REGISTRY_URL: registry.url,
        CLICKHOUSE_URL: door.url,
        CLICKHOUSE_USER: WRITER.name,
        CLICKHOUSE_PASSWORD: WRITER.password,
        CONTENT_CLICKHOUSE_URL: door.url,
        CONTENT_CLICKHOUSE_USER: WRITER.name,
        CONTENT_CLICKHOUSE_PASSWORD: WRITER.password,
        CREDENTIALS_FILE: credentials,
        KEY_RING_DIR: join(dir, 'keys'),
        GENERATION,
        ...env,
      },
    });
    children.push(child);
    return child;
  };
  return {
    brokers: broker.brokers,
    token,
    collector: (instance) =>
      start(`collector ${instance}`, 'collector', { COLLECTOR_PORT: '0', COLLECTOR_INSTANCE: instance }),
    projector: () =>
      start('projector', 'projector', { PROJECTOR_PORT: '0', SESSION_TIMEOUT_MS: String(SESSION_TIMEOUT_MS) }),
    async read<T>(query: string) {
      const answer = await client.query({
        query: query.replaceAll('$db', GENERATION),
        clickhouse_settings: { log_comment: 'default' },
        format: 'JSONEachRow',
      });
      return answer.json<T>();
    },
    async stop() {
      // What is frozen hears no request to stop.
      for (const { pid } of children) signal(pid, 'SIGCONT');
      await Promise.all(children.map((child) => child.stop()));
      await client.close();
      for (const engine of [door, registry, broker]) await engine.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** To a process that may have ended. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has.
  }
}
