import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';

export interface ClickHouseSettings {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** Shows in the server's logs. */
  readonly application: string;
  readonly request_timeout_ms?: number;
  readonly max_connections?: number;
}

/**
 * A client for the settings; it opens no connection yet. An insert that was answered is in its table (no async_insert),
 * and nothing is dropped because it looks like an earlier one: idempotence is the table's key.
 */
export function connectClickHouse(settings: ClickHouseSettings): ClickHouseClient {
  return createClient({
    url: settings.url,
    username: settings.username ?? 'default',
    password: settings.password ?? '',
    application: settings.application,
    request_timeout: settings.request_timeout_ms ?? 60_000,
    max_open_connections: settings.max_connections ?? 10,
    keep_alive: { enabled: true, idle_socket_ttl: 2_500 },
    // The client's own log would print server errors, which quote values: the caller logs codes.
    log: { level: ClickHouseLogLevel.OFF },
    compression: { request: false, response: false },
    clickhouse_settings: { async_insert: 0, insert_deduplicate: 0, wait_end_of_query: 1 },
  });
}
