import { type Facts, scene, type Scene, type StoryEvent } from '../scene.ts';
import { body, modelCall, runCompleted, runFacts, toolCall } from '../steps.ts';
import { toyMac } from '../toy-mac.ts';
import { caseRef, human, models, object, people, policies, principal, service } from '../world.ts';

const use: Facts = {
  org_unit: 'service',
  workspace_id: 'service-desk',
  use_case: 'ticket-drafts',
  purpose: 'customer_request',
  ai_system_id: 'ai-ticket-drafts',
  channel: 'web',
  client_app: 'service-desk',
};

/** One ticket answered by the drafting agent; only the model behind it changes. */
interface Ticket {
  readonly number: 1 | 2 | 3 | 4;
  readonly day: string;
  readonly time: string;
  readonly id: string;
  readonly hosted: boolean;
  readonly tokens: readonly [number, number];
  readonly cost?: string;
  readonly ms: number;
}
const TICKETS: readonly Ticket[] = [
  {
    number: 1,
    day: '2026-03-23',
    time: '09:10',
    id: 'INC0070311',
    hosted: true,
    tokens: [640, 120],
    cost: '0.002240',
    ms: 1_800,
  },
  {
    number: 2,
    day: '2026-03-24',
    time: '10:25',
    id: 'INC0070352',
    hosted: true,
    tokens: [720, 140],
    cost: '0.002560',
    ms: 2_000,
  },
  { number: 3, day: '2026-03-25', time: '11:40', id: 'INC0070398', hosted: false, tokens: [655, 133], ms: 2_700 },
  { number: 4, day: '2026-03-26', time: '08:55', id: 'INC0070420', hosted: false, tokens: [701, 128], ms: 2_600 },
];

function factsOf({ number, id, hosted }: Ticket): Facts {
  return {
    ...use,
    ...runFacts('ticket-drafter', '1.6.0', `ticket-drafter/cfg-${hosted ? 30 : 31}`, `run-t08-${number}`),
    task_id: 'draft-ticket-answer',
    case_refs: [caseRef('servicenow', 'ticket', id)],
    on_behalf_of: [principal(people.tom)],
    policy_context: hosted ? policies.before : policies.after,
  };
}

/** To the vendor goes a masked text; the model of the house may see it as it is. */
function masking(at: Scene, { number, time }: Ticket): StoryEvent[] {
  const engine = { actor: service('ai-gateway'), call_id: `call-t08-${number}-2` };
  return [
    at.tell(`${number}.inspected`, `${time}:02.000`, 'content.inspected', 'ai-gateway', {
      ...engine,
      inspection: {
        detector_id: 'presidio',
        detector_version: '2.2.358',
        direction: 'prompt',
        verdict: 'transformed',
        findings: [
          { category: 'person_name', count: 1, score: 0.95, path: '$.text' },
          { category: 'phone_number', count: 1, score: 0.98, path: '$.text' },
        ],
      },
      outcome: { status: 'success' },
    }),
    at.tell(`${number}.masked`, `${time}:02.050`, 'content.transformed', 'ai-gateway', {
      ...engine,
      transformation: {
        method: 'mask',
        input_mac: toyMac(`run-t08-${number}`, 'ticket'),
        output_mac: toyMac(`run-t08-${number}`, 'ticket masked'),
        spans: [
          { path: '$.text', category: 'person_name', count: 1 },
          { path: '$.text', category: 'phone_number', count: 1 },
        ],
      },
      outcome: { status: 'success' },
    }),
  ];
}

function draft(ticket: Ticket): StoryEvent[] {
  const { number, day, time, id, hosted } = ticket;
  const at = scene('t08', day, factsOf(ticket));
  const model = hosted ? models.gpt : models.llama;
  return [
    at.tell(`${number}.run`, `${time}:00.100`, 'run.started', 'agent-runtime', {
      run: { trigger: 'user_request', automation_level: 'assisted' },
    }),
    ...toolCall(at, {
      name: `${number}.read`,
      at: `${time}:00.400`,
      ms: 350,
      call: `call-t08-${number}-1`,
      tool: { name: 'read_ticket', tier: 'read', protocol: 'mcp', server: 'servicenow', executed_as: 'svc-ai-desk' },
      args: { ticket: id },
      result: { ticket: id, subject: 'Seal leaks after restart' },
      facts: { object_refs: [object('servicenow', 'ticket', id, 'read')] },
    }),
    at.tell(`${number}.policy`, `${time}:01.900`, 'policy.evaluated', 'policy-engine', {
      actor: service('policy-engine'),
      call_id: `call-t08-${number}-2`,
      decision_id: `dec-t08-${number}`,
      policy: {
        policy_id: 'ticket-drafts',
        policy_version: hosted ? '2' : '3',
        rule_id: hosted ? 'mask-for-vendor' : 'self-hosted-as-is',
        decision: hosted ? 'mask' : 'allow',
        enforcement: 'enforced',
        latency_ms: 5,
        reason_codes: [hosted ? 'vendor_hosted_model' : 'self_hosted'],
      },
      model: { provider: model.provider, request_model: model.request_model },
      details: { target: model.provider },
    }),
    ...(hosted ? masking(at, ticket) : []),
    ...modelCall(at, {
      name: `${number}.draft`,
      at: `${time}:02.200`,
      ms: ticket.ms,
      call: `call-t08-${number}-2`,
      model,
      tokens: ticket.tokens,
      ...(ticket.cost !== undefined && { cost: ticket.cost }),
      source: hosted ? 'ai-gateway' : 'llm-host',
      facts: { decision_id: `dec-t08-${number}` },
      input: `Draft an answer to ticket ${id}: seal leaks after restart.`,
      output: 'Please check the flushing line first; if it is free, replace seal kit SK-200.',
    }),
    at.tell(`${number}.artifact`, `${time}:05.500`, 'artifact.produced', 'agent-runtime', {
      call_id: `call-t08-${number}-2`,
      model,
      artifact: {
        artifact_id: `art-t08-${number}`,
        version: '1',
        media_type: 'text/plain',
        size_bytes: 77,
        mac: toyMac(`run-t08-${number}`, 'draft'),
        produced_by_call_id: `call-t08-${number}-2`,
      },
      outcome: { status: 'success' },
    }),
    runCompleted(at, `${number}.run-end`, { at: `${time}:06.000`, model_calls: 1, tool_calls: 1, effects: 0 }),
  ];
}

/** 25 March: an exception until the register is brought up to date, then provider and policy change within a minute. */
function switching(): StoryEvent[] {
  const at = scene('t08', '2026-03-25', { org_unit: 'service', workspace_id: 'service-desk' });
  const nadia = human(people.nadia);
  const exception = {
    policy: { policy_id: 'approved-models', policy_version: '9', rule_id: 'model-must-be-registered' },
  };
  return [
    at.tell('exception', '08:00:00.000', 'policy.exception.raised', 'servicenow', {
      ...exception,
      actor: nadia,
      approval: { approver: people.helene.id, approver_issuer: 'entra', decision: 'approved' },
      details: { exception_id: 'exc-t08-1', reason: 'model_not_registered_yet', expires_at: '2026-03-31T23:59:59Z' },
      outcome: { status: 'success' },
    }),
    at.tell('provider', '08:30:00.000', 'config.changed', 'policy-engine', {
      actor: nadia,
      model: models.llama,
      agent: { id: 'ticket-drafter', config_id: 'ticket-drafter/cfg-31' },
      change: {
        kind: 'activated',
        item_id: 'ticket-drafter',
        item_version: 'cfg-31',
        from_hash: 'sha256:c030',
        to_hash: 'sha256:c031',
        effective_at: '2026-03-25T08:30:00Z',
      },
      details: { item_kind: 'model' },
    }),
    at.tell('policy-version', '08:30:40.000', 'config.changed', 'policy-engine', {
      actor: human(people.helene),
      policy_context: policies.after,
      change: {
        kind: 'activated',
        item_id: 'ticket-drafts',
        item_version: '3',
        from_hash: policies.before.hash,
        to_hash: policies.after.hash,
        effective_at: '2026-03-25T08:30:40Z',
      },
      details: { item_kind: 'policy' },
    }),
    scene('t08', '2026-03-27', { org_unit: 'service', workspace_id: 'service-desk' }).tell(
      'exception-closed',
      '15:00:00.000',
      'policy.exception.closed',
      'servicenow',
      {
        ...exception,
        actor: human(people.helene),
        details: { exception_id: 'exc-t08-1', reason: 'model_registered' },
        outcome: { status: 'success' },
      },
    ),
  ];
}

/** A session that was open while the switch happened: the vendor's model answers first, then the house's. */
function openSession(): StoryEvent[] {
  const turn = (number: number): Scene =>
    scene('t08', '2026-03-25', {
      ...use,
      actor: human(people.tom),
      session_id: 'sess-t08-switch',
      turn_id: `sess-t08-switch/${number}`,
      use_case: 'general-chat',
      ai_system_id: 'ai-chat',
      policy_context: number === 1 ? policies.before : policies.after,
    });
  const [first, second] = [turn(1), turn(2)];
  const ask = 'Which seal kit fits the HX-200 of 2019?';
  const again = 'And of 2016?';
  return [
    first.tell('chat-1', '08:28:10.000', 'interaction.prompt.submitted', 'ai-gateway', {
      model: { provider: 'openai', request_model: 'gpt-4.1' },
      content: [body.text('input', ask)],
      details: { input_kind: 'text' },
    }),
    ...modelCall(first, {
      name: 'chat-gpt',
      at: '08:28:10.200',
      ms: 1_500,
      call: 'call-t08-c1',
      model: models.gpt,
      tokens: [90, 40],
      cost: '0.000500',
      input: ask,
      output: 'SK-200/19.',
    }),
    first.tell('chat-1-answer', '08:28:11.800', 'interaction.response.delivered', 'ai-gateway', {
      call_id: 'call-t08-c1',
      model: models.gpt,
      content: [body.text('output', 'SK-200/19.')],
      details: { render: 'chat' },
      outcome: { status: 'success' },
    }),
    second.tell('chat-2', '08:33:00.000', 'interaction.prompt.submitted', 'ai-gateway', {
      model: { provider: 'vllm', request_model: 'llama-3.3-70b-instruct' },
      content: [body.text('input', again)],
      details: { input_kind: 'text' },
    }),
    ...modelCall(second, {
      name: 'chat-llama',
      at: '08:33:00.200',
      ms: 2_100,
      call: 'call-t08-c2',
      model: models.llama,
      tokens: [140, 38],
      source: 'llm-host',
      input: again,
      output: 'SK-200/16.',
    }),
    second.tell('chat-2-answer', '08:33:02.400', 'interaction.response.delivered', 'ai-gateway', {
      call_id: 'call-t08-c2',
      model: models.llama,
      content: [body.text('output', 'SK-200/16.')],
      details: { render: 'chat' },
      outcome: { status: 'success' },
    }),
  ];
}

/** A team goes from a vendor's model to one of its own; two tickets before, two after, in one uniform record. */
export const t08 = (): StoryEvent[] => [...TICKETS.flatMap(draft), ...switching(), ...openSession()];
