import { type WireEvent } from '@affidavit/mapping';
import { type CollectorAccess } from './collector-access.ts';

export interface ItemError {
  readonly index: number;
  readonly event_id?: string;
  readonly code: string;
  readonly path?: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** What one POST came to. A closed union: what the collector may answer, and what may come between. */
export type PostOutcome =
  | {
      readonly kind: 'answered';
      readonly accepted: number;
      readonly duplicates: number;
      readonly errors: readonly ItemError[];
    }
  | { readonly kind: 'later'; readonly waitMs: number | undefined; readonly why: string }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'refused'; readonly status: number; readonly why: string };

export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal },
) => Promise<Response>;

const TIMEOUT_MS = 60_000;

/** Posts one batch as NDJSON. Never throws: whatever happens on the way is an outcome. */
export async function postEvents(
  access: CollectorAccess,
  lines: readonly string[],
  doFetch: Fetch,
): Promise<PostOutcome> {
  let response: Response;
  let body: string;
  try {
    response = await doFetch(`${access.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access.token}`, 'content-type': 'application/x-ndjson' },
      body: `${lines.join('\n')}\n`,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = await response.text();
  } catch (error) {
    return { kind: 'later', waitMs: undefined, why: networkReason(error) };
  }
  return outcomeOf(response, body, lines.length);
}

function outcomeOf(response: Response, body: string, sent: number): PostOutcome {
  switch (response.status) {
    case 200:
    case 207:
    case 422:
      return (
        readAnswer(body, sent) ?? {
          kind: 'refused',
          status: response.status,
          why: `the answer accounts for another number of events than the ${String(sent)} sent; is this a collector?`,
        }
      );
    case 413:
      return { kind: 'too_large' };
    case 429:
    case 502:
    case 503:
    case 504:
      return {
        kind: 'later',
        waitMs: retryAfterMs(response.headers.get('retry-after')),
        why: `it answers ${String(response.status)}${codeIn(body)}`,
      };
    default:
      return { kind: 'refused', status: response.status, why: `it answers ${String(response.status)}${codeIn(body)}` };
  }
}

/** Every item sent must be accounted for: a receipt or an error. */
function readAnswer(body: string, sent: number): PostOutcome | undefined {
  const parsed = parseObject(body);
  const receipts = Array.isArray(parsed?.receipts)
    ? (parsed.receipts as readonly { readonly duplicate?: boolean }[])
    : [];
  const errors = Array.isArray(parsed?.errors) ? (parsed.errors as readonly ItemError[]) : [];
  if (receipts.length + new Set(errors.map((error) => error.index)).size !== sent) return undefined;
  return {
    kind: 'answered',
    accepted: receipts.length,
    duplicates: receipts.filter((receipt) => receipt.duplicate === true).length,
    errors,
  };
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function codeIn(body: string): string {
  const parsed = parseObject(body);
  const code =
    parsed?.code ??
    (Array.isArray(parsed?.errors) ? (parsed.errors[0] as Record<string, unknown> | undefined)?.code : undefined);
  return typeof code === 'string' ? ` (${code})` : '';
}

/** Seconds or an HTTP date. */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up just now',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  ETIMEDOUT: 'it does not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer in time',
};

/** Why a request had no answer. Looks at names and codes only: errors come from other realms and wrap each other. */
export function networkReason(error: unknown): string {
  const { name, code, cause } = (typeof error === 'object' && error !== null ? error : {}) as {
    name?: unknown;
    code?: unknown;
    cause?: unknown;
  };
  if (name === 'TimeoutError') return `it did not answer within ${String(TIMEOUT_MS / 1_000)} s`;
  if (cause !== undefined && cause !== null) return networkReason(cause);
  if (typeof code !== 'string') return 'the connection failed';
  return NETWORK[code] ?? `the connection failed (${code})`;
}

export function toLines(events: readonly WireEvent[]): readonly string[] {
  return events.map((event) => JSON.stringify(event));
}
