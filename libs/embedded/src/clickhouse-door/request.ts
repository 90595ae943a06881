import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { notImplemented } from './door-error.ts';

export interface DoorRequest {
  readonly urlQuery: string;
  readonly queryId: string;
  readonly database: string | undefined;
  readonly defaultFormat: string | undefined;
  /** `param_x` → its text, still in ClickHouse's TabSeparated escaping, as the engine expects it. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
  /** Of the Native format, as the client would like it; 0 is the plain one. */
  readonly clientRevision: number;
  readonly body: Readable;
}

/**
 * What ClickHouse's HTTP interface takes in the URL that is no setting. Sessions are not kept: each request has its
 * own.
 */
const NOT_SETTINGS = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'user',
  'password',
  'session_id',
  'session_timeout',
  'session_check',
  'close_session',
  'quota_key',
  'stacktrace',
  'wait_end_of_query',
  'buffer_size',
  'compress',
  'decompress',
  'client_protocol_version',
  'role',
  'cancel_http_readonly_queries_on_client_close',
]);

/**
 * Unlike pipe(), it ends the decoder when the sender goes away: its reader then gets an error and does not wait for
 * ever.
 */
function through(request: IncomingMessage, decoder: Transform): Readable {
  return pipeline(request, decoder, () => undefined);
}

function decoded(request: IncomingMessage): Readable {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  switch (encoding) {
    case 'identity':
      return request;
    case 'gzip':
    case 'x-gzip':
      return through(request, createGunzip());
    case 'deflate':
      return through(request, createInflate());
    case 'br':
      return through(request, createBrotliDecompress());
    default:
      throw notImplemented(
        `This door does not know Content-Encoding ${encoding.slice(0, 20)}: use gzip, deflate, br or none.`,
      );
  }
}

export function readRequest(request: IncomingMessage, url: URLSearchParams, newQueryId: () => string): DoorRequest {
  if (url.get('compress') === '1' || url.get('decompress') === '1') {
    throw notImplemented(
      "This door does not know ClickHouse's native compression: use Accept-Encoding and Content-Encoding gzip.",
    );
  }
  const parameters = new Map<string, string>();
  const settings = new Map<string, string>();
  for (const [name, value] of url) {
    if (name.startsWith('param_')) parameters.set(name, value);
    else if (!NOT_SETTINGS.has(name)) settings.set(name, value);
  }
  const header = (name: string) => request.headers[name]?.toString() || undefined;
  return {
    urlQuery: url.get('query') ?? '',
    queryId: url.get('query_id') || newQueryId(),
    database: url.get('database') || header('x-clickhouse-database'),
    defaultFormat: url.get('default_format') || header('x-clickhouse-format'),
    parameters,
    settings,
    clientRevision: Number(/^\d{1,9}$/.exec(url.get('client_protocol_version') ?? '')?.[0] ?? 0),
    body: decoded(request),
  };
}
