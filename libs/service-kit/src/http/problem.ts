import { AffidavitError } from '@affidavit/audit-model';

/**
 * One row of the app's error table; `errorCodes` of the contracts has this shape. Without a status the code is no
 * answer.
 */
export interface ProblemRow {
  readonly status?: number | null;
  readonly retryable: boolean;
  readonly meaning: string;
}

export type ProblemTable = Readonly<Record<string, ProblemRow>>;

/** RFC 9457 problem details. `code` is from the closed list; `retryable` says whether sending again may help. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly retryable: boolean;
  readonly detail?: string;
  readonly [extension: string]: unknown;
}

export const problemMediaType = 'application/problem+json';
export const retryAfterSeconds = 1;

const reserved = new Set(['type', 'title', 'status', 'code', 'retryable', 'detail', 'instance', '__proto__']);

/** What these statuses are called when a framework raised them and not we. */
const codeOfStatus: Readonly<Record<number, string>> = {
  400: 'unreadable',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'body_too_large',
  414: 'invalid_parameter',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  503: 'shutting_down',
};

const builtIn: ProblemTable = {
  unreadable: { status: 400, retryable: false, meaning: 'The request cannot be read.' },
  invalid_parameter: { status: 400, retryable: false, meaning: 'A parameter has a wrong form.' },
  unauthenticated: { status: 401, retryable: false, meaning: 'No credential, or one that is unknown or revoked.' },
  forbidden: { status: 403, retryable: false, meaning: "The credential's role does not allow this." },
  not_found: { status: 404, retryable: false, meaning: 'Nothing that this credential may see.' },
  method_not_allowed: { status: 405, retryable: false, meaning: 'The path exists, the method does not.' },
  body_too_large: { status: 413, retryable: false, meaning: 'The request body is over the limit.' },
  unsupported_media_type: {
    status: 415,
    retryable: false,
    meaning: 'Content type or encoding that this door does not take.',
  },
  too_many_requests: { status: 429, retryable: true, meaning: 'Too much at once.' },
  shutting_down: { status: 503, retryable: true, meaning: 'The process is stopping.' },
  unavailable: { status: 503, retryable: true, meaning: 'Something that this answer needs is away.' },
  internal: { status: 500, retryable: false, meaning: 'A defect. The log has the details.' },
};

export function problem(
  table: ProblemTable,
  code: string,
  options: { detail?: string; extensions?: Readonly<Record<string, unknown>> } = {},
): Problem {
  const row = table[code] ?? builtIn[code];
  if (row?.status === undefined || row.status === null)
    return problem(table, row?.retryable === true ? 'unavailable' : 'internal');
  const extensions = Object.entries(options.extensions ?? {}).filter(([key]) => !reserved.has(key));
  return {
    type: `urn:affidavit:problem:${code}`,
    title: row.meaning,
    status: row.status,
    code,
    retryable: row.retryable,
    ...(options.detail !== undefined && { detail: options.detail }),
    ...Object.fromEntries(extensions),
  };
}

/**
 * Any error as a problem. Only an AffidavitError whose code is an answer of the table speaks for itself; of every other
 * error nothing gets out but whether a retry may help. `defect` says that the log must have it.
 */
export function problemOf(error: unknown, table: ProblemTable): { problem: Problem; defect: boolean } {
  if (error instanceof AffidavitError) {
    const row = table[error.code] ?? builtIn[error.code];
    if (row?.status !== undefined && row.status !== null) {
      return {
        problem: problem(table, error.code, { detail: error.message, extensions: error.detail }),
        defect: row.status >= 500,
      };
    }
    return { problem: problem(table, error.retryable ? 'unavailable' : 'internal'), defect: true };
  }
  const status = statusOf(error);
  const code =
    status === undefined
      ? undefined
      : (codeOfStatus[status] ?? (status >= 400 && status < 500 ? 'unreadable' : undefined));
  return code === undefined
    ? { problem: problem(table, 'internal'), defect: true }
    : { problem: problem(table, code), defect: false };
}

/** Nest's HttpException (getStatus) and Fastify's own errors (statusCode). */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { getStatus, statusCode } = error as { getStatus?: () => number; statusCode?: unknown };
  if (typeof getStatus === 'function') return getStatus.call(error);
  return typeof statusCode === 'number' ? statusCode : undefined;
}
