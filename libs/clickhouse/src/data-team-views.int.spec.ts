import { person, storyRecords } from './testing/data-team-story.ts';
import { eventBody, GenerationRig } from './testing/generation-rig.ts';

const VIEWS = [
  'actions',
  'runs',
  'model_calls',
  'sessions',
  'sources',
  'gaps',
  'links',
  'report_ai_use',
  'report_usage_cost',
  'report_effects_without_decision',
  'report_policy_enforcement',
  'report_human_oversight',
  'report_masking',
  'report_data_access',
  'report_disclosures',
  'report_coverage',
  'report_readers',
];

type Row = Readonly<Record<string, unknown>>;

const rig = new GenerationRig();
const one = storyRecords(rig);

/** Every row of a view, whole, in an order of its own. */
const whole = async (view: string, session = 'default'): Promise<string[]> =>
  (await rig.read<Row>(`SELECT * FROM $public.${view}`, session))
    .map((row) => JSON.stringify({ ...row, ...('duplicates' in row && { duplicates: 0 }) }))
    .sort();

async function reach(next: Readonly<Record<string, number>>): Promise<void> {
  for (const [topic, offset] of Object.entries(next)) await rig.reach({ 0: offset }, topic);
}

beforeAll(async () => {
  await rig.migrate();
  await rig.insert(one.records);
  await reach(one.next);
}, 60_000);
afterAll(() => rig.close());

describe('what the views say of a story that was worked out by hand', () => {
  const read = (columns: string, view: string, order: string): Promise<unknown[][]> =>
    rig
      .read<Row>(`SELECT ${columns} FROM $public.${view} ORDER BY ${order}`)
      .then((rows) => rows.map((row) => Object.values(row)));

  test('actions: intent, decision, approval, effect, confirmation of one action in a row', async () => {
    expect(
      await read(
        'action_key, kind, agreement, decision, approval, executed, confirmed, effects, length(event_ids) AS n',
        'actions',
        'action_key',
      ),
    ).toEqual([
      ['call/r1/c1', 'model_call', 'executed_without_decision', '', '', true, false, 0, 3],
      ['call/r1/t1', 'tool_call', 'matched', 'require_approval', 'approved', true, true, 1, 7],
      ['call/r1/t2', 'tool_call', 'executed_without_decision', '', '', true, false, 1, 3],
      ['call/r1/t3', 'tool_call', 'denied_nothing_executed', 'deny', '', false, false, 0, 2],
      ['call/r1/t4', 'tool_call', 'mismatched', 'deny', '', true, false, 0, 2],
      ['call/r2/c2', 'model_call', 'unobserved', '', '', false, false, 0, 1],
      ['call/r2/t1', 'tool_call', 'executed_without_decision', '', '', true, false, 0, 1],
      ['decision/d5', 'decision', 'denied_nothing_executed', 'deny', '', false, false, 0, 1],
    ]);
    expect(
      await read(
        'approver, approval_threshold, approval_value, approval_wait_ms, rule_id, document_no, confirmed_by, object_keys, ' +
          'user_key',
        'actions',
        `action_key LIMIT 1 OFFSET 1`,
      ),
    ).toEqual([[person('b'), 100, 120, 2_000, 'limit', '4711', 'shop', ['shop:order:W1'], person('a')]]);
  });

  test('runs', async () => {
    expect(
      await read(
        'run_id, status, duration_ms, events, late_events, model_calls, tool_calls, tool_calls_failed, ' +
          'calls_without_answer, effects, denials, maskings, expected_tool_calls',
        'runs',
        'run_id',
      ),
    ).toEqual([
      ['r1', 'completed', 21_000, 25, 0, 1, 4, 1, 0, 2, 1, 1, 4],
      ['r2', 'open', null, 2, 1, 1, 1, 0, 1, 0, 0, 0, null],
    ]);
  });

  test('model calls: of two that tell of one call the better evidence counts, once', async () => {
    expect(
      await read(
        'call_id, status, response_model, input_tokens, output_tokens, cost, currency, source_systems',
        'model_calls',
        'call_id',
      ),
    ).toEqual([
      ['c1', 'completed', 'gpt-x-1', 100, 20, 0.5, 'EUR', ['agent', 'gateway']],
      ['c2', 'open', '', null, null, null, '', ['agent']],
    ]);
  });

  test('sessions, sources, gaps', async () => {
    expect(
      await read(
        'session_id, runs, turns, prompts, providers_in_order, maskings, disclosures',
        'sessions',
        'session_id',
      ),
    ).toEqual([['s1', 2, 1, 1, ['openai', 'anthropic'], 1, 1]]);
    expect(
      await read(
        'source_system, connector_id, events, late_events, longest_delay_s, duplicates, conflicts',
        'sources',
        'source_system, connector_id',
      ),
    ).toEqual([
      ['affidavit', 'agent', 3, 0, 0, 0, 0],
      ['affidavit', 'query-api', 2, 0, 0, 0, 0],
      ['agent', 'agent', 26, 1, 86_400, 0, 0],
      ['gate', '', 2, 0, 0, 0, 0],
      ['gateway', 'gateway', 1, 0, 0, 0, 0],
      ['shop', 'shop', 1, 0, 0, 0, 0],
    ]);
    expect(await read('stream_id, from_seq, to_seq, missing, closed', 'gaps', 'from_seq')).toEqual([
      ['agent/1/a', 50, 52, 3, true],
      ['agent/1/a', 60, 63, 4, false],
    ]);
  });

  test('reports', async () => {
    expect(
      await read('day, workspace_id, model, model_calls, completed, unanswered, users', 'report_ai_use', 'model'),
    ).toEqual([
      ['2026-11-22', 'finance', 'claude-x', 1, 0, 1, 1],
      ['2026-11-22', 'finance', 'gpt-x-1', 1, 1, 0, 1],
    ]);
    expect(
      await read('model, currency, model_calls, calls_without_usage, input_tokens, cost', 'report_usage_cost', 'model'),
    ).toEqual([
      ['claude-x', '', 1, 1, 0, 0],
      ['gpt-x-1', 'EUR', 1, 0, 100, 0.5],
    ]);
    expect(await read('action_key, effect_id, tool_name', 'report_effects_without_decision', 'action_key')).toEqual([
      ['call/r1/t2', 'e2', 'send_mail'],
    ]);
    expect(
      await read(
        'policy_id, rule_id, decision, enforcement, evaluations, actions, executed, denied_nothing_executed, ' +
          'executed_against_decision',
        'report_policy_enforcement',
        'policy_id, rule_id',
      ),
    ).toEqual([
      ['exports', 'off', 'deny', 'enforced', 1, 1, 1, 0, 1],
      ['models', 'blocked', 'deny', 'enforced', 1, 1, 0, 1, 0],
      ['orders', 'limit', 'require_approval', 'enforced', 1, 1, 1, 0, 0],
      ['orders', 'no-delete', 'deny', 'enforced', 1, 1, 0, 1, 0],
    ]);
    expect(await read('act, subject, result, wait_ms, shown_fields', 'report_human_oversight', 'act')).toEqual([
      ['approval', 'a1', 'approved', 2_000, 'order,amount'],
      ['escalation', 'up', 'second-line', null, ''],
    ]);
    expect(await read('step, category, path, method, findings', 'report_masking', 'step, category')).toEqual([
      ['inspected', 'iban', '/text', 'unknown', 2],
      ['transformed', 'iban', '/text', 'mask', 2],
      ['transformed', 'person', '/name', 'mask', 1],
    ]);
    expect(await read('access, data_system, data_type, accesses, items', 'report_data_access', 'access')).toEqual([
      ['object.read', 'shop', 'order', 1, 1],
      ['retrieval.performed', 'handbook', 'document', 1, 2],
    ]);
    expect(
      await read('event_id, destination, external_recipients, external_domains', 'report_disclosures', 'at'),
    ).toEqual([
      ['e2', '', 1, ['example.org']],
      ['shared', 'partner.example', 0, []],
    ]);
    expect(
      await read(
        'connector_id, source_system, events, calls_requested, calls_answered, gaps, gaps_closed, numbers_missing',
        'report_coverage',
        'connector_id, source_system LIMIT 1 OFFSET 1',
      ),
    ).toEqual([['agent', '', 0, 0, 0, 2, 1, 4]]);
    expect(await read('role, kind, times, denied, rows_answered', 'report_readers', 'role')).toEqual([
      ['data_team', 'search', 1, 1, 0],
      ['investigator', 'timeline', 1, 0, 3],
    ]);
  });

  test.each(VIEWS)("%s shows nothing of another tenant's, and every column has a comment", async (view) => {
    expect(await rig.read(`SELECT * FROM $public.${view}`, 'other')).toEqual([]);
    const columns = await rig.read<{ name: string; comment: string }>(
      `SELECT name, comment FROM system.columns WHERE database = '$public' AND table = '${view}'`,
    );
    expect(columns.length).toBeGreaterThan(5);
    expect(columns.filter(({ comment }) => comment === '')).toEqual([]);
  });
});

describe('figures stay', () => {
  test('when every record is written again: the same records, and copies of them further on in the log', async () => {
    const before = new Map(await Promise.all(VIEWS.map(async (view) => [view, await whole(view)] as const)));
    const copies = storyRecords(rig, 1_000);
    await rig.insert(one.records);
    await rig.insert(copies.records);
    // Not yet visible: not a number changes.
    expect(await whole('sources')).toEqual(before.get('sources'));
    await reach(copies.next);
    for (const view of VIEWS) expect([view, await whole(view)]).toEqual([view, before.get(view)]);
    expect(await rig.read(`SELECT sum(duplicates) AS copies FROM $public.sources`)).toEqual([
      { copies: one.records.length },
    ]);
  }, 120_000);

  test('at a vector of an earlier moment, whatever came after it; a tenant of that name is nobody', async () => {
    const vector = Object.entries(one.next).map(([topic, offset]) => [topic, 0, offset]);
    const then = `default\n${JSON.stringify(vector)}`;
    const before = await whole('actions', then);
    const body = eventBody({
      event_id: 'late-rule',
      event_type: 'policy.evaluated',
      run_id: 'r1',
      call_id: 't2',
      decision_id: 'd9',
      policy: { policy_id: 'mail', decision: 'allow' },
    });
    await rig.insert([rig.record({ topic: 'audit.control.v1', offset: 5_000 }, body)]);
    await rig.reach({ 0: 5_001 }, 'audit.control.v1');
    expect(await whole('actions', then)).toEqual(before);
    expect(await whole('actions')).not.toEqual(before);
    expect(await rig.read("SELECT agreement FROM $public.actions WHERE action_key = 'call/r1/t2'")).toEqual([
      { agreement: 'matched' },
    ]);
    expect(await whole('events', then)).toEqual([]);
  }, 60_000);
});
