import autocannon from 'autocannon';

/** What is sent: how many events a request has, and whether each of them has a body. */
export interface Shape {
  readonly name: string;
  readonly events: number;
  readonly body_bytes: number;
}

export const shapes = {
  single: { name: '1 event', events: 1, body_bytes: 0 },
  batch: { name: '100 events', events: 100, body_bytes: 0 },
  bodies: { name: '100 events, a body of 400 bytes each', events: 100, body_bytes: 400 },
} as const satisfies Record<string, Shape>;

const event = (at: number, bodyBytes: number): object => ({
  event_id: `bench/§/${at}`,
  event_type: 'tool.call.completed',
  occurred_at: '2026-11-22T06:00:00.000123Z',
  source: { system: 'retail-agent' },
  actor: { type: 'agent', id: 'retail-agent' },
  on_behalf_of: [{ type: 'human', id: `customer-${at}`, relation: 'customer' }],
  run_id: 'bench/§',
  session_id: 'bench/§',
  call_id: `bench/§/${at}`,
  case_refs: [{ system: 'helpdesk', type: 'ticket', id: 'bench/§' }],
  object_refs: [{ system: 'shop', type: 'order', id: `#W${at}`, role: 'updated' }],
  tool: { name: 'exchange_delivered_order_items', tier: 'write', protocol: 'function' },
  outcome: { status: 'success' },
  ...(bodyBytes > 0 && {
    content: [{ role: 'tool_result', media_type: 'text/plain', text: `§ ${at} `.padEnd(bodyBytes, 'The order ') }],
  }),
});

const bodyOf = ({ events, body_bytes }: Shape): string =>
  events === 1
    ? JSON.stringify(event(0, body_bytes))
    : JSON.stringify(Array.from({ length: events }, (_, at) => event(at, body_bytes)));

/** Stands in a body where the request's own number goes. */
const TAG = /§/g;
let requests = 0;

export interface Target {
  readonly url: string;
  readonly token: string;
}

export interface Load {
  readonly events_per_second: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  /** Requests that were not answered with 200. */
  readonly failed: number;
}

export interface LoadOptions {
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second of all connections together; left out, as many as are answered. */
  readonly requests_per_second?: number;
}

/** Posts events of a shape over connections that stay open, each waiting for its answer before it sends again. */
export async function post({ url, token }: Target, shape: Shape, options: LoadOptions): Promise<Load> {
  const template = bodyOf(shape);
  const body = (): string => template.replace(TAG, `${process.pid}-${(requests += 1)}`);
  const result = await autocannon({
    url: `${url}/v1/events`,
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    requests: [{ setupRequest: (request) => ({ ...request, body: body() }) }],
    connections: options.connections,
    duration: options.seconds,
    timeout: 30,
    ...(options.requests_per_second !== undefined && { overallRate: options.requests_per_second }),
  });
  return {
    events_per_second: (result['2xx'] * shape.events) / result.duration,
    p50_ms: result.latency.p50,
    p99_ms: result.latency.p99,
    failed: result.non2xx + result.errors,
  };
}
