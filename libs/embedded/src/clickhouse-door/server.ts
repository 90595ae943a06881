import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DoorUser } from './config.ts';
import { DoorError, fromEngine } from './door-error.ts';
import type { Engine } from './engine.ts';
import { contentType, errorBody, statusOf } from './http-format.ts';
import type { RecordQuery } from './query-record.ts';
import { answerReader } from './reader-route.ts';
import { readRequest } from './request.ts';
import type { Spool } from './spool.ts';
import { authenticate } from './users.ts';
import { answerWriter, type Answer } from './writer-route.ts';

export interface DoorParts {
  readonly writers: Engine;
  readonly readers: Engine;
  readonly spool: Spool;
  readonly users: readonly DoorUser[];
  /** Of readers' queries; undefined where nobody records them. */
  readonly record: RecordQuery | undefined;
}

const compress = promisify(gzip);

/** What the engine tells: the result. Rows read and written are left out, since a zero would be false. */
function summary({ result }: Answer): string {
  if (!result) return JSON.stringify({ result_rows: '0', result_bytes: '0' });
  return JSON.stringify({
    result_rows: String(result.rowsRead),
    result_bytes: String(result.bytesRead),
    elapsed_ns: String(Math.round(result.elapsed * 1e9)),
  });
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  url: URLSearchParams,
  queryId: string,
  answer: Answer,
): Promise<void> {
  let body = answer.body ?? Buffer.from(answer.result?.bytes() ?? new Uint8Array());
  const headers: Record<string, string> = {
    'Content-Type': contentType(answer.format),
    'X-ClickHouse-Query-Id': queryId,
    'X-ClickHouse-Format': answer.format,
    'X-ClickHouse-Timezone': 'UTC',
    'X-ClickHouse-Summary': summary(answer),
  };
  const wanted =
    /^(1|true)$/.test(url.get('enable_http_compression') ?? '') &&
    /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '');
  if (wanted && body.length > 0) {
    body = await compress(body);
    headers['Content-Encoding'] = 'gzip';
  }
  response.writeHead(200, { ...headers, 'Content-Length': String(body.length) });
  response.end(body);
}

function sendError(response: ServerResponse, queryId: string, error: DoorError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = statusOf(error.code);
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'X-ClickHouse-Exception-Code': String(error.code),
    'X-ClickHouse-Query-Id': queryId,
    ...(status === 401 && { 'WWW-Authenticate': 'Basic realm="ClickHouse"' }),
    // The body of a refused request may still be on its way; the connection is not worth waiting for it.
    Connection: 'close',
  });
  response.end(errorBody(error));
}

async function handle(parts: DoorParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://door');
  let queryId = randomUUID();
  try {
    if (pathname === '/ping' || (pathname === '/' && request.method === 'GET' && searchParams.size === 0)) {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=UTF-8' }).end('Ok.\n');
      return;
    }
    if (pathname !== '/')
      throw new DoorError(60, 'UNKNOWN_TABLE', `There is no handler ${pathname.slice(0, 60)}: queries go to /.`);
    if (request.method !== 'GET' && request.method !== 'POST')
      throw new DoorError(344, 'SUPPORT_IS_DISABLED', 'Queries come by GET or POST.');
    const user = authenticate(request, searchParams, parts.users);
    const asked = readRequest(request, searchParams, () => queryId);
    queryId = /^[\x20-\x7e]{1,200}$/.test(asked.queryId) ? (asked.queryId as typeof queryId) : queryId;
    const answer =
      user.role === 'writer'
        ? await answerWriter(parts.writers, parts.spool, asked, request.method === 'GET')
        : await answerReader({ engine: parts.readers, record: parts.record, user }, asked);
    await send(request, response, searchParams, queryId, answer);
  } catch (error) {
    sendError(response, queryId, fromEngine(error));
  }
}

/**
 * ClickHouse's own http_max_uri_size: parameters of a query travel in its URL, lists of ids among them. Node's default
 * is 16 KiB.
 */
const MAX_URL_BYTES = 1_048_576;

export function createDoorServer(parts: DoorParts): Server {
  return createServer({ maxHeaderSize: MAX_URL_BYTES }, (request, response) => void handle(parts, request, response));
}
