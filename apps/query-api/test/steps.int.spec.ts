import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';
import { runStory } from './support/run-story.ts';

const ids = (rows: Json): string[] => rows.map((row: Json) => row.event_id);

describe('steps on the real engine', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    const object = {
      object_refs: [
        {
          system: 'sap',
          instance: '',
          type: 'payment',
          id: '004711',
          role: 'updated',
          version_before: '',
          version_after: '',
        },
      ],
    };
    const later = [
      {
        event_id: 'reverted',
        event_type: 'object.change.reverted',
        run_id: 'another',
        occurred_at: '2026-11-22T07:00:00.000000Z',
        effect: { kind: 'revert', target_system: 'sap', reverts_effect_id: 'run/1/effect' },
        ...object,
      },
      {
        event_id: 'noticed',
        event_type: 'escalation.raised',
        run_id: 'run/1',
        root_run_id: 'run/1',
        causation_id: 'e9',
        occurred_at: '2026-11-22T06:00:40.000000Z',
      },
    ];
    const outside = (session_id: string, more: object = {}) =>
      (['tool.call.requested', 'tool.call.completed'] as const).map((event_type, index) => ({
        event_id: `${session_id} ${event_type}`,
        event_type,
        session_id,
        call_id: 'out',
        step_id: 'os',
        occurred_at: `2026-11-22T08:00:0${index}.000000Z`,
        tool: { name: `look ${session_id}`, tier: 'read' },
        ...more,
      }));
    const bare = (stream_id: string) => ({
      event_id: `bare ${stream_id}`,
      event_type: 'policy.evaluated',
      stream_id,
      call_id: 'out',
      occurred_at: '2026-11-22T08:00:00.000000Z',
      policy: { policy_id: 'p', decision: 'deny', enforcement: 'enforced' },
    });
    const alone = ['x', 'y'].map((stream_id) => ({
      ...bare(stream_id),
      event_id: `alone ${stream_id}`,
      call_id: 'alone',
    }));
    const sessions = [
      ...outside('chat 1'),
      ...outside('chat 2'),
      { ...bare('gate/1/b') },
      ...alone,
      ...outside('chat 3').map((event) => ({ ...event, call_id: 'out once' })),
      { ...bare('gate/1/b'), event_id: 'bare once', call_id: 'out once' },
    ];
    const objects = ['1', '2', '3', '4'].map((id) => ({
      system: 'sap',
      instance: '',
      type: 'item',
      id,
      role: 'updated',
      version_before: '',
      version_after: '',
    }));
    const long = Array.from({ length: 13 }, (_, index) => ({
      event_id: `long ${index}`,
      event_type: index === 0 ? 'object.changed' : 'decision.recorded',
      run_id: 'long',
      occurred_at: `2026-11-22T09:00:${10 + index}.000000Z`,
      ...(index === 0 && { effect_id: 'wide', object_refs: objects, effect: { kind: 'update', target_system: 'sap' } }),
    }));
    const stories = [
      ...sessions,
      ...long,
      ...runStory(),
      ...runStory({ run: 'run/2', prefix: 'b-', paid: 'failure' }),
      ...runStory({ run: 'theirs', tenant_id: 'other', prefix: 'o-' }),
      ...later,
    ];
    await events.insert(stories.map((event, offset) => ({ event, place: { offset } })));
    await events.projected({ 'audit.activity.v1': [stories.length] });
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test.each([
    '/v1/steps/1?run_id=run/1',
    '/v1/steps/-?id=run/1/effect',
    '/v1/steps/s2?run_id=run/1',
    '/v1/steps/e8',
    '/v1/steps/e10',
  ])('%s: the payment in four parts', async (url) => {
    const { status, body } = await api.get(url);
    expect([status, body.detail]).toEqual([200, undefined]);
    expect([
      ids(body.attempted.events),
      ids(body.allowed.events),
      ids(body.did.events),
      ids(body.what_happened_next.answered),
    ]).toEqual([['e4'], ['e5', 'e6', 'e7'], ['e8', 'e9'], ['e10']]);
    expect([body.agreement, body.reasons, body.step.title, body.step.lane, body.step.run_id]).toEqual([
      'matched',
      [],
      url.includes('/s2') ? 's2' : 'pay',
      'system:sap',
      'run/1',
    ]);
    expect(body.allowed.rules).toEqual([
      {
        policy_id: 'limits',
        policy_version: '7',
        rule_id: 'over-100',
        decision: 'require_approval',
        enforcement: 'enforced',
      },
    ]);
    expect(body.allowed.approvals.map(({ decision, value, threshold }: Json) => [decision, value, threshold])).toEqual([
      [null, 250, 100],
      ['approved', 250, null],
    ]);
    expect(ids(body.what_happened_next.next_in_run)).toEqual(['e11', 'e15', 'noticed']);
    expect(ids(body.what_happened_next.caused)).toEqual(['noticed']);
    expect(ids(body.what_happened_next.later_on_objects)).toEqual(['reverted']);
    expect(body.completeness).toMatchObject({ cap_reached: false, no_known_gaps: true });
    expect(api.recorded.at(-1)).toMatchObject({ query: { kind: 'step', rows: 7 } });
  });

  test('an id of several runs is ambiguous, each candidate leads to one', async () => {
    const { status, body } = await api.get('/v1/steps/m1');
    expect([status, body.code, body.candidates.map(({ run_id }: Json) => run_id)]).toEqual([
      409,
      'ambiguous',
      ['run/1', 'run/2'],
    ]);
    const answers = await Promise.all(body.candidates.map(({ link }: Json) => api.get(link.path)));
    expect(answers.map((answer: Json) => [answer.body.step.run_id, ids(answer.body.did.events)])).toEqual([
      ['run/1', ['e3']],
      ['run/2', ['b-e3']],
    ]);
    expect(answers.map((answer: Json) => answer.body.agreement)).toEqual([null, null]);
  });

  test("outside of runs, an id of several sessions is ambiguous as well; what names neither run nor session is nobody's by its call's id alone", async () => {
    for (const id of ['out', 'os']) {
      const { status, body } = await api.get(`/v1/steps/${id}`);
      expect([
        id,
        status,
        body.code,
        body.candidates.map(({ session_id, events: count }: Json) => [session_id, count]).slice(0, 2),
      ]).toEqual([
        id,
        409,
        'ambiguous',
        [
          ['chat 1', 2],
          ['chat 2', 2],
        ],
      ]);
      const answers = await Promise.all(body.candidates.slice(0, 2).map(({ link }: Json) => api.get(link.path)));
      expect(
        answers.map((answer: Json) => [
          ids(answer.body.attempted.events),
          ids(answer.body.did.events),
          answer.body.agreement,
        ]),
      ).toEqual(
        ['chat 1', 'chat 2'].map((chat) => [[`${chat} tool.call.requested`], [`${chat} tool.call.completed`], null]),
      );
    }
    const once = (await api.get('/v1/steps/out%20once')).body;
    expect([
      ids(once.attempted.events),
      ids(once.allowed.events),
      once.elsewhere.map(({ stream_id, link }: Json) => [stream_id, link.path]),
    ]).toEqual([
      ['chat 3 tool.call.requested'],
      [],
      [['gate/1/b', '/v1/steps/-?id=out%20once&stream_id=gate%2F1%2Fb']],
    ]);
    expect(ids((await api.get(once.elsewhere[0].link.path)).body.allowed.events)).toEqual(['bare once']);
    const streams = await api.get('/v1/steps/alone');
    expect([streams.status, streams.body.candidates.map(({ stream_id }: Json) => stream_id)]).toEqual([
      409,
      ['x', 'y'],
    ]);
    expect(ids((await api.get(streams.body.candidates[1].link.path)).body.allowed.events)).toEqual(['alone y']);
    for (const query of ['session_id=nobody', 'run_id=run/1', 'stream_id=x'])
      expect([query, (await api.get(`/v1/steps/out?${query}`)).status]).toEqual([query, 404]);
    expect((await api.get('/v1/steps/out?session_id=a&run_id=b')).status).toBe(400);
  });

  test('what is cut is said', async () => {
    const { body } = await api.get('/v1/steps/wide');
    expect([
      body.what_happened_next.next_in_run.length,
      body.completeness.caps,
      body.completeness.no_known_gaps,
    ]).toEqual([10, ['next_in_run', 'objects'], false]);
  });

  test("absent, another tenant's, another run's: the same answer", async () => {
    const absent = await api.get('/v1/steps/nothing');
    expect([absent.status, absent.body.code]).toEqual([404, 'not_found']);
    for (const url of ['/v1/steps/o-e4', '/v1/steps/-?id=theirs/effect', '/v1/steps/m1?run_id=theirs'])
      expect((await api.get(url)).body).toEqual(absent.body);
    expect((await api.get('/v1/steps/o-e4', 'reviewer', 'other')).status).toBe(200);
  });

  test('roles, tokens and parameters', async () => {
    for (const role of ['connector', 'administrator', 'service'] as const)
      expect([role, (await api.get('/v1/steps/e8', role)).status]).toEqual([role, 403]);
    expect((await api.get('/v1/steps/e8', 'data_team')).status).toBe(200);
    for (const url of ['/v1/steps/e8?as_of=x', '/v1/steps/e8?run=x', '/v1/steps/e8?run_id=a&run_id=b', '/v1/steps/%20'])
      expect([url, (await api.get(url)).status]).toEqual([url, 400]);
    const { body } = await api.get('/v1/steps/e8');
    const { body: again } = await api.get(`/v1/steps/e8?as_of=${body.as_of}`);
    expect({ ...again, completeness: null }).toEqual({ ...body, completeness: null });
  });

  test('a vector ahead of the projector is 409 on every door', async () => {
    const { body } = await api.get('/v1/steps/e8');
    const behind = await openApi({
      run: <Row>(query: Json) =>
        events
          .run<Row>(query)
          .then((rows) =>
            rows.map((row) => ({ ...row, ...((row as Json).next_offset !== undefined && { next_offset: 2 }) })),
          ),
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    for (const path of ['steps/e8', 'runs/-/replay', 'runs/-', 'runs/x/diff/y']) {
      const answer = await behind.get(`/v1/${path}?id=run/1&as_of=${body.as_of}`);
      expect([path, answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([
        path,
        409,
        'as_of_ahead',
        '1',
      ]);
    }
    await behind.close();
  }, 60_000);
});
