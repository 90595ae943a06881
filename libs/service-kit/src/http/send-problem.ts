import { type FastifyReply } from 'fastify';
import { type Problem, problemMediaType, retryAfterSeconds } from './problem.ts';

export function sendProblem(reply: FastifyReply, problem: Problem): void {
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="affidavit"');
  if (problem.status === 429 || problem.status === 503) void reply.header('retry-after', String(retryAfterSeconds));
  // As bytes: to a string Fastify would add a charset, which problem+json does not have.
  void reply
    .status(problem.status)
    .header('content-type', problemMediaType)
    .send(Buffer.from(JSON.stringify(problem)));
}
