import { type Facts, later, scene, type Scene, type StoryEvent } from '../scene.ts';
import {
  body,
  modelCall,
  runCompleted,
  runFacts,
  toolAnswered,
  type ToolCall,
  toolCall,
  toolRequested,
} from '../steps.ts';
import { toyMac } from '../toy-mac.ts';
import { caseRef, human, models, object, people, policies, service, system } from '../world.ts';

/**
 * The same task, twice: on 17 March with a configuration that named the wrong company, on 19 March with the right one.
 */
interface Attempt {
  readonly name: 'bad' | 'good';
  readonly day: string;
  readonly run: string;
  readonly config: string;
  readonly company: string;
  readonly limit: number;
}
const BAD: Attempt = {
  name: 'bad',
  day: '2026-03-17',
  run: 'run-t06-bad',
  config: 'payment-agent/cfg-13',
  company: '2000',
  limit: 25_000,
};
const GOOD: Attempt = {
  name: 'good',
  day: '2026-03-19',
  run: 'run-t06-good',
  config: 'payment-agent/cfg-14',
  company: '1000',
  limit: 10_000,
};

const VALUE = 18_400;
/** As the agent writes it; SAP's own feed pads it with zeros. */
const INVOICE = '5105600231';
const CASE = caseRef('servicenow', 'incident', 'FIN0021044');
const use: Facts = {
  org_unit: 'finance',
  workspace_id: 'finance-ap',
  use_case: 'invoice-release',
  purpose: 'accounts_payable',
  ai_system_id: 'ai-payment-agent',
  channel: 'batch',
  policy_context: policies.before,
};
const invoice = (role: 'read' | 'updated' | 'subject') => object('sap', 'invoice', INVOICE, role);
const sapTool = (name: string, tier: 'read' | 'write') =>
  ({ name, tier, protocol: 'http', server: 'sap', version: 'v4', executed_as: 'RFC_AI_AP' }) as const;

const sceneOf = ({ day, run, config }: Attempt): Scene =>
  scene('t06', day, {
    ...use,
    ...runFacts('payment-agent', '4.1.0', config, run),
    task_id: `release-invoice/${INVOICE}`,
  });
const stepOf = (at: Scene, { name }: Attempt, number: number): Scene =>
  at.with({ step_id: `step-t06-${name}-${number}` });
const idsOf = ({ name, run }: Attempt) => ({
  effect_id: `eff-t06-${name}`,
  decision_id: `dec-t06-${name}`,
  action_mac: toyMac(run, `release_payment ${VALUE}`),
});

/** What both runs do alike; the model is asked the same and says the same. */
function begin(attempt: Attempt): StoryEvent[] {
  const { name } = attempt;
  const at = sceneOf(attempt);
  const call = (number: number): string => `call-t06-${name}-${number}`;
  return [
    at.tell(`${name}.run`, '06:00:00.100', 'run.started', 'agent-runtime', {
      run: { trigger: 'schedule', automation_level: 'autonomous' },
    }),
    ...toolCall(stepOf(at, attempt, 1), {
      name: `${name}.read`,
      at: '06:00:00.400',
      ms: 520,
      call: call(1),
      tool: sapTool('read_invoice', 'read'),
      args: { invoice: INVOICE },
      result: { vendor: '0000300412', amount: '18400.00', currency: 'EUR', purchase_order: '4500017823' },
      facts: { object_refs: [invoice('read')] },
    }),
    ...toolCall(stepOf(at, attempt, 2), {
      name: `${name}.match`,
      at: '06:00:01.200',
      ms: 640,
      call: call(2),
      tool: sapTool('match_purchase_order', 'read'),
      args: { invoice: INVOICE, purchase_order: '4500017823' },
      result: { matched: true, difference: '0.00' },
      code: 'three_way_match',
      facts: { object_refs: [invoice('read'), object('sap', 'purchase_order', '4500017823', 'read')] },
    }),
    stepOf(at, attempt, 3).tell(`${name}.handbook`, '06:00:02.000', 'retrieval.performed', 'agent-runtime', {
      retrieval: {
        source_id: 'payment-handbook',
        index_version: '2026-02',
        results: [{ doc_id: 'FIN-PAY-7', version: '7', score: 0.9 }],
      },
      content: [body.text('query', 'release limit per company code')],
      details: { strategy: 'vector', top_k: '1' },
    }),
    ...modelCall(stepOf(at, attempt, 3), {
      name: `${name}.check`,
      at: '06:00:02.300',
      ms: 1_900,
      call: call(3),
      model: models.gpt,
      tokens: [1_310, 92],
      cost: '0.003356',
      finish: 'tool_calls',
      input: 'Invoice matches its purchase order. What has to be known before it may be released?',
      output: 'Look up the release limit of the company code and compare it with 18,400.00 EUR.',
    }),
    // Here they part: the company comes from the configuration, not from the invoice.
    ...toolCall(stepOf(at, attempt, 4), {
      name: `${name}.limit`,
      at: '06:00:04.500',
      ms: 310,
      call: call(4),
      tool: sapTool('get_release_limit', 'read'),
      args: { company_code: attempt.company, document_type: 'RE' },
      result: { limit: attempt.limit, currency: 'EUR' },
      code: `limit_${attempt.limit}`,
    }),
  ];
}

/** The payment is released: the tool, what it says it changed, and what SAP says. */
function release(
  attempt: Attempt,
  time: string,
  sapTime: string,
  ids: Facts,
  between: readonly StoryEvent[],
  decided: Facts,
): StoryEvent[] {
  const { name, day } = attempt;
  const at = stepOf(sceneOf(attempt), attempt, 6);
  const call: ToolCall = {
    name: `${name}.release`,
    at: time,
    ms: 760,
    call: `call-t06-${name}-5`,
    tool: { ...sapTool('release_payment', 'write'), idempotency_key: `idem-t06-${name}` },
    args: { invoice: INVOICE, amount: '18400.00', currency: 'EUR' },
    result: { released: true, document: `15000008${name === 'bad' ? '71' : '93'}` },
    facts: { ...ids, object_refs: [invoice('updated')] },
    decided,
  };
  const effect = {
    kind: 'update',
    target_system: 'sap',
    executed_as: 'RFC_AI_AP',
    document_no: `15000008${name === 'bad' ? '71' : '93'}`,
    transaction_key: `sap-tx-t06-${name}`,
    amount: '18400.00',
    currency: 'EUR',
  } as const;
  return [
    ...between,
    toolRequested(at, call),
    toolAnswered(at, call),
    at.tell(`${name}.released`, later(time, 790), 'object.changed', 'agent-runtime', {
      ...ids,
      ...decided,
      call_id: call.call,
      object_refs: [invoice('updated')],
      effect: {
        ...effect,
        fields: [{ path: '$.PaymentBlock', before_mac: toyMac(attempt.run, 'R'), after_mac: toyMac(attempt.run, '') }],
      },
      outcome: { status: 'success' },
    }),
    scene('t06', day, {}).tell(`${name}.confirmed`, sapTime, 'object.change.confirmed', 'sap', {
      actor: service('RFC_AI_AP'),
      time_precision_us: 1_000_000,
      effect_id: `eff-t06-${name}`,
      object_refs: [object('sap', 'invoice', `000${INVOICE}`, 'updated')],
      effect,
      details: { change_origin: 'rfc' },
    }),
  ];
}

function wrongBranch(): StoryEvent[] {
  const at = stepOf(sceneOf(BAD), BAD, 5);
  const { decision_id, ...ids } = idsOf(BAD);
  return [
    scene('t06', '2026-03-16', {}).tell('config-13', '17:42:10.000', 'config.changed', 'policy-engine', {
      actor: human(people.viktor),
      agent: { id: 'payment-agent', config_id: 'payment-agent/cfg-13' },
      change: {
        kind: 'activated',
        item_id: 'payment-agent',
        item_version: 'cfg-13',
        from_hash: 'sha256:a112',
        to_hash: 'sha256:a113',
        effective_at: '2026-03-16T18:00:00Z',
      },
      details: { item_kind: 'agent_configuration' },
    }),
    ...begin(BAD),
    at.tell('bad.policy', '06:00:05.000', 'policy.evaluated', 'policy-engine', {
      ...ids,
      decision_id,
      actor: service('policy-engine'),
      call_id: 'call-t06-bad-5',
      object_refs: [invoice('subject')],
      policy: {
        policy_id: 'payment-release',
        policy_version: '7',
        rule_id: 'below-limit-auto-release',
        decision: 'allow',
        enforcement: 'enforced',
        latency_ms: 5,
        reason_codes: ['amount_below_limit'],
      },
      tool: { name: 'release_payment', tier: 'write' },
      details: { target: 'sap' },
    }),
    at.tell('bad.branch', '06:00:05.080', 'decision.recorded', 'agent-runtime', {
      decision_id: 'dec-t06-bad-branch',
      details: {
        decision_kind: 'workflow_branch',
        branch: 'auto_release',
        alternatives: 'manual_approval',
        rule_id: 'below-limit-auto-release',
      },
    }),
    ...release(BAD, '06:00:05.150', '06:00:06', { ...ids, call_id: 'call-t06-bad-5' }, [], { decision_id }),
    runCompleted(sceneOf(BAD), 'bad.run-end', { at: '06:00:07.100', model_calls: 1, tool_calls: 4, effects: 1 }),
  ];
}

/** A person notices, reverts, stops the agent, and puts the configuration right. */
function putRight(): StoryEvent[] {
  const day = scene('t06', '2026-03-18', { org_unit: 'finance', case_refs: [CASE] });
  const sofia = human(people.sofia);
  const stopped = { agent: { id: 'payment-agent', version: '4.1.0', config_id: 'payment-agent/cfg-13' } };
  return [
    day.tell('incident', '09:10:00', 'object.change.confirmed', 'servicenow', {
      actor: sofia,
      time_precision_us: 1_000_000,
      object_refs: [
        object('servicenow', 'incident', 'FIN0021044', 'created'),
        object('sap', 'invoice', INVOICE, 'mentioned'),
      ],
      effect: { kind: 'create', target_system: 'servicenow' },
      details: { change_origin: 'user_interface' },
    }),
    day.tell('case-link', '09:12:00.000', 'link.asserted', 'servicenow', {
      actor: sofia,
      link: {
        link_id: 'link-t06-bad',
        kind: 'case_run',
        from_kind: 'case',
        from_id: 'servicenow:FIN0021044',
        to_kind: 'run',
        to_id: BAD.run,
        basis: 'source',
        confidence: 1,
      },
    }),
    day.tell('suspended', '09:15:00.000', 'agent.suspended', 'servicenow', {
      ...stopped,
      actor: sofia,
      details: { reason: 'wrong_release' },
    }),
    day.tell('reverted', '09:31:22', 'object.change.reverted', 'sap', {
      actor: sofia,
      time_precision_us: 1_000_000,
      effect_id: 'eff-t06-revert',
      object_refs: [object('sap', 'invoice', `000${INVOICE}`, 'updated')],
      effect: {
        kind: 'revert',
        target_system: 'sap',
        executed_as: 'SLINDT',
        document_no: '1500000872',
        transaction_key: 'sap-tx-t06-revert',
        amount: '18400.00',
        currency: 'EUR',
        reverts_effect_id: 'eff-t06-bad',
      },
      details: { change_reason: 'wrong_release' },
      outcome: { status: 'success' },
    }),
    day.tell('config-14', '15:05:00.000', 'config.changed', 'policy-engine', {
      actor: human(people.viktor),
      agent: { id: 'payment-agent', config_id: GOOD.config },
      change: {
        kind: 'activated',
        item_id: 'payment-agent',
        item_version: 'cfg-14',
        from_hash: 'sha256:a113',
        to_hash: 'sha256:a114',
        effective_at: '2026-03-18T15:05:00Z',
      },
      details: { item_kind: 'agent_configuration' },
    }),
    day.tell('resumed', '15:20:00.000', 'agent.resumed', 'servicenow', {
      ...stopped,
      actor: sofia,
      details: { reason: 'configuration_corrected' },
    }),
  ];
}

function rightBranch(): StoryEvent[] {
  const at = stepOf(sceneOf(GOOD), GOOD, 5);
  const { decision_id, ...ids } = idsOf(GOOD);
  const all = {
    ...ids,
    decision_id,
    approval_id: 'appr-t06-good',
    call_id: 'call-t06-good-5',
    object_refs: [invoice('subject')],
  };
  const asked = {
    approver: people.henrik.id,
    approver_issuer: 'entra',
    threshold: GOOD.limit,
    value: VALUE,
    unit: 'EUR',
  } as const;
  const fields = 'invoice,vendor,amount,purchase_order,match';
  const shown = body.json('shown', {
    invoice: INVOICE,
    vendor: '0000300412',
    amount: '18400.00 EUR',
    purchase_order: '4500017823',
    match: 'three_way_match',
  });
  const request = {
    name: 'good.ask',
    at: '06:00:05.500',
    ms: 180,
    call: 'call-t06-good-6',
    tool: { name: 'request_approval', protocol: 'internal', server: 'servicenow', executed_as: 'svc-ai-desk' },
    args: { approval: 'appr-t06-good' },
    result: { state: 'waiting' },
  } as const;
  const between = [
    at.tell('good.policy', '06:00:05.000', 'policy.evaluated', 'policy-engine', {
      ...all,
      actor: service('policy-engine'),
      policy: {
        policy_id: 'payment-release',
        policy_version: '7',
        rule_id: 'above-limit-needs-approval',
        decision: 'require_approval',
        enforcement: 'enforced',
        latency_ms: 5,
        reason_codes: ['amount_above_limit'],
      },
      tool: { name: 'release_payment', tier: 'write' },
      details: { target: 'sap' },
    }),
    at.tell('good.branch', '06:00:05.080', 'decision.recorded', 'agent-runtime', {
      decision_id: 'dec-t06-good-branch',
      details: {
        decision_kind: 'workflow_branch',
        branch: 'manual_approval',
        alternatives: 'auto_release',
        rule_id: 'above-limit-needs-approval',
      },
    }),
    ...toolCall(at, request),
    at.tell('good.approval-asked', '06:00:06.000', 'approval.requested', 'servicenow', {
      ...all,
      actor: service('policy-engine'),
      approval: { ...asked, expires_at: '2026-03-20T06:00:06Z' },
      effect: { kind: 'update', target_system: 'sap', amount: '18400.00', currency: 'EUR' },
      details: { shown_fields: fields },
      content: [shown],
    }),
    at.tell('good.approval-given', '08:47:30.000', 'approval.decided', 'servicenow', {
      ...all,
      actor: human(people.henrik),
      approval: { ...asked, decision: 'approved', wait_ms: 10_044_000 },
      details: { shown_fields: fields },
      content: [shown],
      outcome: { status: 'success' },
    }),
  ];
  return [
    ...begin(GOOD),
    ...release(GOOD, '08:47:31.000', '08:47:32', { ...ids, call_id: 'call-t06-good-5' }, between, {
      decision_id,
      approval_id: 'appr-t06-good',
    }),
    runCompleted(sceneOf(GOOD), 'good.run-end', { at: '08:47:33.000', model_calls: 1, tool_calls: 5, effects: 1 }),
    scene('t06', '2026-03-19', { org_unit: 'finance', case_refs: [CASE] }).tell(
      'reviewed',
      '10:00:00.000',
      'review.completed',
      'servicenow',
      {
        actor: human(people.sofia),
        details: { verdict: 'wrong_branch', review_kind: 'incident' },
        outcome: { status: 'success' },
      },
    ),
  ];
}

/**
 * A payment released without the approval that it needed, reverted by a person, and released again as it should have
 * been.
 */
export const t06 = (): StoryEvent[] => [
  ...wrongBranch(),
  ...putRight(),
  ...rightBranch(),
  scene('t06', '2026-03-20', {}).tell('paid', '04:00:12', 'process.completed', 'sap', {
    actor: system('sap-s4-prd'),
    time_precision_us: 1_000_000,
    object_refs: [object('sap', 'invoice', `000${INVOICE}`, 'updated')],
    effect: {
      kind: 'trigger',
      target_system: 'sap',
      document_no: '1500000893',
      transaction_key: 'sap-tx-t06-payment-run',
    },
    details: { process_id: 'F110', process_instance_id: '20260320-AP1', branch: 'paid' },
    outcome: { status: 'success' },
  }),
];
