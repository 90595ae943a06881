import { type ApiHarness, type Json, openApi, pseudonymOf } from './support/api-harness.ts';
import { type TestEvent } from './support/event-rows.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const at = (second: number): string => `2026-11-22T06:00:${String(second).padStart(2, '0')}.000000Z`;
const ada = pseudonymOf('default', 'shop', 'ada');
const order = (id: string): object => ({ system: 'shop', type: 'order', id, role: 'updated' });
const ticket = (id: string): object => ({ system: 'helpdesk', type: 'ticket', id, role: 'subject' });
const of = (connector_id: string, system: string): TestEvent => ({
  source: { connector_id, system },
  stream_id: `${connector_id}/1/a`,
});

/** The system of record's change of an invoice, and what another connector says under the same, predictable id. */
const change: TestEvent = {
  ...of('sap', 'sap'),
  event_id: 'po-7',
  event_type: 'object.changed',
  occurred_at: at(10),
  run_id: 'pay',
  object_refs: [order('W1')],
  case_refs: [ticket('1')],
  on_behalf_of: [{ type: 'human', id: ada, issuer: 'shop', relation: 'customer' }],
  effect: { kind: 'update', target_system: 'sap' },
  evidence_grade: 'system_of_record',
  fact: 'the change',
};
const foreign: TestEvent = {
  ...of('narrow', 'agent'),
  event_id: 'po-7',
  occurred_at: at(5),
  run_id: 'pay',
  call_id: 'c',
  tool: { name: 'look', tier: 'read' },
  fact: 'a call',
};

describe.each<[string, { foreign: number; change: number; partition: number }]>([
  ['another connector was there before', { foreign: 0, change: 10, partition: 1 }],
  ['another connector comes after', { foreign: 20, change: 10, partition: 1 }],
  ['at once, in a partition that sorts before', { foreign: 10, change: 10, partition: 1 }],
])('one id of two connectors: %s', (_name, told) => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  const start = Date.UTC(2026, 10, 22, 6);
  const ids = ({ data }: Json): string[] => data.map((row: Json) => `${row.source.connector_id} ${row.event_id}`);

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    await events.insert([
      { event: foreign, place: { offset: 0, partition: 0, timestamp_ms: start + told.foreign } },
      { event: change, place: { offset: 0, partition: told.partition, timestamp_ms: start + told.change } },
    ]);
    await events.projected({ 'audit.activity.v1': [1, 1] });
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test.each([
    ['object', '/v1/objects/shop/order/-/timeline?id=W1'],
    ['case', '/v1/cases/-/timeline?system=helpdesk&id=1'],
    ['person', `/v1/users/${ada}/timeline`],
  ])('the %s that the change names has it, as it was', async (_kind, path) => {
    const { body } = await api.get(path);
    expect([ids(body), body.total]).toEqual([['sap po-7'], 1]);
    expect(body.data[0]).toMatchObject({ duplicates: 0, conflict: false });
  });
  test('the run has both, and search finds both', async () => {
    const { body: run } = await api.get('/v1/runs/-?id=pay');
    expect(run.run.counts).toMatchObject({ events: 2, duplicates: 0, conflicts: 0 });
    const { body: found } = await api.post('/v1/search', { event_id: 'po-7' });
    expect([ids(found), found.total]).toEqual([['narrow po-7', 'sap po-7'], 2]);
  });
  test('asked by the id alone there are candidates, each of which leads to one event', async () => {
    const { status, body } = await api.get('/v1/events/-?id=po-7');
    expect([status, body.code]).toEqual([409, 'ambiguous']);
    expect(body.candidates.map((one: Json) => one.connector_id)).toEqual(['narrow', 'sap']);
    for (const { link, connector_id } of body.candidates) {
      const found = (await api.get(link.path)).body;
      expect([found.source.connector_id, found.copies.length]).toEqual([connector_id, 1]);
    }
    for (const path of ['events/-?id=po-7', 'events/-/context?id=po-7'])
      expect((await api.get(`/v1/${path}&connector_id=sap`)).status).toBe(200);
    const step = await api.get('/v1/steps/-?id=po-7');
    expect([step.status, step.body.candidates.map((one: Json) => one.id)]).toEqual([409, ['narrow:po-7', 'sap:po-7']]);
    expect((await api.get(`/v1/steps/-?id=${encodeURIComponent('sap:po-7')}`)).body.did.events).toMatchObject([
      { event_id: 'po-7', source: { connector_id: 'sap' } },
    ]);
  });
  test('resolve names whose it is', async () => {
    const { body } = await api.get('/v1/resolve?q=po-7');
    expect(body.data.map((one: Json) => [one.kind, one.name])).toEqual([
      ['event', { id: 'po-7', connector_id: 'narrow' }],
      ['event', { id: 'po-7', connector_id: 'sap' }],
    ]);
  });
});

describe('one connector says another thing under one id', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  let before = '';
  const other: TestEvent = {
    ...change,
    occurred_at: at(20),
    run_id: 'other',
    object_refs: [order('W2')],
    case_refs: [ticket('2')],
    fact: 'another change',
  };

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    await events.insert([
      { event: change, place: { offset: 0 } },
      { event: other, place: { offset: 1 } },
      { event: other, place: { offset: 2 } },
      { event: { ...other, event_type: 'object.read', fact: 'a third' }, place: { offset: 3 } },
    ]);
    await events.projected({ 'audit.activity.v1': [1] });
    before = (await api.get(`/v1/users/${ada}/timeline`)).body.as_of;
    await events.projected({ 'audit.activity.v1': [4] });
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });
  const shown = ({ data }: Json): unknown[] =>
    data.map((row: Json) => [row.kafka.offset, row.contradicts?.kafka.offset ?? null]);

  test.each([
    ['object', '/v1/objects/shop/order/-/timeline?id=W2'],
    ['case', '/v1/cases/-/timeline?system=helpdesk&id=2'],
  ])('the %s that it names shows it, once for each fact, and counts no event', async (_kind, path) => {
    const { body } = await api.get(path);
    expect([shown(body), body.total]).toEqual([
      [
        [1, 0],
        [3, 0],
      ],
      0,
    ]);
    expect(body.data[0].contradicts).toEqual({
      event_id: 'po-7',
      connector_id: 'sap',
      kafka: { topic: 'audit.activity.v1', partition: 0, offset: 0 },
    });
  });
  test('a person whom all name has the event and, beside it, what contradicts it', async () => {
    const { body } = await api.get(`/v1/users/${ada}/timeline`);
    expect([shown(body), body.total]).toEqual([
      [
        [0, null],
        [1, 0],
        [3, 0],
      ],
      1,
    ]);
    expect(body.data.map((row: Json) => row.conflict)).toEqual([true, true, true]);
  });
  test('page by page it is the same list', async () => {
    const rows: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await api.get(`/v1/users/${ada}/timeline?limit=1${cursor}`);
      rows.push(...shown(body));
      cursor = body.has_more ? `&cursor=${body.next_cursor}` : '';
    } while (cursor !== '');
    expect(rows).toEqual([
      [0, null],
      [1, 0],
      [3, 0],
    ]);
  });
  test('it is no event of its run, and in no search', async () => {
    expect((await api.get('/v1/runs/-?id=other')).status).toBe(404);
    expect((await api.post('/v1/search', { run_id: 'other' })).body.total).toBe(0);
    expect((await api.get('/v1/runs/-?id=pay')).body.run.counts).toMatchObject({ events: 1, conflicts: 1 });
  });
  test('the event shows every record under its id, and which contradict it', async () => {
    const { body } = await api.get('/v1/events/-?id=po-7');
    expect(body.copies.map((copy: Json) => [copy.kafka.offset, copy.contradicts ?? false])).toEqual([
      [0, false],
      [1, true],
      [2, true],
      [3, true],
    ]);
  });
  test('as of before it was recorded nothing contradicts', async () => {
    const { body } = await api.get(`/v1/users/${ada}/timeline?as_of=${before}`);
    expect([shown(body), body.data[0].conflict]).toEqual([[[0, null]], false]);
    expect((await api.get(`/v1/cases/-/timeline?system=helpdesk&id=2&as_of=${before}`)).body.data).toEqual([]);
  });
});
