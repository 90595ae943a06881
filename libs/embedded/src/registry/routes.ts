import type { Registry, SchemaRequest } from './registry.ts';

export interface RouteRequest {
  /** From the path, decoded. */
  readonly parts: readonly string[];
  readonly url: URLSearchParams;
  readonly body: SchemaRequest & { readonly compatibility?: unknown };
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: RegExp;
  answer(registry: Registry, request: RouteRequest): unknown;
}

const compatibilityAnswer = (reasons: string[], { url }: RouteRequest) => ({
  is_compatible: reasons.length === 0,
  ...(url.get('verbose') === 'true' && { messages: reasons }),
});

const part = (request: RouteRequest, index: number): string => request.parts[index] ?? '';

/** Confluent's paths, less deleting, modes and contexts: nothing in an audit log may lose its schema. */
export const routes: readonly Route[] = [
  { method: 'GET', path: /^\/$/, answer: () => ({}) },
  { method: 'GET', path: /^\/subjects$/, answer: (registry) => registry.subjects() },
  {
    method: 'POST',
    path: /^\/subjects\/([^/]+)$/,
    answer: (registry, request) => {
      const { subject, id, version, schema } = registry.lookUp(part(request, 0), request.body);
      return { subject, id, version, schema };
    },
  },
  {
    method: 'GET',
    path: /^\/subjects\/([^/]+)\/versions$/,
    answer: (registry, request) => registry.versions(part(request, 0)),
  },
  {
    method: 'POST',
    path: /^\/subjects\/([^/]+)\/versions$/,
    answer: (registry, request) => registry.register(part(request, 0), request.body),
  },
  {
    method: 'GET',
    path: /^\/subjects\/([^/]+)\/versions\/([^/]+)$/,
    answer: (registry, request) => {
      const { subject, version, id, schema } = registry.version(part(request, 0), part(request, 1));
      return { subject, version, id, schema };
    },
  },
  {
    method: 'GET',
    path: /^\/subjects\/([^/]+)\/versions\/([^/]+)\/schema$/,
    answer: (registry, request) => JSON.parse(registry.version(part(request, 0), part(request, 1)).schema) as unknown,
  },
  { method: 'GET', path: /^\/schemas\/types$/, answer: () => ['AVRO'] },
  {
    method: 'GET',
    path: /^\/schemas\/ids\/([^/]+)$/,
    answer: (registry, request) => ({ schema: registry.schema(part(request, 0)) }),
  },
  {
    method: 'GET',
    path: /^\/schemas\/ids\/([^/]+)\/schema$/,
    answer: (registry, request) => JSON.parse(registry.schema(part(request, 0))) as unknown,
  },
  {
    method: 'GET',
    path: /^\/schemas\/ids\/([^/]+)\/versions$/,
    answer: (registry, request) => registry.uses(part(request, 0)),
  },
  {
    method: 'GET',
    path: /^\/schemas\/ids\/([^/]+)\/subjects$/,
    answer: (registry, request) => registry.uses(part(request, 0)).map(({ subject }) => subject),
  },
  { method: 'GET', path: /^\/config$/, answer: (registry) => ({ compatibilityLevel: registry.level(null, true) }) },
  {
    method: 'PUT',
    path: /^\/config$/,
    answer: async (registry, { body }) => ({ compatibility: await registry.setLevel(null, body.compatibility) }),
  },
  {
    method: 'GET',
    path: /^\/config\/([^/]+)$/,
    answer: (registry, request) => ({
      compatibilityLevel: registry.level(part(request, 0), request.url.get('defaultToGlobal') === 'true'),
    }),
  },
  {
    method: 'PUT',
    path: /^\/config\/([^/]+)$/,
    answer: async (registry, request) => ({
      compatibility: await registry.setLevel(part(request, 0), request.body.compatibility),
    }),
  },
  { method: 'GET', path: /^\/mode(?:\/[^/]+)?$/, answer: () => ({ mode: 'READWRITE' }) },
  {
    method: 'POST',
    path: /^\/compatibility\/subjects\/([^/]+)\/versions$/,
    answer: (registry, request) => compatibilityAnswer(registry.check(part(request, 0), request.body), request),
  },
  {
    method: 'POST',
    path: /^\/compatibility\/subjects\/([^/]+)\/versions\/([^/]+)$/,
    answer: (registry, request) =>
      compatibilityAnswer(registry.check(part(request, 0), request.body, part(request, 1)), request),
  },
];
