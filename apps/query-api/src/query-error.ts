import { AffidavitError } from '@affidavit/audit-model';
import { type ErrorCode, errorCodes } from '@affidavit/contracts';

/** An answer that is an error: the code is from the contract's closed list, which also says whether to ask again. */
export function queryError(
  code: ErrorCode,
  message: string,
  options: { cause?: unknown; detail?: Readonly<Record<string, unknown>> } = {},
): AffidavitError {
  return new AffidavitError(code, message, { retryable: errorCodes[code].retryable, ...options });
}

/**
 * What was given, for an error's text, when it has the form of a name; anything else might be an id or a name of a
 * person.
 */
export const quoted = (name: string): string => (/^[a-z][a-z0-9_.*]{0,63}$/.test(name) ? ` ${name}` : '');
