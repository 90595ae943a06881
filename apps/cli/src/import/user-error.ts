/** A fault that the user can mend. The message is the whole sentence they read; no stack is shown. */
export class UserError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 2, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'UserError';
    this.exitCode = exitCode;
  }
}
