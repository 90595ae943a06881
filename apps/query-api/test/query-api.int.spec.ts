import { type ApiHarness, openApi, pseudonymOf } from './support/api-harness.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const yusuf = pseudonymOf('default', 'shop', 'yusuf_rossi');
const content_id = `c_${'a'.repeat(52)}`;

describe('the query API on the real engines', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;

  const event = (n: number, more: object = {}) => ({
    event_id: `e${n}`,
    occurred_at: `2026-11-22T06:00:0${n}.000000Z`,
    case_refs: [{ system: 'helpdesk', type: 'ticket', id: 'case/1' }],
    object_refs: [{ system: 'shop', type: 'order', id: '#W1', role: 'updated' }],
    on_behalf_of: [{ type: 'human', id: yusuf, issuer: 'shop' }],
    actor: { type: 'agent', id: 'bot' },
    run_id: 'run/1',
    tool: { name: 'look' },
    source: { system: 'retail' },
    ...more,
  });

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    await events.insert([
      { event: event(1), place: { offset: 0 } },
      {
        event: event(2, {
          content: [
            {
              role: 'output',
              capture: 'full',
              content_id,
              size_bytes: 3,
              media_type: 'text/plain',
              transform: '',
              truncated: false,
            },
          ],
        }),
        place: { offset: 1 },
      },
      { event: event(3, { event_type: 'run.failed', outcome: { status: 'failure' } }), place: { offset: 2 } },
      { event: event(4, { tenant_id: 'other' }), place: { offset: 3 } },
    ]);
    await content.insertBodies([{ content_id, body: '{"text":"first\\nSecond Größe"}', offset: 0 }]);
    await content.projected([1]);
    await events.projected({ 'audit.activity.v1': [4] });
  }, 60_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test.each([
    '/v1/cases/case%2F1/timeline',
    '/v1/cases/helpdesk:case%2F1/timeline',
    '/v1/cases/-/timeline?id=case/1',
    '/v1/cases/-/timeline?system=helpdesk&id=case%2F1',
    '/v1/users/yusuf_rossi/timeline',
    '/v1/users/shop:yusuf_rossi/timeline',
    `/v1/users/${yusuf}/timeline`,
    '/v1/objects/shop/order/%23W1/timeline',
    '/v1/objects/shop/order/W1/timeline',
  ])('%s', async (url) => {
    const { status, body } = await api.get(url);
    expect([status, body.detail]).toEqual([200, undefined]);
    expect(body.data.map((row: { event_id: string }) => row.event_id)).toEqual(['e1', 'e2', 'e3']);
    expect(body).toMatchObject({ total: 3, has_more: false, next_cursor: null });
  });

  test.each([
    [{ event_type: 'run.failed' }, ['e3']],
    [{ event_type: 'run.*' }, ['e3']],
    [{ tool: { name: ['look', 'other'] }, sort: 'desc' }, ['e3', 'e2', 'e1']],
    [{ object_refs: { system: 'shop', type: 'order', id: 'W1' } }, ['e1', 'e2', 'e3']],
    [{ on_behalf_of: { id: 'yusuf_rossi' } }, ['e1', 'e2', 'e3']],
    [{ run_id: 'run/1', outcome: { status: ['failure', 'denied'] } }, ['e3']],
    [{ q: 'second' }, ['e2']],
    [{ q: 'Größe FIRST' }, ['e2']],
    [{ q: 'third' }, []],
    [{ content: { content_id } }, ['e2']],
    [{ occurred_at: '2026-11-22T06:00:02Z' }, ['e2']],
    [{ actor: { id: 'bot' }, seq: [1, 3] }, ['e1', 'e3']],
  ])('search %j', async (query, ids) => {
    const { status, body } = await api.post('/v1/search', query);
    expect([status, body.detail]).toEqual([200, undefined]);
    expect(body.data.map((row: { event_id: string }) => row.event_id)).toEqual(ids);
    expect(body.total).toBe(ids.length);
  });

  test('resolve names every meaning', async () => {
    const kinds = async (q: string) =>
      (
        (await api.get(`/v1/resolve?q=${encodeURIComponent(q)}`)).body.data as {
          kind: string;
          link: { path: string };
        }[]
      ).map(({ kind }) => kind);
    expect(await kinds('case/1')).toEqual(['case']);
    expect(await kinds('#W1')).toEqual(['object']);
    expect(await kinds('yusuf_rossi')).toEqual(['user']);
    expect(await kinds('run/1')).toEqual(['run']);
    expect(await kinds('e2')).toEqual(['event']);
    expect(await kinds('nothing of ours')).toEqual([]);
  });

  test('one event', async () => {
    const { status, body } = await api.get('/v1/events/e2');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      event_id: 'e2',
      kafka: { topic: 'audit.activity.v1', partition: 0, offset: 1 },
      duplicates: 0,
      conflict: false,
    });
    expect((await api.get('/v1/events/e4')).status).toBe(404);
    const { body: foreign } = await api.get('/v1/events/e4', 'auditor', 'other');
    expect(foreign.event_id).toBe('e4');
  });

  test('the documentation is there, behind a credential', async () => {
    expect((await api.get('/openapi.json', null)).status).toBe(401);
    const { status, body } = await api.get('/openapi.json');
    expect(status).toBe(200);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/v1/cases/{case}/timeline', '/v1/search', '/v1/resolve', '/v1/events/{id}']),
    );
    expect((await api.get('/docs')).status).toBe(200);
    expect((await api.get('/docs/swagger-ui.css', null)).status).toBe(401);
  });
});
