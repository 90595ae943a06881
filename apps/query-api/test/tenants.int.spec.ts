import { type ApiHarness, type Json, openApi, pseudonymOf } from './support/api-harness.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

/** What another tenant has: one id of every kind. */
const theirs = {
  event_id: 'their-id',
  event_type: 'object.changed',
  tenant_id: 'other',
  run_id: 'their-id',
  session_id: 'their-id',
  step_id: 'their-id',
  call_id: 'their-id',
  effect_id: 'their-id',
  approval_id: 'their-id',
  trace_id: 'their-id',
  case_refs: [{ system: 'desk', type: 'ticket', id: 'their-id', role: '' }],
  object_refs: [{ system: 'erp', type: 'order', id: 'their-id', role: 'updated' }],
  actor: { type: 'human', id: pseudonymOf('other', 'idp', 'their-id'), issuer: 'idp' },
  artifact: { artifact_id: 'their-id', produced_by_call_id: 'their-id' },
  comparison: { comparison_id: 'their-id' },
  effect: { kind: 'update', target_system: 'erp' },
  source: { system: 'their-id' },
};
/**
 * Every route of the contract that takes an id or counts what is there, and how its answer looks to whom it belongs.
 */
const routes: Readonly<Record<string, readonly [url: string, found: 'rows' | 'thing' | 'counts', body?: object]>> = {
  'get /v1/cases/{case}/timeline': ['/v1/cases/desk:ID/timeline', 'rows'],
  'get /v1/users/{user}/timeline': ['/v1/users/-/timeline?id=ID', 'rows'],
  'get /v1/objects/{system}/{type}/{id}/timeline': ['/v1/objects/erp/order/ID/timeline', 'rows'],
  'post /v1/search': ['/v1/search', 'rows', { run_id: 'ID', facets: ['event_type'] }],
  'get /v1/resolve': ['/v1/resolve?q=ID', 'rows'],
  'get /v1/events/{id}': ['/v1/events/ID', 'thing'],
  'get /v1/events/{id}/context': ['/v1/events/ID/context', 'thing'],
  'get /v1/sessions/{id}': ['/v1/sessions/ID', 'thing'],
  'get /v1/artifacts/{id}': ['/v1/artifacts/ID', 'thing'],
  'get /v1/effects/{id}': ['/v1/effects/ID', 'thing'],
  'get /v1/approvals/{id}': ['/v1/approvals/ID', 'thing'],
  'get /v1/comparisons/{id}': ['/v1/comparisons/ID', 'thing'],
  'get /v1/runs/{id}': ['/v1/runs/ID', 'thing'],
  'get /v1/runs/{id}/replay': ['/v1/runs/ID/replay', 'thing'],
  'get /v1/runs/{id}/diff/{other}': ['/v1/runs/ID/diff/ID', 'thing'],
  'get /v1/steps/{id}': ['/v1/steps/ID', 'thing'],
  'get /v1/completeness': ['/v1/completeness?source=ID', 'counts'],
};
/**
 * Routes without an id of events: the lists of reports are the same for everybody, their rows are the views'
 * (reports.int.spec.ts); links are said, not read.
 */
const others = ['get /v1/reports', 'get /v1/reports/{id}', 'post /v1/links'];

describe('what another tenant has is absent', () => {
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
    await events.insert([
      { event: theirs, place: { offset: 0 } },
      { event: { ...theirs, event_id: 'approval', event_type: 'approval.requested' }, place: { offset: 1 } },
      { event: { event_id: 'ours', run_id: 'ours' }, place: { offset: 2 } },
    ]);
    await events.projected({ 'audit.activity.v1': [3] });
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test('every route of the contract is in the table', async () => {
    const { body } = await api.get('/openapi.json');
    const all = Object.entries(body.paths as Record<string, object>)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
      .filter((route) => route.includes('/v1/'));
    expect([...Object.keys(routes), ...others].sort()).toEqual(all.sort());
  });

  test.each(Object.entries(routes))('%s', async (_route, [url, found, body]) => {
    const ask = async (id: string, tenant = 'default'): Promise<Json> => {
      const at = url.replaceAll('ID', id);
      const answer =
        body === undefined
          ? await api.get(at, 'investigator', tenant)
          : await api.post(at, JSON.parse(JSON.stringify(body).replaceAll('ID', id)), 'investigator', tenant);
      // An answer repeats the id that was asked for.
      return { status: answer.status, body: JSON.parse(JSON.stringify(answer.body).replaceAll(id, 'ID')) };
    };
    const [foreign, absent, own] = [await ask('their-id'), await ask('no-such-id'), await ask('their-id', 'other')];
    expect(foreign).toEqual(absent);
    if (found === 'thing') expect([foreign.status, own.status]).toEqual([404, 200]);
    if (found === 'rows') expect([foreign.body.data, own.status, own.body.data.length > 0]).toEqual([[], 200, true]);
    if (found === 'counts') expect([foreign.body.totals.events, own.body.totals.events]).toEqual([0, 2]);
  });
});
