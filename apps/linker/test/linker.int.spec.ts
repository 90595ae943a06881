import { randomBytes } from 'node:crypto';
import { connectClickHouse, migrateGeneration } from '@affidavit/clickhouse';
import { reader } from '../src/facts/engine.ts';
import { linkRound, type Round } from '../src/link-round.ts';
import { linkEvent, type Say } from '../src/log/collector-door.ts';
import { type ToSay } from '../src/rules/reconcile.ts';

type Event = Readonly<Record<string, unknown>>;

const generation = `audit_l${randomBytes(6).toString('hex')}`;
const client = connectClickHouse({
  url: process.env['CLICKHOUSE_URL'] ?? '',
  username: process.env['CLICKHOUSE_USER'] ?? '',
  password: process.env['CLICKHOUSE_PASSWORD'] ?? '',
  application: 'int-test',
});
const START = Date.UTC(2026, 10, 22, 6);
const person = (letter: string): string => `p_${letter.repeat(52)}`;
const at = (second: number): string =>
  new Date(START + second * 1_000).toISOString().replace('T', ' ').replace('Z', '000');
let offset = 0;

/** Nested events into rows of the table; what is left out is empty by the columns' own defaults. */
function rowOf(event: Event): Event {
  const flat: Record<string, unknown> = {
    event_type: 'tool.call.completed',
    tenant_id: 'default',
    occurred_at: at(offset),
    observed_at: at(offset),
    stream_id: 's/1/b',
    seq: offset + 1,
  };
  for (const [name, value] of Object.entries(event)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) flat[name] = value;
    else for (const [inner, of] of Object.entries(value)) flat[`${name}.${inner}`] = of;
  }
  return {
    ...flat,
    kafka_topic: 'audit.activity.v1',
    kafka_partition: 0,
    kafka_offset: offset++,
    kafka_timestamp: at(offset).slice(0, 23),
    schema_id: 1,
    record_hash: 'r'.repeat(32),
    fact_hash: 'f'.repeat(32),
  };
}

async function put(events: readonly Event[]): Promise<void> {
  await client.insert({
    table: `${generation}.events`,
    format: 'JSONEachRow',
    values: events.map(rowOf),
    clickhouse_settings: { input_format_defaults_for_omitted_fields: 1 },
  });
  await client.insert({
    table: `${generation}.projection_state`,
    format: 'JSONEachRow',
    values: [
      { topic: 'audit.activity.v1', partition: 0, next_offset: offset, last_timestamp: at(offset).slice(0, 23) },
    ],
  });
}

let sent: ToSay[] = [];
const say: Say = (statements) => {
  sent.push(...statements);
  return Promise.resolve({ refused: 0 });
};
const round = (more: Partial<Parameters<typeof linkRound>[0]> = {}): Promise<Round> =>
  linkRound({ client, read: reader(client), generation, say, said: new Set<string>(), ...more });
/** What was said comes through the log into the tables. */
const arrived = (statements: readonly ToSay[]): Promise<void> =>
  put(
    statements.map((one) => {
      const {
        actor: _actor,
        source: _source,
        details: _details,
        occurred_at: _at,
        ...event
      } = linkEvent(one, 0) as Record<string, unknown>;
      return event;
    }),
  );
const told = (): string[] =>
  sent
    .map(({ what, tenant_id }) =>
      what.status === 'retract' ? 'retract' : `${tenant_id} ${what.link.kind} ${what.link.from.id} ${what.link.to.id}`,
    )
    .sort();

beforeAll(() => migrateGeneration(client, generation), 60_000);
beforeEach(() => void (sent = []));
afterAll(async () => {
  await client.command({ query: `DROP DATABASE IF EXISTS ${generation}` });
  await client.close();
});

const ticket = (id: string): object[] => [{ system: 'helpdesk', type: 'ticket', id, role: 'subject' }];

test('a run gets its case, session, user and trace from the events that name them; said once, whatever dies', async () => {
  await put([
    { event_id: 'a1', run_id: 'run', session_id: 'session', trace_id: 'trace', case_refs: ticket('#7') },
    {
      event_id: 'a2',
      run_id: 'sub',
      root_run_id: 'run',
      on_behalf_of: [{ type: 'human', id: person('a'), issuer: 'crm', relation: 'customer', grant_id: '' }],
    },
    {
      event_id: 'a3',
      run_id: 'run',
      event_type: 'approval.decided',
      actor: { type: 'human', id: person('b'), issuer: 'hr' },
    },
    { event_id: 'a4', trace_id: 'trace' },
    { event_id: 'their own', tenant_id: 'other', run_id: 'run', case_refs: ticket('9') },
    { event_id: 'their other', tenant_id: 'other', run_id: 'run' },
  ]);
  const all = [
    'default case_run helpdesk:7 run',
    `default run_session run session`,
    `default run_user run ${person('a')}`,
    'default trace_run trace run',
    'other case_run helpdesk:9 run',
  ];
  // The collector is away: nothing is forgotten, and the next round says it.
  await expect(round({ say: () => Promise.reject(new Error('away')) })).rejects.toThrow('away');
  const first = await round();
  expect([told(), first.asserted]).toEqual([all, 5]);
  const ids = sent.map(({ event_id }) => event_id).sort();
  // Killed after saying it and before remembering that: the same again, under the same ids.
  await client.command({ query: `TRUNCATE TABLE ${generation}.reader_state` });
  sent = [];
  await round();
  expect(sent.map(({ event_id }) => event_id).sort()).toEqual(ids);
  const statements = sent;
  sent = [];
  expect((await round()).records).toBe(0);
  await arrived(statements);
  // Its own statements come by and change nothing.
  expect(await round()).toMatchObject({ records: 5, asserted: 0, retracted: 0 });
  await client.command({ query: `TRUNCATE TABLE ${generation}.reader_state` });
  expect(await round()).toMatchObject({ asserted: 0, retracted: 0 });
});

test('what became ambiguous is taken back, also when the first statement was still on its way', async () => {
  await put([
    { event_id: 'b1', run_id: 'queue', case_refs: ticket('1') },
    { event_id: 'b2', run_id: 'queue' },
  ]);
  await round();
  const [first] = sent;
  sent = [];
  await put([{ event_id: 'b3', run_id: 'queue', case_refs: ticket('2') }]);
  expect(await round()).toMatchObject({ asserted: 0, retracted: 0 });
  await arrived([first as ToSay]);
  expect(await round()).toMatchObject({ retracted: 1 });
  expect(sent).toMatchObject([{ link_id: first?.link_id, what: { status: 'retract' } }]);
  await arrived(sent);
  sent = [];
  await put([{ event_id: 'b4', run_id: 'queue' }]);
  expect(await round()).toMatchObject({ asserted: 0, retracted: 0 });
});

test('a link that a person took back is not said again', async () => {
  await put([
    { event_id: 'p1', run_id: 'personal', case_refs: ticket('3') },
    { event_id: 'p2', run_id: 'personal' },
  ]);
  await round();
  await arrived(sent);
  await put([
    { event_id: 'no', event_type: 'link.retracted', link: { link_id: sent[0]?.link_id, basis: 'person' } },
    { event_id: 'p3', run_id: 'personal' },
  ]);
  sent = [];
  expect(await round()).toMatchObject({ asserted: 0, retracted: 0 });
});

test('confirmations find their effect by key or by place, and lose it when it becomes ambiguous', async () => {
  const invoice = (id: string): object[] => [
    { system: 'sap', instance: '', type: 'invoice', id, role: 'updated', version_before: '', version_after: '' },
  ];
  await put([
    {
      event_id: 'e1',
      run_id: 'pay',
      session_id: 'x',
      event_type: 'object.changed',
      object_refs: invoice('0042'),
      effect: { target_system: 'sap', executed_as: 'RFC_AI' },
      occurred_at: at(1_000),
    },
    {
      event_id: 'k1',
      event_type: 'object.changed',
      object_refs: invoice('1'),
      tool: { idempotency_key: 'once' },
      occurred_at: at(1_000),
    },
  ]);
  await round();
  await arrived(sent);
  await round();
  sent = [];
  await put([
    {
      event_id: 'c1',
      event_type: 'object.change.confirmed',
      object_refs: invoice('42'),
      effect: { target_system: 'sap', executed_as: 'RFC_AI' },
      occurred_at: at(1_060),
    },
    {
      event_id: 'k2',
      event_type: 'object.change.confirmed',
      object_refs: invoice('2'),
      tool: { idempotency_key: 'once' },
      occurred_at: at(9_000),
    },
  ]);
  await round();
  expect(told()).toEqual(['default effect_confirmation :e1 :c1', 'default effect_confirmation :k1 :k2']);
  await arrived(sent);
  sent = [];
  await put([
    {
      event_id: 'e2',
      event_type: 'object.changed',
      object_refs: invoice('42'),
      effect: { target_system: 'sap', executed_as: 'RFC_AI' },
      occurred_at: at(1_100),
    },
  ]);
  await round();
  expect(told()).toEqual(['retract']);
});

test('a backlog is worked through bit by bit, and only what is new is looked at', async () => {
  await put(
    Array.from({ length: 20_100 }, (_, index) => ({
      event_id: `n${index}`,
      session_id: `quiet ${index % 50}`,
      event_type: 'memory.read',
    })),
  );
  expect((await round()).records).toBe(20_000);
  expect((await round()).records).toBeLessThanOrEqual(1_000);
  expect((await round()).records).toBe(0);
}, 60_000);
