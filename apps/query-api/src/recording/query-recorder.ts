import { queryError } from '../query-error.ts';

/** Posts one event. When it returns, the event is durable in the log; it MUST reject otherwise, in bounded time. */
export type RecordEvent = (event: object) => Promise<void>;

const TIMEOUT_MS = 10_000;

/**
 * Looking is recorded through the collector's own door: one write path, one numbering, one key ring. A query that cannot be
 * recorded is not answered.
 */
export function collectorRecorder({ url, token }: { readonly url: string; readonly token: string }, fetcher: typeof fetch = fetch): RecordEvent {
  return async (event) => {
    let response: Response;
    try {
      response = await fetcher(`${url}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(event),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (cause) {
      throw queryError('audit_unavailable', 'the query could not be recorded: the collector does not answer', { cause });
    }
    const answer = (await response.json().catch(() => null)) as { rejected?: unknown; errors?: readonly { code?: unknown; path?: unknown }[] } | null;
    if (response.status === 200 && answer?.rejected === 0) return;
    const [error] = answer?.errors ?? [];
    // Code and path are from closed lists; the collector's message might quote what was asked.
    const why = error === undefined ? '' : ` (${String(error.code)} at ${String(error.path)})`;
    // The event is ours: an item that is refused will be refused again, which is a defect and nothing to wait for.
    if (response.status === 422 || response.status === 413) throw new Error(`the collector refuses audit.query.executed${why}`);
    throw queryError('audit_unavailable', `the query could not be recorded: the collector answered ${response.status}${why}`);
  };
}
