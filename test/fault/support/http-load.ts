import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ListeningChild, nodeMain, startListeningChild, startRegistry } from '@affidavit/embedded';
import { openCredentialStore } from '@affidavit/service-kit';

/** A receipt as a sender has it, with the id that it sent. */
export interface HttpReceipt {
  readonly event_id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly record_hash: string;
}

interface Answer {
  readonly receipts: readonly HttpReceipt[];
  readonly errors: readonly { readonly code: string }[];
}

export interface Door {
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

/** A collector as it runs in production, over brokers of a test's own; without an index, which receipts need not. */
export async function startDoor(brokers: string): Promise<Door> {
  const dir = await mkdtemp(join(tmpdir(), 'affidavit-door-'));
  const children: ListeningChild[] = [];
  const credentials = join(dir, 'credentials.json');
  const { token } = await openCredentialStore(credentials).add({
    name: 'fault',
    role: 'connector',
    connector_id: 'fault',
    tenant_id: 'default',
  });
  const registry = await startRegistry({ brokers, port: 0, logFile: join(dir, 'registry.log') });
  children.push(registry);
  const collector = await startListeningChild({
    name: 'collector',
    ...nodeMain(new URL('../../../apps/collector/src/main.ts', import.meta.url)),
    logFile: join(dir, 'collector.log'),
    env: {
      KAFKA_BROKERS: brokers,
      SCHEMA_REGISTRY_URL: registry.url,
      CLICKHOUSE_URL: '',
      CREDENTIALS_FILE: credentials,
      KEY_RING_DIR: join(dir, 'keys'),
      COLLECTOR_PORT: '0',
    },
  });
  children.unshift(collector);
  return {
    url: `http://127.0.0.1:${collector.port}`,
    token,
    async stop() {
      for (const child of children) await child.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Senders that repeat an event under its id until it is acknowledged, as the contract tells them. */
export class HttpLoad {
  readonly receipts: HttpReceipt[] = [];
  /** Of every answer that was no receipt: its status, and the code that it names. */
  readonly refusals: string[] = [];
  readonly #door: Door;
  readonly #callers: Promise<void>[];
  #going = true;

  constructor(door: Door, callers = 8) {
    this.#door = door;
    this.#callers = Array.from({ length: callers }, (_, caller) => this.#call(caller));
  }

  /** When this returns, everything that was sent is acknowledged. */
  async stop(): Promise<void> {
    this.#going = false;
    await Promise.all(this.#callers);
  }

  async #call(caller: number): Promise<void> {
    for (let count = 0; this.#going; count += 1) {
      const event_id = `fault/${caller}/${count}`;
      while (!(await this.#post(event_id, caller))) await sleep(100);
      await sleep(5);
    }
  }

  async #post(event_id: string, caller: number): Promise<boolean> {
    const answer = await fetch(`${this.#door.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#door.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        event_id,
        event_type: 'tool.call.completed',
        occurred_at: '2026-11-22T06:00:00.000123Z',
        source: { system: 'agent' },
        actor: { type: 'agent', id: 'agent' },
        run_id: `run/${caller}`,
        call_id: event_id,
        tool: { name: 'look' },
        outcome: { status: 'success' },
      }),
    });
    const { receipts, errors } = (await answer.json()) as Answer;
    this.receipts.push(...receipts);
    if (answer.status !== 200) this.refusals.push(`${answer.status} ${errors[0]?.code ?? 'without a code'}`);
    return answer.status === 200;
  }
}
