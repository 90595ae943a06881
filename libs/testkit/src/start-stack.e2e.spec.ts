import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningStack, startStack } from './start-stack.ts';

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function eventually<T>(what: string, seconds: number, attempt: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(200)) {
    const found = await attempt().catch(() => undefined);
    if (found !== undefined) return found;
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}

/**
 * The whole life of `affidavit up` over one directory, as its user has it: start, stop, start again, a crash, start
 * again.
 */
describe('affidavit up', () => {
  const unique = randomUUID().slice(0, 8);
  let dir: string;
  let running: RunningStack | undefined;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'affidavit-up-'));
  });
  afterAll(async () => {
    await running?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  const token = (role: string) => ({
    authorization: `Bearer ${running?.credentials[role] as string}`,
    'content-type': 'application/json',
  });
  const post = async (number: number) => {
    const event = {
      event_id: `up-${unique}-${number}`,
      event_type: 'tool.call.completed',
      occurred_at: `2026-11-22T06:00:0${number}Z`,
      source: { system: 'up-test' },
      actor: { type: 'agent', id: 'a' },
      run_id: `up/${unique}`,
      call_id: `c${number}`,
      case_refs: [{ system: 'helpdesk', id: `up-${unique}` }],
      tool: { name: 't' },
      outcome: { status: 'success' },
    };
    const response = await fetch(`${running?.stack.collector_url}/v1/events`, {
      method: 'POST',
      headers: token('connector'),
      body: JSON.stringify(event),
    });
    expect({ status: response.status, body: await response.text() }).toMatchObject({ status: 200 });
  };
  const timeline = (total: number) =>
    eventually(`${total} events in the timeline`, 60, async () => {
      const response = await fetch(`${running?.stack.api_url}/v1/cases/helpdesk:up-${unique}/timeline`, {
        headers: token('investigator'),
      });
      const list = (await response.json()) as { total: number; data: { event_id: string }[] };
      return list.total === total ? list.data.map(({ event_id: id }) => id) : undefined;
    });

  /** Of the first event of the first example story. */
  const story = () =>
    eventually('the stories are projected', 60, async () => {
      const response = await fetch(`${running?.stack.api_url}/v1/search`, {
        method: 'POST',
        headers: token('investigator'),
        body: JSON.stringify({ event_id: 't01.delegation' }),
      });
      const { data } = (await response.json()) as { data: { duplicates: number }[] };
      return data.length === 1 ? data : undefined;
    });

  test('starts, takes an event, shows it', async () => {
    running = await startStack({ dir, stories: true });
    expect(Object.keys(running.stack).sort()).toEqual([
      'api_url',
      'clickhouse_url',
      'collector_url',
      'kafka_brokers',
      'kafka_cluster_id',
      'schema_registry_url',
    ]);
    expect(Object.keys(await running.processes()).sort()).toEqual([
      'clickhouse',
      'collector',
      'content-clickhouse',
      'kafka',
      'linker',
      'projector',
      'query-api',
      'schema-registry',
    ]);
    await post(1);
    expect(await timeline(1)).toEqual([`up-${unique}-1`]);
  }, 300_000);

  test('the first start tells the example stories, and where to look', async () => {
    expect(await story()).toMatchObject([{ duplicates: 0 }]);
    const printed = await readFile(join(dir, 'logs', 'up.log'), 'utf8');
    expect(printed).toMatch(/T08 .*: 48 events\n/);
    const [, page = ''] = /A case to look at[^\n]*\n\n {2}(http\S+)\n/.exec(printed) ?? [];
    const answer = await fetch(page.replace('/cases/', '/v1/cases/'), { headers: token('investigator') });
    expect(((await answer.json()) as { data: unknown[] }).data.length).toBeGreaterThan(0);
  });

  test('prints commands that work when they are pasted', async () => {
    const printed = await readFile(join(dir, 'logs', 'up.log'), 'utf8');
    const curls = printed.split('\n').filter((line) => line.startsWith('curl '));
    expect(curls).toHaveLength(2);
    const paste = (command: string) =>
      new Promise<string>((resolve, reject) => {
        execFile('/bin/sh', ['-c', command], { timeout: 60_000 }, (error, stdout, stderr) =>
          error ? reject(new Error(error.message + stderr)) : resolve(stdout),
        );
      });
    expect(await paste(curls[0] ?? '')).toMatch(/"accepted": ?1/);
    // The pause in the command is for a machine that does nothing else.
    const output = await eventually('the case has its event', 60, async () => {
      const text = await paste(curls[1] ?? '');
      return /"total": ?1/.test(text) ? text : undefined;
    });
    expect(output).toContain('look_up_order');
  });

  test('a second one on the directory is refused in one sentence', async () => {
    await expect(startStack({ dir })).rejects.toThrow(
      /Another affidavit up is already running on .* \(process \d+\): stop it, or set AFFIDAVIT_DATA to another directory\.$/,
    );
    expect(await timeline(1)).toHaveLength(1);
  }, 60_000);

  test('Ctrl-C leaves nothing running; the next start finds all data and the same credentials', async () => {
    const before = running as RunningStack;
    const pids = Object.values(await before.processes());
    await before.stop();
    expect(pids.filter(alive)).toEqual([]);
    expect(await before.supervisor.exited).toEqual({ code: 0, signal: null });
    expect(await readdir(dir)).not.toContain('stack.json');
    running = await startStack({ dir, stories: true });
    expect(running.credentials).toEqual(before.credentials);
    expect(await story()).toMatchObject([{ duplicates: 0 }]);
    await post(2);
    expect(await timeline(2)).toEqual([`up-${unique}-1`, `up-${unique}-2`]);
  }, 300_000);

  test('killed, it leaves nothing running either, and the next start finds all data', async () => {
    await post(3);
    const before = running as RunningStack;
    const pids = Object.values(await before.processes());
    running = undefined;
    process.kill(before.supervisor.pid, 'SIGKILL');
    await eventually('its processes are gone', 30, () => Promise.resolve(pids.some(alive) ? undefined : true));
    running = await startStack({ dir });
    expect(await timeline(3)).toEqual([1, 2, 3].map((number) => `up-${unique}-${number}`));
  }, 300_000);
});
