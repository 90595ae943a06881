import { randomBytes } from 'node:crypto';
import { auditEventSchema } from '@affidavit/contracts';
import { type ClickHouseClient } from '@clickhouse/client';
import avro from 'avsc';
import { AvroContainer, type AvroRecordSchema, type ForwardedRecord } from '../avro-container.ts';
import { connectClickHouse } from '../connect-clickhouse.ts';
import { insertContainer } from '../insert-container.ts';
import { migrateGeneration, migratePublicViews } from '../migration-targets.ts';
import { writeProjectionState } from '../projection-state.ts';

export const eventSchema = auditEventSchema as unknown as AvroRecordSchema;
const type = avro.Type.forSchema(auditEventSchema as unknown as avro.Schema, { wrapUnions: false });

/** Any part of an event; nested parts are merged into the defaults of the schema. */
export type EventPart = Readonly<Record<string, unknown>>;

/** An encoded event body: the schema's defaults, overlaid. */
export function eventBody(part: EventPart): Buffer {
  return type.toBuffer(overlay(defaultsOf(), part));
}

function defaultsOf(): Record<string, unknown> {
  const empty: EventPart = {
    seq: 0,
    time_precision_us: 1,
    occurred_at: 1_795_327_200_000_000,
    observed_at: 1_795_327_200_000_000,
    fact_hash: Buffer.alloc(32),
    tenant_id: 'default',
  };
  return {
    ...Object.fromEntries(eventSchema.fields.map((field) => [field.name, structuredClone(field.default)])),
    ...empty,
  };
}

function overlay(base: Record<string, unknown>, part: EventPart): Record<string, unknown> {
  const merged = { ...base };
  for (const [name, value] of Object.entries(part)) {
    const below = merged[name];
    const nested =
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      !Buffer.isBuffer(value) &&
      name !== 'details';
    merged[name] = nested ? overlay(below as Record<string, unknown>, value as EventPart) : value;
  }
  return merged;
}

/** A generation of its own on the test engine, with public views of its own. */
export class GenerationRig {
  readonly client: ClickHouseClient;
  readonly generation = `audit_t${randomBytes(6).toString('hex')}`;
  readonly public = `${this.generation}_public`;
  readonly container = new AvroContainer(eventSchema);

  constructor() {
    this.client = connectClickHouse({
      url: process.env.CLICKHOUSE_URL!,
      username: process.env.CLICKHOUSE_USER!,
      password: process.env.CLICKHOUSE_PASSWORD!,
      application: 'int-test',
    });
  }

  async migrate(): Promise<void> {
    await migrateGeneration(this.client, this.generation);
    await migratePublicViews(this.client, this.generation, this.public);
  }

  record(
    at: { offset: number; partition?: number; topic?: string; timestamp_ms?: number },
    body: Uint8Array,
  ): ForwardedRecord {
    const { offset, partition = 0, topic = 'audit.activity.v1', timestamp_ms = 1_795_327_200_000 + offset } = at;
    return { topic, partition, offset: BigInt(offset), timestamp_ms, schema_id: 1, record_hash: randomBytes(32), body };
  }

  async insert(records: readonly ForwardedRecord[]): Promise<void> {
    await insertContainer(this.client, this.generation, 'events', this.container.encode(records, randomBytes(16)));
  }

  /** Moves the watermark of partitions of one topic. */
  async reach(next: Readonly<Record<number, number>>, topic = 'audit.activity.v1'): Promise<void> {
    await writeProjectionState(
      this.client,
      this.generation,
      Object.entries(next).map(([partition, offset]) => ({
        topic,
        partition: Number(partition),
        next_offset: BigInt(offset),
        last_timestamp_ms: 1_795_327_200_000,
      })),
    );
  }

  /** As a reader of the tenant would see it. */
  async read<T = Record<string, unknown>>(query: string, tenant = 'default'): Promise<T[]> {
    const filled = query.replaceAll('$generation', this.generation).replaceAll('$public', this.public);
    const answer = await this.client.query({
      query: filled,
      format: 'JSONEachRow',
      clickhouse_settings: { log_comment: tenant, output_format_json_quote_64bit_integers: 0 },
    });
    return answer.json<T>();
  }

  async close(): Promise<void> {
    for (const database of [this.public, this.generation])
      await this.client.command({ query: `DROP DATABASE IF EXISTS ${database}` });
    await this.client.close();
  }
}
