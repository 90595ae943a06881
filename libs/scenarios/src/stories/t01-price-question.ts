import { type Facts, scene, type Scene, type StoryEvent } from '../scene.ts';
import { body, modelCall, runCompleted, runFacts, toolAnswered, toolCall, toolRequested } from '../steps.ts';
import { toyMac } from '../toy-mac.ts';
import {
  agentActor,
  caseRef,
  human,
  models,
  object,
  outsider,
  people,
  policies,
  principal,
  service,
  system,
} from '../world.ts';

const DAY = '2026-03-03';
const RUN = 'run-t01-sales';
const SUB_RUN = 'run-t01-pricing';
const LATER_RUN = 'run-t01-reply';
const GRANT = 'grant-sales-204';
/** Salesforce writes 18 characters, mail and service desk the first 15: one case. */
const CASE = caseRef('salesforce', 'case', '5008d00000A1bCdAAJ');
const CUSTOMER = outsider('tobias.kern@brenner-wasser.example', 'Tobias Kern');
const FEED = 'salesforce-feed/cdc/2026-03-03';

const use: Facts = {
  org_unit: 'sales-emea',
  workspace_id: 'sales-emea',
  use_case: 'customer-service',
  purpose: 'customer_request',
  ai_system_id: 'ai-sales-assistant',
  channel: 'web',
  client_app: 'sales-cockpit',
  policy_context: policies.before,
};
const marta = human(people.marta);
const chat: Facts = { ...use, session_id: 'chat-t01', turn_id: 'chat-t01/1', task_id: 'answer-price-question' };
const ticket: Facts = { case_refs: [CASE], subject_refs: [CUSTOMER] };
const sales: Facts = {
  ...chat,
  ...ticket,
  ...runFacts('sales-assistant', '3.4.1', 'sales-assistant/cfg-88', RUN),
  on_behalf_of: [principal(people.marta, GRANT)],
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4701',
};
const pricing: Facts = {
  ...chat,
  ...ticket,
  ...runFacts('pricing-agent', '1.9.0', 'pricing-agent/cfg-21', SUB_RUN),
  root_run_id: RUN,
  parent_run_id: RUN,
  parent_step_id: 'step-t01-4',
  on_behalf_of: [principal(people.marta, GRANT), { type: 'agent', id: 'sales-assistant' }],
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4701',
};
const at = scene('t01', DAY, sales);
const step = (number: number, more: Facts = {}): Scene => at.with({ step_id: `step-t01-${number}`, ...more });
const sub = scene('t01', DAY, pricing);
const contact = { effect_id: 'eff-t01-contact', action_mac: toyMac(RUN, 'update_contact') };
const address = { effect_id: 'eff-t01-address', action_mac: toyMac(RUN, 'update_account_address') };
const mail = { effect_id: 'eff-t01-mail', action_mac: toyMac(RUN, 'send_mail') };
const note = { effect_id: 'eff-t01-note', action_mac: toyMac(RUN, 'add_case_note') };
const sfTool = (name: string, tier: 'read' | 'write') =>
  ({ name, tier, protocol: 'mcp', server: 'salesforce', version: '2.1.0', executed_as: 'svc-ai-sales' }) as const;

function asking(): StoryEvent[] {
  const desk = scene('t01', DAY, { ...chat, actor: marta });
  return [
    scene('t01', '2026-03-02', use).tell('delegation', '07:30:00.000', 'identity.delegation.granted', 'entra', {
      actor: marta,
      on_behalf_of: [principal(people.marta, GRANT)],
      agent: { id: 'sales-assistant' },
      details: { grant_id: GRANT, scope: 'crm.update,price.check,mail.send', expires_at: '2026-03-31T23:59:59Z' },
    }),
    scene('t01', '2026-03-02', {}).tell('account-linked', '07:31:00.000', 'identity.account.linked', 'entra', {
      actor: system('entra-sync'),
      link: {
        link_id: 'link-t01-account',
        kind: 'account_person',
        from_kind: 'account',
        from_id: '0058d000003LiNdQAAV',
        from_issuer: 'salesforce',
        to_kind: 'person',
        to_id: people.marta.id,
        to_issuer: 'entra',
        basis: 'source',
        confidence: 1,
      },
    }),
    desk.tell('session', '08:58:02.300', 'identity.session.started', 'entra', {
      details: { method: 'sso', device_class: 'laptop' },
    }),
    desk.with(ticket).tell('prompt', '09:00:12.104', 'interaction.prompt.submitted', 'ai-gateway', {
      content: [
        body.text(
          'input',
          'Tobias Kern of Brenner Wasser has moved to Linz. Please update his phone number and their delivery address, ' +
            'check what 40 HX-200 pumps cost them today, send him the price and note it in the case.',
        ),
      ],
      details: { input_kind: 'text' },
    }),
    at.tell('run', '09:00:12.480', 'run.started', 'agent-runtime', {
      run: { trigger: 'user_prompt', automation_level: 'supervised' },
      causation_id: 'ai-gateway:t01.prompt',
    }),
    ...modelCall(step(1), {
      name: 'plan',
      at: '09:00:12.900',
      ms: 2_140,
      call: 'call-t01-1',
      model: models.gpt,
      tokens: [1_840, 212],
      cost: '0.005376',
      finish: 'tool_calls',
      input: 'Update contact and address, check the price of 40 HX-200, send it, note it in case 5008d00000A1bCd.',
      output:
        'Plan: 1 read the account, 2 update contact and address, 3 hand the price check to the pricing agent, 4 mail the ' +
        'price, 5 add a case note.',
    }),
    step(1).tell('planned', '09:00:15.200', 'step.planned', 'agent-runtime', { details: { plan_version: '1' } }),
  ];
}

function updating(): StoryEvent[] {
  const account = object('salesforce', 'account', '0018d00000Q7xYzAAL', 'read');
  const read = {
    name: 'read-account',
    at: '09:00:15.410',
    ms: 610,
    call: 'call-t01-2',
    tool: sfTool('read_account', 'read'),
    args: { account: '0018d00000Q7xYzAAL' },
    result: { name: 'Brenner Wasser GmbH', price_group: 'B2', contact: '0038d00000C3kErAAD' },
    facts: { object_refs: [account] },
  } as const;
  const contactRef = object('salesforce', 'contact', '0038d00000C3kErAAD', 'updated');
  const change = {
    name: 'update-contact',
    at: '09:00:17.020',
    ms: 930,
    call: 'call-t01-3',
    tool: { ...sfTool('update_contact', 'write'), idempotency_key: 'idem-t01-contact' },
    args: { contact: '0038d00000C3kErAAD', phone: '+43 732 5550 199' },
    result: { updated: true },
    facts: { ...contact, object_refs: [contactRef] },
    decided: { decision_id: 'dec-t01-contact' },
  } as const;
  const accountRef = object('salesforce', 'account', '0018d00000Q7xYzAAL', 'updated');
  const move = {
    name: 'update-address',
    at: '09:00:18.500',
    ms: 880,
    call: 'call-t01-4',
    tool: { ...sfTool('update_account_address', 'write'), idempotency_key: 'idem-t01-address' },
    args: { account: '0018d00000Q7xYzAAL', city: 'Linz', street: 'Hafenstrasse 12' },
    result: { updated: true },
    facts: { ...address, object_refs: [accountRef] },
    decided: { decision_id: 'dec-t01-address' },
  } as const;
  const allowed = (name: string, time: string, call: string, ids: Facts): StoryEvent =>
    step(3, ids).tell(name, time, 'policy.evaluated', 'policy-engine', {
      actor: service('policy-engine'),
      call_id: call,
      policy: {
        policy_id: 'crm-writes',
        policy_version: '12',
        rule_id: 'delegated-scope-covers',
        decision: 'allow',
        enforcement: 'enforced',
        latency_ms: 6,
        reason_codes: ['scope_crm_update'],
      },
      tool: { name: ids.effect_id === 'eff-t01-contact' ? 'update_contact' : 'update_account_address', tier: 'write' },
      details: { target: 'salesforce' },
    });
  return [
    ...toolCall(step(2), read),
    toolRequested(step(3), change),
    allowed('policy-contact', '09:00:17.060', 'call-t01-3', { ...contact, decision_id: 'dec-t01-contact' }),
    toolAnswered(step(3), change),
    step(3).tell('contact-changed', '09:00:17.955', 'object.changed', 'agent-runtime', {
      ...contact,
      call_id: 'call-t01-3',
      decision_id: 'dec-t01-contact',
      object_refs: [contactRef],
      effect: {
        kind: 'update',
        target_system: 'salesforce',
        executed_as: 'svc-ai-sales',
        transaction_key: 'sfdc-tx-90311',
        fields: [{ path: '$.Phone', before_mac: toyMac(RUN, 'phone before'), after_mac: toyMac(RUN, 'phone after') }],
      },
      outcome: { status: 'success' },
    }),
    toolRequested(step(3), move),
    allowed('policy-address', '09:00:18.540', 'call-t01-4', { ...address, decision_id: 'dec-t01-address' }),
    toolAnswered(step(3), move),
    // What it changed there the runtime does not report, and Salesforce's own report is in the feed's gap.
  ];
}

/** Salesforce's own change feed, numbered by itself: 2 and 3 never came, and the address is confirmed by nobody. */
function feed(): StoryEvent[] {
  const cdc = scene('t01', DAY, { stream_id: FEED });
  return [
    cdc.with({ seq: 1 }).tell('cdc-contact', '09:00:18.000', 'object.change.confirmed', 'salesforce', {
      actor: service('svc-ai-sales'),
      object_refs: [object('salesforce', 'contact', '0038d00000C3kErAAD', 'updated')],
      effect: {
        kind: 'update',
        target_system: 'salesforce',
        executed_as: 'svc-ai-sales',
        transaction_key: 'sfdc-tx-90311',
      },
      details: { change_origin: 'api' },
    }),
    cdc.with({ seq: 4 }).tell('cdc-case', '09:20:41.000', 'object.change.confirmed', 'salesforce', {
      actor: { type: 'human', id: '0058d000003LiNdQAAV', issuer: 'salesforce', relation: 'workforce' },
      case_refs: [CASE],
      object_refs: [object('salesforce', 'case', '5008d00000A1bCdAAJ', 'updated')],
      effect: { kind: 'update', target_system: 'salesforce' },
      details: { change_origin: 'user_interface' },
    }),
    scene('t01', DAY, {}).tell('feed-gap', '09:25:00.000', 'collector.gap.detected', 'salesforce', {
      actor: system('salesforce-feed'),
      gap: { stream_id: FEED, from_seq: 2, to_seq: 3, kind: 'source_declared' },
      details: { cause: 'replay_window_exceeded', missing: '2' },
    }),
  ];
}

function pricingRun(): StoryEvent[] {
  const sap = {
    name: 'simulate_price',
    tier: 'read',
    protocol: 'http',
    server: 'sap',
    version: 'v4',
    executed_as: 'RFC_AI_PRICE',
  } as const;
  const quote = object('sap', 'price_simulation', 'PS-700418', 'created');
  const args = { customer: '0000104711', material: 'HX-200', quantity: 40 };
  return [
    step(4).tell('delegated', '09:00:19.600', 'agent.delegated', 'agent-runtime', {
      details: { child_run_id: SUB_RUN, child_agent_id: 'pricing-agent' },
    }),
    sub.tell('sub-run', '09:00:19.720', 'run.started', 'agent-runtime', {
      run: { trigger: 'agent', automation_level: 'autonomous' },
      causation_id: 't01.delegated',
    }),
    sub.tell('price-list', '09:00:19.980', 'retrieval.performed', 'agent-runtime', {
      retrieval: {
        source_id: 'price-lists',
        index_version: '2026-03-01',
        results: [
          { doc_id: 'PL-2026-B2', version: '3', score: 0.91 },
          { doc_id: 'PL-2026-TERMS', version: '1', score: 0.74 },
        ],
      },
      details: { strategy: 'hybrid', top_k: '2' },
      content: [body.text('query', 'HX-200 price group B2 quantity scale')],
    }),
    ...toolCall(sub, {
      name: 'price-1',
      at: '09:00:20.300',
      ms: 5_000,
      call: 'call-t01-5',
      tool: sap,
      args,
      facts: { attempt: 1 },
      failed: { status: 'timeout', code: 'GATEWAY_TIMEOUT', error_type: 'timeout' },
    }),
    ...toolCall(sub, {
      name: 'price-2',
      at: '09:00:26.300',
      ms: 1_420,
      call: 'call-t01-6',
      tool: sap,
      args,
      facts: { attempt: 2, object_refs: [quote], effect_id: 'eff-t01-price' },
      result: { simulation: 'PS-700418', net_price: '1184.00', currency: 'EUR', discount_percent: 4 },
      code: '200',
    }),
    sub.tell('price-check', '09:00:27.000', 'process.triggered', 'agent-runtime', {
      effect_id: 'eff-t01-price',
      call_id: 'call-t01-6',
      object_refs: [quote],
      effect: {
        kind: 'trigger',
        target_system: 'sap',
        executed_as: 'RFC_AI_PRICE',
        transaction_key: 'sap-tx-t01-700418',
      },
      details: { process_id: 'price-determination', process_instance_id: 'PS-700418' },
      outcome: { status: 'success' },
    }),
    // SAP's clock has seconds only: whether it ended before the tool's answer at 09:00:27.720 nobody can say.
    scene('t01', DAY, {}).tell('price-checked', '09:00:27', 'process.completed', 'sap', {
      actor: system('sap-s4-prd'),
      time_precision_us: 1_000_000,
      object_refs: [object('sap', 'price_simulation', 'PS-700418', 'created')],
      effect: {
        kind: 'trigger',
        target_system: 'sap',
        executed_as: 'RFC_AI_PRICE',
        document_no: 'PS-700418',
        transaction_key: 'sap-tx-t01-700418',
      },
      details: { process_id: 'price-determination', process_instance_id: 'PS-700418', branch: 'scale_price' },
      outcome: { status: 'success' },
    }),
    ...modelCall(sub, {
      name: 'price-text',
      at: '09:00:28.100',
      ms: 1_260,
      call: 'call-t01-7',
      model: models.gpt,
      tokens: [960, 84],
      cost: '0.002592',
      input: 'Summarise simulation PS-700418 for the sales assistant.',
      output: '40 HX-200 for price group B2: 1,184.00 EUR each, 4 % scale discount included, valid today.',
    }),
    runCompleted(sub, 'sub-run-end', { at: '09:00:29.500', model_calls: 1, tool_calls: 2, effects: 1 }),
  ];
}

function answering(): StoryEvent[] {
  const to = [
    {
      id: 'tobias.kern@brenner-wasser.example',
      issuer: 'email',
      domain: 'brenner-wasser.example',
      kind: 'to',
      external: true,
    },
  ] as const;
  const send = {
    name: 'send-mail',
    at: '09:00:33.100',
    ms: 720,
    call: 'call-t01-9',
    tool: {
      name: 'send_mail',
      tier: 'write',
      protocol: 'http',
      server: 'exchange',
      executed_as: 'svc-ai-sales',
      idempotency_key: 'idem-t01-mail',
    },
    args: { to: 'tobias.kern@brenner-wasser.example', subject: 'Price for 40 HX-200' },
    result: { message_id: '<t01-hx200@halden.example>' },
    facts: mail,
    decided: { decision_id: 'dec-t01-mail' },
  } as const;
  const noteRef = object('servicenow', 'case_note', 'CS0031245-N4', 'created');
  const write = {
    name: 'add-note',
    at: '09:00:34.600',
    ms: 540,
    call: 'call-t01-10',
    tool: { name: 'add_case_note', tier: 'write', protocol: 'mcp', server: 'servicenow', executed_as: 'svc-ai-desk' },
    args: { case: 'CS0031245', note: 'Price for 40 HX-200 sent to the customer.' },
    result: { note: 'CS0031245-N4' },
    facts: { ...note, object_refs: [noteRef] },
  } as const;
  return [
    ...modelCall(step(5), {
      name: 'draft',
      at: '09:00:29.900',
      ms: 2_310,
      call: 'call-t01-8',
      model: models.gpt,
      tokens: [1_420, 166],
      cost: '0.004168',
      input: 'Draft a short e-mail with the price: 1,184.00 EUR each.',
      output:
        'Dear Mr Kern, 40 HX-200 are 1,184.00 EUR each today, 4 % scale discount included. Best regards, Halden Pumps',
    }),
    toolRequested(step(5), send),
    step(5).tell('mail-inspected', '09:00:33.130', 'content.inspected', 'policy-engine', {
      ...mail,
      actor: service('policy-engine'),
      call_id: 'call-t01-9',
      inspection: {
        detector_id: 'dlp-mail',
        detector_version: '8.1',
        direction: 'tool_args',
        verdict: 'allowed',
        findings: [],
      },
      outcome: { status: 'success' },
    }),
    step(5).tell('policy-mail', '09:00:33.150', 'policy.evaluated', 'policy-engine', {
      ...mail,
      actor: service('policy-engine'),
      call_id: 'call-t01-9',
      decision_id: 'dec-t01-mail',
      policy: {
        policy_id: 'external-mail',
        policy_version: '5',
        rule_id: 'known-contact-no-attachment',
        decision: 'allow',
        enforcement: 'enforced',
        latency_ms: 9,
        reason_codes: ['recipient_is_case_contact'],
      },
      tool: { name: 'send_mail', tier: 'write' },
      details: { target: 'exchange' },
    }),
    toolAnswered(step(5), send),
    step(5).tell('mail-sent', '09:00:33.840', 'message.sent', 'agent-runtime', {
      ...mail,
      call_id: 'call-t01-9',
      decision_id: 'dec-t01-mail',
      message: { message_id: '<t01-hx200@halden.example>', channel: 'email', recipients: to },
      effect: {
        kind: 'send',
        target_system: 'exchange',
        executed_as: 'svc-ai-sales',
        transaction_key: '<t01-hx200@halden.example>',
      },
      outcome: { status: 'success' },
    }),
    // The mail system reports a day late, by its own clock: the one late event of this story.
    scene('t01', DAY, {}).tell('mail-delivered', '09:00:35.210', 'message.sent', 'exchange', {
      actor: service('svc-ai-sales'),
      time_basis: 'source',
      message: { message_id: '<t01-hx200@halden.example>', channel: 'email', recipients: to },
      effect: {
        kind: 'send',
        target_system: 'exchange',
        executed_as: 'svc-ai-sales',
        transaction_key: '<t01-hx200@halden.example>',
      },
      outcome: { status: 'success', code: '250' },
    }),
    // No rule looked at the note: executed without a decision.
    ...toolCall(step(6), write),
    step(6).tell('note-added', '09:00:35.160', 'object.changed', 'agent-runtime', {
      ...note,
      call_id: 'call-t01-10',
      object_refs: [noteRef],
      effect: { kind: 'create', target_system: 'servicenow', executed_as: 'svc-ai-desk', document_no: 'CS0031245-N4' },
      outcome: { status: 'success' },
    }),
    at.tell('answer', '09:00:35.600', 'interaction.response.delivered', 'ai-gateway', {
      content: [
        body.text(
          'output',
          'Done: contact and address updated, price 1,184.00 EUR each sent to Mr Kern, noted in the case.',
        ),
      ],
      model: models.gpt,
      details: { render: 'chat' },
      outcome: { status: 'success' },
    }),
    runCompleted(at, 'run-end', { at: '09:00:35.700', model_calls: 2, tool_calls: 5, effects: 4 }),
    scene('t01', DAY, { ...chat, actor: marta }).tell(
      'session-end',
      '09:31:00.000',
      'identity.session.ended',
      'entra',
      { details: { end_reason: 'sign_out' } },
    ),
  ];
}

/** The next day's run knows nothing of the case; the service desk says that it belongs to it. */
function theReply(): StoryEvent[] {
  const next = scene('t01', '2026-03-04', {
    ...use,
    channel: 'batch',
    task_id: 'watch-replies',
    ...runFacts('sales-assistant', '3.4.1', 'sales-assistant/cfg-88', LATER_RUN),
    on_behalf_of: [principal(people.marta, GRANT)],
  });
  return [
    next.tell('reply-run', '07:00:00.120', 'run.started', 'agent-runtime', {
      run: { trigger: 'schedule', automation_level: 'autonomous' },
    }),
    ...toolCall(next, {
      name: 'read-inbox',
      at: '07:00:00.400',
      ms: 480,
      call: 'call-t01-11',
      tool: { name: 'read_inbox', tier: 'read', protocol: 'http', server: 'exchange', executed_as: 'svc-ai-sales' },
      args: { since: '2026-03-03' },
      result: { replies: 1 },
    }),
    ...modelCall(next, {
      name: 'reply-sorted',
      at: '07:00:01.000',
      ms: 900,
      call: 'call-t01-12',
      model: models.gpt,
      tokens: [410, 22],
      cost: '0.000996',
      input: 'What does this reply want? Thank you, we order 40.',
      output: 'order_intent',
    }),
    runCompleted(next, 'reply-run-end', { at: '07:00:02.100', model_calls: 1, tool_calls: 1, effects: 0 }),
    scene('t01', '2026-03-04', {}).tell('case-link', '08:12:00.000', 'link.asserted', 'servicenow', {
      actor: agentActor('desk-router'),
      link: {
        link_id: 'link-t01-reply',
        kind: 'case_run',
        from_kind: 'case',
        from_id: 'salesforce:5008d00000A1bCdAAJ',
        to_kind: 'run',
        to_id: LATER_RUN,
        basis: 'source',
        confidence: 1,
      },
    }),
  ];
}

/** An agent updates a customer, checks a price in SAP, mails it, and notes it in the case. */
export const t01 = (): StoryEvent[] => [
  ...asking(),
  ...updating(),
  ...feed(),
  ...pricingRun(),
  ...answering(),
  ...theReply(),
];
