/**
 * Counts made straight from the raw transcripts, by code that shares nothing with the mapping engine: it knows the
 * retail tools by name and reads the OpenAI messages itself. What the API answers is compared with this.
 */
import { readFileSync } from 'node:fs';

interface RawCall {
  readonly id: string;
  readonly function: { readonly name: string; readonly arguments: string };
}
interface RawMessage {
  readonly role: string;
  readonly content: string | null;
  readonly name?: string;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly RawCall[] | null;
}
interface RawRecord {
  readonly task_id: number;
  readonly trial: number;
  readonly traj: readonly RawMessage[];
  readonly info: { readonly error?: string; readonly task?: { readonly user_id: string } };
}

export const WRITING = [
  'cancel_pending_order',
  'exchange_delivered_order_items',
  'modify_pending_order_address',
  'modify_pending_order_items',
  'modify_pending_order_payment',
  'modify_user_address',
  'return_delivered_order_items',
];
const FINDING = ['find_user_id_by_email', 'find_user_id_by_name_zip'];

/** One line of a case's timeline: type, tool if any, outcome if it is a tool call. */
export type Step = readonly [type: string, tool: string, status: string];

export interface RawRun {
  readonly run_id: string;
  readonly failed: boolean;
  readonly expected_customer: string | null;
  readonly authenticated: ReadonlySet<string>;
  /** Users named in arguments of calls. */
  readonly named_customers: ReadonlySet<string>;
  readonly steps: readonly Step[];
  /** Every call that names an order: order without its `#`, tool, whether it succeeded. */
  readonly order_calls: readonly { readonly order: string; readonly tool: string; readonly succeeded: boolean }[];
}

function isError(content: string): boolean {
  if (content.startsWith('Error')) return true;
  try {
    const value = JSON.parse(content) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) && 'error' in value;
  } catch {
    return false;
  }
}

const argumentsOf = (call: RawCall): Record<string, unknown> => {
  try {
    return JSON.parse(call.function.arguments) as Record<string, unknown>;
  } catch {
    return {};
  }
};

function readRun(set: string, record: RawRecord): RawRun {
  const steps: Step[] = [['run.started', '', '']];
  const orderCalls: RawRun['order_calls'][number][] = [];
  const authenticated = new Set<string>();
  const named = new Set<string>();
  let open: RawCall[] = [];
  for (const message of record.traj) {
    if (message.role === 'user') steps.push(['interaction.prompt.submitted', '', '']);
    if (message.role === 'assistant') {
      steps.push(['model.call.completed', '', '']);
      if (message.content) steps.push(['interaction.response.delivered', '', '']);
      open = [...(message.tool_calls ?? [])];
      for (const call of open) steps.push(['tool.call.requested', call.function.name, '']);
    }
    if (message.role === 'tool') {
      const call = open.find((one) => one.id === message.tool_call_id) ?? open[0];
      if (!call) throw new Error(`${set}/${record.task_id}: a result without a call`);
      open = open.filter((one) => one !== call);
      const tool = call.function.name;
      const failed = isError(message.content ?? '');
      const args = argumentsOf(call);
      steps.push([failed ? 'tool.call.failed' : 'tool.call.completed', tool, failed ? 'failure' : 'success']);
      if (WRITING.includes(tool) && !failed) steps.push(['object.changed', tool, '']);
      if (tool === 'transfer_to_human_agents') steps.push(['escalation.raised', tool, '']);
      if (FINDING.includes(tool) && !failed) authenticated.add(message.content ?? '');
      if (typeof args['user_id'] === 'string') named.add(args['user_id']);
      if (typeof args['order_id'] === 'string')
        orderCalls.push({ order: args['order_id'].trim().replace(/^#/, ''), tool, succeeded: !failed });
    }
  }
  const failed = record.info.error !== undefined;
  steps.push([failed ? 'run.failed' : 'run.completed', '', '']);
  const run_id = `${set}/${record.task_id}/${record.trial}`;
  return {
    run_id,
    failed,
    expected_customer: record.info.task?.user_id ?? null,
    authenticated,
    named_customers: named,
    steps,
    order_calls: orderCalls,
  };
}

export function readRuns(set: string, file: string): RawRun[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as RawRecord[]).map((record) => readRun(set, record));
}
