import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';
import { type TestEvent } from './support/event-rows.ts';
import { runStory } from './support/run-story.ts';

const idsOf = (nodes: Json): string[] => nodes.flatMap((node: Json) => [...node.event_ids, ...idsOf(node.children)]);
const nodesOf = (nodes: Json): Json[] => nodes.flatMap((node: Json) => [node, ...nodesOf(node.children)]);
const e = encodeURIComponent;

describe('runs on the real engine', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  let offset = 0;
  const put = async (list: readonly TestEvent[]): Promise<void> => {
    await events.insert(list.map((event) => ({ event, place: { offset: offset++ } })));
    await events.projected({ 'audit.activity.v1': [offset] });
  };

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    const story = runStory();
    await put([
      ...story,
      ...story.slice(4, 7),
      ...runStory({ run: 'run/2', prefix: 'b-', paid: 'failure' }),
      ...runStory({ tenant_id: 'other', run: 'their run', prefix: 'o-' }),
    ]);
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test('the whole of a run: with what is below it and what shares its ids, each event once', async () => {
    const { status, body } = await api.get(`/v1/runs/${e('run/1')}`);
    expect([status, body.detail]).toEqual([200, undefined]);
    expect(idsOf(body.steps).sort()).toEqual(
      runStory()
        .map(({ event_id }) => event_id)
        .sort(),
    );
    expect(body.run).toMatchObject({
      run_id: 'run/1',
      status: 'completed',
      task_id: 'pay invoices',
      started_at: '2026-11-22T06:00:00.000000Z',
      duration_ms: 15_000,
      error_type: null,
      sub_runs: [{ run_id: 'run/1/mail', agent: 'mailer', status: 'completed' }],
      models: [{ provider: 'acme', model: 'big-1', calls: 1 }],
      usage: { input_tokens: 10, output_tokens: 5, cost: [{ currency: 'EUR', amount: '0.100000000000' }] },
      cases: [{ system: 'desk', id: 'T-1' }],
      counts: { events: 16, model_calls: 1, tool_calls: 1, effects: 2, duplicates: 3, conflicts: 0 },
      policies: [{ policy_set: 'finance', version: '7' }],
    });
    expect(body.lanes.map(({ id }: Json) => id)).toEqual([
      'agent:clerk',
      'people',
      'model:acme',
      'system:sap',
      'control',
      'system:agents',
      'agent:mailer',
      'system:email',
    ]);
    const nodes = new Map(nodesOf(body.steps).map((node) => [node.title, node]));
    expect(nodes.get('pay').children.map(({ kind }: Json) => kind)).toEqual(['policy', 'effect']);
    expect(
      nodes.get('limits require_approval').children.map(({ title, event_ids }: Json) => [title, event_ids]),
    ).toEqual([['approved', ['e6', 'e7']]]);
    expect(
      nodesOf(body.steps)
        .find(({ kind }) => kind === 'delegation')
        .children.map(({ kind, run_id }: Json) => [kind, run_id]),
    ).toEqual([['run', 'run/1/mail']]);
    expect(body.actions.map(({ title, agreement, reasons }: Json) => [title, agreement, reasons])).toEqual([
      ['pay', 'matched', []],
      ['email', 'executed_without_decision', []],
    ]);
    expect(Object.entries(body.coverage).map(([part, { status: how }]: Json) => [part, how])).toEqual([
      ['user_request', 'recorded'],
      ['agent_instruction', 'recorded'],
      ['model_interaction', 'recorded'],
      ['tool_invocation', 'recorded'],
      ['retrieved_data', 'not_needed'],
      ['system_updates', 'recorded'],
      ['approvals', 'recorded'],
      ['exceptions', 'not_needed'],
    ]);
    expect(body.completeness).toMatchObject({ no_known_gaps: true, cap_reached: false });
    expect(body.gaps).toEqual({ count: 0, listed: [] });
  });

  test('a run below another is a run of its own', async () => {
    const { body } = await api.get(`/v1/runs/-?id=${e('run/1/mail')}`);
    expect(body.run).toMatchObject({
      run_id: 'run/1/mail',
      parent_run_id: 'run/1',
      status: 'completed',
      counts: { events: 3 },
    });
    expect(body.coverage.user_request).toMatchObject({ status: 'not_needed', reasons: [{ code: 'started_by_a_run' }] });
  });

  test('a failed run says what it failed of', async () => {
    const { body } = await api.get(`/v1/runs/${e('run/2')}`);
    expect(body.run).toMatchObject({ status: 'failed', error_type: 'no_funds' });
    expect(body.actions[0]).toMatchObject({ title: 'pay', agreement: 'matched', reasons: ['failed_nothing_executed'] });
    expect(body.coverage.exceptions).toMatchObject({ status: 'recorded', events: 2 });
  });

  test("an absent run and another tenant's look the same", async () => {
    const [absent, theirs] = await Promise.all([api.get('/v1/runs/nothing'), api.get(`/v1/runs/${e('their run')}`)]);
    expect([absent.status, absent.body.code]).toEqual([404, 'not_found']);
    expect(theirs.body).toEqual(absent.body);
    expect((await api.get(`/v1/runs/${e('their run')}`, 'auditor', 'other')).body.run.status).toBe('completed');
  });

  test('as_of: what came later is not there, what is ahead is refused', async () => {
    const { body: before } = await api.get(`/v1/runs/${e('run/1')}`);
    await put([
      {
        event_id: 'later',
        event_type: 'review.completed',
        run_id: 'run/1',
        occurred_at: '2026-11-22T06:01:00.000000Z',
        actor: { type: 'human', id: 'x' },
      },
    ]);
    expect((await api.get(`/v1/runs/${e('run/1')}`)).body.run.counts.events).toBe(17);
    const { body: again } = await api.get(`/v1/runs/${e('run/1')}?as_of=${before.as_of}`);
    expect({ ...again, completeness: null }).toEqual({ ...before, completeness: null });
    expect((await api.get(`/v1/runs/${e('run/1')}?as_of=${before.as_of}x`)).body.code).toBe('as_of_invalid');
  });
});
