import { createHash } from 'node:crypto';
import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';
import { runStory } from './support/run-story.ts';

const STEPS = 10_000;
const readable = (body: Json): Json[] =>
  String(body)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('replay on the real engine', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    await events.insert(runStory().map((event, offset) => ({ event, place: { offset } })));
    // A run of 10,000 steps, each asked and answered: 20,000 events.
    for (let batch = 0; batch < 4; batch += 1) {
      await events.insert(
        Array.from({ length: STEPS / 2 }, (_, index) => {
          const n = batch * (STEPS / 2) + index;
          const event_type = n % 2 === 0 ? 'tool.call.requested' : 'tool.call.completed';
          const occurred_at = new Date(Date.UTC(2026, 10, 22, 7) + n * 100).toISOString().replace('Z', '000Z');
          return {
            event: {
              event_id: `big-${n}`,
              event_type,
              run_id: 'big',
              call_id: `c${n >> 1}`,
              step_id: `s${n >> 1}`,
              tool: { name: 'look', tier: 'read' },
              seq: n + 100,
              occurred_at,
            },
            place: { offset: 100 + n },
          };
        }),
      );
    }
    await events.projected({ 'audit.activity.v1': [100 + 2 * STEPS] });
  }, 240_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test('header, frames in order, footer with the hash of what stands before it; recorded before it left', async () => {
    const { status, headers, body } = await api.get('/v1/runs/-/replay?id=run/1&reason=INC-1');
    expect([status, headers['content-type']]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
    const lines = readable(body);
    expect(lines.map(({ type }) => type)).toEqual(['header', ...runStory().map(() => 'frame'), 'footer']);
    expect(lines.slice(1, -1).map(({ event }) => event.event_id)).toEqual(runStory().map(({ event_id }) => event_id));
    const text = String(body).trimEnd();
    const before = text.slice(0, text.lastIndexOf('\n') + 1);
    const footer = lines.at(-1);
    expect(footer).toEqual({
      type: 'footer',
      frames: 16,
      cap_reached: false,
      hash: createHash('sha256').update(before).digest('hex'),
    });
    const recorded: Json = api.recorded.at(-1);
    expect(recorded).toMatchObject({
      query: { kind: 'replay', rows: 16, reason: 'INC-1', as_of: lines[0].as_of },
      details: { route: '/v1/runs/:id/replay' },
    });
    expect(lines[6]).toMatchObject({
      frame: 6,
      known_then: { policy: { policy_set: 'finance', version: '7' } },
      state: {
        open_calls: [{ call_id: '1', kind: 'tool_call', name: 'pay' }],
        usage: { cost: [{ currency: 'EUR', amount: '0.100000000000' }] },
      },
    });
    expect(lines[7].state.open_approvals).toEqual(['run/1/approval']);
  });

  test('the same as_of gives the same bytes, whatever came since', async () => {
    const { body } = await api.get('/v1/runs/-/replay?id=run/1');
    const [{ as_of }] = readable(body);
    await events.insert([
      {
        event: {
          event_id: 'since',
          run_id: 'run/1',
          event_type: 'review.completed',
          occurred_at: '2026-11-22T06:00:03.500000Z',
        },
        place: { offset: 200_000 },
      },
    ]);
    await events.projected({ 'audit.activity.v1': [200_001] });
    expect((await api.get(`/v1/runs/-/replay?id=run/1&as_of=${as_of}`)).body).toBe(body);
    expect(readable((await api.get('/v1/runs/-/replay?id=run/1')).body).at(-1).frames).toBe(17);
  });

  test('bad input is refused before anything is written', async () => {
    const [{ as_of }] = readable((await api.get('/v1/runs/-/replay?id=run/1')).body);
    for (const [query, code] of [
      ['id=nothing', 'not_found'],
      ['id=run/1&as_of=x', 'as_of_invalid'],
      ['id=run/1&frames=1', 'invalid_parameter'],
      [`id=run/1&as_of=${as_of.slice(0, -3)}`, 'as_of_invalid'],
    ] as const) {
      expect((await api.get(`/v1/runs/-/replay?${query}`)).body.code).toBe(code);
    }
    expect((await api.get('/v1/runs/-/replay?id=run/1', 'investigator', 'other')).status).toBe(404);
    expect((await api.get('/v1/runs/-/replay?id=run/1', 'connector')).status).toBe(403);
  });

  test('a run of 10,000 steps: replayed whole, and as a tree', async () => {
    const lines = readable((await api.get('/v1/runs/big/replay')).body);
    expect([lines.length, lines.at(-1).frames, lines.at(-1).cap_reached]).toEqual([20_002, 20_000, false]);
    expect(lines[10_000].event.event_id).toBe('big-9999');
    const { status, body } = await api.get('/v1/runs/big');
    expect([status, body.run.counts.tool_calls, body.run.status, body.completeness.cap_reached]).toEqual([
      200,
      STEPS,
      'open',
      false,
    ]);
    expect(body.steps[0].children).toHaveLength(STEPS);
  }, 240_000);
});
