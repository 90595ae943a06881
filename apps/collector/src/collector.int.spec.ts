import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { connectClickHouse, migrateGeneration } from '@affidavit/clickhouse';
import { type AuditEvent, topics } from '@affidavit/contracts';
import { connectKafka, ensureTopics, partitionOf } from '@affidavit/kafka';
import { dropProxy, readAll } from '@affidavit/kafka/testing';
import { CollectorProcess } from './testing/collector-process.ts';
import { event, eventually } from './testing/collector-kit.ts';

const environment = (name: string): string => process.env[name] ?? '';
const kafka = connectKafka({ brokers: environment('KAFKA_BROKERS').split(','), client_id: 'collector-int' });
const registry = new SchemaRegistry({ host: environment('SCHEMA_REGISTRY_URL') });
/** No index: what the collector does without one. */
const WITHOUT_INDEX = { CLICKHOUSE_URL: '', CLICKHOUSE_USER: '', CLICKHOUSE_PASSWORD: '' };
const newTenant = (): string => `t-${randomUUID().slice(0, 8)}`;
const running: CollectorProcess[] = [];

const start = async (tenant: string, more: Record<string, string> = WITHOUT_INDEX): Promise<CollectorProcess> => {
  const collector = await CollectorProcess.start(tenant, more);
  running.push(collector);
  return collector;
};

/** Everything of a tenant in the topic, by the registry's own schema, partition by partition. */
async function recordsOf(topic: string, tenant: string): Promise<AuditEvent[]> {
  const values = [...(await readAll(kafka, topic)).values()].flat();
  const records: AuditEvent[] = [];
  // One after the other: before the schema is in its cache, the client asks the registry for each record at once.
  for (const value of values) records.push((await registry.decode(value)) as AuditEvent);
  return records.filter(({ tenant_id }) => tenant_id === tenant);
}

/** Each number of each stream of the collector's stands for one record or is declared as not acknowledged. */
async function expectAccountedFor(tenant: string): Promise<void> {
  const control = await recordsOf('audit.control.v1', tenant);
  const records = [...(await recordsOf('audit.activity.v1', tenant)), ...control];
  const gaps = control.filter(({ event_type }) => event_type === 'collector.gap.detected').map(({ gap }) => gap);
  for (const stream of new Set(records.map(({ stream_id }) => stream_id))) {
    const seen = new Set(records.filter(({ stream_id }) => stream_id === stream).map(({ seq }) => seq));
    const isDeclared = (seq: number): boolean =>
      gaps.some((gap) => gap.stream_id === stream && (gap.from_seq ?? 0) <= seq && seq <= (gap.to_seq ?? 0));
    const missing = Array.from({ length: Math.max(...seen) }, (_, index) => index + 1).filter(
      (seq) => !seen.has(seq) && !isDeclared(seq),
    );
    expect([stream, missing]).toEqual([stream, []]);
  }
}

beforeAll(
  () =>
    ensureTopics(
      kafka,
      Object.entries(topics).map(([topic, { partitions }]) => ({ topic, partitions })),
    ),
  120_000,
);
afterAll(async () => {
  await Promise.all(running.map((collector) => collector.stop()));
});

describe('an accepted event', () => {
  const tenant = newTenant();
  let collector: CollectorProcess;
  beforeAll(async () => void (collector = await start(tenant)), 120_000);

  test('is where its receipt says, with the hash that it says, and anybody’s registry client reads it', async () => {
    const { status, body } = await collector.post(
      event({
        event_id: `${tenant}-1`,
        on_behalf_of: [{ type: 'human', id: 'ada', display_name: 'Ada' }],
        content: [{ role: 'tool_result', json: { status: 'ok' } }],
      }),
    );
    expect(status).toBe(200);
    const [receipt] = body.receipts;
    const value = (await readAll(kafka, receipt.topic)).get(receipt.partition)?.[receipt.offset] as Buffer;
    expect(createHash('sha256').update(value).digest('hex')).toBe(receipt.record_hash);
    const record = (await registry.decode(value)) as AuditEvent;
    expect(record).toMatchObject({
      event_id: `${tenant}-1`,
      tenant_id: tenant,
      run_id: 'run-1',
      seq: 1,
      on_behalf_of: [{ id: expect.stringMatching(/^p_[a-z2-7]{52}$/) }],
    });
    expect(receipt.partition).toBe(
      partitionOf(Buffer.from(`${tenant}\u0000run-1`), topics['audit.activity.v1'].partitions),
    );
    const contents = (await recordsOf('audit.content.v1', tenant)) as unknown as {
      readonly content_id: string;
      readonly scope_kind: string;
    }[];
    expect(contents.map(({ scope_kind }) => scope_kind).sort()).toEqual(['person', 'run']);
    expect(contents.map(({ content_id }) => content_id)).toContain(record.content[0]?.content_id);
    expect(await collector.send(`/v1/receipts/${tenant}-1`)).toMatchObject({
      status: 200,
      body: { record_hash: receipt.record_hash },
    });
  });
  test('and the process is ready, and says what it is', async () => {
    expect(await collector.send('/readyz')).toMatchObject({
      status: 200,
      body: {
        ready: true,
        checks: [
          { name: 'kafka', ok: true },
          { name: 'schema_registry', ok: true },
          { name: 'key_ring', ok: true },
        ],
      },
    });
    expect((await collector.send('/metrics')).body).toContain('affidavit_collector_accepted_total');
    await eventually(
      async () =>
        (await recordsOf('audit.control.v1', tenant)).some(({ event_type }) => event_type === 'schema.registered'),
      20_000,
    );
    const told = (await recordsOf('audit.control.v1', tenant)).filter(
      ({ event_type }) => event_type === 'schema.registered',
    );
    expect(new Set(told.map(({ change }) => change.item_id))).toEqual(
      new Set(Object.keys(topics).map((topic) => `${topic}-value`)),
    );
  });
  test('many senders at once: one record each, numbered without a hole', async () => {
    const posts = Array.from({ length: 40 }, (_, sender) =>
      collector.post(
        Array.from({ length: 25 }, (_unused, index) =>
          event({ event_id: `${tenant}-c-${sender}-${index}`, run_id: `run-${sender}` }),
        ),
      ),
    );
    const answers = await Promise.all(posts);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const stored = (await recordsOf('audit.activity.v1', tenant)).filter(({ event_id }) =>
      event_id.startsWith(`${tenant}-c-`),
    );
    expect(stored).toHaveLength(1000);
    expect(new Set(stored.map(({ seq }) => seq)).size).toBe(1000);
    await expectAccountedFor(tenant);
  });
});

describe('Kafka away', () => {
  test('503 with Retry-After within the bound, not ready, then taken again: every acknowledged event is there', async () => {
    const proxy = await dropProxy(environment('KAFKA_BROKERS').split(',')[0] ?? '');
    const tenant = newTenant();
    const collector = await start(tenant, { ...WITHOUT_INDEX, KAFKA_BROKERS: proxy.address });
    const acknowledged: string[] = [];
    const post = async (event_id: string): Promise<number> => {
      const { status, headers } = await collector.post(
        event({ event_id, content: [{ role: 'output', text: event_id }] }),
      );
      if (status === 200) acknowledged.push(event_id);
      else expect([event_id, status, headers.get('retry-after')]).toEqual([event_id, 503, '1']);
      return status;
    };
    expect(await post('before')).toBe(200);
    proxy.refuse();
    const started = performance.now();
    expect(await Promise.all(Array.from({ length: 10 }, (_, index) => post(`away-${index}`)))).toEqual(
      Array(10).fill(503),
    );
    expect(performance.now() - started).toBeLessThan(20_000);
    await eventually(async () => (await collector.send('/readyz')).status === 503, 20_000);
    proxy.accept();
    await eventually(async () => (await post('after')) === 200, 30_000);
    // The broker has it, the collector never hears so: the sender is told to send again, and the number is burnt.
    proxy.dropResponses(3);
    await post('response-lost');
    await eventually(async () => (await post('response-lost')) === 200, 30_000);
    await eventually(
      async () =>
        (await recordsOf('audit.control.v1', tenant)).some(({ event_type }) => event_type === 'collector.gap.detected'),
      30_000,
    );
    const stored = new Set((await recordsOf('audit.activity.v1', tenant)).map(({ event_id }) => event_id));
    expect(acknowledged.filter((event_id) => !stored.has(event_id))).toEqual([]);
    expect(await collector.stop()).toBe(0);
    await expectAccountedFor(tenant);
    await proxy.close();
  });
});

describe('SIGTERM under load', () => {
  test('exit 0, no acknowledged event is lost, and the last words are in the log', async () => {
    const tenant = newTenant();
    const collector = await start(tenant);
    const acknowledged: string[] = [];
    let stopping = false;
    const sender = async (name: number): Promise<void> => {
      for (let number = 0; !stopping; number += 1) {
        const event_id = `${name}-${number}`;
        const answer = await collector
          .post(event({ event_id, run_id: `r-${name}`, content: [{ role: 'output', text: event_id }] }))
          .catch(() => undefined);
        if (answer === undefined) return;
        if (answer.status === 200) acknowledged.push(event_id);
        else expect(answer.status).toBe(503);
      }
    };
    const senders = Array.from({ length: 20 }, (_, name) => sender(name));
    await eventually(() => acknowledged.length > 100, 30_000);
    const code = await collector.stop();
    stopping = true;
    await Promise.all(senders);
    expect(code).toBe(0);
    const stored = new Set((await recordsOf('audit.activity.v1', tenant)).map(({ event_id }) => event_id));
    expect(acknowledged.filter((event_id) => !stored.has(event_id))).toEqual([]);
    const control = await recordsOf('audit.control.v1', tenant);
    const last = Math.max(...(await recordsOf('audit.activity.v1', tenant)).map(({ seq }) => seq));
    expect(control.filter(({ event_type }) => event_type === 'stream.closed').map(({ gap }) => gap.to_seq)).toEqual([
      last,
    ]);
    expect(control.filter(({ event_type }) => event_type === 'collector.stopped')).toMatchObject([
      { details: { accepted: String(acknowledged.length) } },
    ]);
    await expectAccountedFor(tenant);
  });
  test('a client that never finishes its body does not keep the process', async () => {
    const tenant = newTenant();
    const collector = await start(tenant);
    const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('[')) });
    const hanging = fetch(`${collector.url}/v1/events`, {
      method: 'POST',
      body,
      duplex: 'half',
      headers: collector.headers,
    }).catch(() => undefined);
    await collector.post(event({ event_id: 'a' }));
    expect(await collector.stop()).toBe(0);
    await hanging;
    expect(
      (await recordsOf('audit.control.v1', tenant)).some(({ event_type }) => event_type === 'collector.stopped'),
    ).toBe(true);
  });
});

describe('SIGTERM while Kafka is away', () => {
  test('exits all the same, within its bound', async () => {
    const proxy = await dropProxy(environment('KAFKA_BROKERS').split(',')[0] ?? '');
    const collector = await start(newTenant(), { ...WITHOUT_INDEX, KAFKA_BROKERS: proxy.address });
    expect((await collector.post(event())).status).toBe(200);
    proxy.refuse();
    const waiting = collector.post(event({ event_id: 'waiting' }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const started = performance.now();
    expect(await collector.stop()).toBe(0);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect((await waiting).status).toBe(503);
    await proxy.close();
  });
});

describe('two collectors over one key ring', () => {
  test('know a person and a body by the same ids, and number apart', async () => {
    const tenant = newTenant();
    const ring = mkdtempSync(join(tmpdir(), 'affidavit-ring-'));
    const [one, other] = [
      await start(tenant, { ...WITHOUT_INDEX, KEY_RING_DIR: ring }),
      await start(tenant, { ...WITHOUT_INDEX, KEY_RING_DIR: ring }),
    ];
    const said = (event_id: string): object =>
      event({
        event_id,
        on_behalf_of: [{ type: 'human', id: 'ada' }],
        content: [{ role: 'output', text: 'the same' }],
      });
    await Promise.all([one.post(said('one')), other.post(said('other'))]);
    const [first, second] = await recordsOf('audit.activity.v1', tenant);
    expect(first?.on_behalf_of[0]?.id).toBe(second?.on_behalf_of[0]?.id);
    expect(first?.content[0]?.content_id).toBe(second?.content[0]?.content_id);
    expect(first?.stream_id).not.toBe(second?.stream_id);
    await expectAccountedFor(tenant);
  });
});

describe('with the index', () => {
  const generation = `audit_int_${randomUUID().slice(0, 8)}`;
  const client = connectClickHouse({
    url: environment('CLICKHOUSE_URL'),
    username: environment('CLICKHOUSE_USER'),
    password: environment('CLICKHOUSE_PASSWORD'),
    application: 'collector-int',
  });
  afterAll(() => client.close());

  test('a receipt outlives the process, for its own tenant and connector; what was in the record before is known', async () => {
    await migrateGeneration(client, generation);
    const tenant = newTenant();
    const hash = 'ab'.repeat(32);
    const insert = (offset: number, appended: string, more: Readonly<Record<string, string>> = {}): Promise<unknown> =>
      client.command({
        query: `INSERT INTO ${generation}.events (tenant_id, event_id, event_type, run_id, occurred_at, kafka_topic,
          kafka_partition, kafka_offset, kafka_timestamp, record_hash, fact_hash, \`source.connector_id\`)
        SELECT {tenant:String}, {id:String}, 'tool.call.completed', 'r', '2026-11-22 05:59:59.000123', 'audit.activity.v1',
        3, {offset:Int64}, {appended:String}, unhex({hash:String}), unhex({fact:String}), {connector:String}`,
        query_params: {
          tenant,
          offset,
          appended,
          id: 'old',
          hash,
          fact: 'ef'.repeat(32),
          connector: 'retail',
          ...more,
        },
      });
    await insert(4710, '2026-11-22 05:00:00.000', { connector: 'another', hash: 'cd'.repeat(32) });
    await insert(4712, '2026-11-22 07:00:00.000', { hash: 'cd'.repeat(32) });
    await insert(4711, '2026-11-22 06:00:00.000');
    const [collector, stranger] = [
      await start(tenant, { GENERATION: generation }),
      await start(newTenant(), { GENERATION: generation }),
    ];
    expect(await collector.send('/v1/receipts/old')).toMatchObject({
      status: 200,
      body: { event_id: 'old', topic: 'audit.activity.v1', partition: 3, offset: 4711, record_hash: hash },
    });
    expect((await stranger.send('/v1/receipts/old')).status).toBe(404);
    expect((await collector.send('/v1/receipts/never')).status).toBe(404);
    // The same facts are a duplicate, others a conflict; another process knows it from the index alone. A receipt waits
    // for that word a quarter of a second at most, and its memory knows an id that was sent: so each try has its own.
    const tries = Array.from({ length: 8 }, (_, number) => String(number));
    await collector.post(tries.map((number) => event({ event_id: `again ${number}` })));
    for (const { event_id, fact_hash } of await recordsOf('audit.activity.v1', tenant))
      await insert(5_000 + Number(event_id.slice(-1)), '2026-11-22 06:00:00.000', {
        id: event_id,
        fact: Buffer.from(fact_hash).toString('hex'),
      });
    for (const number of tries)
      await insert(6_000 + Number(number), '2026-11-22 06:00:00.000', { id: `old ${number}` });
    const next = await start(tenant, { GENERATION: generation });
    const answers: unknown[] = [];
    for (const number of tries) {
      const { body } = await next.post([
        event({ event_id: `old ${number}` }),
        event({ event_id: `again ${number}` }),
        event({ event_id: `new-${randomUUID()}` }),
      ]);
      answers.push(
        body.receipts.map(({ duplicate, conflict }: { duplicate: boolean; conflict?: true }) => [
          duplicate,
          conflict ?? false,
        ]),
      );
    }
    expect(answers).toContainEqual([
      [false, true],
      [true, false],
      [false, false],
    ]);
  });
  test('without an answer of it, events are taken all the same', async () => {
    const collector = await start(newTenant(), { CLICKHOUSE_URL: 'http://127.0.0.1:9' });
    expect((await collector.post(event())).status).toBe(200);
    expect(await collector.send('/v1/receipts/unknown')).toMatchObject({
      status: 503,
      body: { code: 'store_unavailable', retryable: true },
    });
  });
});
