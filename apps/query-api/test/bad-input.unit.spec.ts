import { collectorRecorder } from '../src/recording/query-recorder.ts';
import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { fakeEngine, oneOfEverything } from './support/fake-engine.ts';

/**
 * What cannot be meant is an error that says what and where; nothing of it is left out, which would widen the answer.
 */
describe('bad input', () => {
  let api: ApiHarness;
  beforeAll(async () => {
    const engine = fakeEngine(oneOfEverything);
    api = await openApi({
      run: engine.run,
      generation: 'audit_g1',
      runContent: engine.run,
      contentDatabase: 'audit_content',
    });
  }, 60_000);
  afterAll(() => api.close());

  const search = async (payload: string): Promise<{ status: number; body: Json }> => {
    const answer = await api.app.inject({
      method: 'POST',
      url: '/v1/search',
      headers: { authorization: `Bearer ${api.token('investigator')}`, 'content-type': 'application/json' },
      payload,
    });
    return { status: answer.statusCode, body: answer.json<Json>() };
  };

  // The record's times end where JSON's numbers round microseconds; a question that names later ones could not be
  // recorded.
  test.each(['0001-01-01T00:00:00Z', '1899-12-31T23:59:59Z', '2255-06-06T00:00:00Z', '9999-12-31T23:59:59Z'])(
    'a time that no event can have: %s',
    async (time) => {
      for (const url of [
        `/v1/cases/desk:1/timeline?from=${time}`,
        `/v1/users/x/timeline?to=${time}`,
        `/v1/completeness?from=${time}&to=2026-01-01T00:00:00Z`,
        `/v1/completeness?from=2026-01-01T00:00:00Z&to=${time}`,
      ]) {
        const { status, body } = await api.get(url);
        expect([status, body.code]).toEqual([400, 'invalid_parameter']);
      }
      expect((await api.get(`/v1/cases/desk:1/timeline?from=${time}`)).body.detail).toContain(
        'between the years 1900 and 2255',
      );
      expect(await search(JSON.stringify({ occurred_at: { gte: time } }))).toMatchObject({
        status: 400,
        body: { code: 'invalid_parameter', path: 'occurred_at' },
      });
    },
  );

  test.each([
    ['null', 'null', { status: 400 }],
    [
      'an array',
      '[{"run_id":"r"}]',
      { status: 400, body: { code: 'invalid_parameter', detail: 'the body must be a JSON object' } },
    ],
    [
      'one key twice',
      '{"run_id":"r","event_type":"a","run_id":"s"}',
      { status: 400, body: { code: 'invalid_parameter', path: '/run_id' } },
    ],
    [
      'one key twice, inside',
      '{"tool":{"name":"a","name":"b"}}',
      { status: 400, body: { code: 'invalid_parameter', path: '/tool/name' } },
    ],
    [
      'a number that is rounded',
      '{"seq":9007199254740993}',
      { status: 400, body: { code: 'invalid_parameter', path: '/seq' } },
    ],
    ['depth', `${'{"tool":'.repeat(200)}1${'}'.repeat(200)}`, { status: 400, body: { code: 'invalid_parameter' } }],
    ['a prototype', '{"__proto__":{"run_id":"r"}}', { status: 400 }],
    ['no JSON', '{"run_id":', { status: 400, body: { code: 'unreadable' } }],
    ['a number of words', '{"q":5}', { status: 400, body: { detail: 'q must be text' } }],
  ])('a search for %s', async (_name, payload, answer) => {
    expect(await search(payload)).toMatchObject(answer);
  });

  test('what JSON can say is still understood', async () => {
    expect((await search('')).status).toBe(200);
    expect((await search('{"usage":{"cost":{"gte":0.35}},"run_id":["r","s"]}')).status).toBe(200);
  });

  test("a reason that looks like a secret is the asker's mistake and no defect", async () => {
    const refusing = (() =>
      Promise.resolve(
        Response.json(
          { rejected: 1, errors: [{ code: 'secret_in_identifier', path: '/query/reason' }] },
          { status: 422 },
        ),
      )) as typeof fetch;
    await expect(collectorRecorder({ url: 'http://collector', token: 't' }, refusing)({})).rejects.toMatchObject({
      code: 'invalid_parameter',
      message: expect.stringContaining('/query/reason') as string,
    });
  });
});
