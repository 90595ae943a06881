import { type Role, roles } from '@affidavit/service-kit';
import { type ApiHarness, openApi } from './support/api-harness.ts';
import { fakeEngine, oneOfEverything } from './support/fake-engine.ts';

/** Every door, and who gets through. A role that is not named is refused with 403. */
const readers: readonly Role[] = ['investigator', 'reviewer', 'auditor', 'data_team'];
const wordReaders: readonly Role[] = ['investigator', 'reviewer', 'auditor'];
const table: readonly (readonly ['GET' | 'POST', string, unknown, readonly Role[]])[] = [
  ['GET', '/v1/cases/x/timeline', undefined, readers],
  ['GET', '/v1/users/x/timeline', undefined, readers],
  ['GET', '/v1/objects/s/t/x/timeline', undefined, readers],
  ['GET', '/v1/events/x', undefined, readers],
  ['GET', '/v1/resolve?q=x', undefined, readers],
  ['GET', '/v1/completeness', undefined, readers],
  ['POST', '/v1/links', { kind: 'trace_run', from: 't', to: 'r' }, ['investigator', 'reviewer']],
  ['POST', '/v1/search', { run_id: 'x' }, readers],
  ['POST', '/v1/search', { q: 'word' }, wordReaders],
  ['POST', '/v1/search', { q: 'word', highlight: true }, wordReaders],
  ['POST', '/v1/search', { facets: ['event_type'] }, readers],
  ['GET', '/v1/events/x/context', undefined, readers],
  ['GET', '/v1/sessions/x', undefined, readers],
  ['GET', '/v1/artifacts/x', undefined, readers],
  ['GET', '/v1/effects/x', undefined, readers],
  ['GET', '/v1/approvals/x', undefined, readers],
  ['GET', '/v1/comparisons/x', undefined, readers],
  ['GET', '/v1/runs/x', undefined, readers],
  ['GET', '/v1/runs/x/replay', undefined, readers],
  ['GET', '/v1/runs/x/diff/y', undefined, readers],
  ['GET', '/v1/steps/x', undefined, readers],
  ['GET', '/v1/reports', undefined, readers],
  ['GET', '/v1/reports/ai_use', undefined, readers],
  ['GET', '/cases/x/timeline', undefined, readers],
  ['GET', '/users/x/timeline', undefined, readers],
  ['GET', '/objects/s/t/x/timeline', undefined, readers],
  ['GET', '/objects/s/t/x/timeline?format=csv', undefined, readers],
  ['GET', '/events/x', undefined, readers],
  ['GET', '/search?run_id=x', undefined, readers],
  ['GET', '/', undefined, roles],
  ['GET', '/openapi.json', undefined, roles],
  ['GET', '/docs', undefined, roles],
  ['GET', '/metrics', undefined, roles],
];

describe('access', () => {
  let api: ApiHarness;
  const engine = fakeEngine(oneOfEverything);

  beforeAll(async () => {
    api = await openApi({
      run: engine.run,
      generation: 'audit_g1',
      runContent: engine.run,
      contentDatabase: 'audit_content',
    });
  }, 60_000);
  afterAll(() => api.close());

  const call = (method: 'GET' | 'POST', url: string, body: unknown, role: Role | null) =>
    method === 'GET' ? api.get(url, role) : api.post(url, body, role);

  test.each(table)('%s %s %j', async (method, url, body, allowed) => {
    for (const role of roles) {
      const { status } = await call(method, url, body, role);
      expect([role, status === 403 ? 'refused' : status === 200 || status === 404 ? 'answered' : status]).toEqual([
        role,
        allowed.includes(role) ? 'answered' : 'refused',
      ]);
    }
  });

  test.each([
    ...table,
    ['GET', '/nothing/here', undefined, []] as const,
    ['GET', '/docs/swagger-ui.css', undefined, []] as const,
  ])('%s %s %j asks for a credential before anything else', async (method, url, body) => {
    const before = engine.queries.length;
    expect((await call(method, url, body, null)).status).toBe(401);
    const wrong = await api.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${api.token('investigator').slice(0, -1)}x` },
    });
    expect(wrong.statusCode).toBe(401);
    expect(engine.queries).toHaveLength(before);
  });

  test.each(['/healthz', '/readyz', '/sign-in'])('%s is open', async (url) =>
    expect((await api.get(url, null)).status).toBe(200),
  );

  test('no route of the contract is missing above', async () => {
    const { body } = await api.get('/openapi.json');
    const asked = table.map(([method, url]) => `${method} ${new URL(url, 'http://api').pathname}`);
    const shape = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const all = Object.entries(body.paths as Record<string, object>)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path] as const))
      .filter(([, path]) => path.startsWith('/v1/'));
    expect(all.filter(([method, path]) => !asked.some((one) => shape(`${method} ${path}`).test(one)))).toEqual([]);
  });

  test('a refusal reads nothing and is recorded', async () => {
    const before = { queries: engine.queries.length, recorded: api.recorded.length };
    expect((await api.get('/v1/users/ada@example.org/timeline', 'administrator')).body).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
    expect(engine.queries).toHaveLength(before.queries);
    expect(api.recorded.slice(before.recorded)).toEqual([
      expect.objectContaining({
        event_type: 'audit.query.executed',
        outcome: { status: 'denied' },
        details: expect.objectContaining({ status: '403', x_role: 'administrator' }),
      }),
    ]);
  });
});
