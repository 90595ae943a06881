import { AffidavitError } from '@affidavit/audit-model';
import { pino } from 'pino';

/**
 * The only keys that reach a log line. An allow-list, since content, names of people and tokens have leaked through
 * every deny-list (error texts, whole request objects, headers). An app may add keys of its own; values are numbers,
 * flags and short strings that the code chose, never something that came in with a request.
 */
const knownKeys = new Set([
  'attempt',
  'brokers',
  'code',
  'component',
  'count',
  'credential_id',
  'duration_ms',
  'from_offset',
  'generation',
  'group',
  'host',
  'kind',
  'lag',
  'method',
  'node_version',
  'offset',
  'partition',
  'path',
  'port',
  'reason_code',
  'retryable',
  'role',
  'route',
  'schema_id',
  'setting',
  'signal',
  'size_bytes',
  'status',
  'subject',
  'tables',
  'to_offset',
  'topic',
  'version',
]);
const maxStringLength = 300;

export type LogFields = Readonly<Record<string, string | number | bigint | boolean | null | undefined>>;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface Log {
  debug(msg: string, fields?: LogFields): void;
  info(msg: string, fields?: LogFields): void;
  warn(msg: string, fields?: LogFields & { error?: never }, error?: unknown): void;
  error(msg: string, fields?: LogFields & { error?: never }, error?: unknown): void;
}

export interface LogOptions {
  readonly service: string;
  readonly level?: LogLevel;
  /** Keys that this app adds to the list. */
  readonly keys?: readonly string[];
  /** Where lines go; stdout unless a test listens. */
  readonly write?: (line: string) => void;
}

/**
 * One JSON object a line: time, level, service, msg (a fixed text of the code), and allowed fields. Other fields are
 * left out.
 */
export function createLog(options: LogOptions): Log {
  const allowed = new Set([...knownKeys, ...(options.keys ?? [])]);
  const settings = {
    level: options.level ?? 'info',
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  };
  // Not pino's own destination: on a socket that is busy for a moment it was seen to write lines out of order.
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  const logger = pino(settings, { write });
  return {
    debug: (msg, fields) => logger.debug(pick(fields, allowed), msg),
    info: (msg, fields) => logger.info(pick(fields, allowed), msg),
    warn: (msg, fields, error) => logger.warn({ ...pick(fields, allowed), ...errorFields(error) }, msg),
    error: (msg, fields, error) => logger.error({ ...pick(fields, allowed), ...errorFields(error) }, msg),
  };
}

/** The line that a supervisor waits for and reads the port from. */
export function logListening(log: Log, at: { host: string; port: number }): void {
  log.info('listening', at);
}

function pick(
  fields: LogFields | undefined,
  allowed: ReadonlySet<string>,
): Record<string, string | number | boolean | null> {
  const picked: Record<string, string | number | boolean | null> = {};
  for (const [key, value] of Object.entries(fields ?? {})) {
    if (!allowed.has(key) || value === undefined) continue;
    if (typeof value === 'string') picked[key] = value.slice(0, maxStringLength);
    else if (typeof value === 'bigint') picked[key] = value.toString();
    else if (value === null || typeof value === 'number' || typeof value === 'boolean') picked[key] = value;
  }
  return picked;
}

/**
 * Of an AffidavitError the message, which holds no content by its contract; of any other error only its name, code and
 * where it was thrown, since its message may quote what it choked on.
 */
function errorFields(error: unknown): Record<string, unknown> {
  if (error === undefined) return {};
  if (!(error instanceof Error)) return { error_name: typeof error };
  const cause = error.cause instanceof Error ? { cause: errorFields(error.cause) } : {};
  const code = (error as { code?: unknown }).code;
  const own = error instanceof AffidavitError;
  return {
    error_name: error.name,
    ...(typeof code === 'string' && { error_code: code.slice(0, maxStringLength) }),
    ...(own && { error_message: error.message.slice(0, maxStringLength), error_retryable: error.retryable }),
    ...(!own && { error_at: frames(error) }),
    ...cause,
  };
}

function frames(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim().slice(0, maxStringLength));
}
