import { readEventKey } from '@affidavit/audit-model';
import { fitParameter, type IdSet } from './id-sets.ts';
import { type Sql, sql, texts } from './sql.ts';

/** What a text may mean that names an event: the id itself, or the id behind a key's connector. */
export const eventIdsOf = (text: string): readonly string[] => {
  const name = readEventKey(text);
  return name === null ? [text] : [text, name.event_id];
};

/** The `event_id` that stands behind a key's first colon; a connector id has none. */
export const idOf = (key: string): string => key.slice(key.indexOf(':') + 1);

/**
 * The condition on `ids` that a row is one of these events, given by their keys. The table is sorted by the id:
 * without it every event of the tenant would be looked at.
 */
export const keyedBy = (keys: readonly string[]): Sql =>
  sql`(id IN ${texts(keys.map(idOf))} AND event_key IN ${texts(keys)})`;

/** The same of a set, for which the query stands in that finds it where it is too large for a parameter. */
export const keyed = (keys: IdSet): Sql =>
  fitParameter(keys.ids)
    ? keyedBy(keys.ids)
    : sql`(id IN (SELECT arrayJoin(arrayMap(key -> substring(key, position(key, ':') + 1),
        (SELECT groupArray(*) FROM ${keys.sql})))) AND event_key IN ${keys.sql})`;

/** The condition on `events` that a row names one of these events as its cause, by its key or as its own connector's. */
export const causedByAny = (keys: readonly string[]): Sql =>
  sql`(causation_id IN ${texts(keys)} OR causation_id != '' AND audit_event_key(\`source.connector_id\`, causation_id) IN ${texts(keys)})`;
