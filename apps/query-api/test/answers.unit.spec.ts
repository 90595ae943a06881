import { createHash } from 'node:crypto';
import { canonicalJson } from '@affidavit/audit-model';
import { queryError } from '../src/query-error.ts';
import { collectorRecorder } from '../src/recording/query-recorder.ts';
import { type ApiHarness, openApi } from './support/api-harness.ts';
import { fakeEngine, oneOfEverything } from './support/fake-engine.ts';

type Event = Readonly<Record<string, ReturnType<JSON['parse']>>>;

describe('looking is recorded', () => {
  const engine = fakeEngine(oneOfEverything);
  const engines = { run: engine.run, generation: 'audit_g1', runContent: engine.run, contentDatabase: 'audit_content' };
  let api: ApiHarness;
  beforeAll(async () => {
    api = await openApi(engines);
  }, 60_000);
  beforeEach(() => void (api.recorded.length = 0));
  afterAll(() => api.close());

  test('each answer once, with what was asked as content, and nothing of it in clear', async () => {
    const { body } = await api.get('/v1/users/ada@example.org/timeline?event_type=run.failed&reason=INC-7');
    expect(api.recorded).toHaveLength(1);
    const event = api.recorded[0] as Event;
    expect(event).toMatchObject({
      event_type: 'audit.query.executed',
      tenant_id: 'default',
      actor: { type: 'human', issuer: 'affidavit' },
      outcome: { status: 'success' },
      query: {
        kind: 'timeline',
        rows: 0,
        as_of: body.as_of,
        reason: 'INC-7',
        answer_hash: createHash('sha256').update(canonicalJson(body.data)).digest('hex'),
      },
      details: { route: '/v1/users/:user/timeline', status: '200', filters: 'event_type', x_role: 'investigator' },
      content: [{ role: 'query', json: { kind: 'user', id: 'ada@example.org', event_type: ['run.failed'] } }],
    });
    const { content: _content, ...clear } = event;
    expect(JSON.stringify(clear)).not.toContain('ada@example.org');
  });
  test.each([
    '/v1/resolve?q=ada@example.org',
    '/v1/events/x',
    '/cases/x/timeline',
    '/objects/s/t/x/timeline?format=csv',
  ])('%s is one event', async (url) => {
    await api.get(url);
    expect(api.recorded).toHaveLength(1);
  });
  test('what tells nothing is not an event: health, a wrong parameter', async () => {
    await api.get('/v1/cases/x/timeline?limit=0');
    await api.get('/healthz', null);
    await api.get('/', 'connector');
    expect(api.recorded).toHaveLength(0);
    // The start page of who reads lists what was there lately: that is a question.
    await api.get('/');
    expect(api.recorded).toMatchObject([{ query: { kind: 'search' }, details: { route: '/' } }]);
  });
  test('a record that does not come through means no answer, on pages as well', async () => {
    const deaf = await openApi(engines, { record: () => Promise.reject(queryError('audit_unavailable', 'away')) });
    for (const url of ['/v1/cases/x/timeline', '/v1/resolve?q=x', '/v1/events/x', '/cases/x/timeline']) {
      const { status, headers, body } = await deaf.get(url);
      expect([url, status]).toEqual([url, 503]);
      if (url.startsWith('/v1')) expect([headers['retry-after'], body.code]).toEqual(['1', 'audit_unavailable']);
      else expect(body).not.toContain('class="rows"');
    }
    expect((await deaf.get('/v1/cases/x/timeline', 'connector')).status).toBe(403);
    await deaf.close();
  });
});

describe('the recorder', () => {
  const answering = (status: number, body: unknown) =>
    collectorRecorder({ url: 'http://collector', token: 't' }, () =>
      Promise.resolve(new Response(JSON.stringify(body), { status })),
    );
  test('takes nothing but an acknowledgement for one', async () => {
    await expect(answering(200, { accepted: 1, rejected: 0 })({})).resolves.toBeUndefined();
    for (const [status, body] of [
      [207, { accepted: 0, rejected: 1, errors: [{ code: 'wrong_type', path: '/query/rows' }] }],
      [200, null],
      [200, { rejected: 1 }],
      [503, {}],
      [401, {}],
      [500, 'x'],
    ] as const) {
      await expect(answering(status, body)({})).rejects.toMatchObject({ code: 'audit_unavailable', retryable: true });
    }
    const dead = collectorRecorder({ url: 'http://collector', token: 't' }, () =>
      Promise.reject(new Error('ECONNREFUSED')),
    );
    await expect(dead({})).rejects.toMatchObject({ code: 'audit_unavailable' });
  });
  test('a refusal of our own event is a defect, and nobody is told to try again', async () => {
    const error: unknown = await answering(422, {
      accepted: 0,
      rejected: 1,
      errors: [{ code: 'string_too_long', path: '/details/filters' }],
    })({}).catch((caught: unknown) => caught);
    expect(error).not.toMatchObject({ code: 'audit_unavailable' });
    expect(String(error)).toContain('string_too_long at /details/filters');
  });
  test('sends the token and the event', async () => {
    const seen: [string, RequestInit | undefined][] = [];
    const recorder = collectorRecorder(
      { url: 'http://collector', token: 'aff_x' },
      (url, init) => (seen.push([url as string, init]), Promise.resolve(new Response('{"rejected":0}'))),
    );
    await recorder({ event_type: 'audit.query.executed' });
    expect(seen).toEqual([
      [
        'http://collector/v1/events',
        expect.objectContaining({
          method: 'POST',
          body: '{"event_type":"audit.query.executed"}',
          headers: expect.objectContaining({ authorization: 'Bearer aff_x' }),
        }),
      ],
    ]);
  });
});

describe('ids in paths', () => {
  const engine = fakeEngine((query) => (query.includes('projection_state') ? oneOfEverything(query) : undefined));
  let api: ApiHarness;
  beforeAll(async () => {
    api = await openApi({
      run: engine.run,
      generation: 'audit_g1',
      runContent: engine.run,
      contentDatabase: 'audit_content',
    });
  }, 60_000);
  afterAll(() => api.close());
  const ids = [
    'retail/1/0',
    '#W2378156',
    '100% sure',
    '%23',
    '%2523',
    'Müller',
    'a+b',
    'a b',
    'שלום',
    '\u202eevil',
    'a?b&c=d',
    '..',
    '日本/\u{1f600}',
    "o'brien",
    'a:b:c',
    '{"x":1}',
  ];

  test.each(ids)('%j arrives as written, decoded once', async (id) => {
    for (const url of [
      `/v1/cases/${encodeURIComponent(id)}/timeline`,
      `/v1/cases/-/timeline?id=${encodeURIComponent(id)}`,
    ]) {
      // Clients fold dot segments away before they send.
      if (id === '..' && !url.includes('?')) continue;
      api.recorded.length = 0;
      const { status } = await api.get(url);
      expect(status).toBe(200);
      expect((api.recorded[0] as Event)['content'][0].json.id).toBe(id);
    }
  });
  test('an id that is too long is refused', async () =>
    expect((await api.get(`/v1/cases/-/timeline?id=${'x'.repeat(3_000)}`)).status).toBe(400));
  test.each([
    '/v1/cases/%E0%A4%A/timeline',
    '/v1/cases/%/timeline',
    '/v1/cases/-/timeline?id=%00',
    '/v1/cases/%20/timeline',
    '/v1/cases/-/timeline?id=a&id=b',
  ])('%s is refused', async (url) => {
    const { status, body } = await api.get(url);
    expect(status).toBe(400);
    expect(body.type).toMatch(/^urn:affidavit:problem:/);
  });
});
