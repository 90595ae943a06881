// A process of its own: what somebody without a collector would write. Fastify takes the JSON, kafkajs writes each
// event's JSON with acks=all in micro-batches, one send outstanding, and the answer waits for the acknowledgement. It
// checks no credential and no schema, looks for no secret, encrypts, numbers and hashes nothing.
import Fastify from 'fastify';
import { connectKafka, partitionOf } from '@affidavit/kafka';

interface Waiting {
  readonly messages: readonly { readonly key: string; readonly value: string; readonly partition: number }[];
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}
interface Posted {
  readonly run_id: string;
}

const [brokers = '', topic = '', partitions = '6'] = process.argv.slice(2);
const LINGER_MS = 3;
const MOST_MESSAGES = 1_000;

const producer = connectKafka({ brokers: brokers.split(','), client_id: 'bench-peer' }).producer({
  idempotent: false,
  createPartitioner:
    () =>
    ({ message }) =>
      message.partition ?? 0,
});
await producer.connect();
const queue: Waiting[] = [];
let running = false;

async function run(): Promise<void> {
  running = true;
  await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
  while (queue.length > 0) {
    const sent: Waiting[] = [];
    let count = 0;
    while (queue.length > 0 && count < MOST_MESSAGES) {
      const next = queue.shift() as Waiting;
      count += next.messages.length;
      sent.push(next);
    }
    try {
      await producer.send({ topic, acks: -1, messages: sent.flatMap(({ messages }) => messages) });
      for (const { done } of sent) done();
    } catch (error) {
      for (const { failed } of sent) failed(error as Error);
    }
  }
  running = false;
}

const app = Fastify({ bodyLimit: 4 * 1024 * 1024 });
app.post('/v1/events', async (request) => {
  const posted = request.body as Posted | readonly Posted[];
  const events: readonly Posted[] = Array.isArray(posted) ? (posted as readonly Posted[]) : [posted as Posted];
  await new Promise<void>((done, failed) => {
    queue.push({
      messages: events.map((event) => ({
        key: event.run_id,
        value: JSON.stringify(event),
        partition: partitionOf(Buffer.from(event.run_id), Number(partitions)),
      })),
      done,
      failed,
    });
    if (!running) void run();
  });
  return { accepted: events.length };
});
await app.listen({ host: '127.0.0.1', port: 0 });
const address = app.server.address();
console.log(JSON.stringify({ msg: 'listening', port: typeof address === 'object' ? address?.port : 0 }));
