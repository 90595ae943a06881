import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import {
  type AuditEvent,
  auditEventSchema,
  type ContentRecord,
  contentRecordSchema,
  topics,
} from '@affidavit/contracts';
import { createContentVault, type KeyRing, openFileKeyRing } from '@affidavit/content-vault';
import { type SecretScanner } from '@affidavit/intake';
import { BatchingLogWriter, type BatchingSettings, InMemoryTransport } from '@affidavit/kafka';
import { AvroCodec } from '@affidavit/schema-registry';
import {
  createLog,
  type CredentialStore,
  type HttpApp,
  Metrics,
  type NewCredential,
  openCredentialStore,
} from '@affidavit/service-kit';
import { type Assembled, assemble } from '../assemble.ts';
import { secretlintScanner } from '../adapters/secretlint-scanner.ts';
import { openDoors } from '../doors/open-doors.ts';
import { type RecordIndex } from '../ingest/record-index.ts';
import { type CollectorSettings, readCollectorSettings } from '../settings.ts';
import { stopCollector } from '../stop-collector.ts';

// Starting a whole collector takes a while on a busy machine.
jest.setTimeout(120_000);

const EVENT_SCHEMA_ID = 1;
const CONTENT_SCHEMA_ID = 2;

export interface KitOptions {
  readonly settings?: Partial<CollectorSettings>;
  readonly batching?: Partial<BatchingSettings>;
  readonly index?: RecordIndex;
  readonly scanner?: SecretScanner;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  readonly body: any;
}

/** The whole collector over a log in memory, with real keys, scanner, codecs and doors on a port of its own. */
export class CollectorKit {
  readonly transport = new InMemoryTransport(
    Object.fromEntries(Object.entries(topics).map(([topic, { partitions }]) => [topic, partitions])),
  );
  readonly logLines: string[] = [];
  readonly directory = mkdtempSync(join(tmpdir(), 'affidavit-collector-'));
  readonly metrics = new Metrics('collector');
  readonly #options: KitOptions;
  readonly #events = new AvroCodec<AuditEvent>({ schema: auditEventSchema, schemaId: EVENT_SCHEMA_ID });
  readonly #contents = new AvroCodec<ContentRecord>({ schema: contentRecordSchema, schemaId: CONTENT_SCHEMA_ID });
  readonly #log = createLog({ service: 'collector', level: 'debug', write: (line) => void this.logLines.push(line) });
  #ring!: KeyRing;
  #writer!: BatchingLogWriter;
  #collector!: Assembled;
  #http!: HttpApp;
  #credentials!: CredentialStore;
  #token = '';
  url = '';

  constructor(options: KitOptions = {}) {
    this.#options = options;
  }

  async start(): Promise<this> {
    const log = this.#log;
    const given = readCollectorSettings({
      KAFKA_BROKERS: 'none:1',
      SCHEMA_REGISTRY_URL: 'http://none',
      CREDENTIALS_FILE: join(this.directory, 'credentials.json'),
      KEY_RING_DIR: join(this.directory, 'keys'),
      COLLECTOR_INSTANCE: 'test',
    });
    const settings = { ...given, ...this.#options.settings };
    const schemas = {
      event_id: EVENT_SCHEMA_ID,
      content_id: CONTENT_SCHEMA_ID,
      all: [{ subject: 'audit.activity.v1-value', schema: auditEventSchema, schema_id: EVENT_SCHEMA_ID }],
    };
    this.#writer = new BatchingLogWriter(this.transport, this.#options.batching);
    this.#ring = openFileKeyRing({ directory: settings.key_ring_dir });
    this.#collector = assemble({
      settings,
      schemas,
      ring: this.#ring,
      writer: this.#writer,
      scanner: this.#options.scanner ?? secretlintScanner,
      index: this.#options.index ?? null,
      metrics: this.metrics,
      log,
    });
    this.#credentials = openCredentialStore(settings.credentials_file, { lookEveryMs: 0 });
    this.#http = await openDoors({
      collector: this.#collector,
      settings,
      metrics: this.metrics,
      credentials: this.#credentials,
      readiness: [],
      log,
    });
    await this.#http.app.listen(0, '127.0.0.1');
    const address = this.#http.app.getHttpServer().address() as { readonly port: number };
    this.url = `http://127.0.0.1:${address.port}`;
    this.#token = await this.token({ name: 'retail', role: 'connector', connector_id: 'retail', tenant_id: 'acme' });
    await this.#collector.begin();
    return this;
  }

  async token(credential: NewCredential): Promise<string> {
    return (await this.#credentials.add(credential)).token;
  }

  closeLog(): Promise<void> {
    return this.#writer.close();
  }

  /** The stop of the process, in its order. */
  async stop(): Promise<void> {
    this.transport.release();
    await stopCollector(this.#http, this.#collector, this.#log, { drainMs: 2_000, lastWordsMs: 2_000 });
    await this.#writer.close();
    // What a test left hanging would keep Jest alive.
    this.#http.app.getHttpServer().closeAllConnections();
    rmSync(this.directory, { recursive: true, force: true });
  }

  get load(): BatchingLogWriter['load'] {
    return this.#writer.load;
  }

  closeDoors(): Promise<void> {
    return this.#http.close();
  }

  async send(path: string, init: RequestInit & { readonly token?: string } = {}): Promise<Answer> {
    const { token, ...rest } = init;
    const headers = {
      authorization: `Bearer ${token ?? this.#token}`,
      'content-type': 'application/json',
      ...(rest.headers as object | undefined),
    };
    const response = await fetch(this.url + path, { ...rest, headers });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
  }

  post(
    body: unknown,
    more: { readonly query?: string; readonly token?: string; readonly headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { query = '', ...rest } = more;
    return this.send(`/v1/events${query}`, {
      method: 'POST',
      body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
      ...rest,
    });
  }

  /** Every event in the log, partition by partition, in the order of the log. */
  events(topic = 'audit.activity.v1'): AuditEvent[] {
    const { partitions } = topics[topic as keyof typeof topics];
    return Array.from({ length: partitions }, (_, partition) => this.transport.stored(topic, partition))
      .flat()
      .map(({ value }) => this.#events.decode(value));
  }

  contents(): ContentRecord[] {
    return Array.from({ length: topics['audit.content.v1'].partitions }, (_, partition) =>
      this.transport.stored('audit.content.v1', partition),
    )
      .flat()
      .map(({ value }) => this.#contents.decode(value));
  }

  /** Every body in the log, decrypted, as text. */
  async bodies(): Promise<string[]> {
    const vault = createContentVault({ ring: this.#ring });
    return (await Promise.all(this.contents().map((content) => vault.open(content)))).map((bytes) =>
      Buffer.from(bytes ?? []).toString('utf8'),
    );
  }

  own(type: string): AuditEvent[] {
    return this.events('audit.control.v1').filter(({ event_type }) => event_type === type);
  }
}

/** Asks until it is so; what the collector tells of itself comes by its own clock. */
export async function eventually<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error('it did not come to pass');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const event = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  event_id: 'e-1',
  event_type: 'tool.call.completed',
  occurred_at: '2026-11-22T06:00:00.000123Z',
  source: { system: 'shop' },
  actor: { type: 'agent', id: 'agent-7' },
  run_id: 'run-1',
  call_id: 'call-1',
  tool: { name: 'exchange' },
  outcome: { status: 'success' },
  ...more,
});
