import { actionFrom } from './action.ts';
import { agreementOf } from './agreement.ts';
import { type GivenRow as Step, rowsOf } from './testdata/rows.ts';

const of = (step: Step, more: object): Step => [step[0], { ...step[1], ...more }];
const call: Step = ['tool.call.requested', { call_id: 'c', tool: { name: 'pay', tier: 'write' } }];
const done: Step = [
  'tool.call.completed',
  { call_id: 'c', tool: { name: 'pay', tier: 'write' }, outcome: { status: 'success' } },
];
const failed: Step = [
  'tool.call.failed',
  { call_id: 'c', tool: { name: 'pay', tier: 'write' }, outcome: { status: 'failure' } },
];
const changed: Step = [
  'object.changed',
  {
    call_id: 'c',
    effect: { kind: 'create', amount: '100.000000', currency: 'EUR', fields: [{ path: 'a', after_mac: 'x' }] },
    outcome: { status: 'success' },
  },
];
const confirmed = (effect: NonNullable<Step[1]>['effect']): Step => [
  'object.change.confirmed',
  { effect_id: 'f', effect },
];
const policy = (decision: 'allow' | 'deny' | 'mask' | 'require_approval', more: object = {}): Step => [
  'policy.evaluated',
  { call_id: 'c', policy: { policy_id: 'p', decision, enforcement: 'enforced', ...more } },
];
const asked: Step = ['approval.requested', { approval_id: 'a' }];
const decided = (decision: 'approved' | 'rejected', more: object = {}): Step => [
  'approval.decided',
  { approval_id: 'a', approval: { decision, ...more } },
];

describe('whether intent, decision and effect agree', () => {
  test.each<[string, Step[], string, string[]]>([
    ['allowed and done', [call, policy('allow'), done, changed, confirmed({})], 'matched', []],
    ['nobody confirms it', [call, policy('allow'), done, changed], 'matched', ['not_confirmed']],
    ['denied, and nothing happened', [call, policy('deny')], 'denied_nothing_executed', ['denied']],
    [
      'denied, and the call says so',
      [call, policy('deny'), ['tool.call.failed', { call_id: 'c', outcome: { status: 'denied' } }]],
      'denied_nothing_executed',
      ['denied'],
    ],
    [
      'denied, and done all the same',
      [call, policy('deny'), done, changed],
      'mismatched',
      ['executed_although_denied'],
    ],
    [
      'denied, then allowed by the same policy',
      [call, policy('deny'), policy('allow'), done, changed, confirmed({})],
      'matched',
      [],
    ],
    [
      'allowed, then denied by another policy',
      [call, policy('allow'), policy('deny', { policy_id: 'q' }), done, changed],
      'mismatched',
      ['executed_although_denied'],
    ],
    [
      'approval was demanded, and on second thoughts not',
      [call, policy('require_approval'), policy('allow'), done, changed, confirmed({})],
      'matched',
      [],
    ],
    [
      'advice against it',
      [call, policy('deny', { enforcement: 'advisory' }), done, changed, confirmed({})],
      'matched',
      ['advice_to_deny'],
    ],
    [
      'a person overrode',
      [call, policy('deny'), ['oversight.override.applied', { call_id: 'c' }], done, changed, confirmed({})],
      'matched',
      ['overridden'],
    ],
    [
      'stopped content',
      [['interaction.prompt.submitted'], ['content.blocked', { inspection: { detector_id: 'd' } }]],
      'denied_nothing_executed',
      ['blocked'],
    ],
    ['nobody was asked', [call, done, changed], 'executed_without_decision', []],
    [
      'a decision is named and not there',
      [call, done, of(changed, { decision_id: 'd' })],
      'executed_without_decision',
      ['decision_named_but_not_recorded'],
    ],
    [
      'approved and done',
      [call, policy('require_approval'), asked, decided('approved'), done, changed, confirmed({})],
      'matched',
      [],
    ],
    [
      'approval is required and there is none',
      [call, policy('require_approval'), done, changed],
      'mismatched',
      ['executed_without_approval'],
    ],
    ['approval is asked for and not given', [call, asked, done, changed], 'mismatched', ['executed_without_approval']],
    ['refused', [call, asked, decided('rejected')], 'denied_nothing_executed', ['rejected']],
    [
      'the request lapsed',
      [call, asked, ['approval.expired', { approval_id: 'a' }]],
      'denied_nothing_executed',
      ['expired'],
    ],
    [
      'the request lapsed, and it was done',
      [call, asked, ['approval.expired', { approval_id: 'a' }], done, changed],
      'mismatched',
      ['executed_although_expired'],
    ],
    [
      'withdrawn, and done',
      [call, asked, ['approval.decided', { approval_id: 'a', approval: { decision: 'withdrawn' } }], done, changed],
      'mismatched',
      ['executed_although_withdrawn'],
    ],
    [
      'refused, and done',
      [call, asked, decided('rejected'), done, changed],
      'mismatched',
      ['executed_although_rejected'],
    ],
    [
      'done before it was approved',
      [call, asked, done, changed, decided('approved')],
      'mismatched',
      ['executed_before_approval'],
    ],
    [
      'another action than the approved one',
      [
        call,
        asked,
        of(decided('approved'), { action_mac: 'y' }),
        of(done, { action_mac: 'x' }),
        of(changed, { action_mac: 'x' }),
      ],
      'mismatched',
      ['action_changed'],
    ],
    [
      'another amount than the approved one',
      [call, asked, decided('approved', { value: 90, unit: 'EUR' }), done, changed],
      'mismatched',
      ['amount_differs'],
    ],
    [
      'the amount that was asked for, of which less was approved',
      [
        call,
        ['approval.requested', { approval_id: 'a', approval: { value: 100, unit: 'EUR' } }],
        decided('approved', { value: 60, unit: 'EUR' }),
        done,
        changed,
      ],
      'mismatched',
      ['amount_differs'],
    ],
    [
      'the amount that was asked for, approved without naming one',
      [
        call,
        ['approval.requested', { approval_id: 'a', approval: { value: 100, unit: 'EUR' } }],
        decided('approved'),
        done,
        changed,
        confirmed({}),
      ],
      'matched',
      [],
    ],
    [
      'approved in another currency',
      [call, asked, decided('approved', { value: 100, unit: 'USD' }), done, changed, confirmed({})],
      'matched',
      ['amount_not_comparable'],
    ],
    [
      'a person overrode when it was done',
      [call, policy('deny'), done, changed, ['oversight.override.applied', { call_id: 'c' }]],
      'mismatched',
      ['executed_although_denied', 'overridden_afterwards'],
    ],
    ['allowed when it was done', [call, done, changed, policy('allow')], 'mismatched', ['decided_after_execution']],
    [
      'forbidden when it was done',
      [call, policy('allow'), done, changed, confirmed({}), policy('deny')],
      'matched',
      [],
    ],
    [
      'masked when it was done',
      [call, policy('mask'), done, changed, ['content.transformed', { call_id: 'c' }]],
      'mismatched',
      ['masking_not_recorded'],
    ],
    [
      'masked before',
      [call, policy('mask'), ['content.transformed', { call_id: 'c' }], done, changed, confirmed({})],
      'matched',
      [],
    ],
    [
      'refused, asked for again, and approved',
      [
        call,
        asked,
        decided('rejected'),
        ['approval.requested', { approval_id: 'b' }],
        ['approval.decided', { approval_id: 'b', approval: { decision: 'approved' } }],
        done,
        changed,
        confirmed({}),
      ],
      'matched',
      [],
    ],
    [
      'refused by one of two who were asked',
      [
        call,
        asked,
        ['approval.requested', { approval_id: 'b' }],
        decided('rejected'),
        ['approval.decided', { approval_id: 'b', approval: { decision: 'approved' } }],
        done,
        changed,
      ],
      'mismatched',
      ['executed_although_rejected'],
    ],
    [
      'approved, and refused when it was done',
      [call, asked, decided('approved'), done, changed, confirmed({}), decided('rejected')],
      'matched',
      [],
    ],
    [
      'the approval had expired',
      [call, asked, decided('approved', { expires_at: '2020-01-01T00:00:00.000000Z' }), done, changed],
      'mismatched',
      ['approval_had_expired'],
    ],
    [
      'the approval still held',
      [call, asked, decided('approved', { expires_at: '2090-01-01T00:00:00.000000Z' }), done, changed, confirmed({})],
      'matched',
      [],
    ],
    [
      'overridden when it was done, and nobody had decided',
      [call, done, changed, ['oversight.override.applied', { call_id: 'c' }]],
      'mismatched',
      ['decided_after_execution'],
    ],
    [
      'decided on another call than was made, beside an effect',
      [call, of(policy('allow'), { action_mac: 'x' }), of(done, { action_mac: 'y' }), changed],
      'mismatched',
      ['action_changed'],
    ],
    [
      'confirmed after the approval had expired',
      [call, asked, decided('approved', { expires_at: '2026-11-22T06:00:04.500000Z' }), done, changed, confirmed({})],
      'matched',
      [],
    ],
    [
      'refused, given by another, and asked for again',
      [
        call,
        asked,
        ['approval.requested', { approval_id: 'b' }],
        ['approval.decided', { approval_id: 'b', approval: { decision: 'approved' } }],
        decided('rejected'),
        asked,
        done,
        changed,
      ],
      'mismatched',
      ['executed_without_approval'],
    ],
    [
      'the call came back before the approval',
      [call, asked, done, decided('approved'), changed],
      'mismatched',
      ['executed_before_approval'],
    ],
    [
      'two effects, each confirmed with its own amount',
      [
        call,
        policy('allow'),
        done,
        of(changed, { effect_id: 'f' }),
        ['object.changed', { call_id: 'c', effect_id: 'g', effect: { amount: '50.000000', currency: 'EUR' } }],
        ['object.change.confirmed', { effect_id: 'g', effect: { amount: '50.000000', currency: 'EUR' } }],
        confirmed({ amount: '100.000000', currency: 'EUR' }),
      ],
      'matched',
      [],
    ],
    [
      'the same amount',
      [call, asked, decided('approved', { value: 100, unit: 'EUR' }), done, changed, confirmed({})],
      'matched',
      [],
    ],
    [
      'the system of record says otherwise',
      [call, policy('allow'), done, changed, confirmed({ fields: [{ path: 'a', after_mac: 'y' }] })],
      'mismatched',
      ['confirmation_differs'],
    ],
    [
      'masking was demanded and is not there',
      [call, policy('mask'), done, changed],
      'mismatched',
      ['masking_not_recorded'],
    ],
    ['allowed, and no end is recorded', [call, policy('allow')], 'unobserved', ['end_not_recorded']],
    ['allowed, and nothing of it', [policy('allow')], 'unobserved', ['execution_not_recorded']],
    ['waiting', [call, asked], 'unobserved', ['approval_pending']],
    ['allowed, done, and no effect is recorded', [call, policy('allow'), done], 'unobserved', ['effect_not_recorded']],
    ['allowed, and failed', [call, policy('allow'), failed], 'matched', ['failed_nothing_executed']],
    ['failed without a decision', [call, failed], 'unobserved', ['no_decision_recorded', 'failed_nothing_executed']],
    [
      'an answer without a result',
      [call, policy('allow'), ['tool.call.completed', { call_id: 'c', details: { result_state: 'missing' } }]],
      'unobserved',
      ['result_not_recorded'],
    ],
  ])('%s', (_name, steps, agreement, reasons) => {
    expect(agreementOf(actionFrom(rowsOf(...steps)))).toEqual({ agreement, reasons });
  });

  test('an order that is not certain accuses nobody', () => {
    const rows = rowsOf(call, asked, done, changed, decided('approved')).map((row) => ({
      ...row,
      order_uncertain: true,
    }));
    expect(agreementOf(actionFrom(rows)).agreement).toBe('matched');
  });
});
