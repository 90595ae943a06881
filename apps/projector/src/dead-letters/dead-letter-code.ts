import { AffidavitError } from '@affidavit/audit-model';
import { type ErrorCode, errorCodes } from '@affidavit/contracts';

/**
 * Whether an error says that one record is bad. Every other error that does not pass, such as a key ring that is
 * damaged, says that this process cannot go on: taken for a dead letter it would throw good records away.
 */
export const isDeadLetterError = (error: unknown): error is AffidavitError =>
  error instanceof AffidavitError &&
  !error.retryable &&
  Object.hasOwn(errorCodes, error.code) &&
  errorCodes[error.code as ErrorCode].place === 'dead_letter';
