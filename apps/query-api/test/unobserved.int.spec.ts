import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { type TestEvent } from './support/event-rows.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const at = (hour: number, minute = 0): string =>
  `2026-11-22T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00.000000Z`;
const agent = { source: { system: 'agent', connector_id: 'agent-1' }, run_id: 'r1' };
const call = (event_id: string, event_type: string, call_id: string, hour: number, more: object = {}): TestEvent => ({
  event_id,
  event_type: `${event_type}`,
  ...agent,
  call_id,
  occurred_at: at(hour),
  ...more,
});
const write = { tool: { name: 'post', tier: 'write' }, outcome: { status: 'success' } };
const sap = { effect: { target_system: 'sap', kind: 'update' } };

/**
 * c1 is whole. c2 never ends in r1, and does in r2. c3 was stopped. c4 says it wrote, and nothing was. c6 ends in a
 * gateway's words. e2 is not confirmed, though sap confirms others.
 */
const story: readonly TestEvent[] = [
  call('c1 asked', 'tool.call.requested', 'c1', 6),
  call('c1 done', 'tool.call.completed', 'c1', 6, { ...write }),
  call('e1', 'object.changed', 'c1', 6, { effect_id: 'e1', ...sap }),
  {
    event_id: 'e1 confirmed',
    event_type: 'object.change.confirmed',
    source: { system: 'sap' },
    effect_id: 'e1',
    occurred_at: at(9),
  },
  call('c2 asked', 'tool.call.requested', 'c2', 7),
  call('c2 asked again', 'tool.call.requested', 'c2', 7, { run_id: 'r2' }),
  call('c2 done', 'tool.call.completed', 'c2', 7, { run_id: 'r2', outcome: { status: 'success' } }),
  call('c3 asked', 'tool.call.requested', 'c3', 8),
  call('c3 denied', 'policy.evaluated', 'c3', 8, {
    source: { system: 'gate' },
    policy: { decision: 'deny', enforcement: 'enforced' },
  }),
  call('c4 asked', 'tool.call.requested', 'c4', 8),
  call('c4 done', 'tool.call.completed', 'c4', 8, write),
  call('c5 failed', 'tool.call.completed', 'c5', 8, { ...write, outcome: { status: 'failure' } }),
  call('c6 asked', 'tool.call.requested', 'c6', 10),
  call('c6 done', 'tool.call.completed', 'c6', 10, {
    run_id: '',
    source: { system: 'gateway' },
    outcome: { status: 'success' },
  }),
  call('m1 asked', 'model.call.requested', 'm1', 11),
  call('c7 asked', 'tool.call.requested', 'c7', 12),
  { ...call('e2', 'object.changed', '', 12, { effect_id: 'e2', ...sap }) },
  call('c7 done', 'tool.call.completed', 'c7', 13, { ...write, effect_id: 'e2' }),
  call('e3', 'message.sent', '', 13, { effect: { target_system: 'mail' }, effect_id: 'e3' }),
  call('e4', 'object.changed', '', 13, {
    object_refs: [
      { system: 'sap', instance: '', type: 'order', id: '4', role: 'updated', version_before: '', version_after: '' },
    ],
  }),
  { event_id: 'k4', event_type: 'object.change.confirmed', source: { system: 'sap' }, occurred_at: at(14) },
  {
    event_id: 'l4',
    event_type: 'link.asserted',
    source: { system: 'affidavit' },
    occurred_at: at(14),
    link: {
      link_id: 'l4',
      kind: 'effect_confirmation',
      from_kind: 'event',
      from_id: 'agent-1:e4',
      to_kind: 'event',
      to_id: ':k4',
      basis: 'rule',
    },
  },
  // Asked for three minutes before the newest of the record: it may be under way.
  call('c8 asked', 'tool.call.requested', 'c8', 22, { occurred_at: at(22, 57) }),
  { event_id: 'newest', source: { system: 'clock' }, occurred_at: at(23) },
  { ...call('their call', 'tool.call.requested', 'c1', 6), tenant_id: 'other' },
];

describe('what actions lack', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  const told = async (query = '') => {
    const { body } = await api.get(`/v1/completeness${query}`);
    return body.unobserved.map(({ expected, system, target_system, of, unobserved, examples }: Json) => [
      expected,
      system,
      target_system,
      of,
      unobserved,
      examples.map(({ id }: Json) => id),
    ]);
  };
  const put = (offset: number) =>
    events.insert(
      story.map((event, index) => ({
        event: { actor: { type: 'agent', id: 'bot' }, ...event },
        place: { offset: offset + index },
      })),
    );
  const figures = [
    ['end', 'agent', '', 8, 2, ['m1', 'c2']],
    ['effect', 'agent', '', 3, 1, ['c4']],
    ['confirmation', 'agent', 'sap', 3, 1, ['e2']],
  ];

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    await put(0);
    await events.projected({ 'audit.activity.v1': [story.length] });
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test('is counted by who told of it, against how many there are', async () => {
    expect(await told()).toEqual(figures);
    expect((await api.get('/v1/completeness')).body).toMatchObject({ totals: { unobserved: 4 }, caps: [] });
  });

  test('and can be looked at: the newest of them, and the events among which they are', async () => {
    const { body } = await api.get('/v1/completeness');
    const [end, effect, confirmation] = body.unobserved;
    expect([end.examples[1], effect.examples[0].link, confirmation.examples[0].link.path]).toEqual([
      { id: 'c2', run_id: 'r1', link: { method: 'GET', path: '/v1/steps/-?id=c2&run_id=r1' } },
      { method: 'GET', path: '/v1/steps/-?id=c4&run_id=r1' },
      '/v1/effects/-?id=e2',
    ]);
    for (const { examples } of body.unobserved)
      for (const { link } of examples) expect([link.path, (await api.get(link.path)).status]).toEqual([link.path, 200]);
    const listed = await Promise.all(
      body.unobserved.map(async ({ link }: Json) =>
        (await api.post(link.path, link.body)).body.data.map(({ event_id }: Json) => event_id),
      ),
    );
    expect(listed).toEqual([
      ['c2 asked', 'c2 asked again', 'c3 asked', 'c4 asked', 'c6 asked', 'm1 asked'],
      ['c4 done', 'c5 failed'],
      ['e2'],
    ]);
  });

  test('of a range its own actions, with what belongs to them around it', async () => {
    expect(await told(`?from=${at(7)}&to=${at(9)}`)).toEqual([
      ['end', 'agent', '', 4, 1, ['c2']],
      ['effect', 'agent', '', 1, 1, ['c4']],
    ]);
    // e2 was told before its call was done; the confirmation of e1 came after the range.
    expect(await told(`?from=${at(13)}`)).toEqual([]);
    expect(await told(`?from=${at(6)}&to=${at(7)}`)).toEqual([]);
    expect(await told('?source=gateway')).toEqual([]);
    expect(await told('?source=agent')).toEqual(figures);
  });

  test('records twice, figures once; another tenant sees its own', async () => {
    await put(story.length);
    await put(0);
    await events.projected({ 'audit.activity.v1': [2 * story.length] });
    expect(await told()).toEqual(figures);
    expect((await api.get('/v1/completeness', 'investigator', 'other')).body.unobserved).toEqual([]);
  });
});
