import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
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

export async function openGeneration(): Promise<TestGeneration> {
  const { CLICKHOUSE_URL: url, CLICKHOUSE_USER: username, CLICKHOUSE_PASSWORD: password } = process.env;
  if (url === undefined) throw new Error('CLICKHOUSE_URL is not set: run this as an integration test');
  const client = createClient({ url, username: username ?? 'default', password: password ?? '', request_timeout: 60_000 });
  const generation = `t_${randomUUID().replaceAll('-', '')}`;
  await migrate(client, { directory: migrations, target: generation, databases: [generation], variables: { generation, late_after_s: 300 } });
  return {
    client,
    generation,
    run: clickHouseQuery(client),
    async insert(records) {
      await client.insert({ table: `${generation}.events`, values: records.map(({ event, place }) => eventRow(event, place)), format: 'JSONEachRow', clickhouse_settings: { async_insert: 0 } });
    },
    async projected(vector) {
      const values = Object.entries(vector).flatMap(([topic, offsets]) => offsets.map((next_offset, partition) => ({ topic, partition, next_offset, last_timestamp: '2026-11-22 06:00:00.000' })));
      await client.insert({ table: `${generation}.projection_state`, values, format: 'JSONEachRow', clickhouse_settings: { async_insert: 0 } });
    },
    async close() {
      await client.command({ query: `DROP DATABASE IF EXISTS ${generation}` });
      await client.close();
    },
  };
}
