import { type CompiledMapping } from '../compile/compile-mapping.ts';
import { type Scope } from '../expression/scope.ts';
import { isJsonObject, type JsonValue } from '../json-value.ts';
import { limits } from '../limits.ts';
import { RecordError } from '../record-error.ts';
import { type Message, readMessage } from './message.ts';
import { type RunContext } from './run-context.ts';

/** Undefined when the record has no list of messages at all; an empty list is a run that said nothing. */
export function readMessages(mapping: CompiledMapping, scope: Scope): readonly Message[] | undefined {
  // Reading the list as a whole says nothing about which of its fields the mapping uses.
  const found = mapping.messages.matches({ roots: scope.roots, names: scope.names });
  const list =
    found.length === 1 && Array.isArray(found[0])
      ? (found[0] as readonly JsonValue[])
      : found.length > 1 || isJsonObject(found[0])
        ? found
        : undefined;
  if (list !== undefined && list.length > limits.messagesPerRecord) {
    throw new RecordError(
      'record_work_exceeded',
      `the record has ${String(list.length)} messages; at most ${String(limits.messagesPerRecord)} are read`,
    );
  }
  return list?.map((raw, index) => readMessage(raw, index, mapping.roles));
}

/** The first tool that is called and that the mapping does not name. */
export function unknownToolIn(mapping: CompiledMapping, messages: readonly Message[]): string | undefined {
  return messages
    .flatMap((message) => (message.role === 'assistant' || message.role === 'user' ? message.calls : []))
    .find((call) => !mapping.tools.has(call.name))?.name;
}

/** A run without a start of its own begins with the first message that has a time. */
export function enterFirstTime(context: RunContext, messages: readonly Message[]): void {
  if (context.mapping.time.basis !== 'source') return;
  for (const message of messages) {
    if (context.clock.hasSourceTime) return;
    context.clock.enter(messageScope(context, message));
  }
}

function messageScope(context: RunContext, message: Message): Scope {
  return {
    ...context.scope,
    roots: new Map([...context.scope.roots, ['message', { value: message.raw, at: ['$message'] }]]),
  };
}
