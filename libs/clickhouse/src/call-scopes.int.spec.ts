import { GenerationRig } from './testing/generation-rig.ts';
import { CONTROL, insertStory, Story } from './testing/story.ts';

const rig = new GenerationRig();
const story = new Story();

/** Sessions without runs, whose sources count calls from one. */
const session = (session_id: string) => ({
  source: { system: 'chat', connector_id: 'chat' },
  session_id,
  stream_id: 'chat/1/a',
});
const model = { provider: 'openai', request_model: 'gpt-x' };
const usage = { input_tokens: 10, output_tokens: 1 };
const ok = { outcome: { status: 'success' } };
const rule = (decision: string) => ({ policy: { policy_id: 'tools', decision, enforcement: 'enforced' } });

for (const [id, seconds] of [
  ['s1', 0],
  ['s2', 100],
] as const) {
  story.tell(`${id}-m`, 'model.call.completed', seconds, { ...session(id), call_id: '1', model, usage, ...ok });
  story.tell(`${id}-t`, 'tool.call.completed', seconds + 1, {
    ...session(id),
    call_id: '2',
    tool: { name: 'look', tier: 'read' },
    ...ok,
  });
  // What a gate says of the call names the session, and the gate's own stream.
  story.tell(
    `${id}-rule`,
    'policy.evaluated',
    seconds + 0.5,
    {
      source: { system: 'gate' },
      stream_id: 'gate/1/a',
      session_id: id,
      call_id: '2',
      ...rule(id === 's1' ? 'allow' : 'deny'),
    },
    CONTROL,
  );
}
// A gateway that knows neither run nor session: of the only run, of the only session that has the call.
const gateway = { source: { system: 'gateway' }, stream_id: 'gateway/1/a', evidence_grade: 'gateway_observed' };
story.tell('run-m', 'model.call.completed', 200, {
  session_id: 's3',
  run_id: 'r1',
  call_id: 'in-run',
  model,
  usage,
  ...ok,
});
story.tell('run-gateway', 'model.call.completed', 201, {
  ...gateway,
  call_id: 'in-run',
  model,
  usage: { input_tokens: 12, output_tokens: 1 },
  ...ok,
});
story.tell('run-session', 'model.call.completed', 202, {
  ...gateway,
  session_id: 's3',
  call_id: 'in-run',
  model,
  ...ok,
});
// Its session says otherwise: another call.
story.tell('not-run', 'model.call.completed', 203, { ...session('s4'), call_id: 'in-run', model, usage, ...ok });
story.tell('alone-m', 'model.call.completed', 210, { ...session('s3'), call_id: 'in-session', model, ...ok });
story.tell('alone-gateway', 'model.call.completed', 211, { ...gateway, call_id: 'in-session', model, usage, ...ok });
// Neither run nor session: two streams are two callers; what is no report of the call goes to the only stream that has
// one.
for (const stream of ['a/1/x', 'b/1/y'])
  story.tell(`${stream}-t`, 'tool.call.completed', 300, {
    stream_id: stream,
    call_id: '7',
    tool: { name: 'look', tier: 'read' },
    ...ok,
  });
story.tell('a-only', 'tool.call.completed', 310, {
  stream_id: 'a/1/x',
  call_id: '8',
  tool: { name: 'look', tier: 'read' },
  ...ok,
});
story.tell('a-only-rule', 'policy.evaluated', 309, { stream_id: 'gate/1/a', call_id: '8', ...rule('allow') }, CONTROL);
// A '/' in an id does not make two calls one.
story.tell('slash-1', 'tool.call.completed', 320, {
  run_id: 'x/y',
  call_id: 'z',
  tool: { name: 'look', tier: 'read' },
  ...ok,
});
story.tell('slash-2', 'tool.call.completed', 321, {
  run_id: 'x',
  call_id: 'y/z',
  tool: { name: 'look', tier: 'read' },
  ...ok,
});
// Two runs of one session use one call id.
for (const run of ['r2', 'r3'])
  story.tell(`${run}-t`, 'tool.call.completed', 330, {
    ...session('s5'),
    run_id: run,
    call_id: '1',
    tool: { name: 'look', tier: 'read' },
    ...ok,
  });
story.tell('s5-m', 'model.call.completed', 331, { ...session('s5'), run_id: 'r2', call_id: '9', model, ...ok });
story.tell('s5-gateway', 'model.call.completed', 332, { ...gateway, session_id: 's5', call_id: '9', model, ...ok });

const actions = [
  ['call/r1/in-run', 'executed_without_decision', ['run-gateway', 'run-m', 'run-session']],
  ['call/r2/1', 'executed_without_decision', ['r2-t']],
  ['call/r2/9', 'executed_without_decision', ['s5-gateway', 's5-m']],
  ['call/r3/1', 'executed_without_decision', ['r3-t']],
  ['call/x%2Fy/z', 'executed_without_decision', ['slash-1']],
  ['call/x/y/z', 'executed_without_decision', ['slash-2']],
  ['session_call/s1/1', 'executed_without_decision', ['s1-m']],
  ['session_call/s1/2', 'matched', ['s1-rule', 's1-t']],
  ['session_call/s2/1', 'executed_without_decision', ['s2-m']],
  ['session_call/s2/2', 'mismatched', ['s2-rule', 's2-t']],
  ['session_call/s3/in-session', 'executed_without_decision', ['alone-gateway', 'alone-m']],
  ['session_call/s4/in-run', 'executed_without_decision', ['not-run']],
  ['stream_call/a%2F1%2Fx/7', 'executed_without_decision', ['a/1/x-t']],
  ['stream_call/a%2F1%2Fx/8', 'matched', ['a-only', 'a-only-rule']],
  ['stream_call/b%2F1%2Fy/7', 'executed_without_decision', ['b/1/y-t']],
];
const calls = [
  ['run/r1', 'r1', 'in-run', 12, ['run-gateway', 'run-m', 'run-session']],
  ['run/r2', 'r2', '9', null, ['s5-gateway', 's5-m']],
  ['session/s1', '', '1', 10, ['s1-m']],
  ['session/s2', '', '1', 10, ['s2-m']],
  ['session/s3', '', 'in-session', 10, ['alone-gateway', 'alone-m']],
  ['session/s4', '', 'in-run', 10, ['not-run']],
];
const sessions = [
  ['s1', 1, 1],
  ['s2', 1, 1],
  ['s3', 2, 0],
  ['s4', 1, 0],
  ['s5', 1, 2],
];

const read = async (query: string): Promise<unknown[][]> => (await rig.read(query)).map((row) => Object.values(row));
async function figures(): Promise<unknown[][][]> {
  return Promise.all([
    read('SELECT action_key, agreement, event_ids FROM $public.actions ORDER BY action_key'),
    read(
      'SELECT call_scope, root_run_id, call_id, input_tokens, event_ids FROM $public.model_calls ORDER BY call_scope, call_id',
    ),
    read('SELECT session_id, model_calls, tool_calls FROM $public.sessions ORDER BY session_id'),
    read('SELECT sum(model_calls), sum(input_tokens) FROM $public.report_usage_cost'),
  ]);
}

beforeAll(async () => {
  await rig.migrate();
  await insertStory(rig, story);
}, 90_000);
afterAll(() => rig.close());

test('a call counts within its run, else its session, else its stream', async () => {
  expect(await figures()).toEqual([actions, calls, sessions, [[6, 52]]]);
});

test('figures stay with every record doubled', async () => {
  await rig.insert(story.records(rig).records);
  await insertStory(rig, story, 1_000);
  expect(await figures()).toEqual([actions, calls, sessions, [[6, 52]]]);
});
