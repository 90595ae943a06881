import { type GivenRow, rowsOf } from '../runs/testdata/rows.ts';
import { second } from './testdata/times.ts';
import { approvalOf } from './approval.ts';
import { effectOf } from './effect.ts';
import { type EffectRows } from './effect-chain.ts';

type Given = GivenRow;
const bot = {
  actor: { type: 'agent' as const, id: 'bot' },
  on_behalf_of: [{ type: 'human' as const, id: 'p_ada', issuer: 'idp', grant_id: 'g1' }],
};
const call: Given = [
  'tool.call.requested',
  { call_id: 'c', effect_id: 'f', tool: { name: 'pay', tier: 'write' }, ...bot },
];
const allowed: Given = [
  'policy.evaluated',
  {
    call_id: 'c',
    effect_id: 'f',
    policy: { policy_id: 'p', policy_version: '4', rule_id: 'r9', decision: 'allow', enforcement: 'enforced' },
    policy_context: { policy_set: 'finance', version: '12', hash: 'h' },
  },
];
const denied: Given = [
  'policy.evaluated',
  { call_id: 'c', effect_id: 'f', policy: { policy_id: 'p', decision: 'deny', enforcement: 'enforced' } },
];
const needs: Given = [
  'policy.evaluated',
  { call_id: 'c', effect_id: 'f', policy: { policy_id: 'p', decision: 'require_approval', enforcement: 'enforced' } },
];
const requested: Given = [
  'approval.requested',
  {
    approval_id: 'a',
    effect_id: 'f',
    action_mac: 'm',
    approval: { threshold: 1_000, value: 2_500, unit: 'EUR', approver: 'p_boss', approver_issuer: 'idp' },
    details: { shown_fields: 'amount, vendor' },
    ...bot,
  },
];
const approved: Given = [
  'approval.decided',
  {
    approval_id: 'a',
    effect_id: 'f',
    approval: { decision: 'approved', approver: 'p_boss', approver_issuer: 'idp' },
    actor: { type: 'human', id: 'p_boss' },
    content: [{ role: 'shown', content_id: 'c_1', capture: 'full' }] as never,
  },
];
const rejected: Given = [
  'approval.decided',
  { approval_id: 'a', effect_id: 'f', approval: { decision: 'rejected', approver: 'p_boss' } },
];
const changed: Given = [
  'object.changed',
  {
    call_id: 'c',
    effect_id: 'f',
    action_mac: 'm',
    object_refs: [{ system: 'sap', type: 'invoice', id: '9' }],
    effect: {
      kind: 'update',
      target_system: 'sap',
      amount: '2500.000000',
      currency: 'EUR',
      fields: [{ path: 'status', before_mac: 'x', after_mac: 'y' }],
    },
    ...bot,
  },
];
const confirmed: Given = [
  'object.change.confirmed',
  {
    effect_id: 'f',
    evidence_grade: 'system_of_record',
    effect: { kind: 'update', target_system: 'sap', document_no: '51' },
  },
];
const granted = (at: string, more: object = {}): Given => [
  'identity.delegation.granted',
  {
    occurred_at: at,
    on_behalf_of: [{ type: 'human', id: 'p_ada', grant_id: 'g1' }],
    details: { grant_id: 'g1', scope: 'invoices', ...more },
  },
];
const revoked = (at: string): Given => [
  'identity.delegation.revoked',
  { occurred_at: at, details: { grant_id: 'g1' } },
];
const BEFORE = '2026-11-01T00:00:00.000000Z';

const effect = (events: readonly Given[], more: Partial<EffectRows> = {}) =>
  effectOf('f', {
    action: rowsOf(...events),
    causes: [],
    runControls: [],
    grants: rowsOf(granted(BEFORE)),
    changes: [],
    reverts: [],
    targetConfirms: false,
    ...more,
  });
const statuses = (answer: ReturnType<typeof effect>) =>
  Object.fromEntries(Object.entries(answer.chain).map(([name, { status }]) => [name, status]));

describe('an effect', () => {
  test('the chain from what was wanted to what the system of record says', () => {
    const answer = effect([call, needs, requested, approved, changed, confirmed]);
    expect(statuses(answer)).toEqual({
      intent: 'recorded',
      delegation: 'recorded',
      policy_in_force: 'recorded',
      decision: 'recorded',
      approval: 'recorded',
      execution: 'recorded',
      confirmation: 'recorded',
      reverted: 'not_needed',
    });
    expect(answer.effect).toMatchObject({
      status: 'confirmed',
      kind: 'update',
      target_system: 'sap',
      amount: '2500.000000',
      document_no: '51',
      executed_at: second(4),
      confirmed_at: second(5),
      tool: 'pay',
    });
    expect([answer.agreement, answer.permission.permitted, answer.permission.reasons]).toEqual(['matched', 'yes', []]);
    expect(answer.controls.map(({ kind, applies_to }) => [kind, applies_to])).toEqual([
      ['policy', 'action'],
      ['approval', 'action'],
      ['approval', 'action'],
    ]);
    expect(answer.belongs_to.objects).toEqual([{ system: 'sap', type: 'invoice', id: '9', role: 'unknown' }]);
  });
  test('a reversal is an effect of its own, which was done', () => {
    const undo: Given = [
      'object.change.reverted',
      {
        effect_id: 'f',
        evidence_grade: 'gateway_observed',
        effect: { kind: 'revert', target_system: 'sap', reverts_effect_id: 'g' },
        actor: { type: 'human', id: 'p_ada' },
      },
    ];
    const answer = effect([undo]);
    expect(answer.effect).toMatchObject({
      status: 'executed',
      executed_at: second(0),
      reverted_at: null,
      reverts_effect_id: 'g',
      evidence_grades: ['gateway_observed'],
    });
    expect(statuses(answer)).toMatchObject({ execution: 'recorded', reverted: 'not_needed' });
  });
  test('what was cancelled was not done, as the agreement says', () => {
    const answer = effect([call, allowed, [changed[0], { ...changed[1], outcome: { status: 'cancelled' } }]]);
    expect(answer.effect).toMatchObject({ status: 'not_executed', executed_at: null });
    expect(answer.agreement).not.toBe('matched');
  });
  test('its tool says that it worked, and nobody reports what it did', () => {
    const answer = effect([
      call,
      allowed,
      [
        'tool.call.completed',
        { call_id: 'c', effect_id: 'f', tool: { name: 'pay', tier: 'write' }, outcome: { status: 'success' } },
      ],
    ]);
    expect([answer.effect.status, answer.agreement]).toEqual(['unobserved', 'unobserved']);
  });
  test.each<[string, Given[], Partial<EffectRows>, string, string[]]>([
    ['allowed under a grant', [call, allowed, changed], {}, 'yes', []],
    ['nobody decided', [call, changed], {}, 'unknown', ['no_decision_on_record']],
    ['decided afterwards', [call, changed, allowed], {}, 'unknown', ['no_decision_on_record']],
    ['denied', [call, denied, changed], {}, 'no', ['denied_by_policy']],
    ['approval is missing', [call, needs, changed], {}, 'no', ['approval_required_and_missing']],
    ['not approved yet', [call, needs, requested, changed, approved], {}, 'no', ['approval_pending']],
    [
      'the approval had expired',
      [
        call,
        needs,
        requested,
        [
          approved[0],
          { ...approved[1], approval: { decision: 'approved', expires_at: '2026-11-01T00:00:00.000000Z' } } as never,
        ],
        changed,
      ],
      {},
      'no',
      ['approval_expired'],
    ],
    ['rejected', [call, needs, requested, rejected, changed], {}, 'no', ['approval_rejected']],
    ['the grant is not on record', [call, allowed, changed], { grants: [] }, 'unknown', ['grant_not_on_record']],
    [
      'the grant was revoked before',
      [call, allowed, changed],
      { grants: rowsOf(granted(BEFORE), revoked('2026-11-02T00:00:00.000000Z')) },
      'no',
      ['grant_revoked'],
    ],
    [
      'revoked afterwards',
      [call, allowed, changed],
      { grants: rowsOf(granted(BEFORE), revoked('2026-12-02T00:00:00.000000Z')) },
      'yes',
      [],
    ],
    [
      'revoked and granted again',
      [call, allowed, changed],
      {
        grants: rowsOf(granted(BEFORE), revoked('2026-11-02T00:00:00.000000Z'), granted('2026-11-03T00:00:00.000000Z')),
      },
      'yes',
      [],
    ],
    [
      'granted afterwards',
      [call, allowed, changed],
      { grants: rowsOf(granted('2026-12-01T00:00:00.000000Z')) },
      'no',
      ['grant_not_yet_granted'],
    ],
    [
      'expired',
      [call, allowed, changed],
      { grants: rowsOf(granted(BEFORE, { expires_at: '2026-11-10T00:00:00Z' })) },
      'no',
      ['grant_expired'],
    ],
  ])('permission then: %s', (_name, events, more, permitted, reasons) =>
    expect(effect(events, more).permission).toMatchObject({ permitted, reasons }),
  );
  test('what is missing is said', () => {
    const answer = effect([changed], { targetConfirms: true });
    expect(statuses(answer)).toMatchObject({
      intent: 'missing',
      policy_in_force: 'missing',
      decision: 'missing',
      approval: 'not_needed',
      execution: 'recorded',
      confirmation: 'missing',
    });
    expect([answer.agreement, answer.effect.status]).toEqual(['executed_without_decision', 'executed']);
    expect(effect([changed]).chain.confirmation).toMatchObject({
      status: 'unknown',
      reasons: ['system_is_not_known_to_confirm'],
    });
  });
  test('denied, and nothing happened', () => {
    const answer = effect([call, denied]);
    expect([
      answer.agreement,
      answer.effect.status,
      answer.chain.execution.status,
      answer.chain.confirmation.status,
    ]).toEqual(['denied_nothing_executed', 'not_executed', 'missing', 'not_needed']);
  });
  test('another effect of the same call is another effect', () => {
    const other: Given = [
      'object.changed',
      { call_id: 'c', effect_id: 'f9', effect: { kind: 'delete', target_system: 'crm' } },
    ];
    const answer = effect([
      call,
      allowed,
      other,
      changed,
      ['object.change.confirmed', { effect_id: 'f9', effect: { kind: 'delete' } }],
    ]);
    expect(answer).toMatchObject({
      effect: { status: 'executed', kind: 'update', target_system: 'sap', executed_at: second(3) },
      chain: { execution: { event_ids: ['e3'] } },
    });
  });
  test('undone, and by what', () => {
    const reverts = rowsOf([
      'object.change.reverted',
      { occurred_at: second(50), effect_id: 'f2', effect: { kind: 'revert', reverts_effect_id: 'f' } },
    ]);
    expect(effect([call, allowed, changed], { reverts })).toMatchObject({
      effect: { status: 'reverted', reverted_at: second(50) },
      chain: { reverted: { status: 'recorded' } },
    });
  });
  test('controls of the run count before it was done, and not those of another action', () => {
    const runControls = rowsOf(
      ['content.inspected', { occurred_at: second(0), inspection: { detector_id: 'd', verdict: 'allowed' } }],
      ['content.inspected', { occurred_at: second(40), inspection: { detector_id: 'd' } }],
      [
        'policy.evaluated',
        { occurred_at: second(0), call_id: 'other', tool: { name: 'x' }, policy: { policy_id: 'q', decision: 'deny' } },
      ],
      ['approval.decided', { occurred_at: second(0), approval_id: 'b', approval: { decision: 'approved' } }],
    ).map((row) => ({ ...row, event_id: `run ${row.event_id}` }));
    expect(
      effect([call, allowed, changed], { runControls }).controls.map(({ kind, applies_to, event_id }) => [
        kind,
        applies_to,
        event_id,
      ]),
    ).toEqual([
      ['inspection', 'run', 'run e0'],
      ['policy', 'action', 'e1'],
    ]);
  });
  test('the configuration in force then, and that it changed since', () => {
    const changes = rowsOf(
      ['config.changed', { occurred_at: BEFORE, change: { item_id: 'finance', item_version: '12', to_hash: 'h' } }],
      [
        'config.changed',
        { occurred_at: '2026-12-01T00:00:00.000000Z', change: { item_id: 'finance', item_version: '13' } },
      ],
    );
    expect(effect([call, allowed, changed], { changes }).policy_in_force).toMatchObject({
      status: 'recorded',
      policy_sets: [{ policy_set: 'finance', version: '12' }],
      policies: [{ policy_id: 'p', policy_version: '4' }],
      changes: [{ item_version: '12' }],
      later_changes: ['e1'],
    });
  });
});

describe('an approval', () => {
  const approval = (...events: Given[]) => approvalOf('a', rowsOf(...events));
  test('who, what they saw, threshold and value, how long it took', () => {
    expect(approval(call, requested, approved, changed).approval).toMatchObject({
      status: 'approved',
      requested_at: second(1),
      decided_at: second(2),
      waited_ms: 1_000,
      waited_basis: 'derived',
      approver: { id: 'p_boss', issuer: 'idp' },
      independent: true,
      threshold: 1_000,
      value: 2_500,
      unit: 'EUR',
      over_threshold: true,
      shown: { recorded: true, fields: ['amount', 'vendor'], content: [{ content_id: 'c_1', event_id: 'e2' }] },
      requested_by: { id: 'bot' },
    });
  });
  test('who approves their own wish is not independent', () =>
    expect(
      approval(requested, [
        'approval.decided',
        { approval_id: 'a', approval: { decision: 'approved', approver: 'p_ada' } },
      ]).approval.independent,
    ).toBe(false));
  test.each<[string, Given[], string, string]>([
    ['as approved', [requested, approved, changed], 'approved', 'as_approved'],
    [
      'another action',
      [requested, approved, ['object.changed', { ...changed[1], action_mac: 'n' }]],
      'approved',
      'differently',
    ],
    ['before', [requested, changed, approved], 'approved', 'before_approval'],
    ['rejected, and done', [requested, rejected, changed], 'rejected', 'although_not_approved'],
    ['rejected', [requested, rejected], 'rejected', 'not_executed'],
    ['pending', [requested], 'pending', 'not_executed'],
    ['lapsed', [requested, ['approval.expired', { approval_id: 'a' }]], 'expired', 'not_executed'],
    [
      'no mac',
      [approved, ['object.changed', { effect_id: 'f', effect: { kind: 'update' } }]],
      'approved',
      'not_comparable',
    ],
    [
      'undone later is not done differently',
      [
        requested,
        approved,
        changed,
        ['object.change.reverted', { effect_id: 'f', action_mac: 'z', effect: { kind: 'revert' } }],
      ],
      'approved',
      'as_approved',
    ],
  ])('%s', (_name, events, status, executed) => {
    const answer = approval(...events);
    expect([answer.approval.status, answer.executed.status]).toEqual([status, executed]);
  });
});
