import { type ApiHarness, type Json, openApi, pseudonymOf } from './support/api-harness.ts';
import { type TestEvent } from './support/event-rows.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const at = (millis: number): string => new Date(Date.UTC(2026, 10, 22, 6) + millis).toISOString().replace('Z', '000Z');
const ticket = (id: string): object => ({ system: 'helpdesk', type: 'ticket', id, role: '' });
const order = (id: string): object => ({
  system: 'shop',
  instance: '',
  type: 'order',
  id,
  role: 'updated',
  version_before: '',
  version_after: '',
});
const ada = pseudonymOf('default', 'crm', 'ada');
const human = { type: 'human', id: ada, issuer: 'crm', relation: 'customer', grant_id: '' };

describe('the context of an event', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  let offset = 0;
  const put = async (list: readonly TestEvent[]): Promise<void> => {
    await events.insert(
      list.map((event) => ({ event: { actor: { type: 'agent', id: 'bot' }, ...event }, place: { offset: offset++ } })),
    );
    await events.projected({ 'audit.activity.v1': [offset] });
  };
  const context = async (query: string, id = 'focus'): Promise<Json> =>
    (await api.get(`/v1/events/-/context?id=${encodeURIComponent(id)}${query}`)).body;
  const ids = (answer: Json): string[] => answer.data.map((row: Json) => row.event_id);

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    await put([
      {
        event_id: 'focus',
        run_id: 'r1',
        source: { system: 'crm' },
        case_refs: [ticket('1'), ticket('2')],
        object_refs: [order('#W1')],
        on_behalf_of: [human],
        occurred_at: at(0),
      },
      { event_id: 'same run', run_id: 'r1', source: { system: 'mail' }, occurred_at: at(-1_500) },
      {
        event_id: 'same case',
        run_id: 'r2',
        source: { system: 'mail' },
        case_refs: [ticket('2')],
        occurred_at: at(2_000),
      },
      {
        event_id: 'same object',
        run_id: 'r3',
        source: { system: 'erp' },
        object_refs: [order('W1')],
        occurred_at: at(3_000),
      },
      {
        event_id: 'same person',
        run_id: 'r4',
        source: { system: 'erp' },
        on_behalf_of: [human],
        occurred_at: at(4_000),
      },
      { event_id: 'same source', run_id: 'r5', source: { system: 'crm' }, occurred_at: at(60_000) },
      { event_id: 'just outside', run_id: 'r1', source: { system: 'crm' }, occurred_at: at(60_001) },
      { event_id: 'nothing in common', run_id: 'r6', source: { system: 'erp' }, occurred_at: at(500) },
      { event_id: 'sub run', run_id: 'r1/sub', root_run_id: 'r1', source: { system: 'mail' }, occurred_at: at(100) },
      { event_id: 'foreign', tenant_id: 'other', run_id: 'r1', source: { system: 'crm' }, occurred_at: at(1) },
      { event_id: 'bare', stream_id: 'x/1/b', occurred_at: at(900_000), run_id: '' },
    ]);
    // The same event again, and the same record again: they are one row. Looking at the case is not part of it.
    await put([
      { event_id: 'sub run', run_id: 'r1/sub', root_run_id: 'r1', source: { system: 'mail' }, occurred_at: at(200) },
    ]);
    await events.insert([
      {
        event: {
          event_id: 'same run',
          run_id: 'r1',
          source: { system: 'mail' },
          actor: { type: 'agent', id: 'bot' },
          occurred_at: at(-1_500),
        },
        place: { offset: 1 },
      },
      {
        event: {
          event_id: 'look',
          event_type: 'audit.query.executed',
          run_id: 'r1',
          source: { system: 'crm' },
          occurred_at: at(700),
        },
        place: { topic: 'audit.access.v1', offset: 0 },
      },
    ]);
    await events.projected({ 'audit.access.v1': [1] });
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test.each([
    ['', ['same run', 'focus', 'sub run', 'same case', 'same source']],
    ['&scope=run', ['same run', 'focus', 'sub run']],
    ['&scope=case', ['focus', 'same case']],
    ['&scope=object', ['focus', 'same object']],
    ['&scope=user', ['focus', 'same person']],
    ['&scope=source', ['focus', 'same source']],
    ['&scope=source&after_s=61', ['focus', 'same source', 'just outside']],
    [
      '&scope=all&after_s=4',
      ['same run', 'focus', 'sub run', 'nothing in common', 'same case', 'same object', 'same person'],
    ],
    ['&scope=all&before_s=1&after_s=0', ['focus']],
    ['&scope=all&before_s=2&after_s=0', ['same run', 'focus']],
  ])('%s', async (query, expected) => {
    const answer = await context(query);
    expect(ids(answer)).toEqual(expected);
    expect(answer.data[answer.focus].event_id).toBe('focus');
    expect([answer.has_more_before, answer.has_more_after, answer.completeness.cap_reached]).toEqual([
      false,
      false,
      false,
    ]);
  });
  test('rows say how far they are from the event', async () => {
    const { data, window } = await context('&scope=run');
    expect(data.map((row: Json) => row.from_focus_us)).toEqual([-1_500_000, 0, 100_000]);
    expect(window).toEqual({ from: at(-60_000), to: at(60_000), before_s: 60, after_s: 60 });
  });
  test('an event without case, person, object or source is its own context', async () => {
    for (const scope of ['case', 'user', 'object', 'source', 'related'])
      expect([scope, ids(await context(`&scope=${scope}`, 'bare'))]).toEqual([scope, ['bare']]);
  });
  test('an event about looking can be looked at', async () =>
    expect(ids(await context('&scope=case', 'look'))).toEqual(['look']));
  test('too many neighbours: the nearest, landing on the event, and it is said', async () => {
    await put(
      Array.from({ length: 400 }, (_, index) => ({
        event_id: `n${index}`,
        run_id: 'crowd',
        source: { system: 'crowd' },
        occurred_at: at(index * 10),
      })),
    );
    const answer = await context('&limit=3', 'n200');
    expect([ids(answer), answer.focus, answer.has_more_before, answer.has_more_after]).toEqual([
      ['n197', 'n198', 'n199', 'n200', 'n201', 'n202', 'n203'],
      3,
      true,
      true,
    ]);
    expect(answer.completeness).toMatchObject({ cap_reached: true, caps: ['rows_before', 'rows_after'] });
    const first = await context('&limit=3', 'n0');
    expect([ids(first), first.focus, first.has_more_before]).toEqual([['n0', 'n1', 'n2', 'n3'], 0, false]);
  });
  test('it can be repeated at its as_of', async () => {
    const before = await context('&scope=run');
    await put([{ event_id: 'late comer', run_id: 'r1', source: { system: 'crm' }, occurred_at: at(50) }]);
    expect(ids(await context(`&scope=run&as_of=${before.as_of}`))).toEqual(ids(before));
    expect(ids(await context('&scope=run'))).toContain('late comer');
  });
  test.each([
    'before_s=-1',
    'before_s=86401',
    'after_s=1e3',
    'after_s=',
    'after_s=999999999999',
    'after_s=1.5',
    'limit=0',
    'limit=501',
    'scope=tenant',
    'scope=',
    'before_s=1&before_s=2',
    'around_s=5',
    'as_of=x',
  ])('%s is refused', async (query) => {
    const { status, body } = await api.get(`/v1/events/focus/context?${query}`);
    expect([status, body.code]).toEqual([400, query === 'as_of=x' ? 'as_of_invalid' : 'invalid_parameter']);
  });
  test("another tenant's event answers like one that is not there", async () => {
    const [theirs, absent] = await Promise.all([
      api.get('/v1/events/foreign/context'),
      api.get('/v1/events/nobody/context'),
    ]);
    expect([theirs.status, theirs.body]).toEqual([404, absent.body]);
    expect(ids((await api.get('/v1/events/foreign/context?scope=all', 'investigator', 'other')).body)).toEqual([
      'foreign',
    ]);
  });
});
