import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { endWithUs } from './death-watch.ts';
import { EmbeddedError } from './embedded-error.ts';

export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ChildHandle {
  readonly name: string;
  readonly pid: number;
  /** Settles when the process is gone, for whatever reason; never rejects. */
  readonly exited: Promise<ChildExit>;
  /** SIGTERM, then SIGKILL after `graceMs`. When it returns, the process is gone. */
  readonly stop: (graceMs?: number) => Promise<ChildExit>;
}

export interface ListeningChild extends ChildHandle {
  readonly port: number;
}

export interface ChildSpec {
  /** For messages and the log. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Gets both output streams, appended. */
  readonly logFile: string;
  readonly startTimeoutMs?: number;
  readonly onSpawn?: (pid: number) => Promise<void>;
}

interface Running extends ChildHandle {
  readonly child: ChildProcess;
  /**
   * The last thing it wrote to stderr, past what Node prints below an error: our mains end with one sentence when they
   * cannot start.
   */
  lastWords(): string;
}

export const STOP_GRACE_MS = 10_000;
const LAST_WORDS_BYTES = 2_000;

function openLog(file: string): WriteStream {
  mkdirSync(dirname(file), { recursive: true });
  const log = createWriteStream(file, { flags: 'a', mode: 0o600 });
  log.on('error', () => undefined);
  return log;
}

function launch(spec: ChildSpec): Running {
  const log = openLog(spec.logFile);
  // A session of its own: Ctrl-C reaches only the supervisor, which then stops its children in order.
  const child = spawn(spec.command, spec.args, {
    ...(spec.cwd !== undefined && { cwd: spec.cwd }),
    env: { ...process.env, ...spec.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    log.write(chunk);
    words = (words + chunk.toString('utf8')).slice(-LAST_WORDS_BYTES);
  });
  const release = child.pid === undefined ? () => undefined : endWithUs(child.pid);
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('error', (error) => {
      words = error.message;
      resolve({ code: null, signal: null });
    });
    // 'close' and not 'exit': its last words have arrived by then.
    child.once('close', (code, signal) => resolve({ code, signal }));
  }).finally(() => {
    release();
    log.end();
  });
  return {
    name: spec.name,
    pid: child.pid ?? -1,
    child,
    exited,
    lastWords: () =>
      words
        .split('\n')
        .filter((line) => /^(?!Node\.js v)\w/.test(line))
        .at(-1) ?? '',
    stop: async (graceMs = STOP_GRACE_MS) => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      return exited.finally(() => clearTimeout(timer));
    },
  };
}

async function orFail<T>(spec: ChildSpec, running: Running, ready: Promise<T>): Promise<T> {
  const limit = spec.startTimeoutMs ?? 60_000;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new EmbeddedError(
      'start_timed_out',
      `${spec.name} was not ready after ${limit / 1000} s: its log is ${spec.logFile}.`,
    );
    timer = setTimeout(() => reject(error), limit);
  });
  const died = running.exited.then(({ code, signal }) => {
    const said = running.lastWords() || `it ended with ${signal ?? `exit code ${code}`}: its log is ${spec.logFile}.`;
    throw new EmbeddedError('start_failed', `${spec.name} could not start: ${said}`, {
      detail: { code, signal, log_file: spec.logFile },
    });
  });
  try {
    return await Promise.race([ready, died, late]);
  } catch (error) {
    await running.stop(1_000);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function portFrom(line: string): number | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as { msg?: unknown; port?: unknown };
    return entry.msg === 'listening' && typeof entry.port === 'number' ? entry.port : undefined;
  } catch {
    return undefined;
  }
}

/** Starts a process and waits for the JSON line `{"msg":"listening","port":N}` on its stdout. */
export async function startListeningChild(spec: ChildSpec): Promise<ListeningChild> {
  const running = launch(spec);
  const listening = new Promise<number>((resolve) => {
    if (!running.child.stdout) return;
    createInterface({ input: running.child.stdout }).on('line', (line) => {
      const port = portFrom(line);
      if (port !== undefined) resolve(port);
    });
  });
  await spec.onSpawn?.(running.pid);
  const port = await orFail(spec, running, listening);
  const { name, pid, exited, stop } = running;
  return { name, pid, port, exited, stop };
}

/** Starts a process and waits until `ready` resolves. */
export async function startChild(spec: ChildSpec, ready: () => Promise<void>): Promise<ChildHandle> {
  const running = launch(spec);
  await spec.onSpawn?.(running.pid);
  await orFail(spec, running, ready());
  const { name, pid, exited, stop } = running;
  return { name, pid, exited, stop };
}
