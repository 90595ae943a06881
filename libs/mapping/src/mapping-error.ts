import { AffidavitError } from '@affidavit/audit-model';

export type MappingErrorCode =
  'mapping_not_yaml' | 'mapping_invalid' | 'mapping_path_invalid' | 'mapping_lookup_missing' | 'record_work_exceeded';

/** One fault in a mapping file: where it is and what to do about it. Lines and columns count from 1. */
export interface MappingProblem {
  readonly line: number;
  readonly column: number;
  /** Dotted place inside the file, such as `tools.get_order.emit[0].type`. */
  readonly at: string;
  readonly message: string;
}

/** A mapping file that cannot be used, with all its problems, not only the first. */
export class MappingError extends AffidavitError {
  readonly problems: readonly MappingProblem[];

  constructor(code: MappingErrorCode, problems: readonly MappingProblem[], cause?: unknown) {
    super(code, problems.map(problemLine).join('\n'), { detail: { problems: problems.length }, cause });
    this.name = 'MappingError';
    this.problems = problems;
  }
}

function problemLine(problem: MappingProblem): string {
  const place = problem.at === '' ? '' : ` ${problem.at}:`;
  return `line ${String(problem.line)}:${place} ${problem.message}`;
}
