import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { migrate } from '@affidavit/clickhouse';
import { type RunQuery } from '../../src/store/engine.ts';
import { clickHouseQuery } from '../../src/store/clickhouse-query.ts';
import { eventRow, type Place, type TestEvent } from './event-rows.ts';

/** A generation of its own on the real engine, with the real migrations. */
export interface TestGeneration {
  readonly client: ClickHouseClient;
  readonly generation: string;
  readonly run: RunQuery;
  /** Inserts records as the projector does, views fanning out; visible only after `projected`. */
  insert(records: readonly { readonly event: TestEvent; readonly place: Place }[]): Promise<void>;
  /** Moves the watermark: topic to next offsets by partition. */
  projected(vector: Readonly<Record<string, readonly number[]>>): Promise<void>;
  close(): Promise<void>;
}

const migrations = fileURLToPath(new URL('../../../../schemas/clickhouse', import.meta.url));

function clientFor(prefix: string): ClickHouseClient {
  const url = process.env[`${prefix}_URL`];
  if (url === undefined) throw new Error(`${prefix}_URL is not set: run this as an integration test`);
  return createClient({
    log: { level: ClickHouseLogLevel.OFF },
    url,
    username: process.env[`${prefix}_USER`] ?? 'default',
    password: process.env[`${prefix}_PASSWORD`] ?? '',
    request_timeout: 60_000,
  });
}

export async function openGeneration(): Promise<TestGeneration> {
  const client = clientFor('CLICKHOUSE');
  const generation = `t_${randomUUID().replaceAll('-', '')}`;
  await migrate(client, {
    directory: migrations,
    target: generation,
    databases: [generation],
    variables: { generation, late_after_s: 300 },
  });
  return {
    client,
    generation,
    run: clickHouseQuery(client),
    async insert(records) {
      await client.insert({
        table: `${generation}.events`,
        values: records.map(({ event, place }) => eventRow(event, place)),
        format: 'JSONEachRow',
        clickhouse_settings: { async_insert: 0 },
      });
    },
    async projected(vector) {
      const values = Object.entries(vector).flatMap(([topic, offsets]) =>
        offsets.map((next_offset, partition) => ({
          topic,
          partition,
          next_offset,
          last_timestamp: '2026-11-22 06:00:00.000',
        })),
      );
      await client.insert({
        table: `${generation}.projection_state`,
        values,
        format: 'JSONEachRow',
        clickhouse_settings: { async_insert: 0 },
      });
    },
    async close() {
      await client.command({ query: `DROP DATABASE IF EXISTS ${generation}` });
      await client.close();
    },
  };
}

/**
 * Bodies and directory entries as the content projector writes them, in a database of their own on the other engine.
 */
export interface TestContent {
  readonly run: RunQuery;
  readonly database: string;
  insertBodies(
    bodies: readonly {
      readonly content_id: string;
      readonly body: string;
      readonly tenant_id?: string;
      readonly scope_kind?: string;
      readonly scope_id?: string;
      readonly offset: number;
    }[],
  ): Promise<void>;
  insertPeople(
    people: readonly {
      readonly pseudonym: string;
      readonly issuer: string;
      readonly raw_id: string;
      readonly display_name: string;
      readonly tenant_id?: string;
      readonly offset: number;
    }[],
  ): Promise<void>;
  projected(offsets: readonly number[]): Promise<void>;
  close(): Promise<void>;
}

const contentMigrations = fileURLToPath(new URL('../../../../schemas/clickhouse-content', import.meta.url));
const contentPlace = {
  kafka_topic: 'audit.content.v1',
  kafka_partition: 0,
  kafka_timestamp: '2026-11-22 06:00:00.000',
};

export async function openContent(): Promise<TestContent> {
  const client = clientFor('CONTENT_CLICKHOUSE');
  const database = `t_${randomUUID().replaceAll('-', '')}`;
  await migrate(client, {
    directory: contentMigrations,
    target: database,
    databases: [database],
    variables: { database },
  });
  const insert = (table: string, values: readonly object[]) =>
    client.insert({
      table: `${database}.${table}`,
      values,
      format: 'JSONEachRow',
      clickhouse_settings: { async_insert: 0 },
    });
  return {
    database,
    run: clickHouseQuery(client),
    async insertBodies(bodies) {
      await insert(
        'bodies',
        bodies.map(({ offset, ...body }) => ({
          ...contentPlace,
          tenant_id: 'default',
          scope_kind: 'run',
          scope_id: 'r',
          media_type: 'application/json',
          ...body,
          kafka_offset: offset,
        })),
      );
    },
    async insertPeople(people) {
      await insert(
        'directory',
        people.map(({ offset, ...person }) => ({
          ...contentPlace,
          tenant_id: 'default',
          ...person,
          kafka_offset: offset,
        })),
      );
    },
    async projected(offsets) {
      await insert(
        'projection_state',
        offsets.map((next_offset, partition) => ({
          topic: 'audit.content.v1',
          partition,
          next_offset,
          last_timestamp: '2026-11-22 06:00:00.000',
        })),
      );
    },
    async close() {
      await client.command({ query: `DROP DATABASE IF EXISTS ${database}` });
      await client.close();
    },
  };
}
