import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';
import { runStory } from './support/run-story.ts';

const bodyId = (letter: string): string => `c_${letter.repeat(52)}`;
const args = (letter: string, run_id: string) => ({
  content: [
    {
      role: 'tool_args',
      capture: 'full',
      content_id: bodyId(letter),
      size_bytes: 3,
      media_type: 'application/json',
      transform: '',
      truncated: false,
    },
  ],
  run_id,
});

describe('diff on the real engines', () => {
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
    const look = (run_id: string, n: number, letter: string) => ({
      event_id: `${run_id}/${n}`,
      event_type: 'tool.call.requested',
      call_id: `${n}`,
      tool: { name: 'look', tier: 'read' },
      occurred_at: `2026-11-22T08:00:0${n}.000000Z`,
      ...args(letter, run_id),
    });
    const stories = [
      ...runStory({ run: 'good', prefix: 'g-' }),
      ...runStory({ run: 'bad', prefix: 'b-', paid: 'failure' }),
      ...runStory({ run: 'theirs', tenant_id: 'other', prefix: 'o-' }),
    ];
    await events.insert(
      [...stories, look('x', 1, 'a'), look('x', 2, 'b'), look('y', 1, 'c'), look('y', 2, 'd')].map((event, offset) => ({
        event,
        place: { offset },
      })),
    );
    await content.insertBodies([
      { content_id: bodyId('a'), body: '{"id":1,"by":"x"}', offset: 0 },
      { content_id: bodyId('c'), body: '{"by":"x","id":1}', offset: 1 },
      { content_id: bodyId('b'), body: '{"id":1}', offset: 2 },
      { content_id: bodyId('d'), body: '{"id":2}', offset: 3 },
      { content_id: bodyId('d'), body: '{"id":1}', tenant_id: 'other', offset: 4 },
    ]);
    await content.projected([5]);
    await events.projected({ 'audit.activity.v1': [stories.length + 4] });
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test('the same task twice: where they part, what failed', async () => {
    const { status, body } = await api.get('/v1/runs/good/diff/bad');
    expect([status, body.detail]).toEqual([200, undefined]);
    const told = body.entries
      .filter((entry: Json) => entry.status !== 'matched')
      .map((entry: Json) => [entry.status, entry.kind, entry.name, ...entry.changes.map(({ what }: Json) => what)]);
    expect(told).toEqual([
      ['changed', 'tool_call', 'pay', 'outcome', 'code'],
      ['removed', 'effect', 'object.changed create sap payment'],
      ['removed', 'confirmation', 'object.change.confirmed create sap payment'],
      ['changed', 'run', '', 'outcome', 'status', 'error_type'],
    ]);
    expect(body.entries[body.first_divergence]).toMatchObject({
      name: 'pay',
      a: { event_ids: ['g-e4', 'g-e8'] },
      b: { event_ids: ['b-e4', 'b-e8'], failed: true },
    });
    expect(body.first_failure).toEqual({ a: null, b: body.first_divergence });
    expect([body.a.status, body.b.status]).toEqual(['completed', 'failed']);
    expect(api.recorded.at(-1)).toMatchObject({
      query: { kind: 'diff' },
      content: [{ json: { run_id: 'good', other_run_id: 'bad' } }],
    });
  });
  test('a run beside itself', async () => {
    expect((await api.get('/v1/runs/good/diff/good')).body).toMatchObject({
      first_divergence: null,
      summary: { changed: 0, inserted: 0, removed: 0 },
    });
  });

  test('arguments of two runs: by their bodies, whatever the order of members, for who may; the others are told why not', async () => {
    const { body } = await api.get('/v1/runs/x/diff/y');
    expect(body.entries.map((entry: Json) => [entry.status, entry.arguments.verdict, entry.arguments.basis])).toEqual([
      ['matched', 'same', 'content'],
      ['changed', 'different', 'content'],
    ]);
    expect([body.content_compared, body.content_reason, body.first_divergence]).toEqual([true, null, 1]);
    expect(JSON.stringify(body)).not.toMatch(/"by"|"digest"/);
    const { body: data } = await api.get('/v1/runs/x/diff/y', 'data_team');
    expect(data.entries.map((entry: Json) => [entry.status, entry.arguments.verdict, entry.arguments.reason])).toEqual([
      ['matched', 'not_comparable', 'role_may_not_read_content'],
      ['matched', 'not_comparable', 'role_may_not_read_content'],
    ]);
    expect([data.content_compared, data.content_reason]).toEqual([false, 'role_may_not_read_content']);
    const again = await api.get(`/v1/runs/x/diff/y?as_of=${body.as_of}`);
    expect({ ...again.body, a: null, b: null }).toEqual({ ...body, a: null, b: null });
    const withoutContent = await api.get(`/v1/runs/x/diff/y?as_of=${data.as_of}`);
    expect(withoutContent.body.content_reason).toBe('as_of_without_content');
  });

  test('one of two that the tenant has not', async () => {
    for (const url of [
      '/v1/runs/good/diff/theirs',
      '/v1/runs/theirs/diff/good',
      '/v1/runs/nothing/diff/good',
      '/v1/runs/good/diff/-?other=nothing',
    ]) {
      const { status, body } = await api.get(url);
      expect([url, status, body.code, body.detail]).toEqual([url, 404, 'not_found', 'there is no such run']);
    }
    expect((await api.get('/v1/runs/good/diff/bad', 'administrator')).status).toBe(403);
  });
});
