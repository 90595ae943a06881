import { type Message, type ToolCall } from './message.ts';

export type ToolMessage = Extract<Message, { role: 'tool' }>;
export type CallingMessage = Extract<Message, { role: 'assistant' | 'user' }>;

export interface PlacedCall {
  readonly message: CallingMessage;
  readonly call: ToolCall;
}

export interface Pairing {
  /** The call that a tool message answers, by the message's index; missing for a result without a call. */
  readonly callOf: ReadonlyMap<number, PlacedCall>;
  readonly answered: ReadonlySet<ToolCall>;
}

/**
 * Pairs results with calls within one run. A result answers the earliest open call with its label; labels repeat, so
 * an answered call is not open. Without a usable label (legacy `function` messages) the name decides, then the order.
 * A call is only open after its message: a result before its call answers nothing.
 */
export function pairCalls(messages: readonly Message[]): Pairing {
  const open: PlacedCall[] = [];
  const callOf = new Map<number, PlacedCall>();
  const answered = new Set<ToolCall>();
  for (const message of messages) {
    if (message.role === 'assistant' || message.role === 'user') {
      open.push(...message.calls.map((call) => ({ message, call })));
    } else if (message.role === 'tool') {
      const at = findOpen(open, message);
      const [found] = at < 0 ? [] : open.splice(at, 1);
      if (found === undefined) continue;
      callOf.set(message.index, found);
      answered.add(found.call);
    }
  }
  return { callOf, answered };
}

function findOpen(open: readonly PlacedCall[], message: ToolMessage): number {
  if (message.label !== '') {
    const labelled = open.findIndex(({ call }) => call.label === message.label);
    // A call id that no open call has is no reason to guess, unless the calls carry no labels at all.
    if (labelled >= 0 || (message.hasCallId && open.some(({ call }) => call.label !== ''))) return labelled;
  }
  if (message.name !== '') return open.findIndex(({ call }) => call.name === message.name);
  return open.length > 0 ? 0 : -1;
}
