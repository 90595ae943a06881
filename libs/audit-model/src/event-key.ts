/**
 * What an event is known by within its tenant: who says it and its id, as CloudEvents has source and id. Two connectors
 * may use one `event_id`, since ids are often predictable, and neither says anything about the other's event. A
 * connector id holds no colon, so no two events share a key. The SQL function `audit_event_key` agrees with it.
 */
export const eventKey = (connectorId: string, eventId: string): string => `${connectorId}:${eventId}`;

export interface EventName {
  readonly connector_id: string;
  readonly event_id: string;
}

/** 1 to 64 lower-case letters, digits, dots, dashes or underscores: what a credential's connector id is made of. */
const CONNECTOR_ID = /^[a-z0-9._-]{1,64}$/;

/** The two parts of a key, or null where the text is no key: it has no colon, or no connector's id before the first. */
export function readEventKey(text: string): EventName | null {
  const colon = text.indexOf(':');
  const connector_id = text.slice(0, Math.max(colon, 0));
  const event_id = text.slice(colon + 1);
  return CONNECTOR_ID.test(connector_id) && event_id !== '' ? { connector_id, event_id } : null;
}

/**
 * The keys that a `causation_id` may mean, the likelier first: an event of the same connector by that id; else, where
 * the text is a key, that connector's.
 */
export const causeKeys = (connectorId: string, causationId: string): readonly string[] => [
  eventKey(connectorId, causationId),
  causationId,
];
