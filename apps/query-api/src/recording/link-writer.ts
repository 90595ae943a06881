import { queryError } from '../query-error.ts';

/** Where an event lies in the log. */
export interface Receipt {
  readonly event_id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly record_hash: string;
}

/** Posts one statement about a link. When it returns, the statement is durable; it MUST reject otherwise, in bounded time. */
export type WriteLink = (event: object) => Promise<Receipt>;

const TIMEOUT_MS = 10_000;

interface IngestAnswer {
  readonly receipts?: readonly Receipt[];
  readonly errors?: readonly { readonly code?: unknown; readonly path?: unknown }[];
}

/** Through the collector's door, like everything that becomes part of the record. */
export function collectorLinkWriter({ url, token }: { readonly url: string; readonly token: string }, fetcher: typeof fetch = fetch): WriteLink {
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
      throw queryError('audit_unavailable', 'the link could not be recorded: the collector does not answer', { cause });
    }
    const answer = (await response.json().catch(() => null)) as IngestAnswer | null;
    const [receipt] = answer?.receipts ?? [];
    if (response.status === 200 && receipt !== undefined) {
      const { event_id, topic, partition, offset, record_hash } = receipt;
      return { event_id, topic, partition, offset, record_hash };
    }
    const [error] = answer?.errors ?? [];
    // Codes and paths are from closed lists; the collector's message might quote what was sent.
    if (response.status === 422 && error !== undefined) throw queryError('invalid_parameter', `the collector refuses the link: ${String(error.code)} at ${String(error.path)}`);
    throw queryError('audit_unavailable', `the link could not be recorded: the collector answered ${response.status}`);
  };
}
