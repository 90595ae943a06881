import { stepParts } from './step-parts.ts';
import { rowsOf } from './testdata/rows.ts';

const rows = rowsOf(
  ['content.inspected', { step_id: 's1', inspection: { detector_id: 'pii', verdict: 'detected' } }],
  ['content.transformed', { step_id: 's1', transformation: { method: 'mask' } }],
  ['model.call.completed', { step_id: 's1', call_id: 'm' }],
  [
    'tool.call.requested',
    { step_id: 's2', call_id: 'c', tool: { name: 'pay', tier: 'write' }, on_behalf_of: [{ type: 'human', id: 'p' }] },
  ],
  [
    'policy.evaluated',
    {
      call_id: 'c',
      approval_id: 'a',
      policy: {
        policy_id: 'limits',
        policy_version: '7',
        rule_id: 'over',
        decision: 'require_approval',
        enforcement: 'enforced',
      },
    },
  ],
  [
    'approval.decided',
    {
      run_id: undefined,
      approval_id: 'a',
      approval: { decision: 'approved', approver: 'p2', threshold: 100, value: 250, unit: 'EUR' },
    },
  ],
  [
    'tool.call.completed',
    {
      step_id: 's2',
      call_id: 'c',
      effect_id: 'f',
      tool: { name: 'pay', tier: 'write' },
      outcome: { status: 'success' },
    },
  ],
  ['object.changed', { effect_id: 'f', effect: { kind: 'create' } }],
  ['object.change.confirmed', { run_id: undefined, effect_id: 'f', effect: { kind: 'create' } }],
  ['tool.call.completed', { step_id: 's3', call_id: 'c2', approval_id: 'a', tool: { name: 'look', tier: 'read' } }],
);
const ids = (events: readonly { readonly event_id: string }[] | undefined) => events?.map(({ event_id }) => event_id);
const shape = (id: string, kind: Parameters<typeof stepParts>[2]) => {
  const parts = stepParts(rows, kind === 'event' ? `:${id}` : id, kind);
  return parts === null
    ? null
    : [
        ids(parts.attempted.events),
        ids(parts.allowed.events),
        ids(parts.did.events),
        ids(parts.answered),
        parts.agreement,
      ];
};

describe('a step in four parts', () => {
  const payment = [['e3'], ['e4', 'e5'], ['e6', 'e7'], ['e8'], 'matched'];
  test.each([
    ['c', 'call'],
    ['f', 'effect'],
    ['s2', 'step'],
    ['e3', 'event'],
    ['e5', 'event'],
    ['e8', 'event'],
  ] as const)('%s as a %s leads to the same action', (id, kind) => {
    if (id === 'e5') return expect(shape(id, kind)?.[1]).toEqual(expect.arrayContaining(['e4', 'e5']));
    return expect(shape(id, kind)).toEqual(payment);
  });
  test('rules, approvals and on whose behalf', () => {
    expect(stepParts(rows, 'c', 'call')).toMatchObject({
      step: { kind: 'tool_call', title: 'pay', run_id: 'r', step_id: 's2', duration_ms: 4_000 },
      attempted: { on_behalf_of: [{ id: 'p' }] },
      allowed: {
        rules: [{ policy_id: 'limits', policy_version: '7', rule_id: 'over', decision: 'require_approval' }],
        approvals: [
          {
            approval_id: 'a',
            decision: 'approved',
            approver: 'p2',
            threshold: 100,
            value: 250,
            unit: 'EUR',
            wait_ms: null,
          },
        ],
      },
    });
  });
  test('what looked at the prompt belongs to the model call of its step', () => {
    expect(shape('m', 'call')).toEqual([[], ['e0', 'e1'], ['e2'], [], null]);
  });
  test('fields that were masked, and what came when all was done: an exception allows nothing afterwards', () => {
    const events = rowsOf(
      [
        'content.transformed',
        { call_id: 'x', transformation: { method: 'mask', spans: [{ path: '$.iban', category: 'iban', count: 2 }] } },
      ],
      ['policy.exception.raised', { call_id: 'x', policy: { policy_id: 'models' } }],
      ['model.call.requested', { call_id: 'x' }],
      ['policy.evaluated', { call_id: 'x', policy: { policy_id: 'models', decision: 'deny' } }],
      ['model.call.failed', { call_id: 'x', outcome: { status: 'denied' } }],
      ['policy.exception.raised', { call_id: 'x', policy: { policy_id: 'models', decision: 'deny' } }],
      ['escalation.raised', { call_id: 'x' }],
    );
    const parts = stepParts(events, 'x', 'call');
    expect([ids(parts?.allowed.events), ids(parts?.answered), parts?.step.duration_ms]).toEqual([
      ['e0', 'e1', 'e3'],
      ['e5', 'e6'],
      4_000,
    ]);
    expect(parts?.allowed).toMatchObject({
      rules: [
        { policy_id: 'models', decision: null },
        { policy_id: 'models', decision: 'deny' },
      ],
      masked: [{ path: '$.iban', category: 'iban', count: 2, method: 'mask', event_id: 'e0' }],
    });
  });
  test('what only looked has nothing to agree about, and an approval for another call is not its own', () => {
    const look = rowsOf(['tool.call.completed', { call_id: 'x', tool: { name: 'look', tier: 'read' } }]);
    expect(stepParts(look, 'x', 'call')?.agreement).toBeNull();
    expect(stepParts(rows, 'nothing', 'call')).toBeNull();
  });
});
