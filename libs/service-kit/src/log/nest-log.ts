import { type LoggerService } from '@nestjs/common';
import { type Log } from './log.ts';

/**
 * Nest's own lines. What it says at start is noise (debug); its warnings and errors are about wiring, so their text is
 * shown, cut to the log's length. Errors of requests do not come this way: the problem filter has them.
 */
export class NestLog implements LoggerService {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  log(_message: unknown, ...rest: unknown[]): void {
    this.#log.debug('nest', { component: contextOf(rest) });
  }

  debug(_message: unknown, ...rest: unknown[]): void {
    this.#log.debug('nest', { component: contextOf(rest) });
  }

  verbose(_message: unknown, ...rest: unknown[]): void {
    this.#log.debug('nest', { component: contextOf(rest) });
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#log.warn(`nest: ${textOf(message)}`, { component: contextOf(rest) });
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#log.error(
      `nest: ${textOf(message)}`,
      { component: contextOf(rest) },
      message instanceof Error ? message : undefined,
    );
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.error(message, ...rest);
  }
}

const textOf = (message: unknown): string => (typeof message === 'string' ? message.slice(0, 300) : 'error');

const contextOf = (rest: readonly unknown[]): string => {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : '';
};
