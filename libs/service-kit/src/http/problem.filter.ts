import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Log } from '../log/log.ts';
import { type AllowedMethods } from './allowed-methods.ts';
import { problem as problemFor, problemOf, type ProblemTable } from './problem.ts';
import { sendProblem } from './send-problem.ts';
import { ALLOWED_METHODS, LOG, PROBLEM_TABLE } from './tokens.ts';

/**
 * Every error that a request meets, ours, Nest's and Fastify's, leaves as a problem; what is a defect stands in the
 * log.
 */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  readonly #table: ProblemTable;
  readonly #log: Log;
  readonly #methods: AllowedMethods;

  constructor(
    @Inject(PROBLEM_TABLE) table: ProblemTable,
    @Inject(LOG) log: Log,
    @Inject(ALLOWED_METHODS) methods: AllowedMethods,
  ) {
    this.#table = table;
    this.#log = log;
    this.#methods = methods;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { problem, defect } = problemOf(error, this.#table);
    if (defect) {
      // The route's pattern, not the URL: URLs hold ids of people.
      const fields = {
        method: request.method,
        route: request.routeOptions?.url ?? '',
        status: problem.status,
        code: problem.code,
      };
      if (problem.retryable) this.#log.warn('request failed', fields, error);
      else this.#log.error('request failed', fields, error);
    }
    if (reply.sent) return;
    const methods = request.is404 ? this.#methods(request.url.split('?', 1)[0] ?? '') : [];
    if (methods.length === 0) return sendProblem(reply, problem);
    void reply.header('allow', methods.join(', '));
    sendProblem(reply, problemFor(this.#table, 'method_not_allowed'));
  }
}
