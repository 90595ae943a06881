import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Api, type List } from './support/api.ts';
import { eventually, pause, readCredentials, readStack, stackFolder } from './support/stack.ts';

/**
 * SIGKILLs each process of the running stack while events flow, and holds what was acknowledged against what readers
 * see. The supervisor restarts a dead child on the same port; a sender repeats what was not acknowledged, with the same
 * id.
 */
const api = new Api(readStack(), readCredentials());
const processes = (): Record<string, number> =>
  JSON.parse(readFileSync(join(stackFolder(), 'processes.json'), 'utf8')) as Record<string, number>;
const unique = randomUUID().slice(0, 8);

const event = (victim: string, number: number): object => ({
  event_id: `crash-${unique}-${victim}-${number}`,
  event_type: 'tool.call.completed',
  occurred_at: 1_795_327_200_000_000 + number,
  source: { system: 'crash-test' },
  actor: { type: 'agent', id: 'agent' },
  run_id: `crash/${unique}/${number % 7}`,
  call_id: `c${number}`,
  case_refs: [{ system: 'helpdesk', id: `crash-${unique}-${victim}` }],
  tool: { name: 't' },
  outcome: { status: 'success' },
  content: [{ role: 'tool_result', text: `result ${number}` }],
});

/** Posts until it is acknowledged; what was sent and not acknowledged is sent again. */
async function sendOne(victim: string, number: number): Promise<void> {
  await eventually(
    async () => {
      const answer = await api.post(event(victim, number)).catch(() => undefined);
      return answer?.status === 200 ? true : undefined;
    },
    `event ${number} is acknowledged although ${victim} was killed`,
    90,
  );
}

describe('kill -9', () => {
  test.each([
    'collector',
    'projector',
    'query-api',
    'linker',
    'clickhouse',
    'content-clickhouse',
    'schema-registry',
    'kafka',
  ])(
    'of %s loses and doubles nothing',
    async (victim) => {
      const pid = processes()[victim];
      if (!pid) throw new Error(`no process ${victim}: there are ${Object.keys(processes()).join(', ')}`);
      const count = 60;
      const flow = (async () => {
        for (let number = 0; number < count; number += 4)
          await Promise.all([0, 1, 2, 3].map((more) => sendOne(victim, number + more)));
      })();
      await pause(150);
      process.kill(pid, 'SIGKILL');
      await flow;
      await eventually(
        () => Promise.resolve(processes()[victim] !== pid ? true : undefined),
        `${victim} is started again`,
        60,
      );
      const list = await eventually(
        async () => {
          const found = await api.get<List>(
            `/v1/cases/${encodeURIComponent(`helpdesk:crash-${unique}-${victim}`)}/timeline?limit=1000`,
          );
          return found.total === count ? found : undefined;
        },
        `all ${count} events are in the timeline after ${victim} was killed`,
        120,
      );
      // Numbers that a killed sender may have burnt are rows, too, and no events.
      expect(list.data.filter((row) => row['row_kind'] !== 'gap').map((row) => row.event_id)).toEqual(
        Array.from({ length: count }, (_, number) => `crash-${unique}-${victim}-${number}`),
      );
      expect(list.data.some((row) => row.conflict)).toBe(false);
    },
    300_000,
  );
});
