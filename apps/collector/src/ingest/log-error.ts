import { AffidavitError } from '@affidavit/audit-model';
import { type ErrorCode, errorCodes } from '@affidavit/contracts';
import { type Accepted } from '@affidavit/intake';
import { type Log } from '@affidavit/service-kit';
import { type ItemError } from './answer.ts';

/**
 * What the log said of one event, in the words of the contract. Total, since its neighbours may be stored by now and
 * their receipts must get out: what is in no sender's hands, a record that cannot be encoded say, is a defect of this
 * one event.
 */
export function logErrorOf(item: Accepted, error: unknown, log: Log): ItemError {
  const code = codeOf(error);
  const { event_id, event_type } = item.event.record;
  if (code === 'internal') log.error('an event could not be brought into the log', { kind: event_type }, error);
  return {
    index: item.index,
    event_id: item.idempotent ? event_id : null,
    code,
    path: '',
    message: errorCodes[code].meaning,
    retryable: errorCodes[code].retryable,
  };
}

function codeOf(error: unknown): ErrorCode {
  if (!(error instanceof AffidavitError)) return 'internal';
  switch (error.code) {
    case 'record_too_large':
      return 'event_too_large';
    case 'log_full':
      return 'log_full';
    case 'shutting_down':
      return 'shutting_down';
    case 'topic_unknown':
      // Mended by the log's operator, not by the sender.
      return 'log_unavailable';
    default:
      return error.retryable ? 'log_unavailable' : 'internal';
  }
}
