import { AffidavitError, eventKey, type EventName } from '@affidavit/audit-model';
import { connectClickHouse, tableName } from '@affidavit/clickhouse';
import { type Accepted } from '@affidavit/intake';
import { type HttpServiceSettings } from '@affidavit/service-kit';
import { type DuplicateLookup, type RecordPlace } from './duplicate-lookup.ts';
import { type StoredReceipt } from './recent-receipts.ts';

/** What ClickHouse knows of events, by the event keys of one tenant. It lags behind the log, and it may be away. */
export interface RecordIndex extends DuplicateLookup {
  /** Where the first copy of each known event is, by its key. Rejects with retryable `store_unavailable`. */
  places(tenantId: string, events: readonly EventName[]): Promise<ReadonlyMap<string, RecordPlace>>;
  /** Of each connector that has an event with this id, or of the one that is named, the first copy's. */
  receipts(tenantId: string, eventId: string, connectorId?: string): Promise<readonly StoredReceipt[]>;
  close(): Promise<void>;
}

/** A receipt does not wait longer for the word "duplicate". */
const LOOKUP_WITHIN_MS = 250;
/** The ids travel in the URL. */
const MAX_ID_UNITS = 64 * 1024;
const REQUEST_TIMEOUT_MS = 3_000;

type ClickHouseClient = ReturnType<typeof connectClickHouse>;

interface PlaceRow extends RecordPlace {
  readonly event_key: string;
}
/** More connectors with one id than this are not listed. */
const MAX_RECEIPTS = 50;

const placesQuery = (generation: string): string => `
  SELECT event_key, first.1 AS topic, first.2 AS partition, toInt64(first.3) AS offset, first.4 AS fact_hash
  FROM (
    SELECT event_key, argMin((kafka_topic, kafka_partition, kafka_offset, lower(hex(fact_hash))), (kafka_timestamp,
    kafka_topic, kafka_partition, kafka_offset)) AS first
    FROM ${tableName(generation, 'ids')} WHERE tenant_id = {tenant:String} AND kind = 'event' AND id IN {ids:Array(String)}
      AND event_key IN {keys:Array(String)}
    GROUP BY event_key
  )`;

const receiptQuery = (generation: string): string => `
  SELECT event_id, \`source.connector_id\` AS connector_id, kafka_topic AS topic, kafka_partition AS partition,
    kafka_offset AS offset, lower(hex(record_hash)) AS record_hash, lower(hex(fact_hash)) AS fact_hash
  FROM ${tableName(generation, 'events')}
  WHERE tenant_id = {tenant:String} AND event_id = {id:String}
    AND ({connector:String} = '' OR \`source.connector_id\` = {connector:String})
    AND (run_key, occurred_at) IN (SELECT run_key, occurred_at FROM ${tableName(generation, 'ids')}
    WHERE tenant_id = {tenant:String} AND kind = 'event' AND id = {id:String})
  ORDER BY kafka_timestamp, kafka_topic, kafka_partition, kafka_offset
  LIMIT 1 BY connector_id LIMIT ${MAX_RECEIPTS}`;

export function openRecordIndex(settings: HttpServiceSettings, generation: string): RecordIndex {
  const client = connectClickHouse({
    url: settings.url,
    application: 'affidavit-collector',
    request_timeout_ms: REQUEST_TIMEOUT_MS,
    max_connections: 4,
    ...(settings.user !== undefined && { username: settings.user }),
    ...(settings.password !== undefined && { password: settings.password }),
  });
  return new ClickHouseIndex(client, generation);
}

class ClickHouseIndex implements RecordIndex {
  readonly #client: ClickHouseClient;
  readonly #generation: string;
  #busy = false;

  constructor(client: ClickHouseClient, generation: string) {
    this.#client = client;
    this.#generation = generation;
  }

  async places(tenantId: string, events: readonly EventName[]): Promise<ReadonlyMap<string, RecordPlace>> {
    const rows = await this.#rows<PlaceRow>(placesQuery(this.#generation), {
      tenant: tenantId,
      ids: events.map(({ event_id }) => event_id),
      keys: events.map(({ connector_id, event_id }) => eventKey(connector_id, event_id)),
    });
    return new Map(rows.map(({ event_key, offset, ...place }) => [event_key, { ...place, offset: Number(offset) }]));
  }

  async receipts(tenantId: string, eventId: string, connectorId = ''): Promise<readonly StoredReceipt[]> {
    const asked = { tenant: tenantId, id: eventId, connector: connectorId };
    const rows = await this.#rows<StoredReceipt>(receiptQuery(this.#generation), asked);
    return rows.map((row) => ({ ...row, offset: Number(row.offset) }));
  }

  /** One look at a time: under load receipts go without, rather than the index being asked ever more. */
  async find(accepted: readonly Accepted[]): Promise<ReadonlyMap<string, RecordPlace>> {
    const events = accepted.filter((item) => item.idempotent).map(({ event }) => event.record);
    const [first] = events;
    if (this.#busy || first === undefined) return new Map();
    let units = 0;
    // The id travels alone and in the key.
    const names = events
      .filter(
        ({ tenant_id, event_id }) =>
          tenant_id === first.tenant_id && (units += 2 * event_id.length + 64) <= MAX_ID_UNITS,
      )
      .map(({ event_id, source }) => ({ event_id, connector_id: source.connector_id }));
    this.#busy = true;
    const looked = this.places(first.tenant_id, names).catch(() => new Map<string, RecordPlace>());
    void looked.finally(() => (this.#busy = false));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<ReadonlyMap<string, RecordPlace>>(
      (resolve) => (timer = setTimeout(() => resolve(new Map()), LOOKUP_WITHIN_MS)),
    );
    return Promise.race([looked, late]).finally(() => clearTimeout(timer));
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #rows<T>(query: string, query_params: Record<string, unknown>): Promise<T[]> {
    try {
      const answer = await this.#client.query({ query, query_params, format: 'JSONEachRow' });
      return await answer.json<T>();
    } catch (cause) {
      throw new AffidavitError('store_unavailable', 'ClickHouse does not answer.', { retryable: true, cause });
    }
  }
}
