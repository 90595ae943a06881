import { setTimeout as sleep } from 'node:timers/promises';
import { type Services, SESSION_TIMEOUT_MS, signal, startServices } from './support/services.ts';

interface Receipt {
  readonly event_id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly record_hash: string;
}
interface Answer {
  readonly receipts: readonly Receipt[];
  readonly errors: readonly unknown[];
}
interface Fact {
  readonly event_id: string;
  readonly place: string;
}

let services: Services;
beforeAll(async () => {
  services = await startServices();
}, 120_000);
afterAll(() => services?.stop(), 60_000);

/** Posts ten events at a time to one collector after the other, until it is told to stop. */
class Load {
  readonly receipts: Receipt[] = [];
  readonly refused: string[] = [];
  readonly #urls: readonly string[];
  readonly #running: Promise<void>;
  #going = true;

  constructor(urls: readonly string[]) {
    this.#urls = urls;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#going = false;
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let batch = 0; this.#going; batch += 1) {
      const events = Array.from({ length: 10 }, (_, at) => ({
        event_id: `many/${batch}/${at}`,
        event_type: 'tool.call.completed',
        occurred_at: '2026-11-22T06:00:00.000123Z',
        source: { system: 'agent' },
        actor: { type: 'agent', id: 'agent' },
        run_id: `run/${batch}`,
        call_id: `call/${batch}/${at}`,
        tool: { name: 'look' },
        outcome: { status: 'success' },
        case_refs: [{ system: 'helpdesk', type: 'ticket', id: String(batch % 20) }],
      }));
      const answer = await fetch(`${this.#urls[batch % this.#urls.length]}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${services.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(events),
      });
      const { receipts, errors } = (await answer.json()) as Answer;
      if (receipts.length < events.length) this.refused.push(JSON.stringify(errors[0] ?? answer.status));
      this.receipts.push(...receipts);
      await sleep(30);
    }
  }
}

const facts = (): Promise<readonly Fact[]> =>
  services.read<Fact>(`SELECT event_id, concat(kafka_topic, '/', toString(kafka_partition), '/', toString(kafka_offset), ' ',
    lower(hex(record_hash))) AS place FROM $db.facts WHERE startsWith(event_id, 'many/')`);

interface Position {
  readonly at: string;
  readonly next_offset: string;
}

/**
 * Looks at what readers see, again and again: it only grows, and holds no event twice; and no partition's watermark
 * moves back, whoever wakes late and writes an older one.
 */
class Watch {
  readonly wrong: string[] = [];
  visible = 0;
  readonly #positions = new Map<string, number>();
  #going = true;
  readonly #running = this.#run();

  async stop(): Promise<void> {
    this.#going = false;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#going) {
      const [row] = await services.read<{ rows: string; events: string }>(
        `SELECT count() AS rows, uniqExact(event_key) AS events FROM $db.facts WHERE startsWith(event_id, 'many/')`,
      );
      const [rows, events] = [Number(row?.rows), Number(row?.events)];
      if (rows !== events) this.wrong.push(`${rows} rows of ${events} events`);
      if (events < this.visible) this.wrong.push(`${this.visible} events were visible, now ${events}`);
      this.visible = events;
      await this.#lookAtPositions();
      await sleep(300);
    }
  }

  async #lookAtPositions(): Promise<void> {
    const positions = await services.read<Position>(
      `SELECT concat(topic, '/', toString(partition)) AS at, toString(max(next_offset)) AS next_offset
        FROM $db.projection_state GROUP BY topic, partition`,
    );
    for (const { at, next_offset } of positions) {
      const before = this.#positions.get(at) ?? 0;
      if (Number(next_offset) < before) this.wrong.push(`${at} was projected to ${before}, now to ${next_offset}`);
      this.#positions.set(at, Number(next_offset));
    }
  }
}

test('two collectors and three projectors that join, die and freeze: every receipt is a record, readers see each once', async () => {
  const collectors = [await services.collector('one'), await services.collector('two')];
  const first = await services.projector();
  const load = new Load(collectors.map(({ port }) => `http://127.0.0.1:${port}`));
  const watch = new Watch();
  const grown = async (by: number): Promise<void> => {
    const from = watch.visible;
    for (const until = Date.now() + 90_000; Date.now() < until; await sleep(200))
      if (watch.visible >= from + by) return;
    throw new Error(`only ${watch.visible - from} further events became visible; ${load.refused[0] ?? 'none refused'}`);
  };
  await grown(100);
  const second = await services.projector();
  await grown(100);
  signal(first.pid, 'SIGKILL');
  const third = await services.projector();
  await grown(100);
  // Frozen for longer than it may be silent: its partitions go to the third, and then it wakes with what it had read.
  signal(second.pid, 'SIGSTOP');
  await sleep(SESSION_TIMEOUT_MS + 2_000);
  await grown(100);
  signal(second.pid, 'SIGCONT');
  await grown(100);
  await third.stop();
  await grown(100);
  await load.stop();
  const wanted = new Map(
    load.receipts.map(({ event_id, topic, partition, offset, record_hash }) => [
      event_id,
      `${topic}/${partition}/${offset} ${record_hash}`,
    ]),
  );
  for (const until = Date.now() + 90_000; Date.now() < until && watch.visible < wanted.size;) await sleep(200);
  await watch.stop();
  expect([load.refused, watch.wrong]).toEqual([[], []]);
  expect(wanted.size).toBe(load.receipts.length);
  const seen = await facts();
  expect(seen.length).toBe(wanted.size);
  expect(seen.filter(({ event_id, place }) => wanted.get(event_id) !== place)).toEqual([]);
}, 300_000);
