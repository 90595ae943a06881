import { eventTypes, type EventType } from '@affidavit/contracts';
import { samples } from './samples.ts';

type Example = Readonly<Record<string, unknown>>;

const OURS = { source: { system: 'affidavit' }, actor: { type: 'system', id: 'affidavit' } } as const;
const THEIRS = {
  source: { system: 'retail-agent' },
  actor: { type: 'agent', id: 'retail-agent' },
  on_behalf_of: [{ type: 'human', id: 'yusuf_rossi_9620', relation: 'customer' }],
  run_id: 'retail/12/0',
  session_id: 'retail/12/0',
  case_refs: [{ system: 'helpdesk', type: 'ticket', id: 'T-4711' }],
} as const;

/** What says more with a body or a second field than with what is required alone. */
const RICHER: Partial<Record<EventType, Example>> = {
  'interaction.prompt.submitted': {
    content: [{ role: 'input', media_type: 'text/plain', text: 'I want to exchange the items of my order.' }],
  },
  'interaction.response.delivered': { content: [{ role: 'output', text: 'Your exchange is on its way.' }] },
  'model.call.completed': {
    model: { provider: 'openai', request_model: 'gpt-4o', response_model: 'gpt-4o-2024-08-06' },
    usage: { input_tokens: 1200, output_tokens: 85, cost: '0.004250', currency: 'USD', finish_reason: 'tool_calls' },
  },
  'tool.call.requested': { content: [{ role: 'tool_args', json: { order_id: '#W2378156' } }] },
  'tool.call.completed': {
    tool: { name: 'exchange_delivered_order_items', tier: 'write', protocol: 'function' },
    object_refs: [{ system: 'shop', type: 'order', id: '#W2378156', role: 'updated' }],
    content: [{ role: 'tool_result', media_type: 'application/json', json: { status: 'exchange requested' } }],
  },
};

/** Puts a value at a dotted path: `tool.name`. */
function put(event: Record<string, unknown>, path: string): void {
  const [head = '', inner] = path.split('.');
  if (inner === undefined) event[head] = event[head] ?? samples[path];
  else event[head] = { [inner]: samples[path], ...(event[head] as object | undefined) };
}

function exampleOf(event_type: EventType): Example {
  const { senders, required, any_of } = eventTypes[event_type];
  const event: Record<string, unknown> = {
    event_type,
    event_id: `example/${event_type}`,
    occurred_at: '2026-11-22T06:00:00.000123Z',
    ...(senders.includes('connector') ? THEIRS : OURS),
    ...RICHER[event_type],
  };
  for (const path of required) put(event, path);
  const [alternative] = any_of;
  if (alternative !== undefined) put(event, alternative);
  return event;
}

/** One event of each type that the intake takes as it stands: a test sends each through it. */
export const examples: Readonly<Record<EventType, Example>> = Object.fromEntries(
  (Object.keys(eventTypes) as EventType[]).map((type) => [type, exampleOf(type)]),
) as Record<EventType, Example>;
