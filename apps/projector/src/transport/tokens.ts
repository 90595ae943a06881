export const EVENT_SINK = Symbol('event sink');
export const CONTENT_SINK = Symbol('content sink');
export const DEAD_LETTER_SINK = Symbol('dead letter sink');
