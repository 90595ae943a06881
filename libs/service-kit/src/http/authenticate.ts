import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Credential } from '../credentials/credential.ts';
import { type CredentialStore } from '../credentials/credential-store.ts';
import { problem, problemOf, type ProblemTable } from './problem.ts';
import { sendProblem } from './send-problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler of a door that is not public. */
    credential?: Credential;
  }
}

export interface AuthenticationOptions {
  readonly credentials: Pick<CredentialStore, 'verify'>;
  readonly problems: ProblemTable;
  /** Paths without a credential, exact. /healthz and /readyz always are. */
  readonly publicPaths?: readonly string[];
  /** Where else a token may stand, for a page that a browser shows; the Authorization header by default. */
  readonly tokenOf?: (request: FastifyRequest) => string | undefined;
}

/**
 * In Fastify's onRequest hook and not in a Nest guard, since guards run after the body was read, and not at all for
 * paths that do not exist: a stranger could fill the memory and map the doors.
 */
export function authenticate(fastify: FastifyInstance, options: AuthenticationOptions): void {
  const open = new Set(['/healthz', '/readyz', ...(options.publicPaths ?? [])]);
  const tokenOf = options.tokenOf ?? bearerToken;
  fastify.addHook('onRequest', (request, reply, done) => {
    const path = request.url.split('?', 1)[0] ?? '';
    if (open.has(path)) return done();
    try {
      const credential = options.credentials.verify(tokenOf(request) ?? '');
      if (credential === null) return sendProblem(reply, problem(options.problems, 'unauthenticated'));
      request.credential = credential;
    } catch (error) {
      return sendProblem(reply, problemOf(error, options.problems).problem);
    }
    done();
  });
}

/** RFC 6750: the scheme's name in any case, one space or more, the token. */
export function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer +([A-Za-z0-9_-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
}
