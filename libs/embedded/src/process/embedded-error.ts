import { AffidavitError } from '@affidavit/audit-model';

/** Everything that can keep an embedded engine from running. Each message is one sentence that says what to do. */
export type EmbeddedErrorCode =
  | 'java_missing'
  | 'java_too_old'
  | 'maven_missing'
  | 'jars_unresolved'
  | 'port_taken'
  | 'data_dir_locked'
  | 'start_failed'
  | 'start_timed_out';

export class EmbeddedError extends AffidavitError {
  declare readonly code: EmbeddedErrorCode;

  constructor(
    code: EmbeddedErrorCode,
    message: string,
    options: { cause?: unknown; detail?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(code, message, options);
    this.name = 'EmbeddedError';
  }
}
