import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventProblems, type WireEvent } from '@affidavit/mapping';
import { mappingsFolder } from '../../test/transcripts.ts';
import { compareEvents } from './compare-events.ts';
import { loadMapping } from './load-mapping.ts';
import { mapRuns, planRuns, readTranscripts } from './read-transcripts.ts';

async function eventsOf(mappingPath: string, samplePath: string): Promise<readonly WireEvent[]> {
  const loaded = await loadMapping(mappingPath);
  const runs = planRuns(
    [await readTranscripts(samplePath, loaded.mapping)],
    { ...loaded, hash: 'ab'.repeat(32) },
    { set: 'sample', startMicros: Date.UTC(2026, 0, 5, 9) * 1_000, env: {} },
  );
  return [...mapRuns(runs, loaded.mapping)].flatMap(({ result }) => (result.status === 'mapped' ? result.events : []));
}

describe.each(['retail', 'airline'])('the %s mapping', (name) => {
  const mapping = join(mappingsFolder, `${name}-agent.yaml`);
  const sample = join(mappingsFolder, `samples/${name}-sample.json`);
  const golden = join(mappingsFolder, `samples/${name}-sample.events.ndjson`);

  test('makes of its sample exactly the committed events', async () => {
    const lines = (await eventsOf(mapping, sample)).map((event) => JSON.stringify(event));
    // UPDATE_SAMPLES=1 writes the file anew: its difference is what a change of the engine or mapping means.
    if (process.env.UPDATE_SAMPLES === '1') writeFileSync(golden, `${lines.join('\n')}\n`);
    expect(lines).toEqual(readFileSync(golden, 'utf8').trim().split('\n'));
  });

  test('makes only events that the collector takes', async () => {
    expect(
      (await eventsOf(mapping, sample)).flatMap((event) =>
        eventProblems(event).map((problem) => [event.event_id, problem]),
      ),
    ).toEqual([]);
  });

  test('has a sample for each of its rules', async () => {
    const text = readFileSync(mapping, 'utf8');
    const types = new Set((await eventsOf(mapping, sample)).map((event) => event.event_type));
    for (const [, type] of text.matchAll(/type: ((?:object|message|escalation|process)\.[a-z.]+)/g))
      expect(types).toContain(type);
  });
});

test('every committed sample belongs to a mapping', () => {
  expect(readdirSync(join(mappingsFolder, 'samples')).sort()).toEqual(
    ['airline', 'retail'].flatMap((name) => [`${name}-sample.events.ndjson`, `${name}-sample.json`]),
  );
});

test('the airline sample, worked out by hand', async () => {
  const events = await eventsOf(
    join(mappingsFolder, 'airline-agent.yaml'),
    join(mappingsFolder, 'samples/airline-sample.json'),
  );
  const one = (place: string) => events.find((event) => event.source.origin_event_id === `sample/5f3c-${place}`);
  expect(one('a/0/shown')).toMatchObject({
    event_type: 'interaction.response.delivered',
    occurred_at: '2026-03-01T08:00:00.100000Z',
    time_basis: 'source',
    time_precision_us: 1,
  });
  expect(one('a/0/model')).toBeUndefined();
  expect(one('a/2/model')).toMatchObject({
    model: { provider: 'openai', request_model: 'sky-mini', response_model: 'sky-mini-2026', hosted: 'vendor' },
    usage: {
      input_tokens: 900,
      output_tokens: 40,
      cost: '0.000400000000',
      currency: 'USD',
      finish_reason: 'tool_calls',
    },
  });
  expect(one('a/6/emit/0')).toMatchObject({
    event_type: 'object.changed',
    effect: { kind: 'create', target_system: 'airline', amount: '240.000000', currency: 'USD', document_no: 'QX7K2A' },
    labels: ['economy'],
    object_refs: [{ id: 'QX7K2A', role: 'created' }],
  });
  expect(one('a/8/0/call')).toMatchObject({
    event_type: 'tool.call.requested',
    actor: { type: 'human', id: 'mira_sol_77', issuer: 'airline' },
  });
  expect(one('b/2/emit/1')).toMatchObject({
    event_type: 'message.sent',
    message: { channel: 'email', recipients: [{ id: 'mira_sol_77', kind: 'to', issuer: 'airline', external: true }] },
  });
  expect(one('b/3/result')).toMatchObject({
    event_type: 'tool.call.failed',
    call_id: 'sample/5f3c-b/1/1',
    object_refs: [{ id: 'ZZ0000', role: 'subject' }],
  });
  expect(one('b/end')).toMatchObject({ event_type: 'run.stopped', run: { end_reason: 'max_steps' } });
  expect(one('c/end')).toMatchObject({
    event_type: 'run.failed',
    run: { error_type: 'agent_error' },
    content: [{ role: 'reason', text: 'the model answered nothing' }],
  });
});

test('a comparison of two mappings names what would change', async () => {
  const before = await eventsOf(
    join(mappingsFolder, 'retail-agent.yaml'),
    join(mappingsFolder, 'samples/retail-sample.json'),
  );
  const after = before
    .slice(1)
    .map((event) =>
      event.event_type === 'object.changed'
        ? { ...event, effect: { kind: 'delete' }, source: { ...event.source, mapping_version: '4' } }
        : event,
    );
  expect(compareEvents(before, after)).toEqual([
    { kind: 'removed', event: before[0] },
    {
      kind: 'changed',
      event: expect.objectContaining({ event_type: 'object.changed' }),
      fields: [
        { path: 'effect.kind', before: 'update', after: 'delete' },
        { path: 'effect.target_system', before: 'shop', after: undefined },
      ],
    },
  ]);
  expect(compareEvents(after, before).map(({ kind }) => kind)).toEqual(['changed', 'added']);
});
