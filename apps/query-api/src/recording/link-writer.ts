import { type CollectorAccess, postEvent } from './collector-door.ts';
import { queryError } from '../query-error.ts';

/** Where an event lies in the log. */
export interface Receipt {
  readonly event_id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly record_hash: string;
}

/**
 * Posts one statement about a link. When it returns, the statement is durable; it MUST reject otherwise, in bounded
 * time.
 */
export type WriteLink = (event: object) => Promise<Receipt>;

interface IngestAnswer {
  readonly receipts?: readonly Receipt[];
  readonly errors?: readonly { readonly code?: unknown; readonly path?: unknown }[];
}

/** Through the collector's door, like everything that becomes part of the record. */
export function collectorLinkWriter(access: CollectorAccess, fetcher: typeof fetch = fetch): WriteLink {
  return async (event) => {
    const { status, body: answer } = await postEvent<IngestAnswer>(access, event, 'link', fetcher);
    const [receipt] = answer?.receipts ?? [];
    if (status === 200 && receipt !== undefined) {
      const { event_id, topic, partition, offset, record_hash } = receipt;
      return { event_id, topic, partition, offset, record_hash };
    }
    const [error] = answer?.errors ?? [];
    // Codes and paths are from closed lists; the collector's message might quote what was sent.
    if (status === 422 && error !== undefined)
      throw queryError(
        'invalid_parameter',
        `the collector refuses the link: ${String(error.code)} at ${String(error.path)}`,
      );
    throw queryError('audit_unavailable', `the link could not be recorded: the collector answered ${status}`);
  };
}
