import { connect } from 'node:net';
import { CollectorKit, event, eventually } from '../testing/collector-kit.ts';

const MIB = 1024 * 1024;
const kit = new CollectorKit({ settings: { in_flight_bytes: 2 * MIB } });
beforeAll(() => kit.start(), 60_000);
afterAll(() => kit.stop());

/** A request whose body does not come: what it announces is held for it. */
function hanging(bytes: number, headers = ''): { readonly close: () => void; readonly answer: Promise<string> } {
  const socket = connect(Number(new URL(kit.url).port), '127.0.0.1');
  const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
  void kit
    .token({ name: `hang-${bytes}`, role: 'connector', connector_id: `hang-${bytes}`, tenant_id: 'acme' })
    .then((token) =>
      socket.write(
        `POST /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: ` +
          `application/json\r\ncontent-length: ${bytes}\r\n${headers}\r\n`,
      ),
    );
  return { close: () => socket.destroy(), answer };
}

const held = async (): Promise<number> =>
  Number(/in_flight_bytes\{[^}]*\} (\d+)/.exec((await kit.send('/metrics')).body as string)?.[1] ?? Number.NaN);

describe('bytes in flight', () => {
  test('beyond the bound are refused before they are read, and free again when a client hangs up', async () => {
    const slow = hanging(2 * MIB - 100);
    await eventuallyHeld(2 * MIB - 100);
    const refused = await kit.post(event());
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests', retryable: true } });
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    // Refused at the door: the answer comes although not a byte of the body was sent.
    expect(await hanging(MIB).answer).toMatch(/^HTTP\/1\.1 429 /);
    expect((await kit.send('/healthz')).status).toBe(200);
    slow.close();
    await eventuallyHeld(0);
    expect((await kit.post(event())).status).toBe(200);
  });
  test('a request that does not say its size, or will be inflated, is charged with the limit', async () => {
    const slow = hanging(100, 'content-encoding: gzip\r\n');
    await eventuallyHeld(4 * MIB);
    expect((await kit.post(event())).status).toBe(429);
    slow.close();
    await eventuallyHeld(0);
  });
  test('nobody without a credential takes any of it', async () => {
    const socket = connect(Number(new URL(kit.url).port), '127.0.0.1');
    socket.write(
      'POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2000000\r\n\r\n',
    );
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(await held()).toBe(0);
    socket.destroy();
  });
});

async function eventuallyHeld(bytes: number): Promise<void> {
  await eventually(async () => (await held()) === bytes || undefined);
}

describe('a stop', () => {
  test('refuses what is new and answers what is under way', async () => {
    const other = await new CollectorKit().start();
    try {
      // What it tells of itself at its start is in the log, so that what waits is the request's.
      await eventually(() => other.load.items === 0 && other.own('collector.started').length > 0);
      other.transport.hold();
      const underWay = other.post(event({ event_id: 'under-way' }));
      await eventually(() => other.load.items > 0);
      const stopped = other.closeDoors();
      const refused = await other.post(event()).catch(() => undefined);
      if (refused) expect(refused).toMatchObject({ status: 503, body: { code: 'shutting_down', retryable: true } });
      other.transport.release();
      expect((await underWay).status).toBe(200);
      await stopped;
      expect(other.events().map(({ event_id }) => event_id)).toEqual(['under-way']);
    } finally {
      other.transport.release();
      await other.stop();
    }
  });
});
