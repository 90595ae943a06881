import { isJsonObject, type JsonValue, member } from '../json-value.ts';
import { type MessageRole } from '../file/mapping-file.ts';
import { tryParseJson } from '../parse-json.ts';
import { type ContentItem } from '../wire-event.ts';
import { contentItems, jsonItems, textItems } from './content-items.ts';

/**
 * One call that a message asks for. `args` is undefined when the arguments are no JSON: `argsText` has them as they
 * came.
 */
export interface ToolCall {
  readonly index: number;
  readonly name: string;
  /** The source's `tool_call_id`: a label, not unique over runs and sometimes not within one. */
  readonly label: string;
  readonly argsText: string;
  readonly args: JsonValue | undefined;
  readonly raw: JsonValue;
}

interface MessageBase {
  readonly index: number;
  readonly raw: JsonValue;
}

export type Message =
  | (MessageBase & { readonly role: 'system'; readonly content: readonly ContentItem[] })
  | (MessageBase & {
      readonly role: 'user';
      readonly content: readonly ContentItem[];
      readonly calls: readonly ToolCall[];
    })
  | (MessageBase & {
      readonly role: 'assistant';
      readonly content: readonly ContentItem[];
      readonly reasoning: readonly ContentItem[];
      readonly calls: readonly ToolCall[];
    })
  | (MessageBase & {
      readonly role: 'tool';
      readonly content: readonly ContentItem[];
      readonly label: string;
      readonly hasCallId: boolean;
      readonly name: string;
      readonly resultText: string;
      readonly result: JsonValue;
    })
  | (MessageBase & { readonly role: 'unmatched'; readonly reason: 'not_an_object' | 'unknown_role' });

const ROLES: ReadonlyMap<string, MessageRole> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['human', 'user'],
  ['assistant', 'assistant'],
  ['tool', 'tool'],
  ['function', 'tool'],
]);

/**
 * Reads one OpenAI chat message in the shapes that are found in the wild. Total: whatever it is, it comes out as
 * something.
 */
export function readMessage(raw: JsonValue, index: number, roles: ReadonlyMap<string, MessageRole>): Message {
  if (!isJsonObject(raw)) return { role: 'unmatched', reason: 'not_an_object', index, raw };
  const given = member(raw, 'role');
  const role = typeof given === 'string' ? (roles.get(given) ?? ROLES.get(given.toLowerCase())) : undefined;
  const content = member(raw, 'content');
  switch (role) {
    case 'system':
      return { role, index, raw, content: contentItems('system', content) };
    case 'user':
      return { role, index, raw, content: contentItems('input', content), calls: readCalls(raw) };
    case 'assistant':
      return {
        role,
        index,
        raw,
        content: [...contentItems('output', content), ...contentItems('output', member(raw, 'refusal'))],
        reasoning: contentItems('reasoning', member(raw, 'reasoning_content') ?? member(raw, 'reasoning')),
        calls: readCalls(raw),
      };
    case 'tool':
      return readResult(raw, index, content);
    case undefined:
      return { role: 'unmatched', reason: 'unknown_role', index, raw };
  }
}

function readResult(raw: JsonValue, index: number, content: JsonValue | undefined): Message {
  const body = contentItems('tool_result', content);
  const callId = text(member(raw, 'tool_call_id'));
  const whole =
    typeof content === 'string'
      ? content
      : body.length > 0 && body.every((item) => item.text !== undefined && item.media_type === 'text/plain')
        ? body.map((item) => item.text ?? '').join('')
        : undefined;
  const resultText = whole ?? (content === undefined || content === null ? '' : JSON.stringify(content));
  return {
    role: 'tool',
    index,
    raw,
    content: typeof content === 'string' ? resultItems(content) : body,
    label: callId || text(member(raw, 'id')),
    hasCallId: callId !== '',
    name: text(member(raw, 'name')),
    resultText,
    result: resultOf(resultText),
  };
}

function resultItems(result: string): readonly ContentItem[] {
  return result === ''
    ? []
    : textItems('tool_result', result, isStructured(tryParseJson(result)) ? 'application/json' : 'text/plain');
}

/** JSON objects, lists and string literals are opened; a bare `0042` or `1e5` is an id and stays as written. */
function resultOf(resultText: string): JsonValue {
  const parsed = tryParseJson(resultText);
  return isStructured(parsed) || typeof parsed === 'string' ? (parsed ?? resultText) : resultText;
}

function isStructured(value: JsonValue | undefined): boolean {
  return typeof value === 'object' && value !== null;
}

function readCalls(raw: JsonValue): readonly ToolCall[] {
  const listed = member(raw, 'tool_calls');
  const legacy = member(raw, 'function_call');
  const calls: JsonValue[] = Array.isArray(listed)
    ? [...(listed as readonly JsonValue[])]
    : listed === null || listed === undefined
      ? []
      : [listed];
  if (legacy !== undefined && legacy !== null) calls.push({ function: legacy });
  return calls.map((call, index) => readCall(call, index));
}

/** `{id, function: {name, arguments: "…"}}`, `{id, name, arguments: {…}}`, or `{id, custom: {name, input}}`. */
function readCall(raw: JsonValue, index: number): ToolCall {
  const inner = member(raw, 'function') ?? member(raw, 'custom') ?? raw;
  const given = member(inner, 'arguments') ?? member(inner, 'input') ?? member(inner, 'args');
  const argsText =
    typeof given === 'string' ? given : given === undefined || given === null ? '' : JSON.stringify(given);
  const args = typeof given === 'string' ? tryParseJson(given === '' ? '{}' : given) : (given ?? {});
  return {
    index,
    name: text(member(inner, 'name')),
    label: text(member(raw, 'id')),
    argsText: given === undefined && !isJsonObject(raw) ? JSON.stringify(raw) : argsText,
    args,
    raw,
  };
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function argumentItems(call: ToolCall): readonly ContentItem[] {
  if (call.argsText === '') return call.name === '' ? jsonItems('tool_args', call.raw) : [];
  return textItems('tool_args', call.argsText, call.args === undefined ? 'text/plain' : 'application/json');
}
