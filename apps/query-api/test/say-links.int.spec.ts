import { type Role, roles } from '@affidavit/service-kit';
import { queryError } from '../src/query-error.ts';
import { type ApiHarness, type Json, openApi, pseudonymOf } from './support/api-harness.ts';
import { type TestEvent } from './support/event-rows.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

describe('POST /v1/links', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  let offset = 0;

  const put = async (list: readonly TestEvent[]): Promise<void> => {
    await events.insert(list.map((event) => ({ event: { actor: { type: 'agent', id: 'bot' }, ...event }, place: { offset: offset++ } })));
    await events.projected({ 'audit.activity.v1': [offset] });
  };
  const engines = () => ({ run: events.run, generation: events.generation, runContent: content.run, contentDatabase: content.database });
  const say = { kind: 'case_run', from: { system: 'helpdesk', id: '#1' }, to: { id: 'run' }, reason: 'told on the phone by Ada' };
  /** What went to the collector, as the log would hold it. */
  const stated = (): TestEvent => ({ ...(api.stated.at(-1) as unknown as TestEvent), event_id: `stated ${api.stated.length}`, occurred_at: '2026-11-22T07:00:00.000000Z', content: [], actor: { type: 'human', id: 'x' } });

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi(engines());
    await put([{ event_id: 'e', run_id: 'run' }, { event_id: 'theirs', tenant_id: 'other', event_type: 'link.asserted', link: { link_id: 'their link', kind: 'case_run', from_kind: 'case', from_id: 'h:1', to_kind: 'run', to_id: 'r' } }]);
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test('says, follows, takes back; the same said twice is one link', async () => {
    const { status, body } = await api.post('/v1/links', say);
    expect([status, body.status, body.kind, body.from, body.to, body.receipt.topic]).toEqual([200, 'asserted', 'case_run', { kind: 'case', key: 'helpdesk:1' }, { kind: 'run', key: 'run' }, 'audit.control.v1']);
    expect(api.stated.at(-1)).toMatchObject({
      event_type: 'link.asserted', tenant_id: 'default', actor: { type: 'human', assurance: 'verified' }, link: { kind: 'case_run', from_kind: 'case', to_kind: 'run', to_id: 'run', basis: 'person' },
      content: [{ role: 'reason', text: say.reason }],
    });
    expect(api.recorded.at(-1)).toMatchObject({ event_type: 'audit.query.executed', query: { kind: 'link' }, details: { route: '/v1/links' } });
    expect(JSON.stringify(api.recorded.at(-1))).not.toContain('phone');
    await put([stated()]);
    expect((await api.get('/v1/cases/helpdesk:1/timeline')).body.data.map(({ event_id, via }: Json) => [event_id, via])).toEqual([['e', [body.link_id]]]);
    expect((await api.post('/v1/links', { ...say, from: 'helpdesk:1' })).body.link_id).toBe(body.link_id);
    const back = await api.post('/v1/links', { retract: body.link_id, reason: 'a mistake' });
    expect([back.status, back.body.status, back.body.from.key]).toEqual([200, 'retracted', 'helpdesk:1']);
    expect(api.stated.at(-1)).toMatchObject({ event_type: 'link.retracted', link: { link_id: body.link_id, basis: 'person' } });
    await put([stated()]);
    expect((await api.get('/v1/cases/helpdesk:1/timeline')).body.total).toBe(0);
    const count = api.stated.length;
    expect((await api.post('/v1/links', { retract: body.link_id })).body.receipt).toBeNull();
    expect(api.stated).toHaveLength(count);
  });

  test('people travel as pseudonyms where that can be told', async () => {
    const { body } = await api.post('/v1/links', { kind: 'run_user', from: 'run', to: { id: ' ADA@example.org', issuer: 'crm' } });
    expect(body.to).toEqual({ kind: 'person', key: pseudonymOf('default', 'crm', 'ada@example.org') });
    expect(JSON.stringify(api.stated.at(-1))).not.toMatch(/example\.org/i);
    expect((await api.post('/v1/links', { kind: 'run_user', from: 'run', to: 'ada@example.org' })).body.code).toBe('invalid_parameter');
  });

  test.each([
    ['an alias of itself', { kind: 'object_alias', from: { system: 'shop', type: 'order', id: '#7' }, to: { system: 'shop', type: 'order', id: '7' } }],
    ['an account of itself', { kind: 'account_person', from: { id: 'ada@example.org', issuer: 'crm' }, to: { id: 'ADA@example.org', issuer: 'crm' } }],
    ['a case and itself', { kind: 'case_case', from: 'sap:007', to: 'sap:7' }],
    ['an unknown kind', { kind: 'run_weather', from: 'a', to: 'b' }],
    ['nothing', undefined],
  ])('%s is refused and not sent', async (_name, body) => {
    const count = api.stated.length;
    const answer = await api.post('/v1/links', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_parameter']);
    expect(api.stated).toHaveLength(count);
  });

  test("an unknown link cannot be taken back, and another tenant's is as unknown", async () => {
    const [absent, foreign] = [await api.post('/v1/links', { retract: 'no such link' }), await api.post('/v1/links', { retract: 'their link' })];
    expect([absent.status, foreign.status]).toEqual([404, 404]);
    expect(foreign.body).toEqual(absent.body);
    expect((await api.post('/v1/links', { retract: 'their link' }, 'investigator', 'other')).status).toBe(200);
  });

  test('investigators and reviewers say; nobody else does, and that is on record', async () => {
    const may: readonly Role[] = ['investigator', 'reviewer'];
    for (const role of roles) {
      const [count, recorded] = [api.stated.length, api.recorded.length];
      expect([role, (await api.post('/v1/links', say, role)).status]).toEqual([role, may.includes(role) ? 200 : 403]);
      expect([role, api.stated.length - count, api.recorded.length - recorded]).toEqual([role, may.includes(role) ? 1 : 0, 1]);
    }
  });

  test('a collector that is away: nothing is said', async () => {
    const deaf = await openApi(engines(), { writeLink: () => Promise.reject(queryError('audit_unavailable', 'away')) });
    const { status, body } = await deaf.post('/v1/links', say);
    expect([status, body.code]).toEqual([503, 'audit_unavailable']);
    expect(deaf.recorded).toHaveLength(0);
    await deaf.close();
  });
});
