import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface FakeRegistry {
  readonly url: string;
  readonly requests: { method: string; path: string; authorization: string | undefined }[];
  /** Answer everything with this status instead; 'hang' never answers. */
  fault: number | 'hang' | null;
  readonly levels: Map<string, string>;
  close(): Promise<void>;
}

/** Just enough of Confluent's protocol to register and read, with faults to order. */
export async function fakeRegistry(): Promise<FakeRegistry> {
  const schemas: string[] = [];
  const levels = new Map<string, string>();
  const requests: FakeRegistry['requests'] = [];
  const answer = (method: string, path: string, body: string): { status: number; json: unknown } => {
    const config = /^\/config\/(.+)$/.exec(path)?.[1];
    if (config !== undefined && method === 'PUT') {
      const { compatibility } = JSON.parse(body) as { compatibility: string };
      levels.set(decodeURIComponent(config), compatibility);
      return { status: 200, json: { compatibility } };
    }
    if (config !== undefined) {
      const level = levels.get(decodeURIComponent(config));
      return level === undefined
        ? { status: 404, json: { error_code: 40408, message: 'not set' } }
        : { status: 200, json: { compatibilityLevel: level } };
    }
    if (method === 'POST') {
      const { schema } = JSON.parse(body) as { schema: string };
      if (!schemas.includes(schema)) schemas.push(schema);
      return { status: 200, json: { id: schemas.indexOf(schema) + 1 } };
    }
    if (path === '/subjects') return { status: 200, json: [...levels.keys()] };
    const schema = schemas[Number(/^\/schemas\/ids\/(\d+)$/.exec(path)?.[1] ?? 0) - 1];
    return schema === undefined
      ? { status: 404, json: { error_code: 40403, message: 'unknown' } }
      : { status: 200, json: { schema } };
  };
  const fake = { fault: null as FakeRegistry['fault'] };
  const server: Server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    requests.push({ method, path: url, authorization: request.headers.authorization });
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (fake.fault === 'hang') return;
      const { status, json } =
        fake.fault === null
          ? answer(method, url, body)
          : { status: fake.fault, json: { error_code: fake.fault, message: 'ordered' } };
      response
        .writeHead(status, { 'content-type': 'application/vnd.schemaregistry.v1+json' })
        .end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(fake, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    levels,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}
