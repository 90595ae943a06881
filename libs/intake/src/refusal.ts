import { errorCodes, type ErrorCode } from '@affidavit/contracts';

/** The codes that can stand in `errors[]` of an ingest answer. */
export type ItemErrorCode = { [K in ErrorCode]: (typeof errorCodes)[K]['place'] extends 'item' ? K : never }[ErrorCode];

/** Why one item was refused. `message` never quotes a value: it may end in somebody's log. */
export interface Refusal {
  readonly code: ItemErrorCode;
  /**
   * JSON pointer (RFC 6901) into the item; "" is the item itself. Its names are the sender's: it goes back to the
   * sender only.
   */
  readonly path: string;
  readonly message: string;
}

export const refusal = (code: ItemErrorCode, path: string, message: string = errorCodes[code].meaning): Refusal => ({
  code,
  path,
  message,
});

/** RFC 6901: `~` and `/` in a name are escaped. */
export const pointer = (...steps: readonly (string | number)[]): string =>
  steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/**
 * Thrown inside a step to leave it early; the pipeline turns it into a rejected outcome. It never leaves this library.
 */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(why: Refusal) {
    super(why.code);
    this.refusal = why;
  }
}

export function refuse(code: ItemErrorCode, path: string, message?: string): never {
  throw new Refused(refusal(code, path, message));
}
