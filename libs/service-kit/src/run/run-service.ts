import { AffidavitError } from '@affidavit/audit-model';
import { createLog, type Log, type LogLevel } from '../log/log.ts';
import { type Environment, readSettings } from '../settings/read-settings.ts';

export interface ServiceContext {
  readonly environment: Environment;
  readonly log: Log;
  /**
   * Run at the stop, the last one given first: open what others need before them. Each may throw, the others still run.
   */
  readonly onStop: (name: string, stop: () => Promise<void> | void) => void;
  /** For what must not go on: logs, stops what is open, and exits with 1. */
  readonly fail: (error: unknown) => void;
}

export interface ServiceOptions {
  readonly name: string;
  readonly start: (context: ServiceContext) => Promise<void>;
  /** Keys that this app's log adds to the list. */
  readonly logKeys?: readonly string[];
  /** The whole stop is bounded by this; what is not done by then is cut off and the exit code is 1. */
  readonly stopWithinMs?: number;
}

/**
 * The life of a process: start, wait for SIGTERM or SIGINT, stop in order, exit 0. A start that fails says why in one
 * line and exits 1. What nobody caught exits 1 at once: its state is unknown, and the log's last commit is where it
 * resumes.
 */
export async function runService(options: ServiceOptions): Promise<void> {
  const environment = process.env;
  const level = readSettings(environment, (setting) =>
    setting.oneOf<LogLevel>('LOG_LEVEL', ['debug', 'info', 'warn', 'error'], 'info'),
  );
  const log = createLog({ service: options.name, level, ...(options.logKeys && { keys: options.logKeys }) });
  const stops: { name: string; stop: () => Promise<void> | void }[] = [];
  let stopping = false;

  const stopAll = async (exitCode: number): Promise<never> => {
    const timer = setTimeout(() => {
      log.error('stop took too long, cut off');
      process.exit(1);
    }, options.stopWithinMs ?? 15_000);
    let code = exitCode;
    for (const { name, stop } of stops.reverse()) {
      try {
        await stop();
      } catch (error) {
        code = 1;
        log.error('stop failed', { component: name }, error);
      }
    }
    clearTimeout(timer);
    log.info('stopped');
    process.exit(code);
  };
  const beginStop = (exitCode: number): void => {
    if (stopping) return;
    stopping = true;
    void stopAll(exitCode);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (!stopping) log.info('stopping', { signal });
      beginStop(0);
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error('uncaught', { kind: event }, error);
      process.exit(1);
    });
  }
  const fail = (error: unknown): void => {
    log.error('failed', {}, error);
    beginStop(1);
  };
  try {
    await options.start({ environment, log, onStop: (name, stop) => void stops.push({ name, stop }), fail });
  } catch (error) {
    if (stopping) return;
    // One plain sentence for the person at the terminal; the log line has the code.
    if (error instanceof AffidavitError) process.stderr.write(`${options.name}: ${error.message}\n`);
    fail(error);
  }
}
