import { pseudonymOf } from './api-harness.ts';
import { type TestEvent } from './event-rows.ts';

export const at = (second: number): string =>
  new Date(Date.UTC(2026, 10, 22, 6, 0, second)).toISOString().replace('Z', '000Z');
export const ada = pseudonymOf('default', 'idp', 'ada');
export const boss = pseudonymOf('default', 'idp', 'boss');
export const bot = {
  actor: { type: 'agent', id: 'bot' },
  on_behalf_of: [{ type: 'human', id: ada, issuer: 'idp', relation: 'workforce', grant_id: 'g/1' }],
  agent: { id: 'bot', version: '2', config_id: 'bot-config' },
};
export const human = (id: string): object => ({
  actor: { type: 'human', id, issuer: 'idp', assurance: 'verified', relation: 'workforce' },
});
export const invoice = (role: string): object => ({
  system: 'sap',
  instance: '',
  type: 'invoice',
  id: '0090001',
  role,
  version_before: '',
  version_after: '',
});
const ref = (role: string, content_id: string): object => ({
  role,
  capture: 'full',
  content_id,
  size_bytes: 1,
  media_type: 'text/plain',
  transform: '',
  truncated: false,
});
const candidate = (call_id: string, provider: string, position: number): object => ({
  call_id,
  provider,
  model: `${provider}-m`,
  position,
  status: 'shown',
});

/** Ids as sources write them: slashes, hashes, per cent, umlauts, other directions. */
export const EFFECT = 'eff#1/ü 100%';
export const APPROVAL = 'אישור/7';

/**
 * A payment: asked for in a run, approved in the approval service, done in SAP, which reports it under its own document
 * number.
 */
export const payment: readonly TestEvent[] = [
  {
    event_id: 'grant',
    event_type: 'identity.delegation.granted',
    run_id: '',
    occurred_at: at(-90_000),
    ...human(ada),
    on_behalf_of: [{ type: 'human', id: ada, issuer: 'idp', relation: 'workforce', grant_id: 'g/1' }],
    details: { grant_id: 'g/1', scope: 'payments' },
  },
  {
    event_id: 'rules',
    event_type: 'config.changed',
    occurred_at: at(-80_000),
    change: { kind: 'updated', item_id: 'finance', item_version: '12', to_hash: 'h12' },
  },
  { event_id: 'prompt', event_type: 'interaction.prompt.submitted', run_id: 'pay', occurred_at: at(1), ...human(ada) },
  {
    event_id: 'want',
    event_type: 'tool.call.requested',
    run_id: 'pay',
    call_id: 'call_0',
    effect_id: EFFECT,
    causation_id: 'prompt',
    occurred_at: at(2),
    tool: { name: 'post_payment', tier: 'write' },
    ...bot,
  },
  {
    event_id: 'gate',
    event_type: 'policy.evaluated',
    run_id: 'pay',
    call_id: 'call_0',
    decision_id: 'dec',
    occurred_at: at(3),
    policy: {
      policy_id: 'payments',
      policy_version: '4',
      rule_id: 'over-1000',
      decision: 'require_approval',
      enforcement: 'enforced',
    },
    policy_context: { policy_set: 'finance', version: '12' },
  },
  {
    event_id: 'ask',
    event_type: 'approval.requested',
    approval_id: APPROVAL,
    decision_id: 'dec',
    action_mac: 'mac',
    occurred_at: at(4),
    stream_id: 'approvals/1/b',
    approval: { threshold: 1_000, value: 2_500, unit: 'EUR', approver: boss, approver_issuer: 'idp' },
    details: { shown_fields: 'amount,vendor' },
    ...bot,
  },
  {
    event_id: 'ok',
    event_type: 'approval.decided',
    approval_id: APPROVAL,
    occurred_at: at(30),
    stream_id: 'approvals/1/b',
    approval: { decision: 'approved', approver: boss, approver_issuer: 'idp' },
    content: [ref('shown', 'c_shown')],
    ...human(boss),
  },
  {
    event_id: 'do',
    event_type: 'object.changed',
    run_id: 'pay',
    call_id: 'call_0',
    effect_id: EFFECT,
    action_mac: 'mac',
    occurred_at: at(31),
    object_refs: [invoice('updated')],
    effect: {
      kind: 'update',
      target_system: 'sap',
      document_no: '51/0001',
      amount: '2500.000000',
      currency: 'EUR',
      fields: [{ path: 'status', before_mac: 'a', after_mac: 'b' }],
    },
    ...bot,
  },
  {
    event_id: 'sap says',
    event_type: 'object.change.confirmed',
    stream_id: 'sap/1/b',
    occurred_at: at(33),
    evidence_grade: 'system_of_record',
    object_refs: [invoice('updated')],
    effect: { kind: 'update', target_system: 'sap', document_no: '51/0001', amount: '2500.000000', currency: 'EUR' },
    actor: { type: 'system', id: 'sap' },
  },
  // Another run with the same call id, which is about something else.
  {
    event_id: 'not this',
    event_type: 'tool.call.completed',
    run_id: 'other run',
    call_id: 'call_0',
    occurred_at: at(31),
    tool: { name: 'delete_everything' },
    outcome: { status: 'success' },
  },
  {
    event_id: 'foreign effect',
    event_type: 'object.changed',
    tenant_id: 'other',
    run_id: 'pay',
    effect_id: EFFECT,
    approval_id: APPROVAL,
    occurred_at: at(31),
    effect: { kind: 'delete' },
  },
];

/**
 * A researcher compares two models in a session, picks one, and sends the draft out; the agent's run in it names no
 * session.
 */
export const research: readonly TestEvent[] = [
  {
    event_id: 's0',
    event_type: 'identity.session.started',
    session_id: 'sess',
    occurred_at: at(100),
    channel: 'mobile',
    ...human(ada),
  },
  {
    event_id: 's1',
    event_type: 'interaction.prompt.submitted',
    session_id: 'sess',
    turn_id: 't1',
    run_id: 'research',
    occurred_at: at(101),
    ...human(ada),
  },
  {
    event_id: 's2',
    event_type: 'content.inspected',
    session_id: 'sess',
    turn_id: 't1',
    occurred_at: at(102),
    inspection: {
      detector_id: 'dlp',
      detector_version: '3',
      direction: 'prompt',
      verdict: 'detected',
      findings: [{ category: 'customer_name', count: 2, score: 0.9, path: '$.text' }],
    },
  },
  {
    event_id: 's3',
    event_type: 'content.transformed',
    session_id: 'sess',
    turn_id: 't1',
    occurred_at: at(103),
    transformation: { method: 'mask', spans: [{ path: '$.text', category: 'customer_name', count: 2 }] },
  },
  {
    event_id: 's4',
    event_type: 'model.call.requested',
    session_id: 'sess',
    turn_id: 't1',
    call_id: 'm1',
    occurred_at: at(104),
    model: { provider: 'openai', request_model: 'gpt' },
    agent: { id: 'desk', config_id: 'desk-config' },
  },
  {
    event_id: 's5',
    event_type: 'model.call.requested',
    run_id: 'research',
    call_id: 'm2',
    occurred_at: at(105),
    model: { provider: 'local', request_model: 'llama', hosted: 'self' },
    agent: { id: 'desk', config_id: 'desk-config' },
    details: { temperature: '0.1' },
  },
  {
    event_id: 's6',
    event_type: 'model.call.completed',
    session_id: 'sess',
    turn_id: 't1',
    call_id: 'm1',
    occurred_at: at(106),
    model: { provider: 'openai', response_model: 'gpt-2026' },
  },
  {
    event_id: 's7',
    event_type: 'model.call.completed',
    run_id: 'research',
    call_id: 'm2',
    occurred_at: at(107),
    model: { provider: 'local', response_model: 'llama-3' },
    usage: { input_tokens: 11, output_tokens: 7 },
  },
  {
    event_id: 's8',
    event_type: 'interaction.comparison.started',
    session_id: 'sess',
    turn_id: 't1',
    occurred_at: at(108),
    comparison: { comparison_id: 'cmp', candidates: [candidate('m2', 'local', 2), candidate('m1', 'openai', 1)] },
    ...human(ada),
  },
  {
    event_id: 's9',
    event_type: 'interaction.response.selected',
    session_id: 'sess',
    turn_id: 't1',
    occurred_at: at(112),
    comparison: { comparison_id: 'cmp', chosen_call_id: 'm2' },
    ...human(ada),
  },
  {
    event_id: 'a1',
    event_type: 'artifact.produced',
    run_id: 'research',
    occurred_at: at(113),
    artifact: {
      artifact_id: 'draft',
      version: '1',
      media_type: 'text/markdown',
      produced_by_call_id: 'm2',
      parent_artifact_id: 'brief',
    },
  },
  {
    event_id: 'a2',
    event_type: 'content.shared',
    session_id: 'sess',
    occurred_at: at(120),
    artifact: { artifact_id: 'draft', version: '1' },
    message: {
      channel: 'email',
      recipients: [{ id: boss, issuer: 'idp', domain: 'partner.example', kind: 'to', external: true }],
    },
    ...human(ada),
  },
  { event_id: 's10', event_type: 'identity.session.ended', session_id: 'sess', occurred_at: at(130), ...human(ada) },
  {
    event_id: 'desk rules',
    event_type: 'config.changed',
    occurred_at: at(50),
    change: { kind: 'updated', item_id: 'desk-config', item_version: '5', to_hash: 'x' },
  },
  {
    event_id: 'foreign session',
    event_type: 'interaction.prompt.submitted',
    tenant_id: 'other',
    session_id: 'sess',
    occurred_at: at(101),
  },
];
