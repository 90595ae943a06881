import { type ApiHarness, type Json, openApi, pseudonymOf } from './support/api-harness.ts';
import { type TestEvent } from './support/event-rows.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const at = (second: number): string => `2026-11-22T06:00:${String(second).padStart(2, '0')}.000000Z`;
const asserted = (link_id: string, kind: string, from: [string, string], to: [string, string]): TestEvent => ({
  event_id: `says ${link_id}`,
  event_type: 'link.asserted',
  link: {
    link_id,
    kind,
    from_kind: from[0],
    from_id: from[1],
    to_kind: to[0],
    to_id: to[1],
    basis: 'rule',
    rule_id: 'r',
  },
});
const nodesOf = (nodes: Json): Json[] => nodes.flatMap((node: Json) => [node, ...nodesOf(node.children)]);
const told = (rows: readonly Json[]): string[] =>
  rows.map(({ event_id, via }) => (via === undefined ? event_id : `${event_id} by ${via.join('+')}`));
const ada = pseudonymOf('default', 'idp', 'ada');

/**
 * A run that pays and sends a mail; its spans of model calls name their trace alone; SAP and Exchange report under ids
 * of their own.
 */
const sap = {
  effect: { kind: 'update', target_system: 'sap' },
  object_refs: [
    { system: 'sap', instance: '', type: 'payment', id: '7', role: 'updated', version_before: '', version_after: '' },
  ],
};
const story: readonly TestEvent[] = [
  {
    event_id: 'start',
    event_type: 'run.started',
    run_id: 'run',
    session_id: 'own session',
    trace_id: 'own trace',
    occurred_at: at(0),
  },
  {
    event_id: 'ask',
    event_type: 'model.call.requested',
    trace_id: 'trace',
    call_id: 'm',
    step_id: 's1',
    occurred_at: at(1),
    model: { provider: 'acme', request_model: 'big' },
  },
  {
    event_id: 'answer',
    event_type: 'model.call.completed',
    trace_id: 'trace',
    call_id: 'm',
    step_id: 's1',
    occurred_at: at(2),
    model: { provider: 'acme', request_model: 'big' },
    usage: { input_tokens: 10 },
  },
  {
    event_id: 'ok',
    event_type: 'approval.decided',
    approval_id: 'a',
    occurred_at: at(3),
    actor: { type: 'human', id: ada },
    approval: { decision: 'approved' },
  },
  {
    event_id: 'want',
    event_type: 'tool.call.requested',
    run_id: 'run',
    call_id: '1',
    occurred_at: at(4),
    tool: { name: 'pay', tier: 'write' },
  },
  {
    event_id: 'paid',
    event_type: 'object.changed',
    run_id: 'run',
    call_id: '1',
    effect_id: 'eff',
    causation_id: 'want',
    occurred_at: at(5),
    ...sap,
  },
  {
    event_id: 'gate',
    event_type: 'policy.evaluated',
    trace_id: 'trace',
    call_id: '1',
    approval_id: 'a',
    occurred_at: at(5),
    policy: { policy_id: 'p', decision: 'allow' },
  },
  {
    event_id: 'confirmed',
    event_type: 'object.change.confirmed',
    run_id: 'sap batch',
    call_id: '1',
    occurred_at: at(6),
    evidence_grade: 'system_of_record',
    ...sap,
  },
  {
    event_id: 'mailed',
    event_type: 'message.sent',
    run_id: 'sub',
    root_run_id: 'run',
    parent_run_id: 'run',
    effect_id: 'mail',
    occurred_at: at(7),
    message: { channel: 'email' },
    effect: { kind: 'send', target_system: 'exchange' },
  },
  {
    event_id: 'delivered',
    event_type: 'object.change.confirmed',
    occurred_at: at(8),
    effect: { kind: 'send', target_system: 'exchange' },
  },
  {
    event_id: 'sub span',
    event_type: 'model.call.requested',
    trace_id: 'sub trace',
    call_id: 'x',
    occurred_at: at(8),
    model: { provider: 'acme' },
  },
  {
    event_id: 'not ours',
    event_type: 'tool.call.requested',
    run_id: 'another',
    trace_id: 'trace',
    call_id: '1',
    occurred_at: at(8),
  },
  {
    event_id: 'theirs',
    event_type: 'model.call.requested',
    tenant_id: 'other',
    trace_id: 'trace',
    call_id: 'm',
    occurred_at: at(2),
  },
  { event_id: 'end', event_type: 'run.completed', run_id: 'run', occurred_at: at(9), run: { expected_model_calls: 1 } },
];

describe('runs and steps follow links', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  let offset = 0;
  let before: string;
  const put = async (list: readonly TestEvent[]): Promise<void> => {
    await events.insert(
      list.map((event) => ({
        event: { actor: { type: 'agent', id: 'bot' }, ...event },
        place: {
          offset: offset++,
          timestamp_ms: Date.UTC(2026, 10, 22, 6, String(event['event_type']).startsWith('link.') ? 30 : 1) + offset,
        },
      })),
    );
    await events.projected({ 'audit.activity.v1': [offset] });
  };
  const get = async (url: string): Promise<Json> => {
    const { status, body } = await api.get(url);
    expect([url, status, body.detail]).toEqual([url, 200, undefined]);
    return body;
  };

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    await put(story);
    before = (await get('/v1/runs/run')).as_of;
    await put([
      asserted('T', 'trace_run', ['trace', 'trace'], ['run', 'run']),
      asserted('TS', 'trace_run', ['trace', 'sub trace'], ['run', 'sub']),
      asserted('C1', 'effect_confirmation', ['event', ':paid'], ['event', ':confirmed']),
      asserted('C2', 'effect_confirmation', ['event', ':mailed'], ['event', ':delivered']),
      asserted('S', 'run_session', ['run', 'run'], ['session', 'chat']),
      asserted('U', 'run_user', ['run', 'run'], ['user', ada]),
      asserted('K', 'case_run', ['case', 'desk:#7'], ['run', 'run']),
      { ...asserted('F', 'trace_run', ['trace', 'own trace'], ['run', 'run']), tenant_id: 'other' },
    ]);
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test('a run has the spans of its traces and the confirmations of its effects, and says by which links', async () => {
    const body = await get('/v1/runs/run');
    const nodes = nodesOf(body.steps);
    expect(
      nodes
        .flatMap(({ event_ids, via }) =>
          event_ids.map((id: string) => (via === undefined ? id : `${id} by ${via.join('+')}`)),
        )
        .sort(),
    ).toEqual(
      [
        'ask by T',
        'answer by T',
        'gate by T',
        'ok by T+TS',
        'confirmed by C1',
        'delivered by C2',
        'sub span by TS',
        'start',
        'end',
        'want',
        'paid',
        'mailed',
      ].sort(),
    );
    expect(
      nodes.find(({ event_ids }) => event_ids.includes('paid')).children.map(({ event_ids }: Json) => event_ids),
    ).toEqual([['confirmed']]);
    expect(nodes.find(({ event_ids }) => event_ids.includes('ask'))).toMatchObject({
      run_id: 'run',
      step_id: 's1',
      event_ids: ['ask', 'answer'],
    });
    expect(
      body.actions.map(({ title, agreement, reasons, confirmed }: Json) => [title, agreement, reasons, confirmed]),
    ).toEqual([
      ['pay', 'matched', [], ['confirmed']],
      ['send email', 'executed_without_decision', [], ['delivered']],
    ]);
    expect(body.coverage.system_updates).toMatchObject({ status: 'recorded', reasons: [] });
    expect(body.run).toMatchObject({
      session_ids: ['own session'],
      counts: { events: 12, model_calls: 2 },
      usage: { input_tokens: 10 },
      sub_runs: [{ run_id: 'sub' }],
    });
    expect(body.run.linked).toEqual([
      { kind: 'case', id: 'desk:7', issuer: '', link_id: 'K' },
      { kind: 'session', id: 'chat', issuer: '', link_id: 'S' },
      { kind: 'person', id: ada, issuer: '', link_id: 'U' },
    ]);
    expect(body.links.map(({ link_id }: Json) => link_id)).toEqual(['C1', 'C2', 'K', 'S', 'T', 'TS', 'U']);
    expect(body.completeness).toMatchObject({ cap_reached: false });
  });

  test('as of before the links, the run is what its own rows say', async () => {
    const body = await get(`/v1/runs/run?as_of=${before}`);
    expect([body.run.counts.events, body.run.linked, body.links]).toEqual([5, [], []]);
    expect(body.actions[0]).toMatchObject({ agreement: 'executed_without_decision', confirmed: [] });
    expect((await get(`/v1/steps/eff?as_of=${before}`)).what_happened_next.answered).toEqual([]);
  });

  test("the run whose batch confirmed it has that event alone, and takes nobody's effect", async () => {
    expect((await get('/v1/runs/sap%20batch')).run.counts.events).toBe(1);
  });

  test.each(['/v1/steps/1?run_id=run', '/v1/steps/eff', '/v1/steps/paid', '/v1/steps/want'])(
    '%s: the step has them, too',
    async (url) => {
      const body = await get(url);
      expect([
        told(body.attempted.events),
        told(body.allowed.events),
        told(body.did.events),
        told(body.what_happened_next.answered),
      ]).toEqual([['want'], ['ok by T', 'gate by T'], ['paid'], ['confirmed by C1']]);
      expect([body.agreement, body.reasons, body.links.map(({ link_id }: Json) => link_id)]).toEqual([
        'matched',
        [],
        ['C1', 'T'],
      ]);
    },
  );

  test('a step that only links give a run', async () => {
    for (const url of ['/v1/steps/m?run_id=run', '/v1/steps/m', '/v1/steps/ask', '/v1/steps/s1?run_id=run']) {
      const body = await get(url);
      expect([url, body.step.run_id, told(body.attempted.events), told(body.did.events)]).toEqual([
        url,
        'run',
        ['ask by T'],
        ['answer by T'],
      ]);
      expect(body.what_happened_next.next_in_run.map(({ event_id }: Json) => event_id).slice(0, 2)).toEqual([
        'want',
        'paid',
      ]);
    }
    const delivered = await get('/v1/steps/delivered');
    expect([told(delivered.did.events), told(delivered.what_happened_next.answered), delivered.step.run_id]).toEqual([
      ['mailed'],
      ['delivered by C2'],
      'sub',
    ]);
  });

  test('run, step and effect say the same of an action', async () => {
    const [run, step, effect] = await Promise.all([get('/v1/runs/run'), get('/v1/steps/eff'), get('/v1/effects/eff')]);
    expect([
      [run.actions[0].agreement, run.actions[0].reasons],
      [step.agreement, step.reasons],
    ]).toEqual(Array(2).fill([effect.agreement, effect.agreement_reasons]));
    expect([
      effect.effect.status,
      told(effect.events).filter((one) => one.includes(' by ')),
      effect.links.map(({ link_id }: Json) => link_id),
    ]).toEqual(['confirmed', ['ok by C1+T', 'gate by T', 'confirmed by C1'], ['C1', 'T']]);
  });

  test('replay: a frame of a linked row stands where it occurred, and was known when the link was', async () => {
    const { body } = await api.get('/v1/runs/run/replay');
    const lines = String(body)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const frames = lines.slice(1, -1);
    expect(lines[0].links.map(({ link_id }: Json) => link_id)).toEqual(expect.arrayContaining(['C1', 'C2', 'T', 'TS']));
    expect(told(frames.map(({ event }: Json) => event))).toEqual(
      [
        'start',
        'ask by T',
        'answer by T',
        'ok by T+TS',
        'want',
        'gate by T',
        'paid',
        'confirmed by C1',
        'mailed',
        'delivered by C2',
        'sub span by TS',
        'end',
      ].sort(
        (one, other) =>
          frames.findIndex(({ event }: Json) => one.startsWith(event.event_id)) -
          frames.findIndex(({ event }: Json) => other.startsWith(event.event_id)),
      ),
    );
    const want = frames.find(({ event }: Json) => event.event_id === 'want');
    expect(want.known_then).toMatchObject({ events: 2, not_yet: { count: 3, event_ids: ['ask', 'answer', 'ok'] } });
    const confirmed = frames.find(({ event }: Json) => event.event_id === 'confirmed');
    expect(confirmed.known_at > '2026-11-22T06:30').toBe(true);
    expect(confirmed.at).toBe(at(6));
  });

  test('diff has the linked rows of both', async () => {
    const body = await get('/v1/runs/run/diff/another');
    expect(
      body.entries
        .filter(({ kind }: Json) => kind === 'confirmation')
        .map(({ status, a }: Json) => [status, a.event_ids]),
    ).toEqual([
      ['removed', ['confirmed']],
      ['removed', ['delivered']],
    ]);
    expect([body.a.links.length, body.b.links]).toEqual([7, []]);
  });

  test('a link that is taken back leads nowhere any more', async () => {
    await put(
      ['C1', 'T', 'K'].map((link_id) => ({
        event_id: `takes back ${link_id}`,
        event_type: 'link.retracted',
        link: { link_id, basis: 'person' },
      })),
    );
    const body = await get('/v1/runs/run');
    expect([
      body.actions[0].reasons,
      body.run.linked.map(({ link_id }: Json) => link_id),
      body.links.map(({ link_id }: Json) => link_id),
    ]).toEqual([[], ['S', 'U'], ['C2', 'S', 'TS', 'U']]);
    expect(told((await get('/v1/steps/eff')).what_happened_next.answered)).toEqual([]);
  });
});
