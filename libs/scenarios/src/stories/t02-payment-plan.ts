import { type Facts, scene, type Scene, type StoryEvent } from '../scene.ts';
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
import { caseRef, human, models, object, outsider, people, policies, principal, service, system } from '../world.ts';

const DAY = '2026-03-09';
const RUN = 'run-t02-collections';
const GRANT = 'grant-ar-77';
const CASE = caseRef('servicenow', 'finance_case', 'FIN0020917');

const use: Facts = {
  org_unit: 'finance',
  workspace_id: 'finance-ar',
  use_case: 'receivables',
  purpose: 'credit_control',
  legal_basis: 'legitimate_interest',
  ai_system_id: 'ai-collections',
  policy_context: policies.before,
};
const facts: Facts = {
  ...use,
  ...runFacts('collections-agent', '2.0.3', 'collections-agent/cfg-40', RUN),
  session_id: 'chat-t02',
  turn_id: 'chat-t02/1',
  task_id: 'agree-payment-plan',
  case_refs: [CASE],
  channel: 'web',
  subject_refs: [outsider('claire.dubois@aquasud.example', 'Claire Dubois')],
  on_behalf_of: [principal(people.jonas, GRANT)],
};
const at = scene('t02', DAY, facts);
const step = (number: number, more: Facts = {}): Scene => at.with({ step_id: `step-t02-${number}`, ...more });
const silent = scene('t02', DAY, {});

/** The three things that it did to other systems; approval and decision carry the same ids. */
const note = { effect_id: 'eff-t02-note', action_mac: toyMac(RUN, 'write_payment_note') };
const workflow = { effect_id: 'eff-t02-workflow', action_mac: toyMac(RUN, 'start_instalment_workflow 7340.00') };
const score = { effect_id: 'eff-t02-score', action_mac: toyMac(RUN, 'send_to_credit_bureau masked') };
const decided = {
  note: { decision_id: 'dec-t02-note' },
  workflow: { decision_id: 'dec-t02-workflow', approval_id: 'appr-t02-31' },
  score: { decision_id: 'dec-t02-score' },
};
const document = object('sap', 'customer_document', '1900004711', 'updated');
const about = { object_refs: [object('sap', 'customer_document', '1900004711', 'subject')] };

function beforehand(): StoryEvent[] {
  const jonas = human(people.jonas);
  return [
    scene('t02', '2026-02-27', use).tell('delegation', '10:15:00.000', 'identity.delegation.granted', 'entra', {
      actor: jonas,
      on_behalf_of: [principal(people.jonas, GRANT)],
      agent: { id: 'collections-agent' },
      details: { grant_id: GRANT, scope: 'crm.read,ar.note,ar.workflow', expires_at: '2026-06-30T23:59:59Z' },
    }),
    scene('t02', DAY, {
      ...use,
      session_id: 'chat-t02',
      turn_id: 'chat-t02/1',
      case_refs: [CASE],
      actor: jonas,
      channel: 'web',
    }).tell('prompt', '13:02:07.300', 'interaction.prompt.submitted', 'ai-gateway', {
      content: [
        body.text(
          'input',
          'Aqua Sud asks to pay document 1900004711 (7,340 EUR) in four instalments. Check them, prepare the plan and start ' +
            'the workflow.',
        ),
      ],
      details: { input_kind: 'text' },
    }),
    at.tell('run', '13:02:07.800', 'run.started', 'agent-runtime', {
      run: { trigger: 'user_prompt', automation_level: 'supervised' },
      causation_id: 'ai-gateway:t02.prompt',
    }),
  ];
}

function reading(): StoryEvent[] {
  const account = object('salesforce', 'account', '0018d00000AqUaSAAV', 'read');
  return [
    ...toolCall(step(1), {
      name: 'read-account',
      at: '13:02:08.100',
      ms: 540,
      call: 'call-t02-1',
      tool: { name: 'read_account', tier: 'read', protocol: 'mcp', server: 'salesforce', executed_as: 'svc-ai-ar' },
      args: { account: '0018d00000AqUaSAAV' },
      result: { name: 'Aqua Sud SARL', contact: 'Claire Dubois', since: 2014 },
      facts: { object_refs: [account] },
    }),
    step(1).tell('account-read', '13:02:08.500', 'object.read', 'salesforce', {
      actor: service('svc-ai-ar'),
      call_id: 'call-t02-1',
      object_refs: [account],
      access: { kind: 'record', row_count: 1, paths: ['Name', 'Contact', 'BillingAddress', 'PaymentHistory__c'] },
    }),
    step(1).tell('handbook', '13:02:09.000', 'retrieval.performed', 'agent-runtime', {
      retrieval: {
        source_id: 'dunning-handbook',
        index_version: '2026-01',
        results: [
          { doc_id: 'AR-HB-4.2', version: '7', score: 0.88 },
          { doc_id: 'AR-HB-4.3', version: '7', score: 0.81 },
        ],
      },
      content: [body.text('query', 'instalment plan limits and credit check')],
      details: { strategy: 'vector', top_k: '2' },
    }),
    ...modelCall(step(2), {
      name: 'propose',
      at: '13:02:09.400',
      ms: 3_050,
      call: 'call-t02-2',
      model: models.claude,
      tokens: [2_210, 340],
      cost: '0.011730',
      finish: 'tool_calls',
      input:
        'Customer since 2014, one document overdue: 7,340.00 EUR. Handbook 4.2: up to four instalments, approval above 5,000 EUR.',
      output: 'Propose four instalments of 1,835.00 EUR. Needs a credit check and an approval.',
    }),
  ];
}

const SPANS = [
  { path: '$.customer.iban', category: 'iban', count: 1 },
  { path: '$.customer.contact.email', category: 'email_address', count: 1 },
  { path: '$.customer.contact.birth_date', category: 'date_of_birth', count: 1 },
] as const;

/** To the credit bureau goes only what was masked before: three fields. */
function thirdParty(): StoryEvent[] {
  const sent = object('creditscore', 'score_request', 'CS-88213', 'created');
  const call: ToolCall = {
    name: 'score',
    at: '13:02:13.000',
    ms: 1_310,
    call: 'call-t02-3',
    tool: {
      name: 'request_credit_score',
      tier: 'write',
      protocol: 'http',
      server: 'creditscore',
      executed_as: 'halden-ar',
      idempotency_key: 'idem-t02-score',
    },
    args: {
      customer: {
        name: 'Aqua Sud SARL',
        iban: '[iban]',
        contact: { email: '[email_address]', birth_date: '[date_of_birth]' },
      },
    },
    result: { request: 'CS-88213', score: 71, band: 'B' },
    code: '200',
    facts: { ...score, object_refs: [sent] },
    decided: decided.score,
  };
  const engine = { actor: service('policy-engine'), call_id: 'call-t02-3', ...score, ...decided.score };
  return [
    toolRequested(step(3), call),
    step(3).tell('policy-score', '13:02:13.050', 'policy.evaluated', 'policy-engine', {
      ...engine,
      policy: {
        policy_id: 'third-party-disclosure',
        policy_version: '9',
        rule_id: 'mask-personal-fields',
        decision: 'mask',
        enforcement: 'enforced',
        latency_ms: 11,
        reason_codes: ['recipient_is_processor', 'personal_fields_present'],
      },
      tool: { name: 'request_credit_score', tier: 'write' },
      details: { target: 'creditscore' },
    }),
    step(3).tell('score-inspected', '13:02:13.090', 'content.inspected', 'policy-engine', {
      ...engine,
      inspection: {
        detector_id: 'presidio',
        detector_version: '2.2.358',
        direction: 'tool_args',
        verdict: 'transformed',
        findings: SPANS.map(({ path, category, count }) => ({ path, category, count, score: 0.99 })),
      },
      outcome: { status: 'success' },
    }),
    step(3).tell('score-masked', '13:02:13.120', 'content.transformed', 'policy-engine', {
      ...engine,
      transformation: {
        method: 'mask',
        input_mac: toyMac(RUN, 'score args'),
        output_mac: toyMac(RUN, 'score args masked'),
        spans: SPANS,
      },
      details: { target_event_id: 't02.score.requested' },
      outcome: { status: 'success' },
    }),
    toolAnswered(step(3), call),
    step(3).tell('score-sent', '13:02:14.320', 'object.changed', 'agent-runtime', {
      ...score,
      ...decided.score,
      call_id: 'call-t02-3',
      object_refs: [sent],
      effect: {
        kind: 'send',
        target_system: 'creditscore',
        executed_as: 'halden-ar',
        document_no: 'CS-88213',
        transaction_key: 'idem-t02-score',
      },
      outcome: { status: 'success' },
    }),
    silent.tell('score-confirmed', '13:02:14.100', 'object.change.confirmed', 'api-gateway', {
      actor: service('api-gateway'),
      object_refs: [object('creditscore', 'score_request', 'CS-88213', 'created')],
      effect: {
        kind: 'send',
        target_system: 'creditscore',
        executed_as: 'halden-ar',
        document_no: 'CS-88213',
        transaction_key: 'idem-t02-score',
      },
      outcome: { status: 'success', code: '201' },
      details: { change_origin: 'egress' },
    }),
  ];
}

function paymentNote(): StoryEvent[] {
  const call: ToolCall = {
    name: 'note',
    at: '13:02:15.000',
    ms: 700,
    call: 'call-t02-4',
    tool: {
      name: 'write_payment_note',
      tier: 'write',
      protocol: 'http',
      server: 'sap',
      executed_as: 'RFC_AI_AR',
      idempotency_key: 'idem-t02-note',
    },
    args: { document: '1900004711', text: 'Customer asks for four instalments; score band B.' },
    result: { note: 'N-1' },
    facts: { ...note, object_refs: [document] },
    decided: decided.note,
  };
  return [
    toolRequested(step(4), call),
    step(4).tell('policy-note', '13:02:15.030', 'policy.evaluated', 'policy-engine', {
      actor: service('policy-engine'),
      call_id: 'call-t02-4',
      ...note,
      ...decided.note,
      ...about,
      policy: {
        policy_id: 'erp-writes',
        policy_version: '14',
        rule_id: 'delegated-scope-covers',
        decision: 'allow',
        enforcement: 'enforced',
        latency_ms: 5,
        reason_codes: ['scope_ar_note'],
      },
      tool: { name: 'write_payment_note', tier: 'write' },
      details: { target: 'sap' },
    }),
    toolAnswered(step(4), call),
    step(4).tell('note-written', '13:02:15.710', 'object.changed', 'agent-runtime', {
      ...note,
      ...decided.note,
      call_id: 'call-t02-4',
      object_refs: [document],
      effect: { kind: 'update', target_system: 'sap', executed_as: 'RFC_AI_AR', transaction_key: 'sap-tx-t02-note' },
      outcome: { status: 'success' },
    }),
    silent.tell('note-confirmed', '13:02:16', 'object.change.confirmed', 'sap', {
      actor: service('RFC_AI_AR'),
      time_precision_us: 1_000_000,
      object_refs: [object('sap', 'customer_document', '0001900004711', 'updated')],
      effect: { kind: 'update', target_system: 'sap', executed_as: 'RFC_AI_AR', transaction_key: 'sap-tx-t02-note' },
      details: { change_origin: 'rfc' },
    }),
  ];
}

/** The transaction that Q11 and Q12 ask about: permission, policy, approval and evidence of one workflow. */
function erpWorkflow(): StoryEvent[] {
  const call: ToolCall = {
    name: 'workflow',
    at: '13:02:17.000',
    ms: 1_412_800,
    call: 'call-t02-5',
    tool: {
      name: 'start_instalment_workflow',
      tier: 'write',
      protocol: 'http',
      server: 'sap',
      executed_as: 'RFC_AI_AR',
      idempotency_key: 'idem-t02-workflow',
    },
    args: { document: '1900004711', instalments: 4, amount: '7340.00', currency: 'EUR' },
    result: { workflow: 'WF-000081234' },
    facts: { ...workflow, object_refs: [document] },
    decided: decided.workflow,
  };
  const engine = { call_id: 'call-t02-5', ...workflow, ...decided.workflow, ...about };
  const asked = {
    approver: people.priya.id,
    approver_issuer: 'entra',
    threshold: 5_000,
    value: 7_340,
    unit: 'EUR',
  } as const;
  const money = {
    kind: 'trigger',
    target_system: 'sap',
    executed_as: 'RFC_AI_AR',
    document_no: 'WF-000081234',
    transaction_key: 'SAP/PRD/WF-000081234',
    amount: '7340.00',
    currency: 'EUR',
  } as const;
  const shown = {
    document: '1900004711',
    customer: 'Aqua Sud SARL',
    amount: '7340.00 EUR',
    instalments: 4,
    score_band: 'B',
  };
  const fields = 'document,customer,amount,instalments,score_band';
  return [
    toolRequested(step(5), call),
    step(5).tell('policy-workflow', '13:02:17.040', 'policy.evaluated', 'policy-engine', {
      ...engine,
      actor: service('policy-engine'),
      policy: {
        policy_id: 'erp-writes',
        policy_version: '14',
        rule_id: 'amount-over-5000-needs-approval',
        decision: 'require_approval',
        enforcement: 'enforced',
        latency_ms: 8,
        reason_codes: ['amount_above_threshold'],
      },
      tool: { name: 'start_instalment_workflow', tier: 'write' },
      details: { target: 'sap' },
    }),
    step(5).tell('approval-asked', '13:02:18.000', 'approval.requested', 'servicenow', {
      ...engine,
      actor: service('policy-engine'),
      approval: { ...asked, expires_at: '2026-03-10T13:02:18Z' },
      effect: { kind: 'trigger', target_system: 'sap', amount: '7340.00', currency: 'EUR' },
      details: { shown_fields: fields },
      content: [body.json('shown', shown)],
    }),
    step(5).tell('approval-given', '13:25:48.600', 'approval.decided', 'servicenow', {
      ...engine,
      actor: human(people.priya),
      approval: { ...asked, decision: 'approved', wait_ms: 1_410_600 },
      details: { shown_fields: fields },
      content: [
        body.json('shown', shown),
        body.text('reason', 'Long-standing customer, band B, plan within the handbook.'),
      ],
      outcome: { status: 'success' },
    }),
    toolAnswered(step(5), call),
    step(5).tell('workflow-started', '13:25:49.810', 'process.triggered', 'agent-runtime', {
      ...engine,
      object_refs: [document],
      effect: money,
      details: { process_id: 'WS20000075', process_instance_id: 'WF-000081234' },
      outcome: { status: 'success' },
    }),
    silent.tell('workflow-confirmed', '13:25:50', 'object.change.confirmed', 'sap', {
      actor: service('RFC_AI_AR'),
      time_precision_us: 1_000_000,
      object_refs: [object('sap', 'customer_document', '0001900004711', 'updated')],
      effect: money,
      details: { change_origin: 'workflow' },
    }),
    silent.tell('workflow-done', '16:40:03', 'process.completed', 'sap', {
      actor: system('sap-s4-prd'),
      time_precision_us: 1_000_000,
      object_refs: [object('sap', 'customer_document', '0001900004711', 'updated')],
      effect: money,
      details: { process_id: 'WS20000075', process_instance_id: 'WF-000081234', branch: 'four_instalments' },
      outcome: { status: 'success' },
    }),
  ];
}

/**
 * A payment note, an ERP workflow and a disclosure, each with the controls that applied; the permission is taken back
 * afterwards.
 */
export const t02 = (): StoryEvent[] => [
  ...beforehand(),
  ...reading(),
  ...thirdParty(),
  ...paymentNote(),
  ...erpWorkflow(),
  at.tell('answer', '13:25:50.900', 'interaction.response.delivered', 'ai-gateway', {
    model: models.claude,
    content: [
      body.text('output', 'The plan of four instalments was approved by Priya Nair and started: WF-000081234.'),
    ],
    details: { render: 'chat' },
    outcome: { status: 'success' },
  }),
  runCompleted(at, 'run-end', { at: '13:25:51.000', model_calls: 1, tool_calls: 4, effects: 3 }),
  scene('t02', '2026-03-12', use).tell('delegation-ended', '08:00:00.000', 'identity.delegation.revoked', 'entra', {
    actor: human(people.jonas),
    on_behalf_of: [principal(people.jonas, GRANT)],
    agent: { id: 'collections-agent' },
    details: { grant_id: GRANT, reason: 'role_changed' },
  }),
];
