import { unreachable } from '@affidavit/audit-model';
import { withNames, withRoots } from '../expression/scope.ts';
import { jsonItems } from './content-items.ts';
import { type Message } from './message.ts';
import { agentFields, report, type RunContext, speakerFields, stepId } from './run-context.ts';
import { sectionOf } from './run-events.ts';
import { composeCalls, composeResult } from './tool-calls.ts';

/** Composes the events of one message. Total over the union: there is no message without an event or a kept body. */
export function composeMessage(context: RunContext, message: Message): void {
  context.clock.enter(withRoots(context.scope, { message: { value: message.raw, at: ['$message'] } }));
  switch (message.role) {
    case 'system':
      context.state.pendingSystem.push(...message.content);
      return;
    case 'user':
      composePrompt(context, message);
      return;
    case 'assistant':
      composeModelCall(context, message);
      return;
    case 'tool':
      composeResult(context, message);
      return;
    case 'unmatched':
      keepUnmatched(context, message);
      return;
    default:
      unreachable(message);
  }
}

/** A user message without text that only calls the user's own tools is no prompt. */
function composePrompt(context: RunContext, message: Extract<Message, { role: 'user' }>): void {
  let cause = context.state.lastCause;
  if (message.content.length > 0 || message.calls.length === 0) {
    context.state.turn += 1;
    cause = context.sink.add(`${String(message.index)}/prompt`, 'interaction.prompt.submitted', {
      ...speakerFields(context),
      content: message.content,
    });
    context.state.lastCause = cause;
  }
  composeCalls(context, message, cause);
}

function composeModelCall(context: RunContext, message: Extract<Message, { role: 'assistant' }>): void {
  const scope = withNames(withRoots(context.scope, { message: { value: message.raw, at: ['$message'] } }), {
    message_index: message.index,
  });
  let cause = context.state.lastCause;
  const step = stepId(context, message.index);
  const callId = `${context.runId}/${String(message.index)}`;
  const isCall = context.mapping.isModelCall(scope);
  if (isCall) {
    context.state.modelCalls += 1;
    const model = sectionOf('model', context.mapping.model, scope);
    const usage = sectionOf('usage', context.mapping.usage, scope);
    cause = context.sink.add(`${String(message.index)}/model`, 'model.call.completed', {
      ...agentFields(context),
      step_id: step,
      causation_id: cause,
      call_id: callId,
      outcome: { status: 'success' },
      ...(model !== undefined && { model }),
      ...(usage !== undefined && { usage }),
      content: [...takePendingSystem(context), ...message.reasoning, ...message.content],
      details: { tool_calls: String(message.calls.length) },
    });
  }
  if (isCall ? isShown(context, message) : message.content.length > 0 || message.calls.length === 0) {
    cause = context.sink.add(`${String(message.index)}/shown`, 'interaction.response.delivered', {
      ...agentFields(context),
      step_id: step,
      causation_id: cause,
      ...(isCall && { call_id: callId }),
      outcome: { status: 'success' },
      content: [
        ...(isCall ? [] : takePendingSystem(context)),
        ...message.content.map((item) => ({ ...item, role: 'shown' })),
      ],
    });
  }
  context.state.lastCause = cause;
  composeCalls(context, message, cause);
}

/** Chat products show text beside tool calls as well; a mapping says so when its agent's harness drops it. */
function isShown(context: RunContext, message: Extract<Message, { role: 'assistant' }>): boolean {
  if (message.content.length === 0 || context.mapping.shown === 'never') return false;
  return context.mapping.shown === 'always' || message.calls.length === 0;
}

function takePendingSystem(context: RunContext): RunContext['state']['pendingSystem'] {
  const taken = context.state.pendingSystem;
  context.state.pendingSystem = [];
  return taken;
}

function keepUnmatched(context: RunContext, message: Extract<Message, { role: 'unmatched' }>): void {
  report(context, 'unmatched_message', message.index, message.reason);
  const { onUnmatched } = context.mapping;
  if (typeof onUnmatched === 'object') {
    context.sink.add(`${String(message.index)}/kept`, onUnmatched.keep_as, {
      ...agentFields(context),
      step_id: stepId(context, message.index),
      call_id: `${context.runId}/${String(message.index)}`,
      content: jsonItems('original', message.raw),
    });
  } else {
    context.state.kept.push(message.raw);
  }
}
