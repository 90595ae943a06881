import fc from 'fast-check';
import { columnKinds } from '../src/search/column-type.ts';
import { type ApiHarness, openApi } from './support/api-harness.ts';
import { type FakeEngine, fakeEngine, oneOfEverything } from './support/fake-engine.ts';

/** What came in with a request must reach the engine as a parameter, and never as text of a query. */
const attacks = [
  "' OR 1=1 --",
  '") OR 1=1 --',
  "'; DROP TABLE audit_g1.events; --",
  '{p0:String}',
  '${generation}',
  "\\' OR '1",
  '`',
  'x` OR 1=1',
  "tenant_id = 'other'",
  '1 UNION ALL SELECT * FROM system.tables',
  "' || file('/etc/passwd') || '",
  '/* */',
  '%27%20OR%201=1',
  '‘ OR ’1’=’1',
  "a'||(SELECT 1)||'b",
];

describe('injection', () => {
  let api: ApiHarness;
  let engine: FakeEngine;

  beforeAll(async () => {
    engine = fakeEngine(oneOfEverything);
    api = await openApi({
      run: engine.run,
      generation: 'audit_g1',
      runContent: engine.run,
      contentDatabase: 'audit_content',
    });
  }, 60_000);
  afterAll(() => api.close());

  /** The shape of the queries that a harmless text makes must be the shape that any text makes. */
  async function shapes(
    ask: (text: string) => Promise<{ status: number }>,
    text: string,
  ): Promise<{ texts: string[]; status: number }> {
    engine.queries.length = 0;
    const { status } = await ask(text);
    return { texts: engine.queries.map(({ query }) => query), status };
  }

  const e = encodeURIComponent;
  const asks: readonly (readonly [string, (text: string) => Promise<{ status: number }>])[] = [
    ['a case in the path', (text) => api.get(`/v1/cases/${e(text)}/timeline`)],
    ['a case and its system', (text) => api.get(`/v1/cases/-/timeline?id=${e(text)}&system=${e(text)}`)],
    ['a user', (text) => api.get(`/v1/users/-/timeline?id=${e(text)}`)],
    ['a user and the issuer', (text) => api.get(`/v1/users/-/timeline?id=${e(text)}&issuer=${e(text)}`)],
    ['an object', (text) => api.get(`/v1/objects/${e(text)}/${e(text)}/${e(text)}/timeline`)],
    ['an event', (text) => api.get(`/v1/events/-?id=${e(text)}`)],
    ['the context of an event', (text) => api.get(`/v1/events/-/context?id=${e(text)}`)],
    ['a session', (text) => api.get(`/v1/sessions/-?id=${e(text)}`)],
    ['an artifact', (text) => api.get(`/v1/artifacts/-?id=${e(text)}`)],
    ['an effect', (text) => api.get(`/v1/effects/-?id=${e(text)}`)],
    ['an approval', (text) => api.get(`/v1/approvals/-?id=${e(text)}`)],
    ['a comparison', (text) => api.get(`/v1/comparisons/-?id=${e(text)}`)],
    ['words that are highlighted', (text) => api.post('/v1/search', { q: `word ${text}`, highlight: true })],
    ['ranges', (text) => api.post('/v1/search', { occurred_at: { gt: text }, usage: { cost: { lt: text } } })],
    ['facets', (text) => api.post('/v1/search', { facets: ['event_type'], run_id: text })],
    ['a run', (text) => api.get(`/v1/runs/${e(text)}`)],
    ['a replay', (text) => api.get(`/v1/runs/-/replay?id=${e(text)}`)],
    ['a diff', (text) => api.get(`/v1/runs/${e(text)}/diff/-?other=${e(text)}`)],
    ['a step and its run', (text) => api.get(`/v1/steps/-?id=${e(text)}&run_id=${e(text)}`)],
    ['resolve', (text) => api.get(`/v1/resolve?q=${e(text)}`)],
    ['words', (text) => api.post('/v1/search', { q: `word ${text}` })],
    [
      'values of filters',
      (text) =>
        api.post('/v1/search', {
          run_id: text,
          tool: { name: [text, text] },
          details: { [text]: text },
          labels: [text],
          object_refs: [{ system: text, type: text, id: text }],
          actor: { id: text, issuer: text },
        }),
    ],
    [
      'ends of links',
      (text) =>
        api.post('/v1/links', {
          kind: 'run_object',
          from: text,
          to: { system: text, type: text, id: text },
          reason: text,
        }),
    ],
    ['a link to take back', (text) => api.post('/v1/links', { retract: text })],
    ['completeness', (text) => api.get(`/v1/completeness?source=${e(text)}&stream_id=${e(text)}`)],
    ['the page', (text) => api.get(`/cases/-/timeline?id=${e(text)}`)],
  ];

  test.each(asks)('%s', async (_name, ask) => {
    for (const attack of attacks.map((text) => `xq${text}qx`)) {
      const { texts, status } = await shapes(ask, attack);
      expect([attack, status < 500]).toEqual([attack, true]);
      for (const query of texts) expect(query).not.toContain(attack);
    }
    // The same questions, whatever is asked: the text of a query depends on nothing that came in but how many parts it
    // has.
    const plain = await shapes(ask, 'harmless');
    expect((await shapes(ask, 'härmløs')).texts).toEqual(plain.texts);
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'binary' }), async (text) => {
        const marked = `xq${text}qx`;
        for (const query of (await shapes(ask, marked)).texts) expect(query).not.toContain(marked);
      }),
      { numRuns: 15 },
    );
  });

  test('a test that looks for what came in would find it', async () => {
    await api.get('/v1/cases/-/timeline?id=harmless');
    expect(engine.queries.map(({ query_params }) => JSON.stringify(query_params)).join()).toContain('harmless');
  });

  test.each(['limit', 'from', 'to', 'as_of', 'cursor', 'event_type', 'reason', 'nonsense'])(
    '?%s= is refused before the engine is asked for rows',
    async (name) => {
      engine.queries.length = 0;
      for (const attack of attacks) {
        const { status, body } = await api.get(`/v1/cases/x/timeline?${name}=${e(attack)}`);
        expect([name, attack, status]).toEqual([name, attack, 400]);
        expect(['invalid_parameter', 'as_of_invalid', 'cursor_invalid']).toContain(body.code);
        for (const { query } of engine.queries) expect(query).toContain('projection_state');
      }
    },
  );

  test('a filter that is no field of the record is refused, whatever it is called', async () => {
    for (const name of [...attacks, '__proto__', 'constructor', 'kafka_topic', 'run_key', 'actor.id']) {
      const { status, body } = await api.post('/v1/search', JSON.parse(`{${JSON.stringify(name)}: "x"}`));
      // A prototype's name is refused by the parser already.
      expect([name, status]).toEqual([name, 400]);
      expect(['invalid_parameter', 'unreadable']).toContain(body.code);
    }
    expect(columnKinds.has('actor.id')).toBe(true);
  });
});
