import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RecordingConfig } from './config.ts';
import { DoorError } from './door-error.ts';

/** A reader's query as it ended. */
export interface QueryRecord {
  readonly user: string;
  readonly tenantId: string;
  readonly sql: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly outcome: 'success' | 'failure' | 'denied';
  /** ClickHouse's error code; null for an answer. */
  readonly errorCode: number | null;
  readonly rows: number;
  readonly answer: Uint8Array | null;
}

/** When it returns, the event is durable in the log. It rejects otherwise, in bounded time. */
export type RecordQuery = (query: QueryRecord) => Promise<void>;

const TIMEOUT_MS = 10_000;

/**
 * The account is a technical one: who sits in front of it the door cannot know. SQL and parameters are content,
 * encrypted.
 */
export function queryEvent(
  { user, tenantId, sql, parameters, outcome, errorCode, rows, answer }: QueryRecord,
  occurredAt: number,
): object {
  return {
    event_type: 'audit.query.executed',
    tenant_id: tenantId,
    occurred_at: occurredAt,
    source: { system: 'affidavit', origin_format: 'native' },
    actor: { type: 'service', id: user, issuer: 'clickhouse', assurance: 'verified', relation: 'workforce' },
    client_app: 'sql',
    outcome: { status: outcome, ...(errorCode !== null && { code: `clickhouse_${errorCode}` }) },
    query: {
      kind: 'sql',
      rows,
      ...(answer !== null && { answer_hash: createHash('sha256').update(answer).digest('hex') }),
    },
    details: { route: 'sql', status: outcome, x_role: 'sql_reader' },
    content: [
      {
        role: 'query',
        media_type: 'application/json',
        json: { sql, ...(parameters.size > 0 && { parameters: Object.fromEntries(parameters) }) },
      },
    ],
  };
}

const unrecorded = (why: string): DoorError =>
  new DoorError(210, 'NETWORK_ERROR', `The query could not be recorded, so it is not answered: ${why}. Try again.`);

/** The file is read for each query: the collector may have come up, or moved, since the last. */
async function collectorIn(stackFile: string): Promise<string> {
  const stack = (await readFile(stackFile, 'utf8')
    .then(JSON.parse)
    .catch(() => null)) as { collector_url?: unknown } | null;
  if (typeof stack?.collector_url !== 'string') throw unrecorded('the collector is not up yet');
  return stack.collector_url;
}

export function collectorRecorder({ stack_file, token }: RecordingConfig, fetcher: typeof fetch = fetch): RecordQuery {
  return async (query) => {
    const collectorUrl = await collectorIn(stack_file);
    const response = await fetcher(`${collectorUrl}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(queryEvent(query, Date.now() * 1_000)),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => {
      throw unrecorded('the collector does not answer');
    });
    const answer = (await response.json().catch(() => null)) as {
      rejected?: unknown;
      errors?: readonly { code?: unknown; path?: unknown }[];
    } | null;
    if (response.status === 200 && answer?.rejected === 0) return;
    // Code and path are from closed lists; the collector's message might quote the query.
    const [error] = answer?.errors ?? [];
    throw unrecorded(
      `the collector answered ` +
        `${response.status}${error === undefined ? '' : ` (${String(error.code)} at ${String(error.path)})`}`,
    );
  };
}
