/**
 * The one error base of the project. `code` is from a closed list per room, `retryable` says whether the same call may
 * succeed later without anybody changing its input. It knows no HTTP: the web adapter maps.
 * The message may reach a log or a sender: it never holds content, names of people or secrets.
 */
export class AffidavitError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  /** Facts that help to mend it: paths, counts, names of settings. Never content. */
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: { retryable?: boolean; cause?: unknown; detail?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AffidavitError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.detail = options.detail ?? {};
  }
}

/** For the `default` branch of a switch over a closed union: a new member fails the type check, not production. */
export function unreachable(value: never): never {
  throw new AffidavitError('unreachable', `unexpected variant: ${JSON.stringify(value)}`);
}
