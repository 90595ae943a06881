import { type TestEvent } from './event-rows.ts';
import { pseudonymOf } from './api-harness.ts';

/** A run with a run below it, a payment that a person approves, and a system of record that knows nothing of runs. */
export const ada = pseudonymOf('default', 'hr', 'ada@example.org');

const at = (second: number): string => `2026-11-22T06:00:${String(second).padStart(2, '0')}.000000Z`;

export interface StoryOptions {
  readonly run?: string;
  readonly tenant_id?: string;
  /** Prefix of the event ids. */
  readonly prefix?: string;
  /** What the payment's tool answers. */
  readonly paid?: 'success' | 'failure';
}

/** In order; the second is the time. Facts about the payment come from four sources. */
export function runStory({
  run = 'run/1',
  tenant_id = 'default',
  prefix = '',
  paid = 'success',
}: StoryOptions = {}): TestEvent[] {
  const agent = {
    actor: { type: 'agent', id: 'clerk' },
    agent: { id: 'clerk', name: 'clerk', config_id: 'clerk/3' },
    on_behalf_of: [{ type: 'human', id: ada, issuer: 'hr', relation: 'workforce', grant_id: 'g1' }],
  };
  const own = {
    tenant_id,
    run_id: run,
    root_run_id: run,
    session_id: `${run}/session`,
    task_id: 'pay invoices',
    case_refs: [{ system: 'desk', type: 'ticket', id: 'T-1', role: '' }],
    source: { system: 'agents' },
  };
  const pay = {
    call_id: '1',
    step_id: 's2',
    effect_id: `${run}/effect`,
    tool: { name: 'pay', tier: 'write', server: 'sap' },
  };
  const payment = {
    object_refs: [
      {
        system: 'sap',
        instance: '',
        type: 'payment',
        id: '4711',
        role: 'created',
        version_before: '',
        version_after: '',
      },
    ],
  };
  const events: TestEvent[] = [
    { ...own, ...agent, event_type: 'run.started', run: { trigger: 'user', automation_level: 'supervised' } },
    {
      ...own,
      run_id: '',
      root_run_id: '',
      turn_id: 't1',
      event_type: 'interaction.prompt.submitted',
      actor: { type: 'human', id: ada, issuer: 'hr' },
    },
    {
      ...own,
      ...agent,
      turn_id: 't1',
      event_type: 'model.call.requested',
      call_id: 'm1',
      step_id: 's1',
      model: { provider: 'acme', request_model: 'big' },
    },
    {
      ...own,
      ...agent,
      event_type: 'model.call.completed',
      call_id: 'm1',
      step_id: 's1',
      model: { provider: 'acme', response_model: 'big-1' },
      usage: { input_tokens: 10, output_tokens: 5, cost: '0.100000', currency: 'EUR', duration_ms: 700 },
      outcome: { status: 'success' },
    },
    { ...own, ...agent, ...pay, effect_id: '', event_type: 'tool.call.requested', phase: 'intent' },
    {
      ...own,
      event_type: 'policy.evaluated',
      call_id: '1',
      step_id: 's2',
      decision_id: `${run}/decision`,
      approval_id: `${run}/approval`,
      policy: {
        policy_id: 'limits',
        policy_version: '7',
        rule_id: 'over-100',
        decision: 'require_approval',
        enforcement: 'enforced',
      },
      policy_context: { policy_set: 'finance', version: '7' },
    },
    {
      ...own,
      event_type: 'approval.requested',
      approval_id: `${run}/approval`,
      approval: { threshold: 100, value: 250, unit: 'EUR' },
    },
    {
      ...own,
      run_id: '',
      root_run_id: '',
      session_id: '',
      event_type: 'approval.decided',
      approval_id: `${run}/approval`,
      approval: { approver: ada, approver_issuer: 'hr', decision: 'approved', value: 250, unit: 'EUR', wait_ms: 1_000 },
      actor: { type: 'human', id: ada, issuer: 'hr' },
    },
    {
      ...own,
      ...agent,
      ...pay,
      event_type: paid === 'success' ? 'tool.call.completed' : 'tool.call.failed',
      outcome: { status: paid, ...(paid === 'failure' && { code: 'no_funds' }) },
    },
    ...(paid === 'success'
      ? [
          {
            ...own,
            ...agent,
            ...pay,
            ...payment,
            event_type: 'object.changed',
            effect: {
              kind: 'create',
              target_system: 'sap',
              document_no: '4711',
              amount: '250.000000',
              currency: 'EUR',
            },
          },
          {
            tenant_id,
            ...payment,
            event_type: 'object.change.confirmed',
            effect_id: `${run}/effect`,
            source: { system: 'sap' },
            evidence_grade: 'system_of_record',
            effect: {
              kind: 'create',
              target_system: 'sap',
              document_no: '4711',
              amount: '250.000000',
              currency: 'EUR',
            },
          },
        ]
      : []),
    {
      ...own,
      ...agent,
      event_type: 'agent.delegated',
      details: { child_run_id: `${run}/mail`, child_agent_id: 'mailer' },
    },
    {
      ...own,
      run_id: `${run}/mail`,
      parent_run_id: run,
      root_run_id: '',
      actor: { type: 'agent', id: 'mailer' },
      agent: { name: 'mailer' },
      event_type: 'run.started',
    },
    {
      ...own,
      run_id: `${run}/mail`,
      parent_run_id: run,
      root_run_id: '',
      event_type: 'message.sent',
      call_id: '1',
      message: { channel: 'email' },
      source: { system: 'mail' },
    },
    {
      ...own,
      run_id: `${run}/mail`,
      parent_run_id: run,
      root_run_id: '',
      event_type: 'run.completed',
      agent: { name: 'mailer' },
    },
    {
      ...own,
      ...agent,
      event_type: paid === 'success' ? 'run.completed' : 'run.failed',
      run: { expected_model_calls: 1, expected_tool_calls: 1, ...(paid === 'failure' && { error_type: 'no_funds' }) },
      outcome: { status: paid },
    },
  ];
  return events.map((event, index) => ({
    ...event,
    event_id: `${prefix}e${index}`,
    occurred_at: at(index),
    observed_at: at(index),
  }));
}
