import { type JsonValue } from '../src/json-value.ts';
import { type CompiledMapping, compileMapping } from '../src/compile/compile-mapping.ts';
import { type RecordInput, type RecordResult, mapRecord } from '../src/transcript/map-record.ts';
import { type WireEvent } from '../src/wire-event.ts';

/** The example of the mapping format's specification, word for word in what it maps. */
export const RETAIL = `
mapping: {id: retail-agent, version: 3, input: openai-messages}
records: "$[*]"
messages: $.traj
ids:  {run: "{set}/{$.task_id}/{$.trial}", call: "{run}/{message_index}/{call_index}"}
time: {basis: assigned, start: option, step_ms: 1000}
run:
  failed_when: {path: $.info.error, reason: $.info.error}
  case:   {system: helpdesk, type: ticket, id: "{run}"}
  people:
    - {role: expected, relation: customer, issuer: shop, id: $.info.task.user_id}
    - {role: authenticated, relation: customer, issuer: shop, from_tool: [find_user_id_by_email, find_user_id_by_name_zip], id: $result, as: link}
objects:
  order: {system: shop, type: order}
  customer: {system: shop, type: customer, person: true}
errors: [{text_prefix: "Error"}, {json_path: $.error, is: present}]
defaults: {tier: unknown, unknown_tool: report}
tools:
  get_order_details: {tier: read, emit: [{type: object.read, object: {order: $args.order_id}}]}
  cancel_pending_order:
    tier: write
    emit: [{type: object.changed, kind: update, object: {order: $args.order_id}, only_if: success}]
  transfer_to_human_agents: {tier: write, emit: [{type: escalation.raised, content: [{role: reason, text: $args.summary}]}]}
  think: {tier: read, internal: true}
`;

export const START = Date.UTC(2026, 10, 22, 6) * 1_000;

export function retail(change: (yaml: string) => string = (yaml) => yaml): CompiledMapping {
  return compileMapping(change(RETAIL));
}

export const user = (content: JsonValue) => ({ role: 'user', content });
export const system = (content: JsonValue) => ({ role: 'system', content });
export const assistant = (content: JsonValue, ...calls: JsonValue[]) => ({
  role: 'assistant',
  content,
  tool_calls: calls.length === 0 ? null : calls,
});
export const call = (id: string, name: string, args: JsonValue = {}) => ({
  id,
  type: 'function',
  function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
});
export const result = (id: string, content: JsonValue, name = '') => ({
  role: 'tool',
  tool_call_id: id,
  name,
  content,
});

export function record(traj: JsonValue, more: Readonly<Record<string, JsonValue>> = {}): JsonValue {
  return { task_id: 1, trial: 0, info: { task: { user_id: 'ada_miller_1001' } }, traj, ...more };
}

export function map(mapping: CompiledMapping, value: JsonValue, more: Partial<RecordInput> = {}): RecordResult {
  return mapRecord(mapping, {
    record: value,
    recordIndex: 0,
    document: [value],
    set: 'demo',
    file: 'demo.json',
    env: {},
    mappingHash: 'ab'.repeat(32),
    startMicros: START,
    ...more,
  });
}

/** The events of a record that must have been mapped. */
export function eventsOf(
  mapping: CompiledMapping,
  value: JsonValue,
  more: Partial<RecordInput> = {},
): readonly WireEvent[] {
  const mapped = map(mapping, value, more);
  if (mapped.status !== 'mapped') throw new Error(`refused: ${mapped.code} ${mapped.message}`);
  return mapped.events;
}

export const typesOf = (events: readonly WireEvent[]): readonly string[] => events.map((event) => event.event_type);
export const only = (events: readonly WireEvent[], type: string): WireEvent => {
  const found = events.filter((event) => event.event_type === type);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${String(found.length)} events of type ${type}`);
  return found[0];
};
