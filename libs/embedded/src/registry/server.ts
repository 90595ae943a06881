import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Registry } from './registry.ts';
import { RegistryError } from './registry-error.ts';
import { routes, type RouteRequest } from './routes.ts';

const MEDIA_TYPE = 'application/vnd.schemaregistry.v1+json';
const MAX_BODY_BYTES = 4 << 20;

async function readBody(request: IncomingMessage): Promise<RouteRequest['body']> {
  if (request.method === 'GET') return {};
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY_BYTES) throw new RegistryError(413, `A request may have ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk as Buffer);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // The same sentence as for a body that is no object.
  }
  throw new RegistryError(400, 'The body must be a JSON object.');
}

async function answer(registry: Registry, request: IncomingMessage): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://registry');
  const path = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname;
  const matching = routes.filter((route) => route.path.test(path));
  const route = matching.find(({ method }) => method === request.method);
  if (!route)
    throw matching.length > 0
      ? new RegistryError(405, 'HTTP 405 Method Not Allowed')
      : new RegistryError(404, 'HTTP 404 Not Found');
  const parts = (route.path.exec(path) ?? []).slice(1).map((text) => decodeURIComponent(text));
  return route.answer(registry, { parts, url: searchParams, body: await readBody(request) });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': MEDIA_TYPE });
  response.end(JSON.stringify(body));
}

export function createRegistryServer(registry: Registry): Server {
  return createServer((request, response) => {
    answer(registry, request).then(
      (body) => send(response, 200, body),
      (error: unknown) => {
        if (error instanceof RegistryError)
          return send(response, error.status, { error_code: error.errorCode, message: error.message });
        if (error instanceof URIError)
          return send(response, 400, { error_code: 400, message: 'The path is not properly encoded.' });
        console.error(error);
        return send(response, 500, { error_code: 500, message: 'Internal Server Error' });
      },
    );
  });
}
