/**
 * An answer in ClickHouse's own error format. `code` and `type` are ClickHouse's, so that every client library
 * recognises them; what this door refuses itself uses the code with which a server would have refused.
 */
export class DoorError extends Error {
  readonly code: number;
  readonly type: string;

  constructor(code: number, type: string, message: string) {
    super(message);
    this.name = 'DoorError';
    this.code = code;
    this.type = type;
  }
}

export const accessDenied = (message: string) => new DoorError(497, 'ACCESS_DENIED', message);
export const badArguments = (message: string) => new DoorError(36, 'BAD_ARGUMENTS', message);
export const notImplemented = (message: string) => new DoorError(48, 'NOT_IMPLEMENTED', message);
export const syntaxError = (message: string) => new DoorError(62, 'SYNTAX_ERROR', message);
export const tooBusy = () =>
  new DoorError(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', 'Too many queries are waiting: try again later.');

const REPEATED_HEAD = /^(?:Code: \d+\. DB::Exception: )+/;
const TRAILING_TYPE = /\s*\(([A-Z][A-Z0-9_]+)\)\s*$/;

/** chdb's error, which may repeat its head and carry the engine's version in the middle, taken apart. */
export function fromEngine(error: unknown): DoorError {
  if (error instanceof DoorError) return error;
  const { message, clickhouseCode } = error as Error & { clickhouseCode?: number };
  const code = clickhouseCode ?? Number(/^Code: (\d+)\./.exec(message)?.[1] ?? 1001);
  let text = message.replace(REPEATED_HEAD, '');
  let type = 'STD_EXCEPTION';
  for (let found = TRAILING_TYPE.exec(text); found; found = TRAILING_TYPE.exec(text)) {
    type = found[1] ?? type;
    text = text.slice(0, found.index).replace(/\s*\(version [^)]*\)\.?\s*$/, '');
  }
  // A server reads the body from the socket; that we spool it is nobody's business.
  return new DoorError(code, type, text.replace(/: \(in file\/uri [^\n]*?\)(?=:|$)/, ''));
}
