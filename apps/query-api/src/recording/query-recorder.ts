import { type CollectorAccess, postEvent } from './collector-door.ts';
import { queryError } from '../query-error.ts';

/** Posts one event. When it returns, the event is durable in the log; it MUST reject otherwise, in bounded time. */
export type RecordEvent = (event: object) => Promise<void>;

interface IngestAnswer {
  readonly rejected?: unknown;
  readonly errors?: readonly { readonly code?: unknown; readonly path?: unknown }[];
}

/**
 * Looking is recorded through the collector's own door: one write path, one numbering, one key ring. A query that
 * cannot be recorded is not answered.
 */
export function collectorRecorder(access: CollectorAccess, fetcher: typeof fetch = fetch): RecordEvent {
  return async (event) => {
    const { status, body: answer } = await postEvent<IngestAnswer>(access, event, 'query', fetcher);
    if (status === 200 && answer?.rejected === 0) return;
    const [error] = answer?.errors ?? [];
    // Code and path are from closed lists; the collector's message might quote what was asked.
    const why = error === undefined ? '' : ` (${String(error.code)} at ${String(error.path)})`;
    // Of all that a reader gives only the reason and the credential's name stand outside of the content.
    if (error?.code === 'secret_in_identifier')
      throw queryError(
        'invalid_parameter',
        `what was asked holds what looks like a secret${why}: it is not put on record, so it is not answered`,
      );
    // The event is ours: an item that is refused will be refused again, which is a defect and nothing to wait for.
    if (status === 422 || status === 413) throw new Error(`the collector refuses audit.query.executed${why}`);
    throw queryError('audit_unavailable', `the query could not be recorded: the collector answered ${status}${why}`);
  };
}
