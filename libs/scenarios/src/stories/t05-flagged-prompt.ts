import { type Facts, scene, type StoryEvent } from '../scene.ts';
import { body, modelCall } from '../steps.ts';
import { caseRef, human, models, object, people, policies, service } from '../world.ts';

const DAY = '2026-03-16';
const SESSION = 'sess-t05-chat';
const CASE = caseRef('servicenow', 'compliance_case', 'COMP0001482');
const facts: Facts = {
  actor: human(people.oskar),
  org_unit: 'engineering',
  workspace_id: 'engineering',
  use_case: 'general-chat',
  purpose: 'work',
  ai_system_id: 'ai-chat',
  channel: 'web',
  client_app: 'halden-chat',
  session_id: SESSION,
  turn_id: `${SESSION}/1`,
  policy_context: policies.before,
};
const at = scene('t05', DAY, facts);
const flagged = scene('t05', DAY, { ...facts, turn_id: `${SESSION}/2`, labels: ['flagged'] });
const review = scene('t05', '2026-03-17', { org_unit: 'compliance', case_refs: [CASE], session_id: SESSION });
const FOUND = [
  { category: 'export_control', count: 2, score: 0.93, path: '$.text' },
  { category: 'project_code', count: 1, score: 0.88, path: '$.text' },
] as const;
const PROMPT =
  'Rewrite this for the tender: the KESTREL seal holds 640 bar under ECCN 2B350 conditions and may be exported as dual-use ' +
  'valve part.';

/**
 * A prompt with sensitive terms is flagged, goes through, and is reviewed. The reveal itself is not told here: it is an
 * event of the query API's, on record when somebody asks for the content of `t05.prompt-2` with a reason.
 */
export const t05 = (): StoryEvent[] => [
  at.tell('session', '11:00:00.000', 'identity.session.started', 'entra', {
    details: { method: 'sso', device_class: 'workstation' },
  }),
  at.tell('prompt', '11:01:05.000', 'interaction.prompt.submitted', 'ai-gateway', {
    model: models.gpt,
    content: [body.text('input', 'What is a good structure for a tender response?')],
    details: { input_kind: 'text' },
  }),
  at.tell('inspected', '11:01:05.080', 'content.inspected', 'ai-gateway', {
    actor: service('ai-gateway'),
    call_id: 'call-t05-1',
    inspection: {
      detector_id: 'dlp-terms',
      detector_version: '12',
      direction: 'prompt',
      verdict: 'allowed',
      findings: [],
    },
    outcome: { status: 'success' },
  }),
  ...modelCall(at, {
    name: 'structure',
    at: '11:01:05.200',
    ms: 1_700,
    call: 'call-t05-1',
    model: models.gpt,
    tokens: [212, 180],
    cost: '0.001864',
    input: 'What is a good structure for a tender response?',
    output: 'Summary, requirements matrix, solution, delivery, price, references.',
  }),
  at.tell('answer', '11:01:07.000', 'interaction.response.delivered', 'ai-gateway', {
    call_id: 'call-t05-1',
    model: models.gpt,
    content: [body.text('output', 'Summary, requirements matrix, solution, delivery, price, references.')],
    details: { render: 'chat' },
    outcome: { status: 'success' },
  }),
  flagged.tell('prompt-2', '11:04:22.400', 'interaction.prompt.submitted', 'ai-gateway', {
    model: models.gpt,
    content: [body.text('input', PROMPT)],
    categories: ['export_control', 'project_code'],
    details: { input_kind: 'text' },
  }),
  flagged.tell('inspected-2', '11:04:22.470', 'content.inspected', 'ai-gateway', {
    actor: service('ai-gateway'),
    call_id: 'call-t05-2',
    inspection: {
      detector_id: 'dlp-terms',
      detector_version: '12',
      direction: 'prompt',
      verdict: 'detected',
      findings: FOUND,
    },
    categories: ['export_control', 'project_code'],
    outcome: { status: 'success' },
  }),
  // Advisory: the rule says deny and nobody enforces it yet. Written is not enforced.
  flagged.tell('policy', '11:04:22.500', 'policy.evaluated', 'policy-engine', {
    actor: service('policy-engine'),
    call_id: 'call-t05-2',
    decision_id: 'dec-t05-2',
    policy: {
      policy_id: 'sensitive-terms',
      policy_version: '4',
      rule_id: 'export-control-terms',
      decision: 'deny',
      enforcement: 'advisory',
      latency_ms: 7,
      reason_codes: ['export_control'],
    },
    details: { target: 'openai' },
    outcome: { status: 'success', code: 'advisory' },
  }),
  ...modelCall(flagged, {
    name: 'rewrite',
    at: '11:04:22.700',
    ms: 1_450,
    call: 'call-t05-2',
    model: models.gpt,
    tokens: [260, 75],
    cost: '0.001120',
    facts: { decision_id: 'dec-t05-2' },
    input: PROMPT,
    output: 'The seal is rated for 640 bar and classified as a dual-use valve part.',
  }),
  flagged.tell('answer-2', '11:04:24.300', 'interaction.response.delivered', 'ai-gateway', {
    call_id: 'call-t05-2',
    model: models.gpt,
    content: [body.text('output', 'The seal is rated for 640 bar and classified as a dual-use valve part.')],
    details: { render: 'chat' },
    outcome: { status: 'success' },
  }),
  flagged.tell('escalated', '11:04:25.000', 'escalation.raised', 'policy-engine', {
    actor: service('policy-engine'),
    call_id: 'call-t05-2',
    case_refs: [CASE],
    details: { escalation_id: 'esc-t05-1', queue: 'compliance' },
    outcome: { status: 'escalated' },
  }),
  review.tell('case-opened', '08:30:00', 'object.change.confirmed', 'servicenow', {
    actor: human(people.helene),
    time_precision_us: 1_000_000,
    object_refs: [object('servicenow', 'compliance_case', 'COMP0001482', 'created')],
    effect: { kind: 'create', target_system: 'servicenow' },
    details: { change_origin: 'user_interface' },
  }),
  review.tell('reviewed', '08:52:30', 'review.completed', 'servicenow', {
    actor: human(people.helene),
    time_precision_us: 1_000_000,
    call_id: 'call-t05-2',
    decision_id: 'dec-t05-2',
    details: { verdict: 'breach_minor', review_kind: 'flagged_prompt' },
    outcome: { status: 'success' },
  }),
  scene('t05', '2026-03-17', { org_unit: 'compliance', case_refs: [CASE] }).tell(
    'rule-changed',
    '09:10:00.000',
    'config.changed',
    'policy-engine',
    {
      actor: human(people.helene),
      change: {
        kind: 'updated',
        item_id: 'sensitive-terms',
        item_version: '5',
        from_hash: 'sha256:1c77',
        to_hash: 'sha256:8ab0',
        effective_at: '2026-03-17T09:10:00Z',
      },
      details: { item_kind: 'policy' },
    },
  ),
];
