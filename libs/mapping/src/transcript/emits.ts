import { type CompiledContent, type CompiledEmit } from '../compile/emits.ts';
import { type CompiledTool } from '../compile/tools.ts';
import { type Scope, withRoots } from '../expression/scope.ts';
import { allTexts, singleText } from '../expression/value.ts';
import { isScalar, type JsonObject, type JsonValue, scalarText } from '../json-value.ts';
import { limits } from '../limits.ts';
import { type ContentItem, type ObjectRef, type Outcome, type SubjectRef } from '../wire-event.ts';
import { jsonItems, textItems } from './content-items.ts';
import { type EventFields } from './event-sink.ts';
import { report, type RunContext } from './run-context.ts';

/** One finished tool call, as its rules see it. */
export interface FinishedCall {
  readonly scope: Scope;
  readonly outcome: Outcome;
  readonly callId: string;
  /** Where the call ended; part of the ids of what it composes. */
  readonly place: string;
  readonly messageIndex: number;
  readonly fields: EventFields;
}

/** Composes what a tool's rules say, once per `for_each` item, at most `emitsPerCall` events. */
export function composeEmits(context: RunContext, tool: CompiledTool, call: FinishedCall): void {
  let composed = 0;
  tool.emits.forEach((emit, index) => {
    if (!applies(emit, call)) return;
    const items = emit.forEach === undefined ? [undefined] : emit.forEach.path.matches(call.scope);
    items.forEach((item, nth) => {
      if (composed >= limits.emitsPerCall) {
        report(context, 'emits_beyond_limit', call.messageIndex, emit.type);
        return;
      }
      composed += 1;
      const scope =
        item === undefined || emit.forEach === undefined
          ? call.scope
          : withRoots(call.scope, { [emit.forEach.as]: { value: item } });
      composeEmit(
        context,
        emit,
        { ...call, scope },
        emit.forEach === undefined ? String(index) : `${String(index)}.${String(nth)}`,
      );
    });
  });
}

function applies(emit: CompiledEmit, call: FinishedCall): boolean {
  const succeeded = call.outcome.status === 'success';
  if (emit.onlyIf === 'success' && !succeeded) return false;
  // An unknown end is neither: nothing is claimed of it.
  if (emit.onlyIf === 'failure' && (succeeded || call.outcome.status === 'unknown')) return false;
  return emit.when(call.scope);
}

function composeEmit(context: RunContext, emit: CompiledEmit, call: FinishedCall, nth: string): void {
  const { scope } = call;
  const objects = emit.objects(scope, emit.defaultRole(scope));
  if (emit.needsObject && objects.length === 0) {
    report(context, 'emit_without_object', call.messageIndex, emit.type);
    return;
  }
  // More objects than one event may name become more events, never fewer objects.
  const chunks = Math.max(1, Math.ceil(objects.length / limits.objectsPerEvent));
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const part = objects.slice(chunk * limits.objectsPerEvent, (chunk + 1) * limits.objectsPerEvent);
    const suffix = chunk === 0 ? nth : `${nth}+${String(chunk)}`;
    context.sink.add(
      `${call.place}/emit/${suffix}`,
      emit.type,
      emitFields(emit, call, part, `${call.callId}/${suffix}`),
    );
    if (emit.isEffect) context.state.effects += 1;
  }
  if (emit.type === 'escalation.raised') context.state.escalated = true;
}

function emitFields(
  emit: CompiledEmit,
  call: FinishedCall,
  objects: readonly ObjectRef[],
  effectId: string,
): EventFields {
  const { scope } = call;
  const { tool, ...fields } = call.fields;
  const sections = [...emit.sections]
    .map(([name, tree]) => [name, tree(scope)] as const)
    .filter(([, section]) => section !== undefined);
  const ids = [...emit.ids].map(([name, value]) => [name, singleText(value, scope)] as const);
  return {
    ...fields,
    ...(emit.takes.includes('tool') && { tool }),
    ...Object.fromEntries(sections),
    ...Object.fromEntries(ids),
    ...(emit.isEffect && {
      effect_id: effectId,
      effect: effectSection(emit, scope, objects, Object.fromEntries(sections)),
    }),
    case_refs: emit.cases(scope),
    object_refs: objects,
    subject_refs: [...((call.fields.subject_refs as readonly SubjectRef[] | undefined) ?? []), ...emit.subjects(scope)],
    outcome: emitOutcome(emit, call),
    labels: emit.labels.flatMap((value) => allTexts(value, scope)),
    categories: emit.categories.flatMap((value) => allTexts(value, scope)),
    content: emit.content.flatMap((each) => contentOf(each, scope)),
    details: emit.details?.(scope),
  };
}

function effectSection(
  emit: CompiledEmit,
  scope: Scope,
  objects: readonly ObjectRef[],
  sections: Readonly<Record<string, JsonObject | undefined>>,
): JsonObject {
  const target = objects[0]?.system;
  return { kind: emit.effectKind(scope), ...(target !== undefined && { target_system: target }), ...sections.effect };
}

function emitOutcome(emit: CompiledEmit, call: FinishedCall): Outcome {
  const status = singleText(emit.status, call.scope) ?? call.outcome.status;
  const code = singleText(emit.code, call.scope) ?? (emit.status === undefined ? call.outcome.code : undefined);
  return { status, ...(code !== undefined && { code }) };
}

function contentOf(content: CompiledContent, scope: Scope): readonly ContentItem[] {
  const values: readonly JsonValue[] = (content.text ?? content.json)?.(scope) ?? [];
  return values.flatMap((value) => {
    if (content.json !== undefined || !isScalar(value)) return jsonItems(content.role, value);
    const text = scalarText(value);
    return text === '' ? [] : textItems(content.role, text, content.mediaType ?? 'text/plain');
  });
}
