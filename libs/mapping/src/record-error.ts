import { AffidavitError } from '@affidavit/audit-model';

export type RecordErrorCode = 'record_work_exceeded' | 'run_id_too_long' | 'start_time_missing';

/** One record that cannot become events as it is. The message names paths and counts, never content. */
export class RecordError extends AffidavitError {
  constructor(code: RecordErrorCode, message: string) {
    super(code, message);
    this.name = 'RecordError';
  }
}
