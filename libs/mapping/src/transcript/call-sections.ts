import { type CompiledErrorRule } from '../compile/error-rules.ts';
import { type CompiledTool } from '../compile/tools.ts';
import { type Scope } from '../expression/scope.ts';
import { singleText } from '../expression/value.ts';
import { type JsonObject } from '../json-value.ts';
import { limits } from '../limits.ts';
import { type ObjectRef, type Outcome } from '../wire-event.ts';
import { type ToolCall } from './message.ts';
import { report, type RunContext } from './run-context.ts';

/** The name of a call without one: `tool.name` is required, and the call has to be somewhere. */
const NAMELESS = 'unnamed';

export function toolSection(tool: CompiledTool, name: string, scope: Scope): JsonObject {
  const executedAs = singleText(tool.executedAs, scope);
  const key = singleText(tool.idempotencyKey, scope);
  return {
    name: name === '' ? NAMELESS : name,
    tier: tool.tier,
    protocol: tool.protocol,
    ...(tool.server !== undefined && { server: tool.server }),
    ...(tool.version !== undefined && { version: tool.version }),
    ...(executedAs !== undefined && { executed_as: executedAs }),
    ...(key !== undefined && { idempotency_key: key }),
  };
}

export function argumentsState(call: ToolCall): Readonly<Record<string, string>> {
  return { arguments_state: call.args === undefined ? 'unparsable' : 'parsed' };
}

export function outcomeOf(rules: readonly CompiledErrorRule[], scope: Scope): Outcome {
  const hit = rules.find((rule) => rule.test(scope));
  if (hit === undefined) return { status: 'success' };
  return { status: hit.status, code: singleText(hit.code, scope) ?? 'tool_error' };
}

/** Objects that a call names before anything happened to them. */
export function mentioned(tool: CompiledTool, scope: Scope): readonly ObjectRef[] {
  const named = [...tool.objects(scope, 'subject'), ...tool.emits.flatMap((emit) => emit.objects(scope, 'subject'))];
  return unique(named.map((object) => ({ ...object, role: 'subject' })));
}

/** Objects with what happened to them, when it did: an event that its rule did not compose happened to nothing. */
export function touched(tool: CompiledTool, scope: Scope, outcome: Outcome): readonly ObjectRef[] {
  if (outcome.status !== 'success') return mentioned(tool, scope);
  const happened = tool.emits.filter((emit) => emit.onlyIf !== 'failure' && emit.when(scope));
  return unique([
    ...tool.objects(scope, 'subject'),
    ...happened.flatMap((emit) => emit.objects(scope, emit.defaultRole(scope))),
  ]);
}

/** Each object once per role; `subject` says nothing beside what happened to it. */
function unique(objects: readonly ObjectRef[]): readonly ObjectRef[] {
  const keyOf = (object: ObjectRef): string => JSON.stringify([object.system, object.instance, object.type, object.id]);
  const withRole = new Set(objects.filter((object) => object.role !== 'subject').map(keyOf));
  const kept = objects.filter((object) => object.role !== 'subject' || !withRole.has(keyOf(object)));
  return [...new Map(kept.map((object) => [`${keyOf(object)} ${object.role}`, object])).values()];
}

/** As many as one event may name; the rest is reported, and stands on the events that the tool's rules compose. */
export function bounded(
  context: RunContext,
  objects: readonly ObjectRef[],
  messageIndex: number,
  toolName: string,
): readonly ObjectRef[] {
  if (objects.length > limits.objectsPerEvent) report(context, 'objects_beyond_limit', messageIndex, toolName);
  return objects.slice(0, limits.objectsPerEvent);
}
