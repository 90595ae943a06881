import { lanesOf } from './lanes.ts';
import { rowsOf } from './testdata/rows.ts';
import { MAX_DEPTH, treeOf, type TreeNode } from './tree.ts';
import { atOnce } from './turns.ts';

/** The tree as nested lists of kinds and titles. */
const shape = (nodes: readonly TreeNode[]): unknown =>
  nodes.map(({ kind, title, children }) =>
    children.length === 0 ? `${kind} ${title}` : [`${kind} ${title}`, shape(children)],
  );
const idsOf = (nodes: readonly TreeNode[]): string[] =>
  nodes.flatMap(({ event_ids, children }) => [...event_ids, ...idsOf(children)]);

describe('the tree of a run', () => {
  const rows = rowsOf(
    ['run.started', { agent: { name: 'clerk' } }],
    ['interaction.prompt.submitted'],
    ['step.planned', { step_id: 's1' }],
    ['model.call.requested', { step_id: 's1', call_id: 'm', model: { provider: 'acme', request_model: 'big' } }],
    [
      'model.call.completed',
      {
        step_id: 's1',
        call_id: 'm',
        model: { provider: 'acme', response_model: 'big-1' },
        usage: { duration_ms: 700 },
      },
    ],
    ['tool.call.requested', { step_id: 's2', call_id: 'c', tool: { name: 'pay', server: 'sap' } }],
    [
      'policy.evaluated',
      { call_id: 'c', decision_id: 'd', policy: { policy_id: 'limits', decision: 'require_approval' } },
    ],
    ['approval.requested', { decision_id: 'd', approval_id: 'a' }],
    ['approval.decided', { run_id: undefined, approval_id: 'a', approval: { decision: 'approved', wait_ms: 5_000 } }],
    [
      'tool.call.completed',
      { step_id: 's2', call_id: 'c', tool: { name: 'pay', server: 'sap' }, outcome: { status: 'success' } },
    ],
    [
      'object.changed',
      {
        step_id: 's2',
        call_id: 'c',
        effect_id: 'f',
        effect: { kind: 'create', target_system: 'sap' },
        object_refs: [{ system: 'sap', type: 'payment', id: '1' }],
      },
    ],
    [
      'object.change.confirmed',
      {
        run_id: undefined,
        effect_id: 'f',
        effect: { kind: 'create', target_system: 'sap' },
        object_refs: [{ system: 'sap', type: 'payment', id: '1' }],
      },
    ],
    ['agent.delegated', { details: { child_run_id: 'r2', child_agent_id: 'mailer' } }],
    ['run.started', { run_id: 'r2', parent_run_id: 'r', agent: { name: 'mailer' } }],
    ['message.sent', { run_id: 'r2', step_id: 's1', message: { channel: 'email' } }],
    ['run.completed', { run_id: 'r2', parent_run_id: 'r', agent: { name: 'mailer' } }],
    ['run.completed', { agent: { name: 'clerk' }, outcome: { status: 'success' } }],
  );

  test('calls are one node, what is about them hangs under them, sub-runs under who started them', () => {
    expect(shape(atOnce(treeOf(rows, 'r')).nodes)).toEqual([
      [
        'run clerk',
        [
          'prompt interaction.prompt.submitted',
          ['step s1', ['model_call big-1']],
          [
            'step s2',
            [
              [
                'tool_call pay',
                [
                  ['policy limits require_approval', ['approval approved']],
                  ['effect create sap payment 1', ['confirmation create sap payment 1']],
                ],
              ],
            ],
          ],
          ['delegation mailer', [['run mailer', [['step s1', ['message email']]]]]],
        ],
      ],
    ]);
  });
  test('every event stands in exactly one node', () => {
    expect(idsOf(atOnce(treeOf(rows, 'r')).nodes).sort()).toEqual(rows.map(({ event_id }) => event_id).sort());
  });
  test('times, outcomes and what passed between', () => {
    const all = (nodes: readonly TreeNode[]): TreeNode[] => nodes.flatMap((node) => [node, ...all(node.children)]);
    const nodes = new Map(all(atOnce(treeOf(rows, 'r')).nodes).map((node) => [node.title, node]));
    expect(nodes.get('big-1')).toMatchObject({ duration_ms: 700, elapsed_ms: 1_000, outcome: { status: 'unknown' } });
    expect(nodes.get('pay')).toMatchObject({
      duration_ms: 4_000,
      elapsed_ms: 2_000,
      lane: 'system:sap',
      outcome: { status: 'success' },
    });
    expect(nodes.get('approved')).toMatchObject({ duration_ms: 5_000 });
    expect(nodes.get('clerk')).toMatchObject({ duration_ms: 16_000, elapsed_ms: null });
  });
  test('lanes: in the order in which they appear, each system one', () => {
    expect(atOnce(lanesOf(rows)).map(({ id, events }) => [id, events])).toEqual([
      ['agent:clerk', 2],
      ['system:unknown', 3],
      ['agent', 1],
      ['model:acme', 2],
      ['system:sap', 4],
      ['control', 1],
      ['people', 1],
      ['agent:mailer', 2],
      ['system:email', 1],
    ]);
  });

  test('bad data: circles of steps, runs and causes end at the run, nothing is lost', () => {
    const bad = rowsOf(
      ['run.started', { parent_run_id: 'r' }],
      ['tool.call.requested', { step_id: 'a', parent_step_id: 'b', call_id: 'c' }],
      ['tool.call.completed', { step_id: 'b', parent_step_id: 'a', call_id: 'd' }],
      ['policy.evaluated', { causation_id: 'e4' }],
      ['policy.evaluated', { causation_id: 'e3' }],
      ['run.started', { run_id: 'x', parent_run_id: 'y' }],
      ['run.started', { run_id: 'y', parent_run_id: 'x' }],
      ['approval.decided', { run_id: undefined, approval_id: 'z' }],
    );
    expect(idsOf(atOnce(treeOf(bad, 'r')).nodes).sort()).toEqual(bad.map(({ event_id }) => event_id).sort());
    expect(atOnce(treeOf(bad, 'r')).nodes).toHaveLength(1);
  });
  test('a step that is planned after its first call is named begins later, and nothing before its time', () => {
    const late = rowsOf(
      ['run.started'],
      ['model.call.requested', { step_id: 's', call_id: 'm' }],
      ['step.planned', { step_id: 's' }],
      ['tool.call.requested', { step_id: 's', call_id: 'c', tool: { name: 'pay' } }],
    );
    const [run] = atOnce(treeOf(late, 'r')).nodes;
    const step = run?.children[0];
    expect([step?.title, step?.elapsed_ms, ...(step?.children.map(({ elapsed_ms }) => elapsed_ms) ?? [])]).toEqual([
      's',
      1_000,
      1_000,
      1_000,
    ]);
  });
  test('the same call id in two runs is two calls', () => {
    const two = rowsOf(
      ['tool.call.requested', { call_id: '1' }],
      ['tool.call.completed', { call_id: '1', run_id: 'r2', parent_run_id: 'r' }],
    );
    expect(atOnce(treeOf(two, 'r')).count).toBe(4);
  });
  test('a chain of ten thousand steps is cut, and says so', () => {
    const chain = rowsOf(
      ...Array.from(
        { length: 10_000 },
        (_, n) => ['tool.call.completed', { call_id: `c${n}`, step_id: `s${n}`, parent_step_id: `s${n - 1}` }] as const,
      ),
    );
    const tree = atOnce(treeOf(chain, 'r'));
    expect(tree.flattened).toBe(true);
    expect(idsOf(tree.nodes)).toHaveLength(10_000);
    expect(JSON.stringify(tree.nodes).split('"children":[{').length).toBeLessThanOrEqual(MAX_DEPTH + 1);
  });
});
