import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface TakenEvent {
  readonly event_id: string;
  readonly event_type: string;
  readonly run_id: string;
}

/** What the fake answers to one POST instead of taking it; undefined takes it. */
export type Disturbance = (
  post: { readonly number: number; readonly events: readonly TakenEvent[]; readonly request: IncomingMessage },
  response: ServerResponse,
) => boolean;

export interface FakeCollector {
  readonly url: string;
  /** Every event acknowledged, in order, copies included. */
  readonly taken: TakenEvent[];
  readonly posts: () => number;
  disturb: Disturbance;
  /** Events that it refuses for good, by type. */
  refuseType: string;
  readonly close: () => Promise<void>;
}

/**
 * Speaks the collector's side of POST /v1/events, well enough to test a sender: receipts, errors, duplicates. A token
 * of null takes any.
 */
export async function startFakeCollector(token: string | null = 'token'): Promise<FakeCollector> {
  let posts = 0;
  const seen = new Set<string>();
  const fake = { taken: [] as TakenEvent[], disturb: (() => false) as Disturbance, refuseType: '' };
  const server = createServer((request, response) => {
    if (request.url === '/healthz') return void response.end('ok');
    if (token !== null && request.headers.authorization !== `Bearer ${token}`)
      return void answer(response, 401, { code: 'unauthenticated' });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts += 1;
      const events = Buffer.concat(chunks)
        .toString('utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as TakenEvent);
      if (!fake.disturb({ number: posts, events, request }, response)) take(events, response);
    });
  });
  const take = (events: readonly TakenEvent[], response: ServerResponse): void => {
    const receipts: object[] = [];
    const errors: object[] = [];
    events.forEach((event, index) => {
      if (event.event_type === fake.refuseType) {
        errors.push({
          index,
          event_id: event.event_id,
          code: 'event_type_not_allowed',
          path: '/event_type',
          message: 'may not send this',
          retryable: false,
        });
        return;
      }
      receipts.push({
        index,
        event_id: event.event_id,
        topic: 't',
        partition: 0,
        offset: String(fake.taken.length),
        record_hash: '00',
        duplicate: seen.has(event.event_id),
      });
      seen.add(event.event_id);
      fake.taken.push(event);
    });
    answer(response, errors.length === 0 ? 200 : receipts.length === 0 ? 422 : 207, {
      accepted: receipts.length,
      rejected: errors.length,
      receipts,
      errors,
    });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(fake, {
    url: `http://127.0.0.1:${String(port)}`,
    posts: () => posts,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

export function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
