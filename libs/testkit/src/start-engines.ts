import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroker, startClickHouseDoor, startRegistry, type ChildHandle } from '@affidavit/embedded';
import type { Booted } from './run-boot.ts';
import { READER_TENANT, testPassword } from './test-users.ts';

/** The embedded engines on free ports over a directory that goes when they stop. */
export async function startEngines(): Promise<Booted> {
  const dir = await mkdtemp(join(tmpdir(), 'affidavit-int-'));
  const started: ChildHandle[] = [];
  const keep = async <T extends ChildHandle>(starting: Promise<T>): Promise<T> => {
    const child = await starting;
    started.push(child);
    return child;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((child) => child.stop()));
    await rm(dir, { recursive: true, force: true });
  };
  const writer = { name: 'writer', role: 'writer', password: testPassword() } as const;
  const reader = { name: 'reader', role: 'reader', password: testPassword(), tenantId: READER_TENANT } as const;
  const onFetch = (version: string) => console.log(`Fetching Kafka ${version} by Maven (once) …`);
  try {
    const settled = await Promise.allSettled([
      keep(startBroker({ dataDir: join(dir, 'kafka'), port: 0, controllerPort: 0, onFetch })),
      keep(startClickHouseDoor({ dataDir: join(dir, 'clickhouse'), port: 0, users: [writer, reader] })),
      keep(startClickHouseDoor({ dataDir: join(dir, 'content'), port: 0, users: [writer] })),
    ]);
    const failed = settled.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    const [broker, events, content] = settled.map((result) => (result as PromiseFulfilledResult<unknown>).value) as [
      Awaited<ReturnType<typeof startBroker>>,
      Awaited<ReturnType<typeof startClickHouseDoor>>,
      Awaited<ReturnType<typeof startClickHouseDoor>>,
    ];
    const registry = await keep(
      startRegistry({ brokers: broker.brokers, port: 0, logFile: join(dir, 'registry.log') }),
    );
    return {
      stop,
      environment: {
        KAFKA_BROKERS: broker.brokers,
        SCHEMA_REGISTRY_URL: registry.url,
        CLICKHOUSE_URL: events.url,
        CLICKHOUSE_USER: writer.name,
        CLICKHOUSE_PASSWORD: writer.password,
        CONTENT_CLICKHOUSE_URL: content.url,
        CONTENT_CLICKHOUSE_USER: writer.name,
        CONTENT_CLICKHOUSE_PASSWORD: writer.password,
        AFFIDAVIT_READER_USER: reader.name,
        AFFIDAVIT_READER_PASSWORD: reader.password,
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
