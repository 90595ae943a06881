import { type CompiledMapping } from './compile/compile-mapping.ts';
import { isJsonObject, type JsonValue } from './json-value.ts';
import { readMessage } from './transcript/message.ts';

export interface UnusedField {
  /** Generalised path: `$.info.task.outputs[*]`, `$message.annotations`, `$args.item_ids (exchange_items)`. */
  readonly path: string;
  readonly count: number;
}

type Location = readonly (string | number)[];

/** Members of a chat message that the engine itself reads. */
const MESSAGE_MEMBERS = new Set([
  'role',
  'content',
  'tool_calls',
  'function_call',
  'tool_call_id',
  'name',
  'refusal',
  'reasoning',
  'reasoning_content',
  'id',
]);

/**
 * Leaves of a record that no expression of the mapping read: what its author may have overlooked. They are not lost:
 * messages, arguments and results are kept as content. A read above a leaf counts for the leaf.
 */
export function unusedFields(
  mapping: CompiledMapping,
  record: JsonValue,
  reads: readonly Location[],
): readonly UnusedField[] {
  const used = new Set(reads.map((location) => JSON.stringify(generalise(location))));
  const counts = new Map<string, number>();
  const leaf = (path: Location): void => {
    const general = generalise(path);
    if (general.some((_, index) => used.has(JSON.stringify(general.slice(0, index + 1))))) return;
    const text = pathText(general);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  };
  const messages = mapping.messages
    .within(record)
    .flatMap((found) => (Array.isArray(found) ? (found as readonly JsonValue[]) : [found]));
  const messageSet = new Set<JsonValue>(messages);
  visit(record, ['$'], leaf, messageSet);
  messages.forEach((message, index) => visitMessage(mapping, message, index, leaf));
  return [...counts].map(([path, count]) => ({ path, count })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function visit(
  value: JsonValue,
  path: Location,
  leaf: (path: Location) => void,
  skipped: ReadonlySet<JsonValue>,
): void {
  if (skipped.has(value) && isJsonObject(value)) return;
  if (Array.isArray(value)) {
    (value as readonly JsonValue[]).forEach((each, index) => visit(each, [...path, index], leaf, skipped));
  } else if (isJsonObject(value)) {
    for (const [key, each] of Object.entries(value)) visit(each, [...path, key], leaf, skipped);
  } else if (value !== null) {
    leaf(path);
  }
}

function visitMessage(
  mapping: CompiledMapping,
  message: JsonValue,
  index: number,
  leaf: (path: Location) => void,
): void {
  if (!isJsonObject(message)) return;
  for (const [key, each] of Object.entries(message)) {
    if (!MESSAGE_MEMBERS.has(key)) visit(each, ['$message', key], leaf, new Set());
  }
  const read = readMessage(message, index, mapping.roles);
  if (read.role !== 'assistant' && read.role !== 'user') return;
  for (const call of read.calls) visit(call.args ?? null, ['$args', call.name], leaf, new Set());
}

function generalise(path: Location): Location {
  return path.map((part) => (typeof part === 'number' ? '*' : part));
}

function pathText(path: Location): string {
  const [root, ...rest] = path;
  const tool = root === '$args' ? rest.shift() : undefined;
  const text = rest.reduce<string>(
    (sum, part) =>
      part === '*' ? `${sum}[*]` : /^[A-Za-z_]\w*$/.test(String(part)) ? `${sum}.${part}` : `${sum}['${String(part)}']`,
    String(root),
  );
  return tool === undefined ? text : `${text} (${String(tool)})`;
}
