import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventProblems, type WireEvent } from '@affidavit/mapping';
import { mappingsFolder, retailMapping } from '../../test/transcripts.ts';
import { loadMapping } from './load-mapping.ts';
import { mapRuns, planRuns, readTranscripts } from './read-transcripts.ts';

const realdata = process.env.AFFIDAVIT_REALDATA;
if (realdata === undefined)
  console.warn('AFFIDAVIT_REALDATA is not set: the mappings are not tried on real transcripts');
const maybe = realdata === undefined ? describe.skip : describe;

interface RawMessage {
  readonly role: string;
  readonly content: string | null;
  readonly tool_calls?: readonly { readonly function: { readonly name: string } }[] | null;
}
interface RawRun {
  readonly task_id: number;
  readonly trial: number;
  readonly traj: readonly RawMessage[];
}

async function eventsOf(mapping: string, path: string): Promise<readonly WireEvent[]> {
  const loaded = await loadMapping(mapping);
  const runs = planRuns([await readTranscripts(path, loaded.mapping)], loaded, {
    set: 'real',
    startMicros: 0,
    env: {},
  });
  return [...mapRuns(runs, loaded.mapping)].flatMap(({ result, run }) => {
    if (result.status === 'refused') throw new Error(`${run.runId}: ${result.message}`);
    return result.events;
  });
}

maybe('real retail transcripts', () => {
  const folder = join(realdata ?? '', 'tau-bench-retail');
  const files = realdata === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.json'));

  test('are there', () => expect(files).toHaveLength(3));

  test.each(files)(
    '%s: every message and call is in the events, and every event is valid',
    async (name) => {
      const events = await eventsOf(retailMapping, join(folder, name));
      const raw = JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly RawRun[];
      const messages = raw.flatMap((run) => run.traj);
      const count = (type: string): number => events.filter((event) => event.event_type === type).length;
      expect(count('run.started')).toBe(raw.length);
      expect(count('run.failed')).toBe(raw.filter((run) => run.traj.length === 0).length);
      expect(count('interaction.prompt.submitted')).toBe(messages.filter(({ role }) => role === 'user').length);
      expect(count('model.call.completed')).toBe(messages.filter(({ role }) => role === 'assistant').length);
      expect(count('tool.call.requested')).toBe(messages.flatMap((message) => message.tool_calls ?? []).length);
      expect(count('tool.call.completed') + count('tool.call.failed')).toBe(
        messages.filter(({ role }) => role === 'tool').length,
      );
      expect(new Set(events.map((event) => event.event_id)).size).toBe(events.length);
      expect(events.flatMap((event) => eventProblems(event).map((problem) => [event.event_id, problem]))).toEqual([]);
    },
    60_000,
  );
});

maybe('real transcripts of other domains, under a mapping that was not made for them', () => {
  const folder = join(realdata ?? '', 'tau2-activegraph');
  const files =
    realdata === undefined
      ? []
      : readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('results.json'));

  test.each(files)('%s: nothing is lost, and every event is valid', async (name) => {
    const events = await eventsOf(join(mappingsFolder, 'airline-agent.yaml'), join(folder, name));
    const { simulations } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      simulations: readonly { messages: readonly RawMessage[] }[];
    };
    const messages = simulations.flatMap((simulation) => simulation.messages);
    expect(events.filter((event) => event.event_type === 'tool.call.requested')).toHaveLength(
      messages.flatMap((message) => message.tool_calls ?? []).length,
    );
    expect(events.filter((event) => event.event_type === 'interaction.prompt.submitted')).toHaveLength(
      messages.filter(({ role, content }) => role === 'user' && content).length,
    );
    expect(events.every((event) => event.time_basis === 'source')).toBe(true);
    expect(events.flatMap((event) => eventProblems(event).map((problem) => [event.event_id, problem]))).toEqual([]);
  });
});
