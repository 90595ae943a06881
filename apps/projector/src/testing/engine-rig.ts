import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaKey } from '@affidavit/audit-model';
import { connectClickHouse, migrateContent, migrateGeneration, migratePublicViews } from '@affidavit/clickhouse';
import { createContentVault, openFileKeyRing } from '@affidavit/content-vault';
import {
  type AuditEvent,
  auditEventSchema,
  type ContentRecord,
  contentRecordSchema,
  deadLetterSchema,
} from '@affidavit/contracts';
import { type LogItem } from '@affidavit/intake';
import { BatchingLogWriter, connectKafka, ensureTopics, KafkaTransport } from '@affidavit/kafka';
import { AvroCodec, type AvroSchema, connectRegistry } from '@affidavit/schema-registry';
import { Metrics } from '@affidavit/service-kit';
import { assemble } from '../assemble.ts';
import { type Lane } from '../lane/lane.ts';
import { LogBoundsReader } from '../log-bounds-reader.ts';
import { readProjectorSettings } from '../settings.ts';

/** Topics, tables, a key ring and projectors of one test's own, on the shared engines. */
export class EngineRig {
  readonly id = randomBytes(5).toString('hex');
  readonly generation = `audit_p${this.id}`;
  readonly content = `content_p${this.id}`;
  readonly publicViews = `${this.generation}_public`;
  readonly topics = {
    activity: `audit.activity.v1.${this.id}`,
    access: `audit.access.v1.${this.id}`,
    content: `audit.content.v1.${this.id}`,
    deadLetters: `audit.deadletter.v1.${this.id}`,
  };
  readonly directory = mkdtempSync(join(tmpdir(), 'projector-'));
  readonly kafka = connectKafka({ brokers: process.env.KAFKA_BROKERS!.split(','), client_id: 'projector-test' });
  readonly writer = new BatchingLogWriter(new KafkaTransport(this.kafka), { append_timeout_ms: 30_000 });
  readonly registry = connectRegistry({ url: process.env.SCHEMA_REGISTRY_URL! });
  readonly ring = openFileKeyRing({ directory: join(this.directory, 'keys') });
  readonly vault = createContentVault({ ring: this.ring });
  readonly clickhouse = connect('CLICKHOUSE');
  readonly contentClickhouse = connect('CONTENT_CLICKHOUSE');
  readonly environment: Record<string, string>;
  events!: AvroCodec<AuditEvent>;
  contents!: AvroCodec<ContentRecord>;
  readonly #closing: (() => Promise<void> | void)[] = [];

  constructor() {
    const credentials = join(this.directory, 'credentials.json');
    writeFileSync(credentials, JSON.stringify({ version: 1, credentials: [] }), { mode: 0o600 });
    this.environment = {
      ...(process.env as Record<string, string>),
      GENERATION: this.generation,
      CONTENT_DATABASE: this.content,
      CREDENTIALS_FILE: credentials,
      KEY_RING_DIR: join(this.directory, 'keys'),
      PROJECTOR_PORT: '0',
      EVENT_TOPICS: `${this.topics.activity},${this.topics.access}`,
      CONTENT_TOPICS: this.topics.content,
      DEAD_LETTER_TOPICS: this.topics.deadLetters,
    };
  }

  async open(partitions = 3): Promise<void> {
    await ensureTopics(
      this.kafka,
      Object.values(this.topics).map((topic) => ({ topic, partitions })),
    );
    await migrateGeneration(this.clickhouse, this.generation);
    await migratePublicViews(this.clickhouse, this.generation, this.publicViews);
    await migrateContent(this.contentClickhouse, this.content);
    const codec = async <T extends object>(topic: string, schema: unknown): Promise<AvroCodec<T>> =>
      new AvroCodec<T>({
        schema: schema as AvroSchema,
        schemaId: await this.registry.register(`${topic}-value`, schema as AvroSchema),
      });
    this.events = await codec(this.topics.activity, auditEventSchema);
    await codec(this.topics.access, auditEventSchema);
    this.contents = await codec(this.topics.content, contentRecordSchema);
    await codec(this.topics.deadLetters, deadLetterSchema);
  }

  event(part: Record<string, unknown> & { readonly event_id: string }): AuditEvent {
    const defaults = Object.fromEntries(
      (auditEventSchema.fields as readonly { name: string; default?: unknown }[]).map((field) => [
        field.name,
        structuredClone(field.default),
      ]),
    );
    const now = Date.now() * 1_000;
    return {
      ...defaults,
      tenant_id: 'default',
      occurred_at: now,
      observed_at: now,
      time_precision_us: 1,
      seq: 1,
      stream_id: 's',
      fact_hash: '00'.repeat(32),
      ...part,
    } as unknown as AuditEvent;
  }

  /** Into the log, under the key of its run; `raw` values go as they are. */
  async send(
    items: readonly (AuditEvent | { readonly raw: Buffer; readonly run: string })[],
    topic = this.topics.activity,
  ): Promise<{ partition: number; offset: bigint }[]> {
    const stage = items.map((item): LogItem => {
      const [value, run] = 'raw' in item ? [item.raw, item.run] : [this.events.encode(item), item.run_id];
      return { topic, key: Buffer.from(kafkaKey('default', run)), approximate_bytes: value.length, stamp: () => value };
    });
    const [places] = await this.writer.append([stage]);
    return places!;
  }

  async seal(text: string, run: string): Promise<ContentRecord> {
    const record = await this.vault.seal({
      tenant_id: 'default',
      scope: { kind: 'run', id: run },
      media_type: 'text/plain',
      bytes: Buffer.from(text),
      subjects: [],
    });
    await this.send(
      [
        {
          raw: this.contents.encode({
            ...record,
            nonce: Buffer.from(record.nonce),
            ciphertext: Buffer.from(record.ciphertext),
          }),
          run,
        },
      ],
      this.topics.content,
    );
    return record;
  }

  /** The lanes of one projector in this process; `change` puts faults between it and the world. */
  async projector(
    change: (sinks: Awaited<ReturnType<typeof assemble>>) => void = () => undefined,
  ): Promise<{ lanes: readonly Lane[]; failed: Promise<unknown>; stop: () => Promise<void> }> {
    const bounds = new LogBoundsReader(this.kafka);
    let fail!: (error: unknown) => void;
    const failed = new Promise((resolve) => (fail = resolve));
    const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    const assembled = await assemble({
      settings: readProjectorSettings(this.environment),
      kafka: this.kafka,
      bounds,
      clickhouse: this.clickhouse,
      contentClickhouse: this.contentClickhouse,
      ring: this.ring,
      writer: this.writer,
      registry: this.registry,
      metrics: new Metrics('projector-test'),
      log: silent,
      fail,
    });
    change(assembled);
    const { lanes, sinks } = assembled;
    for (const lane of lanes) await lane.start((records) => sinks[lane.name as keyof typeof sinks].project(records));
    const stop = async (): Promise<void> => {
      await Promise.all(lanes.map((lane) => lane.stop()));
      await bounds.close();
    };
    this.#closing.push(stop);
    return { lanes, failed, stop };
  }

  async read<T = Record<string, unknown>>(query: string, client = this.clickhouse): Promise<T[]> {
    const filled = query
      .replaceAll('$generation', this.generation)
      .replaceAll('$public', this.publicViews)
      .replaceAll('$content', this.content);
    const answer = await client.query({
      query: filled,
      format: 'JSONEachRow',
      clickhouse_settings: { log_comment: 'default', output_format_json_quote_64bit_integers: 0 },
    });
    return answer.json<T>();
  }

  /** Until the answer satisfies, or a minute has passed; answers with the last one. */
  async until<T>(ask: () => Promise<T>, satisfied: (answer: T) => boolean, withinMs = 60_000): Promise<T> {
    const end = Date.now() + withinMs;
    for (;;) {
      const answer = await ask();
      if (satisfied(answer) || Date.now() > end) return answer;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0)) await Promise.resolve(close()).catch(() => undefined);
    await this.writer.close();
    await this.ring.close();
    for (const database of [this.publicViews, this.generation])
      await this.clickhouse.command({ query: `DROP DATABASE IF EXISTS ${database}` });
    await this.contentClickhouse.command({ query: `DROP DATABASE IF EXISTS ${this.content}` });
    await this.clickhouse.close();
    await this.contentClickhouse.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function connect(prefix: string): ReturnType<typeof connectClickHouse> {
  return connectClickHouse({
    url: process.env[`${prefix}_URL`]!,
    username: process.env[`${prefix}_USER`]!,
    password: process.env[`${prefix}_PASSWORD`]!,
    application: 'projector-test',
  });
}

export const newId = (): string => randomUUID();
