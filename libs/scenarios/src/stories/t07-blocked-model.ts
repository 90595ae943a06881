import { type Facts, scene, type StoryEvent } from '../scene.ts';
import { body, modelCall } from '../steps.ts';
import { caseRef, human, models, people, policies, service } from '../world.ts';

const DAY = '2026-03-20';
const SESSION = 'sess-t07-chat';
const facts: Facts = {
  actor: human(people.emil),
  org_unit: 'finance',
  workspace_id: 'finance-restricted',
  use_case: 'general-chat',
  purpose: 'work',
  ai_system_id: 'ai-chat',
  channel: 'web',
  client_app: 'halden-chat',
  session_id: SESSION,
  turn_id: `${SESSION}/1`,
  policy_context: policies.before,
};
const at = scene('t07', DAY, facts);
const second = scene('t07', DAY, { ...facts, turn_id: `${SESSION}/2` });
const desk = scene('t07', DAY, {
  org_unit: 'finance',
  workspace_id: 'finance-restricted',
  session_id: SESSION,
  case_refs: [caseRef('servicenow', 'request', 'REQ0044120')],
  policy_context: policies.before,
});
const PROMPT = 'Explain the variance between plan and actual in the attached quarterly figures.';
const engine = { actor: service('policy-engine') };
const { response_model: _never, ...asked } = models.gpt;

/** A user is blocked from a vendor's model, uses the one that is allowed, and asks for an exception that is refused. */
export const t07 = (): StoryEvent[] => [
  at.tell('session', '14:20:00.000', 'identity.session.started', 'entra', {
    details: { method: 'sso', device_class: 'laptop' },
  }),
  at.tell('prompt', '14:21:07.000', 'interaction.prompt.submitted', 'ai-gateway', {
    model: { provider: 'openai', request_model: 'gpt-4.1' },
    content: [body.text('input', PROMPT)],
    details: { input_kind: 'text' },
  }),
  at.tell('asked', '14:21:07.050', 'model.call.requested', 'ai-gateway', {
    call_id: 'call-t07-1',
    model: asked,
    content: [body.text('input', PROMPT)],
    details: { api: 'chat' },
  }),
  at.tell('denied', '14:21:07.070', 'policy.evaluated', 'policy-engine', {
    ...engine,
    call_id: 'call-t07-1',
    decision_id: 'dec-t07-1',
    policy: {
      policy_id: 'workspace-models',
      policy_version: '21',
      rule_id: 'finance-restricted-self-hosted-only',
      decision: 'deny',
      enforcement: 'enforced',
      latency_ms: 4,
      reason_codes: ['model_not_allowed_in_workspace'],
    },
    model: asked,
    details: { target: 'openai' },
    outcome: { status: 'denied', code: 'model_not_allowed_in_workspace' },
  }),
  at.tell('blocked', '14:21:07.080', 'content.blocked', 'policy-engine', {
    ...engine,
    call_id: 'call-t07-1',
    decision_id: 'dec-t07-1',
    inspection: { detector_id: 'workspace-models', detector_version: '21', direction: 'prompt', verdict: 'blocked' },
    outcome: { status: 'denied' },
  }),
  at.tell('failed', '14:21:07.090', 'model.call.failed', 'ai-gateway', {
    call_id: 'call-t07-1',
    decision_id: 'dec-t07-1',
    model: asked,
    outcome: { status: 'denied', code: 'policy_denied' },
    details: { error_type: 'policy_denied', http_status: '403' },
    causation_id: 'policy-engine:t07.denied',
  }),
  at.tell('answer', '14:21:07.120', 'interaction.response.delivered', 'ai-gateway', {
    call_id: 'call-t07-1',
    decision_id: 'dec-t07-1',
    content: [
      body.text(
        'output',
        'This workspace may use self-hosted models only. Choose llama-3.3-70b-instruct, or ask for an exception.',
      ),
    ],
    details: { render: 'notice' },
    outcome: { status: 'denied', code: 'policy_denied' },
  }),
  second.tell('prompt-2', '14:22:30.000', 'interaction.prompt.submitted', 'ai-gateway', {
    model: { provider: 'vllm', request_model: 'llama-3.3-70b-instruct' },
    content: [body.text('input', PROMPT)],
    details: { input_kind: 'text' },
  }),
  second.tell('allowed', '14:22:30.040', 'policy.evaluated', 'policy-engine', {
    ...engine,
    call_id: 'call-t07-2',
    decision_id: 'dec-t07-2',
    policy: {
      policy_id: 'workspace-models',
      policy_version: '21',
      rule_id: 'self-hosted-allowed',
      decision: 'allow',
      enforcement: 'enforced',
      latency_ms: 3,
      reason_codes: ['self_hosted'],
    },
    model: { provider: 'vllm', request_model: 'llama-3.3-70b-instruct' },
    details: { target: 'vllm' },
  }),
  ...modelCall(second, {
    name: 'variance',
    at: '14:22:30.100',
    ms: 4_200,
    call: 'call-t07-2',
    model: models.llama,
    tokens: [1_900, 310],
    source: 'llm-host',
    facts: { decision_id: 'dec-t07-2' },
    input: PROMPT,
    output: 'Revenue is 3 % under plan, mainly in service; costs are on plan.',
  }),
  second.tell('answer-2', '14:22:34.400', 'interaction.response.delivered', 'ai-gateway', {
    call_id: 'call-t07-2',
    model: models.llama,
    content: [body.text('output', 'Revenue is 3 % under plan, mainly in service; costs are on plan.')],
    details: { render: 'chat' },
    outcome: { status: 'success' },
  }),
  desk.tell('exception-asked', '14:40:00.000', 'policy.exception.raised', 'servicenow', {
    actor: human(people.emil),
    decision_id: 'dec-t07-1',
    policy: {
      policy_id: 'workspace-models',
      policy_version: '21',
      rule_id: 'finance-restricted-self-hosted-only',
      decision: 'deny',
    },
    details: { exception_id: 'exc-t07-1', reason: 'better_model_wanted' },
  }),
  desk.tell('exception-refused', '16:05:00.000', 'policy.exception.closed', 'servicenow', {
    actor: human(people.helene),
    decision_id: 'dec-t07-1',
    policy: {
      policy_id: 'workspace-models',
      policy_version: '21',
      rule_id: 'finance-restricted-self-hosted-only',
      decision: 'deny',
    },
    details: { exception_id: 'exc-t07-1', reason: 'refused' },
    outcome: { status: 'denied' },
  }),
  at.tell('session-end', '16:30:00.000', 'identity.session.ended', 'entra', { details: { end_reason: 'sign_out' } }),
];
