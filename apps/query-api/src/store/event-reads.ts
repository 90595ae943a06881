import { eventKey } from '@affidavit/audit-model';
import { queryError } from '../query-error.ts';
import { eventLink } from '../questions/links.ts';
import { type FlatRow } from '../reading/row-shape.ts';
import { eventIdsOf, keyed } from './event-keys.ts';
import { type ReadContext, recordColumns } from './list-reads.ts';
import { visible } from './list-table.ts';
import { integer, sql, tableName, text, texts } from './sql.ts';
import { oneId } from './id-sets.ts';

/** An event that a confused sender repeats for ever is still one page. */
export const MAX_COPIES = 1_000;
/** More connectors with one id than this are not listed. */
const MAX_CANDIDATES = 50;

interface FoundEvent {
  readonly event_key: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly first_at: string;
}

/**
 * The events that a text may name: by its event id, of whichever connector, or by its key; of one connector, when that
 * is named beside. At most MAX_CANDIDATES.
 */
export function findEvents(
  { run, generation, tenantId, vector }: ReadContext,
  id: string,
  connectorId?: string,
): Promise<readonly FoundEvent[]> {
  const named =
    connectorId === undefined
      ? sql`(id = ${text(id)} OR event_key = ${text(id)})`
      : sql`event_key = ${text(eventKey(connectorId, id))}`;
  return run<FoundEvent>(sql`SELECT event_key, any(id) AS event_id, argMin(event_type, kafka_timestamp) AS event_type,
      min(occurred_at) AS first_at FROM ${tableName(generation, 'ids')}
    WHERE tenant_id = ${text(tenantId)} AND kind = 'event' AND id IN ${texts(eventIdsOf(id))} AND ${named}
      AND ${visible(vector)}
    GROUP BY event_key ORDER BY event_key LIMIT ${integer(MAX_CANDIDATES)}`);
}

/** The one event that a text names. Throws `not_found`, and `ambiguous` with candidates when several connectors have it. */
export async function theEvent(context: ReadContext, id: string, connectorId?: string): Promise<string> {
  const [first, ...others] = await findEvents(context, id, connectorId);
  if (first === undefined) throw queryError('not_found', 'there is no such event');
  if (others.length === 0) return first.event_key;
  throw queryError('ambiguous', 'several connectors have an event with this id: name one of them', {
    detail: {
      candidates: [first, ...others].map(({ event_key, event_id, event_type, first_at }) => ({
        kind: 'event',
        event_id,
        connector_id: event_key.slice(0, event_key.indexOf(':')),
        event_type,
        first_at,
        link: eventLink(event_key),
      })),
    },
  });
}

/** All records under one event key by log order; the first of them is the event. Re-inserts of one record are one. */
export async function readCopies(
  { run, generation, tenantId, vector }: ReadContext,
  key: string,
): Promise<readonly FlatRow[]> {
  const ofTenant = sql`tenant_id = ${text(tenantId)} AND ${visible(vector)}`;
  return run<FlatRow>(sql`SELECT ${recordColumns}, late, run_key FROM ${tableName(generation, 'events')}
    WHERE ${ofTenant} AND event_key = ${text(key)} AND (run_key, occurred_at) IN (
      SELECT run_key, occurred_at FROM ${tableName(generation, 'ids')} WHERE ${ofTenant} AND kind = 'event'
      AND ${keyed(oneId(key))})
    ORDER BY kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
    LIMIT 1 BY kafka_timestamp, kafka_topic, kafka_partition, kafka_offset LIMIT ${integer(MAX_COPIES)}`);
}
