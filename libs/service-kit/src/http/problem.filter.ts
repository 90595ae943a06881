import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Log } from '../log/log.ts';
import { problemOf, type ProblemTable } from './problem.ts';
import { sendProblem } from './send-problem.ts';
import { LOG, PROBLEM_TABLE } from './tokens.ts';

/** Every error that a request meets, ours, Nest's and Fastify's, leaves as a problem; what is a defect stands in the log. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  readonly #table: ProblemTable;
  readonly #log: Log;

  constructor(@Inject(PROBLEM_TABLE) table: ProblemTable, @Inject(LOG) log: Log) {
    this.#table = table;
    this.#log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { problem, defect } = problemOf(error, this.#table);
    if (defect) {
      // The route's pattern, not the URL: URLs hold ids of people.
      const fields = { method: request.method, route: request.routeOptions?.url ?? '', status: problem.status, code: problem.code };
      if (problem.retryable) this.#log.warn('request failed', fields, error);
      else this.#log.error('request failed', fields, error);
    }
    if (!reply.sent) sendProblem(reply, problem);
  }
}
