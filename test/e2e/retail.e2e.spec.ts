import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { Kafka, logLevel } from 'kafkajs';
import { Api, type List, type Row } from './support/api.ts';
import { readRuns, type RawRun, type Step, WRITING } from './support/raw-runs.ts';
import { affidavit, eventually, readCredentials, readStack, ROOT } from './support/stack.ts';

const realdata = process.env['AFFIDAVIT_REALDATA'];
const folder = realdata ? join(realdata, 'tau-bench-retail') : '';
if (!realdata) console.warn('AFFIDAVIT_REALDATA is not set: the tests over the real retail runs are skipped');
const withRealData = realdata ? describe : describe.skip;

const COMPARED = /^(run\.|interaction\.|model\.call\.completed|tool\.call\.|object\.changed|escalation\.raised)/;
const stepOf = (row: Row): Step => [
  row.event_type,
  row.tool?.name ?? '',
  row.event_type.startsWith('tool.call.') ? (row.outcome?.status ?? '') : '',
];
const casePath = (run: RawRun): string => `/v1/cases/${encodeURIComponent(`helpdesk:${run.run_id}`)}/timeline`;
const orderPath = (order: string): string => `/v1/objects/shop/order/${encodeURIComponent(order)}/timeline`;
const userPath = (user: string): string => `/v1/users/${encodeURIComponent(`shop:${user}`)}/timeline`;

withRealData('every run of the retail agents', () => {
  const files = realdata
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : [];
  const sets = files.map((name) => name.replace('tool-calling-', 'retail-').replace('.json', ''));
  const runs = files.flatMap((name, index) => readRuns(sets[index] ?? '', join(folder, name)));
  let api: Api;

  const importAll = async (again: boolean): Promise<void> => {
    for (const [index, name] of files.entries()) {
      const mapping = join(ROOT, 'apps/cli/mappings/retail-agent.yaml');
      const args = [
        'import',
        '--format',
        'openai-messages',
        '--mapping',
        mapping,
        '--set',
        sets[index] ?? '',
        '--start',
        '2026-01-05T09:00:00Z',
        ...(again ? ['--again'] : []),
        join(folder, name),
      ];
      const ran = await affidavit(args);
      if (ran.code !== 0) throw new Error(`import of ${name} ended with ${ran.code}:\n${ran.output}`);
    }
  };

  beforeAll(async () => {
    api = new Api(readStack(), readCredentials());
    await importAll(false);
    const last = runs.at(-1);
    if (!last) throw new Error('no runs');
    await eventually(
      async () => ((await api.get<List>(casePath(last))).total === 0 ? undefined : true),
      'the last run is projected',
    );
    await settled();
  }, 1_500_000);

  const settled = async (): Promise<void> => {
    let before = -1;
    await eventually(
      async () => {
        const { total } = await api.search({
          event_type: ['run.completed', 'run.failed'],
          source: { origin_format: 'import' },
          limit: 1,
        });
        const now = typeof total === 'number' ? total : total.at_least;
        const same = now === before && now >= runs.length;
        before = now;
        return same ? true : undefined;
      },
      'all runs are projected',
      120,
    );
  };

  test('there are 345, and each case tells its run in order', async () => {
    expect(runs).toHaveLength(345);
    for (const run of runs) {
      const rows = await api.all(casePath(run));
      expect([run.run_id, rows.map(stepOf).filter(([type]) => COMPARED.test(type))]).toEqual([run.run_id, run.steps]);
      // A repeated send may be in the log twice, and says so; nobody sees it twice, and never with another content.
      expect(new Set(rows.map((row) => row.event_id)).size).toBe(rows.length);
      expect(rows.some((row) => row.conflict)).toBe(false);
    }
  }, 1_500_000);

  test('each order has every call that named it, with and without its #', async () => {
    const orders = new Set<string>();
    for (const run of runs) for (const call of run.order_calls) orders.add(call.order);
    for (const order of orders) {
      const named = runs.flatMap((run) => run.order_calls).filter((call) => call.order === order);
      const rows = await api.all(orderPath(order));
      const calls = new Set(rows.filter((row) => row.event_type === 'tool.call.requested').map((row) => row.call_id));
      expect([order, calls.size]).toEqual([order, named.length]);
      const writeBacks = await api.all(`${orderPath(`#${order}`)}?event_type=object.changed`);
      const expected = named
        .filter((call) => call.succeeded && WRITING.includes(call.tool))
        .map((call) => call.tool)
        .sort();
      expect([order, writeBacks.map((row) => row.tool?.name).sort()]).toEqual([order, expected]);
    }
  }, 1_500_000);

  test('each customer has the runs that were theirs, found by the raw id', async () => {
    const customers = new Set(
      runs
        .flatMap((run) => [run.expected_customer, ...run.authenticated, ...run.named_customers])
        .filter((id) => id !== null),
    );
    for (const customer of customers) {
      const theirs = runs.filter(
        (run) =>
          run.expected_customer === customer || run.authenticated.has(customer) || run.named_customers.has(customer),
      );
      const rows = await api.all(userPath(customer));
      expect([customer, [...new Set(rows.map((row) => row.run_id))].sort()]).toEqual([
        customer,
        theirs.map((run) => run.run_id).sort(),
      ]);
      expect(JSON.stringify(rows)).not.toContain(customer);
    }
  }, 1_500_000);

  test('the runs that failed are found, with their error', async () => {
    const { data } = await api.search({ event_type: 'run.failed' });
    const failed = runs
      .filter((run) => run.failed)
      .map((run) => run.run_id)
      .sort();
    expect(failed.length).toBeGreaterThan(0);
    expect(data.map((row) => row.run_id).sort()).toEqual(failed);
    for (const row of data) expect((row['run'] as { error_type?: string }).error_type).toBeTruthy();
  });

  test('one event names its place in Kafka, and the record there has its hash', async () => {
    const [row] = await api.all(casePath(runs[1] as RawRun));
    if (!row) throw new Error('no event');
    const event = await api.get<Row>(`/v1/events/${encodeURIComponent(row.event_id)}`);
    const stack = readStack();
    const { value } = await readRecord(
      stack.kafka_brokers,
      event.kafka.topic,
      event.kafka.partition,
      String(event.kafka.offset),
    );
    expect(createHash('sha256').update(value).digest('hex')).toBe(event.record_hash);
    const decoded = (await new SchemaRegistry({ host: stack.schema_registry_url }).decode(value)) as {
      event_id: string;
    };
    expect(decoded.event_id).toBe(event.event_id);
  });

  test('importing everything again doubles nothing', async () => {
    const before = await api.get<List>(casePath(runs[0] as RawRun));
    await importAll(true);
    await eventually(
      async () =>
        ((await api.get<List>(casePath(runs[0] as RawRun))).data[0]?.duplicates ?? 0) >
        (before.data[0]?.duplicates ?? 0)
          ? true
          : undefined,
      'the second copies are projected',
    );
    const after = await api.get<List>(casePath(runs[0] as RawRun));
    expect(after.total).toBe(before.total);
    expect(after.data.map((row) => row.event_id)).toEqual(before.data.map((row) => row.event_id));
    expect(after.data.some((row) => row.conflict)).toBe(false);
  }, 1_500_000);
});

async function readRecord(
  brokers: string,
  topic: string,
  partition: number,
  offset: string,
): Promise<{ value: Buffer }> {
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `e2e-${Date.now()}` });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    return await new Promise((resolve, reject) => {
      consumer
        .run({
          autoCommit: false,
          eachMessage: ({ partition: at, message }) => {
            if (at === partition && message.offset === offset && message.value) resolve({ value: message.value });
            return Promise.resolve();
          },
        })
        .catch(reject);
      consumer.seek({ topic, partition, offset });
    });
  } finally {
    await consumer.disconnect();
  }
}
