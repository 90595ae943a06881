import { type FastifyInstance, type FastifyReply } from 'fastify';
import { render } from './renderer.ts';

const common = "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** One script of ours, as a file: keys. Nothing inline, nothing from elsewhere, and it asks nobody. */
const pagePolicy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; ${common}`;
/** Swagger UI brings scripts as files, and styles in attributes. */
const docsPolicy =
  `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src ` +
  `'self'; ${common}`;

/** Headers for everything that a browser may show, and the way to the sign-in form for whoever lacks a session. */
export function protectPages(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const path = request.url.split('?', 1)[0] ?? '';
    void reply.headers({
      // A report brings a policy of its own, for the style that it carries.
      'content-security-policy':
        reply.getHeader('content-security-policy') ??
        (path === '/docs' || path.startsWith('/docs/') ? docsPolicy : pagePolicy),
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    // The kit says when to come back for 429 and 503; of 409 only this one passes by itself.
    if (reply.statusCode === 409 && Buffer.isBuffer(payload) && payload.includes('"code":"as_of_ahead"'))
      void reply.header('retry-after', '1');
    if (!wantsPage(request.method, path, request.headers.accept)) return done(null, payload);
    if (reply.statusCode !== 401) return done(null, asPage(reply, payload));
    void reply
      .code(303)
      .removeHeader('www-authenticate')
      .removeHeader('content-type')
      .header('location', `/sign-in?next=${encodeURIComponent(request.url)}`);
    done(null, '');
  });
}

/** A person with a browser, and not a program. */
const wantsPage = (method: string, path: string, accept: string | undefined): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !path.startsWith('/v1/') &&
  path !== '/metrics' &&
  (accept ?? '').includes('text/html');

/** An address that nothing stands at, or an error that no view caught: the same in words. */
function asPage(reply: FastifyReply, payload: unknown): unknown {
  if (
    reply.statusCode < 400 ||
    !String(reply.getHeader('content-type') ?? '').includes('problem+json') ||
    (typeof payload !== 'string' && !Buffer.isBuffer(payload))
  )
    return payload;
  const html = render(
    'problem',
    { title: 'Nothing here', reader: null },
    {
      problem: {
        ...(reply.statusCode === 404 && { detail: 'There is no page at this address' }),
        ...(JSON.parse(payload.toString()) as object),
      },
      candidates: [],
    },
  );
  void reply.removeHeader('content-length').header('content-type', 'text/html; charset=utf-8');
  return html;
}

/** Only a path of this origin, or the start page: the form must not send anybody elsewhere. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' &&
    next.length <= 4_096 &&
    /^\/(?![/\\])[^\\\s]*$/.test(next) &&
    !/^\/sign-(in|out)/.test(next)
    ? next
    : '/';
}
