import { randomBytes } from 'node:crypto';
import { bearerToken } from '@affidavit/service-kit';
import { type FastifyRequest } from 'fastify';

/**
 * Browsers that signed in. The cookie is a random number; the token stays here, and is checked anew on every request.
 */
export interface Sessions {
  open(token: string): { readonly id: string; readonly maxAgeSeconds: number };
  tokenOf(id: string): string | undefined;
  close(id: string): void;
}

const MAX_AGE_MS = 8 * 60 * 60 * 1_000;
const MAX_SESSIONS = 10_000;
export const COOKIE = 'affidavit_session';

/** In memory: a restart signs everybody out, which is no loss, and leaves nothing on disk. */
export function createSessions(now: () => number = () => Date.now()): Sessions {
  const sessions = new Map<string, { readonly token: string; readonly until: number }>();
  return {
    open(token) {
      for (const [id, { until }] of sessions) if (until <= now()) sessions.delete(id);
      // The oldest goes: a flood of sign-ins needs a valid token anyway.
      const [oldest] = sessions.keys();
      if (sessions.size >= MAX_SESSIONS && oldest !== undefined) sessions.delete(oldest);
      const id = randomBytes(32).toString('base64url');
      sessions.set(id, { token, until: now() + MAX_AGE_MS });
      return { id, maxAgeSeconds: MAX_AGE_MS / 1_000 };
    },
    tokenOf(id) {
      const session = sessions.get(id);
      return session === undefined || session.until <= now() ? undefined : session.token;
    },
    close: (id) => void sessions.delete(id),
  };
}

export function sessionIdOf(request: FastifyRequest): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  const value = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
}

/**
 * A header beats a cookie. Other sites' pages cannot make a browser send the cookie (SameSite=Strict), nor post with
 * it.
 */
export function tokenFrom(sessions: Sessions): (request: FastifyRequest) => string | undefined {
  return (request) => {
    const bearer = bearerToken(request);
    if (bearer !== undefined || request.headers.authorization !== undefined) return bearer;
    const id = sessionIdOf(request);
    if (id === undefined || (request.method !== 'GET' && request.method !== 'HEAD' && !isSameOrigin(request)))
      return undefined;
    return sessions.tokenOf(id);
  };
}

/**
 * Whether a form was sent from our own page. Browsers say so in one of the two headers; what says nothing is refused.
 */
export function isSameOrigin(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = request.headers;
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}
