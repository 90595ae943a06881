import { createServer, connect, type Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import { type Kafka } from 'kafkajs';

const produceApi = 0;
const metadataApi = 3;

export interface DropProxy {
  readonly address: string;
  readonly dropped: number;
  /** The next `count` produce responses never arrive; the broker has the records. */
  dropResponses(count: number): void;
  /** Connections are cut and refused until `accept`. */
  refuse(): void;
  accept(): void;
  close(): Promise<void>;
}

/**
 * A TCP proxy before one broker that understands just enough of Kafka's framing to swallow produce responses, and that
 * rewrites the broker's port in metadata answers so that clients keep coming through it.
 */
export async function dropProxy(broker: string): Promise<DropProxy> {
  const [host, port] = broker.split(':') as [string, string];
  const sockets = new Set<Socket>();
  let toDrop = 0;
  let refusing = false;
  const state = { dropped: 0 };
  let own = 0;
  const server = createServer((client) => {
    if (refusing) return void client.destroy();
    const upstream = connect(Number(port), host);
    const apis = new Map<number, number>();
    sockets.add(client).add(upstream);
    client.on(
      'data',
      frames((frame) => {
        apis.set(frame.readInt32BE(8), frame.readInt16BE(4));
        upstream.write(frame);
      }),
    );
    upstream.on(
      'data',
      frames((frame) => {
        const api = apis.get(frame.readInt32BE(4));
        apis.delete(frame.readInt32BE(4));
        if (api === produceApi && toDrop > 0) {
          toDrop -= 1;
          state.dropped += 1;
          return;
        }
        client.write(api === metadataApi ? rewritePort(frame, Number(port), own) : frame);
      }),
    );
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  own = (server.address() as { port: number }).port;
  return {
    address: `127.0.0.1:${own}`,
    get dropped() {
      return state.dropped;
    },
    dropResponses: (count) => (toDrop += count),
    refuse: () => {
      refusing = true;
      for (const socket of sockets) socket.destroy();
    },
    accept: () => (refusing = false),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Kafka frames: a 32-bit length, then that many bytes. */
function frames(take: (frame: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0);
      take(Buffer.from(rest.subarray(0, end)));
      rest = rest.subarray(end);
    }
  };
}

/** The broker's address in a metadata answer is its host string followed by the port as an int32. */
function rewritePort(frame: Buffer, from: number, to: number): Buffer {
  const port = Buffer.alloc(4);
  port.writeInt32BE(from);
  // Behind length, correlation id and throttle time: a broker's port stands after node id and host.
  const at = frame.indexOf(port, 12);
  if (at >= 0) frame.writeInt32BE(to, at);
  return frame;
}

/** Every value of a topic by partition, in offset order, read up to the high watermark of this moment. */
export async function readAll(kafka: Kafka, topic: string): Promise<Map<number, Buffer[]>> {
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const values = new Map<number, Buffer[]>(offsets.map(({ partition }) => [partition, []]));
  let missing = offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  if (missing === 0) return values;
  const consumer = kafka.consumer({ groupId: `read-${randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        eachBatch: ({ batch }) => {
          for (const message of batch.messages) {
            values.get(batch.partition)!.push(message.value!);
            missing -= 1;
          }
          if (missing <= 0) resolve();
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return values;
}
