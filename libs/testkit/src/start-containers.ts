import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimPort, startRegistry } from '@affidavit/embedded';
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { READER_TENANT, testPassword } from './test-users.ts';
import type { Booted } from './run-boot.ts';

const KAFKA_IMAGE = 'apache/kafka:4.1.0';
const CLICKHOUSE_IMAGE = 'clickhouse/clickhouse-server:26.7';
const CLICKHOUSE_PORT = 8123;

/** True when Docker answers and has both images: a test run pulls nothing. */
export async function containersAvailable(): Promise<boolean> {
  const has = (image: string) =>
    new Promise<boolean>((resolve) => {
      execFile('docker', ['image', 'inspect', image], { timeout: 10_000 }, (error) => resolve(error === null));
    });
  return (await has(KAFKA_IMAGE)) && (await has(CLICKHOUSE_IMAGE));
}

/** Inside and outside the container it has the same port, so that the address it advertises holds on this machine. */
async function kafka(): Promise<{ container: StartedTestContainer; brokers: string }> {
  const port = await claimPort(0, 'KAFKA_PORT');
  const container = await new GenericContainer(KAFKA_IMAGE)
    .withExposedPorts({ container: port, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENERS: `PLAINTEXT://0.0.0.0:${port},CONTROLLER://localhost:9093`,
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  return { container, brokers: `127.0.0.1:${port}` };
}

async function clickhouse(writer: string): Promise<{ container: StartedTestContainer; url: string }> {
  const container = await new GenericContainer(CLICKHOUSE_IMAGE)
    .withExposedPorts(CLICKHOUSE_PORT)
    .withEnvironment({
      CLICKHOUSE_USER: 'writer',
      CLICKHOUSE_PASSWORD: writer,
      CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT: '1',
    })
    .withWaitStrategy(Wait.forHttp('/ping', CLICKHOUSE_PORT))
    .start();
  return { container, url: `http://${container.getHost()}:${container.getMappedPort(CLICKHOUSE_PORT)}` };
}

/** What the embedded door does for its readers, by the server's own means. */
async function makeReader(url: string, writer: string, reader: string): Promise<void> {
  for (const query of [
    'CREATE DATABASE IF NOT EXISTS audit',
    `CREATE USER reader IDENTIFIED BY '${reader}' SETTINGS readonly = 1, log_comment = '${READER_TENANT}' CONST`,
    'GRANT SELECT ON audit.* TO reader',
  ]) {
    const response = await fetch(url, {
      method: 'POST',
      body: query,
      headers: { 'X-ClickHouse-User': 'writer', 'X-ClickHouse-Key': writer },
    });
    if (!response.ok) throw new Error(await response.text());
  }
}

/** Kafka and two ClickHouse servers as containers, and the embedded registry, which is the one that we ship. */
export async function startContainers(): Promise<Booted> {
  const dir = await mkdtemp(join(tmpdir(), 'affidavit-int-'));
  const [writer, reader] = [testPassword(), testPassword()];
  const [log, events, content] = await Promise.all([kafka(), clickhouse(writer), clickhouse(writer)]);
  const registry = await startRegistry({ brokers: log.brokers, port: 0, logFile: join(dir, 'registry.log') });
  await makeReader(events.url, writer, reader);
  return {
    environment: {
      KAFKA_BROKERS: log.brokers,
      SCHEMA_REGISTRY_URL: registry.url,
      CLICKHOUSE_URL: events.url,
      CLICKHOUSE_USER: 'writer',
      CLICKHOUSE_PASSWORD: writer,
      CONTENT_CLICKHOUSE_URL: content.url,
      CONTENT_CLICKHOUSE_USER: 'writer',
      CONTENT_CLICKHOUSE_PASSWORD: writer,
      AFFIDAVIT_READER_USER: 'reader',
      AFFIDAVIT_READER_PASSWORD: reader,
    },
    stop: async () => {
      await registry.stop();
      await Promise.all([log, events, content].map(({ container }) => container.stop()));
      await rm(dir, { recursive: true, force: true });
    },
  };
}
