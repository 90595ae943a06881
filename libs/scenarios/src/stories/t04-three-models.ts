import { type Facts, scene, type StoryEvent } from '../scene.ts';
import { body, modelCall } from '../steps.ts';
import { toyMac } from '../toy-mac.ts';
import { caseRef, human, models, people, policies, service } from '../world.ts';

const DAY = '2026-03-13';
const SESSION = 'sess-t04-bench';
const facts: Facts = {
  actor: human(people.aiko),
  org_unit: 'research',
  workspace_id: 'research',
  use_case: 'literature-review',
  purpose: 'research',
  ai_system_id: 'ai-model-bench',
  channel: 'web',
  client_app: 'model-bench',
  session_id: SESSION,
  turn_id: `${SESSION}/1`,
  case_refs: [caseRef('jira', 'study', 'RES-412')],
  policy_context: policies.before,
};
const at = scene('t04', DAY, facts);
const next = scene('t04', DAY, { ...facts, turn_id: `${SESSION}/2` });
const QUESTION = 'Summarise what the attached abstract says about cavitation at partial load, in three sentences.';
const comparison = {
  comparison_id: 'cmp-t04-1',
  candidates: [
    { call_id: 'call-t04-1', provider: 'mistral_ai', model: 'mistral-large-2411', position: 1, status: 'shown' },
    { call_id: 'call-t04-2', provider: 'anthropic', model: 'claude-sonnet-4-5-20250929', position: 2, status: 'shown' },
    { call_id: 'call-t04-3', provider: 'openai', model: 'gpt-4.1-2025-04-14', position: 3, status: 'shown' },
  ],
} as const;

/** A researcher asks three models the same, blind, and picks the second. */
export const t04 = (): StoryEvent[] => [
  at.tell('session', '10:00:00.500', 'identity.session.started', 'entra', {
    details: { method: 'sso', device_class: 'workstation' },
  }),
  at.tell('prompt', '10:03:10.000', 'interaction.prompt.submitted', 'model-bench', {
    content: [body.text('input', QUESTION)],
    details: { input_kind: 'text' },
  }),
  at.tell('policy', '10:03:10.120', 'policy.evaluated', 'policy-engine', {
    actor: service('policy-engine'),
    decision_id: 'dec-t04-1',
    policy: {
      policy_id: 'workspace-models',
      policy_version: '21',
      rule_id: 'research-may-compare',
      decision: 'allow',
      enforcement: 'enforced',
      latency_ms: 4,
      reason_codes: ['workspace_research'],
    },
    details: { target: 'three_models' },
  }),
  ...modelCall(at, {
    name: 'mistral',
    at: '10:03:10.300',
    ms: 2_900,
    call: 'call-t04-1',
    model: models.mistral,
    tokens: [820, 96],
    cost: '0.002216',
    input: QUESTION,
    output: 'Cavitation begins earlier at partial load. Inlet recirculation drives it. A wider inlet delays it.',
  }),
  ...modelCall(at, {
    name: 'claude',
    at: '10:03:10.320',
    ms: 3_400,
    call: 'call-t04-2',
    model: models.claude,
    tokens: [861, 104],
    cost: '0.004143',
    input: QUESTION,
    output:
      'Below 60 % of design flow, recirculation at the inlet starts cavitation. Noise precedes head loss. The authors see ' +
      'no effect of speed.',
  }),
  ...modelCall(at, {
    name: 'gpt',
    at: '10:03:10.340',
    ms: 2_200,
    call: 'call-t04-3',
    model: models.gpt,
    tokens: [798, 88],
    cost: '0.002300',
    input: QUESTION,
    output: 'Partial load increases cavitation. The cause is recirculation. Speed has little effect.',
  }),
  at.tell('compared', '10:03:14.000', 'interaction.comparison.started', 'model-bench', {
    comparison,
    details: { blind: 'true' },
  }),
  at.tell('selected', '10:06:41.700', 'interaction.response.selected', 'model-bench', {
    comparison: { ...comparison, chosen_call_id: 'call-t04-2' },
    call_id: 'call-t04-2',
    outcome: { status: 'success' },
  }),
  at.tell('rating', '10:06:55.000', 'interaction.feedback.given', 'model-bench', {
    call_id: 'call-t04-2',
    details: { rating: 'best_of_3', scale: 'rank' },
  }),
  next.tell('prompt-2', '10:08:00.000', 'interaction.prompt.submitted', 'model-bench', {
    model: models.claude,
    content: [body.text('input', 'Which sentence of the abstract supports the 60 %?')],
    details: { input_kind: 'text' },
  }),
  ...modelCall(next, {
    name: 'source',
    at: '10:08:00.200',
    ms: 1_900,
    call: 'call-t04-4',
    model: models.claude,
    tokens: [1_040, 61],
    cost: '0.004035',
    input: 'Which sentence of the abstract supports the 60 %?',
    output: 'The fourth: "at flow rates below 0.6 of the best efficiency point".',
  }),
  next.tell('answer', '10:08:02.200', 'interaction.response.delivered', 'model-bench', {
    call_id: 'call-t04-4',
    model: models.claude,
    content: [body.text('output', 'The fourth: "at flow rates below 0.6 of the best efficiency point".')],
    details: { render: 'web' },
    outcome: { status: 'success' },
  }),
  next.tell('note', '10:09:30.000', 'artifact.produced', 'model-bench', {
    call_id: 'call-t04-2',
    model: models.claude,
    artifact: {
      artifact_id: 'art-t04-note',
      version: '1',
      media_type: 'text/markdown',
      size_bytes: 412,
      mac: toyMac(SESSION, 'note'),
      produced_by_call_id: 'call-t04-2',
    },
    outcome: { status: 'success' },
  }),
  next.tell('copied', '10:09:48.000', 'content.copied', 'model-bench', {
    call_id: 'call-t04-2',
    artifact: { artifact_id: 'art-t04-note', version: '1', destination: 'lab-notebook' },
    details: { target: 'lab_notebook' },
  }),
  next.tell('session-end', '10:30:00.000', 'identity.session.ended', 'entra', { details: { end_reason: 'idle' } }),
];
