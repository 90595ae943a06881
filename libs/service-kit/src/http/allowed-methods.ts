import { type FastifyInstance } from 'fastify';

/** Which methods a path has, though the one that was asked is not among them. Empty for a path that does not exist. */
export type AllowedMethods = (path: string) => readonly string[];

/**
 * Keeps the routes' patterns as they are added: Fastify answers 404 for a path that has another method, and its router
 * tells only about patterns. HEAD goes with GET. MUST be called before the routes are made.
 */
export function allowedMethods(fastify: FastifyInstance): AllowedMethods {
  const routes: { readonly methods: readonly string[]; readonly pattern: RegExp }[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    // Nest adds catch-alls of its own; one of them would be an answer for every path.
    if (url.includes('*')) return;
    routes.push({ methods: Array.isArray(method) ? method : [method], pattern: patternOf(url) });
  });
  return (path) =>
    [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))].sort();
}

const patternOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .split('/')
      .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('/')}/?$`,
  );
