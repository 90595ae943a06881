import { coverageOf, type Part, PARTS } from './coverage.ts';
import { Joins } from './joins.ts';
import { actionsOf } from './run-actions.ts';
import { statusOf } from './run-header.ts';
import { type GivenRow, rowsOf } from './testdata/rows.ts';
import { atOnce } from './turns.ts';

const coverage = (rows: ReturnType<typeof rowsOf>, holes = false) =>
  atOnce(
    coverageOf({ rows, actions: atOnce(actionsOf(rows, new Joins(rows))).actions, status: statusOf(rows), holes }),
  );
const end: GivenRow = [
  'run.completed',
  { run: { expected_model_calls: 1, expected_tool_calls: 1, expected_effects: 1 } },
];
const whole: GivenRow[] = [
  ['run.started', { agent: { config_id: 'v3' } }],
  ['interaction.prompt.submitted'],
  ['model.call.completed', { call_id: 'm' }],
  ['retrieval.performed', { retrieval: { source_id: 'wiki' } }],
  ['tool.call.requested', { call_id: 'c', tool: { name: 'pay', tier: 'write' } }],
  ['policy.evaluated', { call_id: 'c', policy: { policy_id: 'p', decision: 'require_approval' }, approval_id: 'a' }],
  ['approval.requested', { approval_id: 'a' }],
  ['approval.decided', { approval_id: 'a', approval: { decision: 'approved' } }],
  ['tool.call.completed', { call_id: 'c', outcome: { status: 'success' }, tool: { name: 'pay', tier: 'write' } }],
  ['object.changed', { call_id: 'c', effect_id: 'f', effect: { target_system: 'sap' } }],
  ['object.change.confirmed', { effect_id: 'f', effect: { target_system: 'sap' } }],
  ['escalation.raised'],
  end,
];
const without = (...types: string[]): ReturnType<typeof rowsOf> =>
  rowsOf(...whole).filter(({ event_type }) => !types.includes(event_type));
const summary = (rows: ReturnType<typeof rowsOf>, part: Part) => {
  const { status, reasons } = coverage(rows)[part];
  return [status, ...reasons.map(({ code }) => code)];
};

describe('of what a run consists, and whether the record has it', () => {
  test('a run of which everything is there', () => {
    const found = coverage(rowsOf(...whole));
    expect(PARTS.map((part) => [part, found[part].status])).toEqual(PARTS.map((part) => [part, 'recorded']));
    expect(found.model_interaction).toEqual({ status: 'recorded', events: 1, expected: 1, reasons: [] });
    expect(found.system_updates).toMatchObject({ events: 1, expected: 1 });
  });
  test.each<[Part, string[], unknown[]]>([
    ['user_request', ['interaction.prompt.submitted'], ['unknown']],
    ['agent_instruction', ['run.started'], ['missing', 'model_without_instruction']],
    ['model_interaction', ['model.call.completed'], ['missing', 'fewer_than_the_source_counts']],
    ['tool_invocation', ['tool.call.completed'], ['missing', 'call_without_end']],
    ['tool_invocation', ['tool.call.completed', 'tool.call.requested'], ['missing', 'fewer_than_the_source_counts']],
    ['retrieved_data', ['retrieval.performed'], ['not_needed']],
    [
      'system_updates',
      ['object.changed', 'object.change.confirmed'],
      ['missing', 'write_without_effect', 'fewer_than_the_source_counts'],
    ],
    ['approvals', ['approval.decided'], ['missing', 'request_without_decision']],
    ['approvals', ['approval.requested', 'approval.decided'], ['missing', 'required_and_not_requested']],
    ['approvals', ['approval.requested', 'approval.decided', 'policy.evaluated'], ['unknown', 'no_decision_recorded']],
    ['exceptions', ['escalation.raised'], ['not_needed']],
    ['exceptions', ['escalation.raised', 'run.completed'], ['unknown', 'run_without_end']],
  ])('%s without %j', (part, types, expected) => expect(summary(without(...types), part)).toEqual(expected));

  test('an effect that its system would have confirmed', () => {
    const rows = rowsOf(
      ...whole.slice(0, -1),
      ['object.changed', { call_id: 'x', effect_id: 'g', effect: { target_system: 'sap' } }],
      ['object.changed', { effect_id: 'h', effect: { target_system: 'crm' } }],
      end,
    );
    expect(coverage(rows).system_updates).toMatchObject({
      status: 'missing',
      reasons: [{ code: 'effect_without_confirmation', count: 1, event_ids: ['e12'] }],
    });
  });
  test('a person behind it, and no request', () => {
    expect(summary(rowsOf(['run.started', { on_behalf_of: [{ type: 'human', id: 'p' }] }]), 'user_request')).toEqual([
      'missing',
      'person_without_request',
    ]);
    expect(summary(rowsOf(['run.started', { parent_run_id: 'q' }], ['run.completed']), 'user_request')).toEqual([
      'not_needed',
      'started_by_a_run',
    ]);
  });
  test("one run has more than it counts, which does not hide the other one's hole", () => {
    const rows = rowsOf(
      ['model.call.completed', { call_id: '1' }],
      ['model.call.completed', { call_id: '2' }],
      ['run.completed', { run: { expected_model_calls: 1 } }],
      ['run.completed', { run_id: 'r2', parent_run_id: 'r', run: { expected_model_calls: 1 } }],
    );
    expect(coverage(rows).model_interaction).toMatchObject({
      status: 'missing',
      expected: 2,
      reasons: [{ code: 'fewer_than_the_source_counts', count: 1 }],
    });
  });
  test('two events of one effect do not stand for an effect that is missing', () => {
    const done: GivenRow[] = [
      ['object.changed', { effect_id: 'f' }],
      ['object.change.reverted', { effect_id: 'f' }],
    ];
    const ended: GivenRow = ['run.completed', { run: { expected_effects: 2 } }];
    expect(coverage(rowsOf(...done, ended)).system_updates).toEqual({
      status: 'missing',
      events: 2,
      expected: 2,
      reasons: [{ code: 'fewer_than_the_source_counts', count: 1, event_ids: [] }],
    });
    expect(coverage(rowsOf(...done, ['message.sent'], ended)).system_updates).toMatchObject({
      status: 'recorded',
      events: 3,
      expected: 2,
    });
    expect(coverage(rowsOf(['object.changed'], ['object.changed'], ended)).system_updates.status).toBe('recorded');
    expect(
      coverage(rowsOf(...done, ['object.changed', { effect_id: 'f', run_id: 'q' }], ended)).system_updates.reasons,
    ).toMatchObject([{ count: 1 }]);
  });
  test('where numbers are missing, nothing can be ruled out', () => {
    expect(coverage(rowsOf(['run.started'], ['run.completed'])).retrieved_data.status).toBe('not_needed');
    expect(coverage(rowsOf(['run.started'], ['run.completed']), true).retrieved_data).toMatchObject({
      status: 'unknown',
      reasons: [{ code: 'gaps_or_cap' }],
    });
  });
});
