import { queryError } from '../query-error.ts';

/** The collector's answer to one event; a body that is no JSON is null. */
export interface DoorAnswer<Body> {
  readonly status: number;
  readonly body: Body | null;
}

export interface CollectorAccess {
  readonly url: string;
  readonly token: string;
}

const TIMEOUT_MS = 10_000;

/**
 * Posts one event in bounded time. Rejects with `audit_unavailable` when nobody answers; `what` could then not be
 * recorded.
 */
export async function postEvent<Body>(
  { url, token }: CollectorAccess,
  event: object,
  what: string,
  fetcher: typeof fetch,
): Promise<DoorAnswer<Body>> {
  let response: Response;
  try {
    response = await fetcher(`${url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw queryError('audit_unavailable', `the ${what} could not be recorded: the collector does not answer`, {
      cause,
    });
  }
  return { status: response.status, body: (await response.json().catch(() => null)) as Body | null };
}
