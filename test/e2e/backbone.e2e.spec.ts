import { randomUUID } from 'node:crypto';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { Kafka, logLevel } from 'kafkajs';
import { Api, type List, type Row } from './support/api.ts';
import { eventually, readCredentials, readStack } from './support/stack.ts';

const stack = readStack();
const credentials = readCredentials();
const api = new Api(stack, credentials);
/** Every test has its own case, order and person. */
const unique = randomUUID().slice(0, 8);
const secretText = `the recipe of ${unique}`;

const event = (more: object = {}): object => ({
  event_id: `e2e-${unique}-1`,
  event_type: 'tool.call.completed',
  occurred_at: '2026-11-22T06:00:00.000123Z',
  source: { system: 'retail-agent' },
  actor: { type: 'agent', id: 'retail-agent' },
  on_behalf_of: [{ type: 'human', id: `person_${unique}`, relation: 'customer', display_name: `Name ${unique}` }],
  run_id: `run/${unique}`,
  session_id: `run/${unique}`,
  call_id: `run/${unique}/7/0`,
  case_refs: [{ system: 'helpdesk', type: 'ticket', id: `case/${unique}` }],
  object_refs: [{ system: 'shop', type: 'order', id: `#W${unique}`, role: 'updated' }],
  tool: { name: 'exchange_delivered_order_items', tier: 'write', protocol: 'function' },
  outcome: { status: 'success' },
  content: [{ role: 'tool_result', media_type: 'application/json', json: { status: secretText } }],
  ...more,
});

interface Receipt {
  readonly event_id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number | string;
  readonly record_hash: string;
  readonly duplicate: boolean;
}
interface Answer {
  readonly accepted: number;
  readonly rejected: number;
  readonly receipts: readonly Receipt[];
  readonly errors: readonly { readonly code: string; readonly path: string; readonly index: number }[];
}

const post = async (body: unknown): Promise<{ status: number; answer: Answer }> => {
  const response = await api.post(body);
  return { status: response.status, answer: (await response.json()) as Answer };
};
const timeline = (path: string): Promise<List> =>
  eventually(async () => {
    const list = await api.get<List>(path);
    return list.total === 0 ? undefined : list;
  }, `${path} has rows`);

describe('one event', () => {
  let receipt: Receipt;

  test('is accepted with a receipt that names its place', async () => {
    const { status, answer } = await post(event());
    expect(status).toBe(200);
    expect(answer).toMatchObject({ accepted: 1, rejected: 0, errors: [] });
    receipt = answer.receipts[0] as Receipt;
    expect(receipt).toMatchObject({ event_id: `e2e-${unique}-1`, topic: 'audit.activity.v1', duplicate: false });
    expect(receipt.record_hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ['of its case', `/v1/cases/${encodeURIComponent(`helpdesk:case/${unique}`)}/timeline`],
    ['of its case, by id alone', `/v1/cases/x/timeline?id=${encodeURIComponent(`case/${unique}`)}`],
    ['of the order, with #', `/v1/objects/shop/order/${encodeURIComponent(`#W${unique}`)}/timeline`],
    ['of the order, without #', `/v1/objects/shop/order/W${unique}/timeline`],
    ['of the person, by raw id', `/v1/users/person_${unique}/timeline`],
    [
      'of the person, by issuer and raw id',
      `/v1/users/${encodeURIComponent(`retail-agent:person_${unique}`)}/timeline`,
    ],
  ])('is in the timeline %s, at the place of its receipt', async (_name, path) => {
    const list = await timeline(path);
    expect(list.total).toBe(1);
    const [row] = list.data as [Row];
    expect(row.event_id).toBe(receipt.event_id);
    expect({ ...row.kafka, offset: String(row.kafka.offset) }).toEqual({
      topic: receipt.topic,
      partition: receipt.partition,
      offset: String(receipt.offset),
    });
    expect(row.record_hash).toBe(receipt.record_hash);
    expect(row['occurred_at']).toBe('2026-11-22T06:00:00.000123Z');
    expect(JSON.stringify(row)).not.toContain(`person_${unique}`);
    expect(JSON.stringify(list.data)).not.toContain(secretText);
  });

  test('is found by a word of its content, by who may read content', async () => {
    const found = await eventually(async () => {
      const list = await api.search({ q: unique });
      return list.data.length > 0 ? list : undefined;
    }, 'content is searchable');
    expect(found.data.map((row) => row.event_id)).toContain(receipt.event_id);
    const refused = await api.fetch('/v1/search', 'data_team', { method: 'POST', body: JSON.stringify({ q: unique }) });
    expect(refused.status).toBe(403);
  });

  test('is read from Kafka by a plain consumer with the registry, without content or name in clear', async () => {
    const kafka = new Kafka({ brokers: stack.kafka_brokers.split(','), logLevel: logLevel.NOTHING });
    const consumer = kafka.consumer({ groupId: `plain-${unique}` });
    const registry = new SchemaRegistry({ host: stack.schema_registry_url });
    const clear: string[] = [];
    const seen = new Promise<unknown>((resolve, reject) => {
      const read = async (): Promise<void> => {
        await consumer.connect();
        await consumer.subscribe({
          topics: ['audit.activity.v1', 'audit.content.v1', 'audit.control.v1', 'audit.access.v1'],
          fromBeginning: true,
        });
        await consumer.run({
          autoCommit: false,
          eachMessage: async ({ topic, partition, message }) => {
            const text = `${message.key?.toString('latin1') ?? ''}${message.value?.toString('latin1') ?? ''}`;
            if (text.includes(secretText) || text.includes(`person_${unique}`) || text.includes(`Name ${unique}`))
              clear.push(`${topic}/${partition}/${message.offset}`);
            if (topic === receipt.topic && partition === receipt.partition && message.offset === String(receipt.offset))
              resolve(await registry.decode(message.value as Buffer));
          },
        });
      };
      read().catch(reject);
    });
    expect(await seen).toMatchObject({ event_id: receipt.event_id, tool: { name: 'exchange_delivered_order_items' } });
    await consumer.disconnect();
    expect(clear).toEqual([]);
  });

  test('sent again is one event with a duplicate; changed, a conflict that is visible', async () => {
    const again = await post(event());
    expect(again.status).toBe(200);
    expect(again.answer.receipts[0]?.duplicate).toBe(true);
    await post(event({ outcome: { status: 'failure' } }));
    const path = `/v1/cases/${encodeURIComponent(`helpdesk:case/${unique}`)}/timeline`;
    const row = await eventually(async () => {
      const list = await api.get<List>(path);
      return list.data[0]?.duplicates === 2 ? list.data[0] : undefined;
    }, 'both copies are projected');
    expect(row.conflict).toBe(true);
    expect(row.outcome?.status).toBe('success');
  });
});

describe('the door', () => {
  test('one bad item never sinks the batch', async () => {
    const { status, answer } = await post([
      event({ event_id: `e2e-${unique}-2` }),
      event({ event_id: `e2e-${unique}-3`, colour: 'red' }),
      7,
    ]);
    expect(status).toBe(207);
    expect(answer).toMatchObject({ accepted: 1, rejected: 2 });
    expect(answer.errors.map((error) => [error.index, error.code])).toEqual([
      [1, 'unknown_field'],
      [2, 'not_an_object'],
    ]);
  });
  test('nothing without a credential, nothing with the wrong role', async () => {
    for (const url of [
      `${stack.collector_url}/v1/events`,
      `${stack.collector_url}/metrics`,
      `${stack.api_url}/v1/search`,
      `${stack.api_url}/v1/events/x`,
    ]) {
      expect(
        (
          await fetch(url, {
            method: url.endsWith('events') || url.endsWith('search') ? 'POST' : 'GET',
            body: url.endsWith('events') || url.endsWith('search') ? '{}' : null,
            headers: { 'content-type': 'application/json' },
          })
        ).status,
      ).toBe(401);
    }
    expect((await api.fetch('/v1/events/x', 'connector')).status).toBe(403);
    expect((await api.fetch('/v1/events/x', 'administrator')).status).toBe(403);
    expect((await api.post(event(), 'investigator')).status).toBe(403);
  });
  test('looking is recorded', async () => {
    await api.get(`/v1/resolve?q=W${unique}`);
    const client = createClient({
      url: stack.clickhouse_url,
      username: credentials.clickhouse.user,
      password: credentials.clickhouse.password,
      log: { level: ClickHouseLogLevel.OFF },
    });
    const rows = await eventually(async () => {
      const answer = await client.query({
        query: "SELECT count() AS n FROM audit.events WHERE event_type = 'audit.query.executed'",
        format: 'JSONEachRow',
      });
      const [row] = await answer.json<{ n: string | number }>();
      return Number(row?.n) > 0 ? Number(row?.n) : undefined;
    }, 'queries are in the record');
    expect(rows).toBeGreaterThan(0);
    await client.close();
  });
});

describe('directly on ClickHouse', () => {
  const client = createClient({
    url: stack.clickhouse_url,
    username: credentials.clickhouse.user,
    password: credentials.clickhouse.password,
    log: { level: ClickHouseLogLevel.OFF },
  });
  afterAll(() => client.close());
  const rows = async (query: string): Promise<unknown[]> =>
    (await client.query({ query, format: 'JSONEachRow', query_params: { id: `e2e-${unique}-1` } })).json();

  test('the public view has one row per event', async () => {
    expect(await rows('SELECT event_id, duplicates, conflict FROM audit.events WHERE event_id = {id:String}')).toEqual([
      expect.objectContaining({ event_id: `e2e-${unique}-1` }),
    ]);
    for (const view of ['timeline_by_case', 'timeline_by_user', 'timeline_by_object'])
      expect((await rows(`SELECT event_id FROM audit.${view} WHERE event_id = {id:String}`)).length).toBeGreaterThan(0);
  });
  test.each([
    ["SELECT * FROM file('/etc/passwd', 'LineAsString')"],
    ['SELECT * FROM audit_g1.events'],
    ['SELECT * FROM audit_content.bodies'],
    ["SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')"],
    ['SELECT 1 WHERE 1 IN audit_g1.events'],
    ['SELECT * FROM system.tables'],
    ['DROP VIEW audit.events'],
    ['CREATE TABLE audit.x (a Int8) ENGINE = Memory'],
    ["INSERT INTO FUNCTION file('x.csv') SELECT 1"],
    ["SELECT 1 INTO OUTFILE '/tmp/x'"],
    ['SELECT 1 SETTINGS readonly = 0'],
    ['SET readonly = 0'],
    ["SELECT getSetting('log_comment') SETTINGS log_comment = 'other'"],
    ["SELECT file('/etc/passwd')"],
  ])('%s is refused', async (query) => {
    // As text and not through the client, which appends FORMAT: that alone would make a syntax error of half of these.
    const authorization = `Basic ${Buffer.from(`${credentials.clickhouse.user}:${credentials.clickhouse.password}`).toString('base64')}`;
    const answer = await fetch(stack.clickhouse_url, { method: 'POST', headers: { authorization }, body: query });
    expect(answer.status).toBe(403);
    // ACCESS_DENIED, or the engine's own READONLY.
    expect(['497', '164']).toContain(answer.headers.get('x-clickhouse-exception-code'));
  });
  test('plain curl works, and a wrong password does not', async () => {
    const basic = (password: string): RequestInit => ({
      headers: {
        authorization: `Basic ${Buffer.from(`${credentials.clickhouse.user}:${password}`).toString('base64')}`,
      },
    });
    const url = `${stack.clickhouse_url}/?query=${encodeURIComponent('SELECT 1')}`;
    expect(await (await fetch(url, basic(credentials.clickhouse.password))).text()).toBe('1\n');
    expect((await fetch(url, basic('wrong'))).status).toBeGreaterThanOrEqual(401);
    expect((await fetch(url)).status).toBeGreaterThanOrEqual(401);
  });
});
