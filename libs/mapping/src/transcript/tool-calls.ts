import { type CompiledTool } from '../compile/tools.ts';
import { type Scope, withNames, withRoots } from '../expression/scope.ts';
import { singleText } from '../expression/value.ts';
import { type JsonValue } from '../json-value.ts';
import { limits } from '../limits.ts';
import { RecordError } from '../record-error.ts';
import { type Outcome } from '../wire-event.ts';
import { argumentsState, bounded, mentioned, outcomeOf, toolSection, touched } from './call-sections.ts';
import { type EventFields } from './event-sink.ts';
import { composeEmits } from './emits.ts';
import { argumentItems, type ToolCall } from './message.ts';
import { type CallingMessage, type ToolMessage } from './pair-calls.ts';
import { agentFields, report, type RunContext, speakerFields, stepId } from './run-context.ts';

/** `tool.call.requested` of every call in a message; a call that nothing answers is finished at once. */
export function composeCalls(context: RunContext, message: CallingMessage, cause: string): void {
  if (message.calls.length > limits.callsPerMessage) {
    throw new RecordError(
      'record_work_exceeded',
      `message ${String(message.index)} asks for ${String(message.calls.length)} calls; at most ` +
        `${String(limits.callsPerMessage)} are read`,
    );
  }
  for (const call of message.calls) {
    const { tool, scope, callId } = callContext(context, message, call);
    noteCall(context, message, call);
    const eventId = context.sink.add(`${String(message.index)}/${String(call.index)}/call`, 'tool.call.requested', {
      ...callerFields(context, message),
      step_id: stepId(context, message.index),
      causation_id: cause,
      correlation_id: call.label,
      call_id: callId,
      object_refs: bounded(context, mentioned(tool, scope), message.index, call.name),
      tool: toolSection(tool, call.name, scope),
      content: argumentItems(call),
      details: argumentsState(call),
    });
    context.state.requested.set(callId, eventId);
    if (!context.pairing.answered.has(call)) composeMissingResult(context, message, call, eventId);
  }
}

/** What a tool message says: the call's end, its effects, and the person it names. */
export function composeResult(context: RunContext, message: ToolMessage): void {
  const paired = context.pairing.callOf.get(message.index);
  if (paired === undefined) report(context, 'result_without_call', message.index, message.name);
  const call = paired?.call ?? {
    index: 0,
    name: message.name,
    label: message.label,
    argsText: '',
    args: {},
    raw: null,
  };
  const asker = paired?.message ?? message;
  const { tool, scope: asked, callId } = callContext(context, asker, call);
  const scope = withRoots(asked, {
    result: { value: message.result },
    result_text: { value: message.resultText },
    message: { value: message.raw, at: ['$message'] },
  });
  const outcome = outcomeOf([...tool.errors, ...context.mapping.errors], scope);
  const succeeded = outcome.status === 'success';
  const place = String(message.index);
  const fields: EventFields = {
    ...(asker.role === 'user' ? speakerFields(context) : agentFields(context)),
    step_id: stepId(context, asker.index),
    causation_id: context.state.requested.get(callId) ?? '',
    correlation_id: call.label,
    call_id: callId,
    tool: toolSection(tool, call.name, scope),
  };
  const eventId = context.sink.add(`${place}/result`, succeeded ? 'tool.call.completed' : 'tool.call.failed', {
    ...fields,
    object_refs: bounded(context, touched(tool, scope, outcome), message.index, call.name),
    outcome,
    content: message.content,
    details: {
      ...argumentsState(call),
      ...(succeeded ? { result_state: 'present' } : { error_type: outcome.code ?? 'tool_error' }),
    },
  });
  context.state.lastCause = eventId;
  composeEmits(context, tool, {
    scope,
    outcome,
    callId,
    place,
    messageIndex: message.index,
    fields: { ...fields, causation_id: eventId },
  });
  if (succeeded) assertPeople(context, call.name, scope, place, { ...fields, causation_id: eventId });
}

/** The record ends, or goes on, without an answer: that the outcome is unknown is a fact of its own. */
function composeMissingResult(context: RunContext, message: CallingMessage, call: ToolCall, requested: string): void {
  report(context, 'call_without_result', message.index, call.name);
  const { tool, scope, callId } = callContext(context, message, call);
  const place = `${String(message.index)}/${String(call.index)}`;
  const outcome: Outcome = { status: 'unknown', code: 'no_result' };
  const fields: EventFields = {
    ...callerFields(context, message),
    step_id: stepId(context, message.index),
    causation_id: requested,
    correlation_id: call.label,
    call_id: callId,
    tool: toolSection(tool, call.name, scope),
  };
  const eventId = context.sink.add(`${place}/no-result`, 'tool.call.completed', {
    ...fields,
    object_refs: bounded(context, mentioned(tool, scope), message.index, call.name),
    outcome,
    details: { ...argumentsState(call), result_state: 'missing' },
  });
  composeEmits(context, tool, {
    scope,
    outcome,
    callId,
    place,
    messageIndex: message.index,
    fields: { ...fields, causation_id: eventId },
  });
}

function assertPeople(context: RunContext, toolName: string, scope: Scope, place: string, fields: EventFields): void {
  context.mapping.run.people.forEach((person, index) => {
    if (!person.fromTools.includes(toolName)) return;
    const found = context.people.learn(person, scope);
    found.forEach((known, nth) => {
      const linkId = `${context.runId}/${place}/link/${String(index)}/${String(nth)}`;
      context.sink.add(`${place}/link/${String(index)}/${String(nth)}`, 'link.asserted', {
        ...fields,
        tool: undefined,
        subject_refs: context.people.subjectRefs,
        link: {
          link_id: linkId,
          kind: 'run_user',
          from_kind: 'run',
          from_id: context.runId,
          to_kind: 'user',
          to_id: known.id,
          ...(known.issuer !== undefined && { to_issuer: known.issuer }),
          basis: 'source',
          rule_id: `${context.mapping.id}/people/${known.role}`,
          confidence: 1,
        },
      });
    });
  });
}

function callContext(
  context: RunContext,
  message: { readonly index: number; readonly raw: JsonValue },
  call: ToolCall,
): { tool: CompiledTool; scope: Scope; callId: string } {
  const scope = withNames(
    withRoots(context.scope, {
      message: { value: message.raw, at: ['$message'] },
      call: { value: call.raw },
      ...(call.args !== undefined && { args: { value: call.args, at: ['$args', call.name] } }),
    }),
    { message_index: message.index, call_index: call.index },
  );
  const callId =
    singleText(context.mapping.ids.get('call'), scope) ??
    `${context.runId}/${String(message.index)}/${String(call.index)}`;
  return { tool: context.mapping.tools.get(call.name) ?? context.mapping.unknownTool, scope, callId };
}

function noteCall(context: RunContext, message: CallingMessage, call: ToolCall): void {
  context.state.toolCalls += 1;
  if (call.name === '') report(context, 'call_without_name', message.index);
  else if (!context.mapping.tools.has(call.name)) report(context, 'unknown_tool', message.index, call.name);
  if (call.args === undefined) report(context, 'unparsable_arguments', message.index, call.name);
}

function callerFields(context: RunContext, message: CallingMessage): EventFields {
  return message.role === 'user' ? speakerFields(context) : agentFields(context);
}
