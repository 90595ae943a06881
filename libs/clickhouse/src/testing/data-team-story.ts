import { type ForwardedRecord } from '../avro-container.ts';
import { type GenerationRig } from './generation-rig.ts';
import { ACCESS, CONTROL, person, Story } from './story.ts';

export { person };

const story = new Story();
const tell: Story['tell'] = (...said) => story.tell(...said);
const at = Story.at;

const customer = { type: 'human', id: person('a'), issuer: 'crm', relation: 'customer', grant_id: '' };
/** One run of an agent, with what it did; the rest of the story stands outside of it. */
const r1 = {
  source: { system: 'agent', connector_id: 'agent' },
  actor: { type: 'agent', id: 'bot' },
  agent: { id: 'bot', config_id: 'conf-1' },
  on_behalf_of: [customer],
  run_id: 'r1',
  session_id: 's1',
  workspace_id: 'finance',
  use_case: 'refunds',
};
const gpt = { provider: 'openai', request_model: 'gpt-x', response_model: 'gpt-x-1', hosted: 'vendor' };
const order = {
  system: 'shop',
  instance: '',
  type: 'order',
  id: '#W1',
  role: 'updated',
  version_before: '',
  version_after: '',
};
const euro = { cost: Buffer.from((500_000_000_000).toString(16), 'hex'), currency: 'EUR' };

tell('start', 'run.started', 0, { ...r1, run: { trigger: 'chat', expected_tool_calls: 4 } });
tell('ask', 'interaction.prompt.submitted', 0.5, {
  ...r1,
  turn_id: 'turn-1',
  actor: { type: 'human', id: person('a') },
});
tell('c1-req', 'model.call.requested', 1, { ...r1, call_id: 'c1', model: { ...gpt, response_model: '' } });
tell('c1-done', 'model.call.completed', 3, {
  ...r1,
  call_id: 'c1',
  model: gpt,
  usage: { input_tokens: 90, output_tokens: 20 },
  outcome: { status: 'success' },
});
// The gateway saw the same call: its figures count, once.
tell('c1-gateway', 'model.call.completed', 2.9, {
  source: { system: 'gateway', connector_id: 'gateway' },
  stream_id: 'gateway/1/a',
  evidence_grade: 'gateway_observed',
  run_id: 'r1',
  call_id: 'c1',
  model: gpt,
  outcome: { status: 'success' },
  usage: { input_tokens: 100, output_tokens: 20, ...euro },
});
tell('find', 'retrieval.performed', 4, {
  ...r1,
  retrieval: {
    source_id: 'handbook',
    results: [
      { doc_id: 'd-1', version: '', score: null },
      { doc_id: 'd-2', version: '', score: null },
    ],
  },
});
tell('look', 'object.read', 4.5, { ...r1, object_refs: [{ ...order, role: 'read' }] });
// t1: intended, allowed, approved, done, confirmed by the system of record, which knows no run.
const t1 = {
  ...r1,
  call_id: 't1',
  tool: { name: 'update_order', tier: 'write' },
  decision_id: 'd1',
  approval_id: 'a1',
};
tell('t1-req', 'tool.call.requested', 5, t1);
tell(
  't1-rule',
  'policy.evaluated',
  5.1,
  {
    ...r1,
    call_id: 't1',
    decision_id: 'd1',
    policy: {
      policy_id: 'orders',
      policy_version: '3',
      rule_id: 'limit',
      decision: 'require_approval',
      enforcement: 'enforced',
    },
  },
  CONTROL,
);
const asked = { threshold: 100, value: 120, unit: 'EUR' };
tell(
  'a1-req',
  'approval.requested',
  6,
  { ...r1, call_id: 't1', approval_id: 'a1', approval: asked, details: { shown_fields: 'order,amount' } },
  CONTROL,
);
tell(
  'a1-yes',
  'approval.decided',
  8,
  {
    ...r1,
    actor: { type: 'human', id: person('b') },
    call_id: 't1',
    approval_id: 'a1',
    approval: { ...asked, approver: person('b'), decision: 'approved', wait_ms: 2_000 },
  },
  CONTROL,
);
tell('t1-done', 'tool.call.completed', 10, { ...t1, outcome: { status: 'success' } });
tell('e1', 'object.changed', 10, {
  ...t1,
  tool: {},
  effect_id: 'e1',
  effect: { kind: 'update', target_system: 'shop' },
  object_refs: [order],
});
tell('e1-confirmed', 'object.change.confirmed', 11, {
  source: { system: 'shop', connector_id: 'shop' },
  stream_id: 'shop/1/a',
  evidence_grade: 'system_of_record',
  effect_id: 'e1',
  effect: { kind: 'update', document_no: '4711' },
  object_refs: [{ ...order, id: 'W1' }],
});
// t2: nobody's rule, and out it went.
const t2 = { ...r1, call_id: 't2', tool: { name: 'send_mail', tier: 'write' } };
tell('t2-req', 'tool.call.requested', 12, t2);
tell('t2-done', 'tool.call.completed', 13, { ...t2, outcome: { status: 'success' } });
tell('e2', 'message.sent', 13, {
  ...r1,
  call_id: 't2',
  effect_id: 'e2',
  message: {
    channel: 'email',
    recipients: [{ id: person('e'), issuer: 'mail', domain: 'example.org', kind: 'to', external: true }],
  },
});
// t3: denied under an id that the call names without sharing more with the decision; nothing happened.
const t3 = { ...r1, call_id: 't3', tool: { name: 'delete_order', tier: 'destructive' }, decision_id: 'd3' };
tell('t3-req', 'tool.call.requested', 14, t3);
tell(
  't3-rule',
  'policy.evaluated',
  14.1,
  {
    source: { system: 'gate' },
    decision_id: 'd3',
    policy: {
      policy_id: 'orders',
      policy_version: '3',
      rule_id: 'no-delete',
      decision: 'deny',
      enforcement: 'enforced',
    },
  },
  CONTROL,
);
tell('t3-done', 'tool.call.failed', 15, { ...t3, outcome: { status: 'denied' } });
// t4: denied, and done all the same.
const t4 = { ...r1, call_id: 't4', tool: { name: 'export_orders', tier: 'read' } };
tell(
  't4-rule',
  'policy.evaluated',
  16,
  {
    ...r1,
    call_id: 't4',
    decision_id: 'd4',
    policy: { policy_id: 'exports', policy_version: '1', rule_id: 'off', decision: 'deny', enforcement: 'enforced' },
  },
  CONTROL,
);
tell('t4-done', 'tool.call.completed', 17, { ...t4, outcome: { status: 'success' } });
// Somebody was kept from a model: a decision that nothing followed.
tell(
  'd5',
  'policy.evaluated',
  18,
  {
    source: { system: 'gate' },
    actor: { type: 'human', id: person('c') },
    decision_id: 'd5',
    workspace_id: 'legal',
    policy: { policy_id: 'models', policy_version: '1', rule_id: 'blocked', decision: 'deny', enforcement: 'enforced' },
  },
  CONTROL,
);
const detector = { detector_id: 'pii', detector_version: '2', direction: 'prompt' };
tell(
  'seen',
  'content.inspected',
  0.7,
  {
    ...r1,
    inspection: {
      ...detector,
      verdict: 'detected',
      findings: [{ category: 'iban', count: 2, score: 0.9, path: '/text' }],
    },
  },
  CONTROL,
);
tell(
  'masked',
  'content.transformed',
  0.8,
  {
    ...r1,
    inspection: { ...detector, verdict: 'transformed' },
    transformation: {
      method: 'mask',
      spans: [
        { path: '/text', category: 'iban', count: 2 },
        { path: '/name', category: 'person', count: 1 },
      ],
    },
  },
  CONTROL,
);
tell('up', 'escalation.raised', 19, { ...r1, details: { queue: 'second-line' } }, CONTROL);
tell('shared', 'content.shared', 20, {
  ...r1,
  artifact: { artifact_id: 'letter', version: '1', destination: 'partner.example' },
  categories: ['contract'],
});
tell('end', 'run.completed', 21, { ...r1, run: { end_reason: 'answered' } });
// r2 uses a call id of r1, waits for its model, and its last event came a day late.
const r2 = { ...r1, run_id: 'r2', session_id: 's1' };
tell('r2-c', 'model.call.requested', 30, {
  ...r2,
  call_id: 'c2',
  model: { provider: 'anthropic', request_model: 'claude-x' },
});
tell('r2-t1', 'tool.call.completed', 31, {
  ...r2,
  call_id: 't1',
  tool: { name: 'get_order', tier: 'read' },
  outcome: { status: 'success' },
  observed_at: at(31 + 86_400),
});
const gap = (from_seq: number, to_seq: number) => ({
  source: { system: 'affidavit', connector_id: 'agent' },
  gap: { stream_id: 'agent/1/a', from_seq, to_seq, kind: 'not_acknowledged' },
});
tell('gap-1', 'collector.gap.detected', 40, gap(50, 52), CONTROL);
tell('gap-1-closed', 'collector.gap.closed', 41, gap(50, 52), CONTROL);
tell('gap-2', 'collector.gap.detected', 42, gap(60, 63), CONTROL);
const reader = {
  source: { system: 'affidavit', connector_id: 'query-api' },
  stream_id: 'query-api/1/a',
  actor: { type: 'human', id: person('z') },
};
tell(
  'q1',
  'audit.query.executed',
  50,
  {
    ...reader,
    query: { kind: 'timeline', rows: 3 },
    outcome: { status: 'success' },
    details: { route: '/v1/cases/:case/timeline', x_role: 'investigator' },
  },
  ACCESS,
);
tell(
  'q2',
  'audit.query.executed',
  51,
  {
    ...reader,
    query: { kind: 'search', rows: 0 },
    outcome: { status: 'denied' },
    details: { route: '/v1/search', x_role: 'data_team' },
  },
  ACCESS,
);

/** The story as records, beginning at an offset of each topic. */
export const storyRecords = (
  rig: GenerationRig,
  firstOffset = 0,
): { records: ForwardedRecord[]; next: Readonly<Record<string, number>> } => story.records(rig, firstOffset);
