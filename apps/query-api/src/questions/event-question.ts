import { type Credential } from '@affidavit/service-kit';
import { encodeAsOf, readAsOf } from '../reading/as-of.ts';
import { isAheadRecord } from '../reading/list-answer.ts';
import { contradicts } from '../reading/order-certainty.ts';
import { type FlatRow, type NestedRow, nestRow } from '../reading/row-shape.ts';
import { type SortKey } from '../reading/sort-key.ts';
import { queryError } from '../query-error.ts';
import { type RunQuery } from '../store/engine.ts';
import { MAX_COPIES, readCopies, theEvent } from '../store/event-reads.ts';
import { type ReadContext } from '../store/list-reads.ts';
import { readProjectionState } from '../store/projection-state.ts';
import { causeKeys, parseTime } from '@affidavit/audit-model';
import { type Ask } from './ask.ts';

export interface EventSources {
  readonly run: RunQuery;
  readonly generation: string;
  readonly ask: Ask;
}

export interface EventQuestion {
  /** The id, or the event key `connector:id`. */
  readonly eventId: string;
  readonly connectorId?: string | undefined;
  readonly asOf: string | undefined;
  readonly reason: string;
  readonly route: string;
}

/**
 * One event with its place in Kafka, and every further record under its id. Throws `not_found`, for another tenant's
 * too.
 */
export async function askEvent(
  { run, generation, ask }: EventSources,
  asker: Credential,
  { eventId, connectorId, asOf, reason, route }: EventQuestion,
): Promise<NestedRow> {
  const asked = { event_id: eventId, ...(connectorId !== undefined && { connector_id: connectorId }) };
  const filters = connectorId === undefined ? [] : ['connector_id'];
  const question = { kind: 'event', route, filters, asked, reason } as const;
  return ask({ asker, question, needs: ['read_record'], continuation: false }, async () => {
    const state = await readProjectionState(run, generation);
    const at = asOf === undefined ? state.asOf : readAsOf(asOf, state.asOf);
    const context: ReadContext = { run, generation, tenantId: asker.tenant_id, vector: at.vector };
    const copies = await readCopies(context, await theEvent(context, eventId, connectorId));
    const [first] = copies;
    if (first === undefined) throw queryError('not_found', 'there is no such event');
    const event = eventOf(first, copies, await causeOf(context, first));
    return { body: { ...event, as_of: encodeAsOf(at) }, data: event, rows: 1, as_of: encodeAsOf(at) };
  });
}

/** Where the event stands that this one names as its cause. */
async function causeOf(context: ReadContext, record: FlatRow): Promise<SortKey | undefined> {
  const causation = record['causation_id'];
  if (typeof causation !== 'string' || causation === '') return undefined;
  for (const key of causeKeys(String(record['source.connector_id']), causation)) {
    const [cause] = await readCopies(context, key);
    if (cause !== undefined) return sortKeyOf(cause);
  }
  return undefined;
}

const sortKeyOf = (record: FlatRow): SortKey => ({
  occurred_at: parseTime(record['occurred_at'])?.micros ?? 0,
  stream_id: String(record['stream_id']),
  seq: Number(record['seq']),
  event_id: String(record['event_id']),
});

function eventOf(first: FlatRow, copies: readonly FlatRow[], cause: SortKey | undefined): NestedRow {
  return {
    ...nestRow(first),
    ...placeOf(first),
    late: Boolean(first['late']),
    ...(isAheadRecord(first) && { ahead: true }),
    // Of one event alone only causation tells; neighbours are a list's.
    order_uncertain: isAheadRecord(first) || contradicts(sortKeyOf(first), cause),
    duplicates: copies.length - 1,
    conflict: copies.some((copy) => copy['fact_hash'] !== first['fact_hash']),
    copies: copies.map((copy) => copyOf(copy, first)),
    copies_cap_reached: copies.length === MAX_COPIES,
  };
}

const placeOf = (record: FlatRow): NestedRow => ({
  kafka: {
    topic: record['kafka_topic'],
    partition: record['kafka_partition'],
    offset: record['kafka_offset'],
    timestamp: record['kafka_timestamp'],
  },
  schema_id: record['schema_id'],
  record_hash: record['record_hash'],
});

/** A copy says where it is; one whose facts differ says all of them, so that the two can be held side by side. */
function copyOf(copy: FlatRow, first: FlatRow): NestedRow {
  const delivery = {
    observed_at: copy['observed_at'],
    stream_id: copy['stream_id'],
    seq: copy['seq'],
    fact_hash: copy['fact_hash'],
  };
  return {
    ...placeOf(copy),
    ...delivery,
    ...(copy['fact_hash'] !== first['fact_hash'] && { contradicts: true, event: nestRow(copy) }),
  };
}
