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
    await events.insert(
      list.map((event) => ({ event: { actor: { type: 'agent', id: 'bot' }, ...event }, place: { offset: offset++ } })),
    );
    await events.projected({ 'audit.activity.v1': [offset] });
  };
  const engines = () => ({
    run: events.run,
    generation: events.generation,
    runContent: content.run,
    contentDatabase: content.database,
  });
  const say = {
    kind: 'case_run',
    from: { system: 'helpdesk', id: '#1' },
    to: { id: 'run' },
    reason: 'told on the phone by Ada',
  };
  /** What went to the collector, as the log would hold it. */
  const stated = (): TestEvent => ({
    ...(api.stated.at(-1) as unknown as TestEvent),
    event_id: `stated ${api.stated.length}`,
    occurred_at: '2026-11-22T07:00:00.000000Z',
    content: [],
    actor: { type: 'human', id: 'x' },
  });

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi(engines());
    await put([
      { event_id: 'e', run_id: 'run' },
      {
        event_id: 'theirs',
        tenant_id: 'other',
        event_type: 'link.asserted',
        link: {
          link_id: 'their link',
          kind: 'case_run',
          from_kind: 'case',
          from_id: 'h:1',
          to_kind: 'run',
          to_id: 'r',
        },
      },
    ]);
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test('says, follows, takes back; the same said twice is one link', async () => {
    const { status, body } = await api.post('/v1/links', say);
    expect([status, body.status, body.kind, body.from, body.to, body.receipt.topic]).toEqual([
      200,
      'asserted',
      'case_run',
      { kind: 'case', key: 'helpdesk:1' },
      { kind: 'run', key: 'run' },
      'audit.control.v1',
    ]);
    expect(api.stated.at(-1)).toMatchObject({
      event_type: 'link.asserted',
      tenant_id: 'default',
      actor: { type: 'human', assurance: 'verified' },
      link: { kind: 'case_run', from_kind: 'case', to_kind: 'run', to_id: 'run', basis: 'person' },
      content: [{ role: 'reason', text: say.reason }],
    });
    expect(api.recorded.at(-1)).toMatchObject({
      event_type: 'audit.query.executed',
      query: { kind: 'link' },
      details: { route: '/v1/links' },
    });
    expect(JSON.stringify(api.recorded.at(-1))).not.toContain('phone');
    await put([stated()]);
    expect(
      (await api.get('/v1/cases/helpdesk:1/timeline')).body.data.map(({ event_id, via }: Json) => [event_id, via]),
    ).toEqual([['e', [body.link_id]]]);
    expect((await api.post('/v1/links', { ...say, from: 'helpdesk:1' })).body.link_id).toBe(body.link_id);
    const back = await api.post('/v1/links', { retract: body.link_id, reason: 'a mistake' });
    expect([back.status, back.body.status, back.body.from.key]).toEqual([200, 'retracted', 'helpdesk:1']);
    expect(api.stated.at(-1)).toMatchObject({
      event_type: 'link.retracted',
      link: { link_id: body.link_id, basis: 'person' },
    });
    await put([stated()]);
    expect((await api.get('/v1/cases/helpdesk:1/timeline')).body.total).toBe(0);
    const count = api.stated.length;
    expect((await api.post('/v1/links', { retract: body.link_id })).body.receipt).toBeNull();
    expect(api.stated).toHaveLength(count);
  });

  test('people travel as pseudonyms where that can be told', async () => {
    const { body } = await api.post('/v1/links', {
      kind: 'run_user',
      from: 'run',
      to: { id: ' ADA@example.org', issuer: 'crm' },
    });
    expect(body.to).toEqual({ kind: 'person', key: pseudonymOf('default', 'crm', 'ada@example.org') });
    expect(JSON.stringify(api.stated.at(-1))).not.toMatch(/example\.org/i);
    expect((await api.post('/v1/links', { kind: 'run_user', from: 'run', to: 'ada@example.org' })).body.code).toBe(
      'invalid_parameter',
    );
  });

  test.each([
    [
      'an alias of itself',
      {
        kind: 'object_alias',
        from: { system: 'shop', type: 'order', id: '#7' },
        to: { system: 'shop', type: 'order', id: '7' },
      },
    ],
    [
      'an account of itself',
      {
        kind: 'account_person',
        from: { id: 'ada@example.org', issuer: 'crm' },
        to: { id: 'ADA@example.org', issuer: 'crm' },
      },
    ],
    ['a case and itself', { kind: 'case_case', from: 'sap:007', to: 'sap:7' }],
    ['an unknown kind', { kind: 'run_weather', from: 'a', to: 'b' }],
    ['nothing', undefined],
  ])('%s is refused and not sent', async (_name, body) => {
    const count = api.stated.length;
    const answer = await api.post('/v1/links', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_parameter']);
    expect(api.stated).toHaveLength(count);
  });

  describe('odd ids', () => {
    const run = (id: string, event_id: string): TestEvent => ({ event_id, run_id: id });
    const timelineOf = async (system: string, id: string): Promise<Json> =>
      (await api.get(`/v1/cases/-/timeline?system=${encodeURIComponent(system)}&id=${encodeURIComponent(id)}`)).body;

    test.each([
      ['slashes', 'a/b', '/r//1/'],
      ['hash signs', '##7', '#r#'],
      ['percent signs', '100%25%3A', '%zz%00%'],
      ['colons', 'a:b:c:', 'r:1'],
      ['quotes and backslashes', `'"\\';--`, '{p0:String}\\'],
      ['line breaks and tabs', 'a\nb', 'r\t1\n\\n'],
      ['umlauts', 'Größe ß', 'Übergröße'],
      ['right-to-left text', 'שלום-\u202e7', 'مرحبا\u200f'],
      ['astral characters', '\u{1f600}', '\u{10ffff}'],
      ['the longest', 'ü'.repeat(490), 'ß'.repeat(512)],
      ['question and ampersand', 'a?b&c=d', '?id=1&'],
    ])('%s: said, followed, taken back', async (name, id, runId) => {
      await put([run(runId, `of ${name}`)]);
      const { status, body } = await api.post('/v1/links', {
        kind: 'case_run',
        from: { system: 'sys:100%', id },
        to: { id: runId },
      });
      expect([status, body.detail, body.to]).toEqual([200, undefined, { kind: 'run', key: runId }]);
      await put([stated()]);
      expect((await timelineOf('sys:100%', id)).data.map(({ event_id, via }: Json) => [event_id, via])).toEqual([
        [`of ${name}`, [body.link_id]],
      ]);
      expect((await api.post('/v1/links', { retract: body.link_id })).body.from).toEqual(body.from);
      await put([stated()]);
      expect((await timelineOf('sys:100%', id)).data).toEqual([]);
    });

    test('composed and decomposed letters of a case are one case, and one link', async () => {
      const [composed, decomposed] = ['Größe'.normalize('NFC'), 'Größe'.normalize('NFD')];
      await put([run('nf run', 'of nf')]);
      const said = [composed, decomposed].map((id) =>
        api.post('/v1/links', { kind: 'case_run', from: { system: 'helpdesk', id }, to: 'nf run' }),
      );
      const [one, other] = [(await said[0])?.body, (await said[1])?.body];
      expect([other.link_id, other.from]).toEqual([one.link_id, one.from]);
      await put([stated()]);
      for (const id of [composed, decomposed]) expect((await timelineOf('helpdesk', id)).total).toBe(1);
    });

    test.each([
      ['over the contract’s length', { kind: 'trace_run', from: 'x'.repeat(513), to: 'r' }],
      [
        'over it once its colons are escaped',
        { kind: 'case_run', from: { system: ':'.repeat(200), id: 'x' }, to: 'r' },
      ],
      ['far over it', { kind: 'trace_run', from: '語'.repeat(2_000), to: 'ü'.repeat(2_000) }],
      ['an id that is nothing but a hash sign', { kind: 'case_run', from: { system: 'helpdesk', id: '#' }, to: 'r' }],
      ['an object without an id', { kind: 'run_object', from: 'r', to: 'sap:invoice:#' }],
      ['a very long link to take back', { retract: '語'.repeat(2_000) }],
    ])('%s is refused in words, and not sent', async (_name, body) => {
      const count = api.stated.length;
      const answer = await api.post('/v1/links', body);
      expect([answer.status, answer.body.code, api.stated.length]).toEqual([400, 'invalid_parameter', count]);
    });
  });

  describe('odd links', () => {
    const person = (id: string) => pseudonymOf('default', 'ring', id);
    const acts = (id: string): TestEvent => ({
      event_id: `act of ${id}`,
      on_behalf_of: [{ type: 'human', id: person(id), issuer: 'ring', relation: 'workforce', grant_id: '' }],
    });
    const say = async (body: object): Promise<Json> => {
      const answer = await api.post('/v1/links', body);
      expect([answer.status, answer.body.detail]).toEqual([200, undefined]);
      await put([stated()]);
      return answer.body;
    };

    test('accounts in a ring are one person from each of them, and taking one link back does not part them', async () => {
      await put(['a', 'b', 'c'].map(acts));
      const links = [];
      for (const [from, to] of [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
      ] as const)
        links.push(await say({ kind: 'account_person', from: { id: person(from) }, to: { id: person(to) } }));
      const seen = async (id: string): Promise<string[]> =>
        (await api.get(`/v1/users/${person(id)}/timeline`)).body.data
          .filter(({ event_type }: Json) => event_type === 'tool.call.completed')
          .map(({ event_id }: Json) => event_id)
          .sort();
      for (const id of ['a', 'b', 'c']) expect(await seen(id)).toEqual(['act of a', 'act of b', 'act of c']);
      await say({ retract: links[0]?.link_id });
      for (const id of ['a', 'b', 'c']) expect(await seen(id)).toEqual(['act of a', 'act of b', 'act of c']);
      await say({ retract: links[1]?.link_id });
      expect(await seen('b')).toEqual(['act of b']);
    });

    test('two people of one run, and one run of two cases, stand beside each other: nobody decides between them', async () => {
      await put([{ event_id: 'disputed', run_id: 'disputed run' }, ...['d', 'e'].map(acts)]);
      for (const id of ['d', 'e']) await say({ kind: 'run_user', from: 'disputed run', to: { id: person(id) } });
      for (const id of ['x', 'y']) await say({ kind: 'case_run', from: { system: 'dispute', id }, to: 'disputed run' });
      for (const url of [
        ...['d', 'e'].map((id) => `/v1/users/${person(id)}/timeline`),
        ...['x', 'y'].map((id) => `/v1/cases/dispute:${id}/timeline`),
      ]) {
        expect((await api.get(url)).body.data.map(({ event_id }: Json) => event_id)).toContain('disputed');
      }
    });

    test('a pseudonym and itself is nobody’s second account, whatever issuer is said', async () => {
      for (const issuers of [{}, { issuer: 'hr' }]) {
        const answer = await api.post('/v1/links', {
          kind: 'account_person',
          from: { id: person('a'), issuer: 'ring' },
          to: { id: person('a'), ...issuers },
        });
        expect([answer.status, answer.body.code]).toEqual([400, 'invalid_parameter']);
      }
    });

    test('said, taken back, said again, taken back: each time it is as it was said last', async () => {
      await put([{ event_id: 'again', run_id: 'again run' }]);
      const body = { kind: 'case_run', from: 'helpdesk:again', to: 'again run' };
      const total = async (): Promise<number> => (await api.get('/v1/cases/helpdesk:again/timeline')).body.total;
      for (let round = 0; round < 2; round += 1) {
        const { link_id } = await say(body);
        expect(await total()).toBe(1);
        await say({ retract: link_id });
        expect(await total()).toBe(0);
        expect((await api.post('/v1/links', { retract: link_id })).body).toMatchObject({
          status: 'retracted',
          receipt: null,
        });
      }
    });

    test('another tenant’s run, case and person can be named, and nothing of theirs is shown', async () => {
      await put([
        {
          event_id: 'their secret',
          tenant_id: 'other',
          run_id: 'their run',
          case_refs: [{ system: 'helpdesk', type: 'ticket', id: 'theirs', role: '' }],
        },
      ]);
      await say({ kind: 'case_run', from: 'helpdesk:ours', to: 'their run' });
      await say({ kind: 'case_case', from: 'helpdesk:ours', to: 'helpdesk:theirs' });
      expect((await api.get('/v1/cases/helpdesk:ours/timeline')).body).toMatchObject({ total: 0, data: [] });
      expect(
        (await api.get('/v1/cases/helpdesk:theirs/timeline', 'investigator', 'other')).body.data.map(
          ({ event_id, via }: Json) => [event_id, via],
        ),
      ).toEqual([['their secret', undefined]]);
    });
  });

  test("an unknown link cannot be taken back, and another tenant's is as unknown", async () => {
    const [absent, foreign] = [
      await api.post('/v1/links', { retract: 'no such link' }),
      await api.post('/v1/links', { retract: 'their link' }),
    ];
    expect([absent.status, foreign.status]).toEqual([404, 404]);
    expect(foreign.body).toEqual(absent.body);
    expect((await api.post('/v1/links', { retract: 'their link' }, 'investigator', 'other')).status).toBe(200);
  });

  test('investigators and reviewers say; nobody else does, and that is on record', async () => {
    const may: readonly Role[] = ['investigator', 'reviewer'];
    for (const role of roles) {
      const [count, recorded] = [api.stated.length, api.recorded.length];
      expect([role, (await api.post('/v1/links', say, role)).status]).toEqual([role, may.includes(role) ? 200 : 403]);
      expect([role, api.stated.length - count, api.recorded.length - recorded]).toEqual([
        role,
        may.includes(role) ? 1 : 0,
        1,
      ]);
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
