import { type ApiHarness, type Json, openApi, pseudonymOf } from './support/api-harness.ts';
import { type TestEvent } from './support/event-rows.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const ids = (body: Json): string[] => body.data.map((row: Json) => row.event_id);
const ada = {
  shop: pseudonymOf('default', 'shop', 'ada@example.org'),
  crm: pseudonymOf('default', 'crm', 'ada@example.org'),
  hr: pseudonymOf('default', 'hr', '0815'),
};
const at = (second: number): string => `2026-11-22T06:00:${String(second).padStart(2, '0')}.000000Z`;
const asserted = (
  link_id: string,
  kind: string,
  from: [string, string],
  to: [string, string],
  more: object = {},
): TestEvent => ({
  event_id: `says ${link_id}`,
  event_type: 'link.asserted',
  link: { link_id, kind, from_kind: from[0], from_id: from[1], to_kind: to[0], to_id: to[1], basis: 'person', ...more },
});
const retracted = (link_id: string): TestEvent => ({
  event_id: `takes back ${link_id}`,
  event_type: 'link.retracted',
  link: { link_id, basis: 'person' },
});

describe('timelines follow links', () => {
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
  const timeline = async (url: string, limit = 100): Promise<{ rows: Json[]; total: unknown; first: Json }> => {
    const rows: Json[] = [];
    let cursor: string | null = null;
    let first: Json;
    do {
      const { status, body } = await api.get(
        `${url}${url.includes('?') ? '&' : '?'}limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      expect([url, status, body.detail]).toEqual([url, 200, undefined]);
      first ??= body;
      rows.push(...body.data);
      cursor = body.next_cursor;
    } while (cursor !== null);
    return { rows, total: first.total, first };
  };
  const told = (rows: readonly Json[]) =>
    rows.map(({ event_id, via }) => (via === undefined ? event_id : `${event_id} by ${via.join('+')}`));

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test('a case has the runs that belong to it, sub-agents and traces included, in one order and page by page', async () => {
    const ticket = [{ system: 'helpdesk', type: 'ticket', id: '#7', role: 'subject' }];
    await put([
      { event_id: 'c1', case_refs: ticket, occurred_at: at(1) },
      { event_id: 'r1', run_id: 'run', occurred_at: at(2) },
      { event_id: 'r2', run_id: 'sub', root_run_id: 'run', parent_run_id: 'run', occurred_at: at(3) },
      { event_id: 'both', run_id: 'run', case_refs: ticket, occurred_at: at(4) },
      { event_id: 't1', trace_id: 'trace', occurred_at: at(5) },
      { event_id: 'c2', case_refs: ticket, occurred_at: at(6) },
      { event_id: 'else', run_id: 'another run', occurred_at: at(3) },
      { event_id: 'theirs', tenant_id: 'other', run_id: 'run', occurred_at: at(3) },
    ]);
    const url = '/v1/cases/helpdesk:7/timeline';
    expect(told((await timeline(url)).rows)).toEqual(['c1', 'both', 'c2']);
    const before = (await api.get(url)).body.as_of;
    await put([
      asserted('L1', 'case_run', ['case', 'helpdesk:7'], ['run', 'run']),
      asserted('L2', 'trace_run', ['trace', 'trace'], ['run', 'run']),
      { ...asserted('LX', 'case_run', ['case', 'helpdesk:7'], ['run', 'another run']), tenant_id: 'other' },
    ]);
    const linked = ['c1', 'r1 by L1', 'r2 by L1', 'both', 't1 by L1+L2', 'c2'];
    for (const limit of [100, 1, 2, 4]) expect(told((await timeline(url, limit)).rows)).toEqual(linked);
    const { first, total } = await timeline(url, 2);
    expect([total, first.completeness.caps]).toEqual([6, []]);
    expect(Object.keys(first.links[0]).sort()).toEqual([
      'asserted_at',
      'basis',
      'confidence',
      'event_id',
      'from_issuer',
      'from_key',
      'from_kind',
      'kind',
      'known_at',
      'link_id',
      'rule_id',
      'to_issuer',
      'to_key',
      'to_kind',
    ]);
    expect(first.links.map(({ link_id, kind, from_key, to_key }: Json) => [link_id, kind, from_key, to_key])).toEqual([
      ['L1', 'case_run', 'helpdesk:7', 'run'],
    ]);
    // As it was known then.
    expect(told((await timeline(`${url}?as_of=${before}`)).rows)).toEqual(['c1', 'both', 'c2']);
    expect(told((await timeline(`${url}?from=${at(2)}&to=${at(5)}`)).rows)).toEqual(['r1 by L1', 'r2 by L1', 'both']);
    const after = (await api.get(url)).body.as_of;
    await put([retracted('L1')]);
    expect(told((await timeline(url)).rows)).toEqual(['c1', 'both', 'c2']);
    expect(told((await timeline(`${url}?as_of=${after}`)).rows)).toEqual(linked);
    // A resend of the assertion says nothing anew; a new one does.
    await put([asserted('L1', 'case_run', ['case', 'helpdesk:7'], ['run', 'run'])]);
    expect(told((await timeline(url)).rows)).toEqual(['c1', 'both', 'c2']);
    await put([
      { ...asserted('L1', 'case_run', ['case', 'helpdesk:7'], ['run', 'another run']), event_id: 'says otherwise' },
    ]);
    expect(told((await timeline(url)).rows)).toEqual(['c1', 'else by L1', 'both', 'c2']);
  });

  test('a case that only a link names has a timeline; cases that belong together bring their runs', async () => {
    await put([
      asserted('C1', 'case_case', ['case', 'jira:A-1'], ['case', 'helpdesk:only linked']),
      asserted('C2', 'case_run', ['case', 'jira:A-1'], ['run', 'jira run']),
      { event_id: 'jr', run_id: 'jira run' },
    ]);
    expect(told((await timeline('/v1/cases/helpdesk:only%20linked/timeline')).rows)).toEqual(['jr by C1+C2']);
  });

  test("one person's accounts are one timeline, from whichever account, with role and account on each row", async () => {
    const person = (id: string, issuer: string): object[] => [
      { type: 'human', id, issuer, relation: 'workforce', grant_id: '' },
    ];
    await put([
      { event_id: 'u1', on_behalf_of: person(ada.shop, 'shop'), occurred_at: at(1) },
      {
        event_id: 'u2',
        on_behalf_of: person(ada.crm, 'crm'),
        subject_refs: [{ id: ada.shop, issuer: 'shop', role: '' }],
        occurred_at: at(2),
      },
      { event_id: 'u3', approval: { approver: ada.hr, approver_issuer: 'hr' }, occurred_at: at(3) },
      { event_id: 'u4', run_id: 'her run', occurred_at: at(4) },
    ]);
    expect((await api.get('/v1/users/ada@example.org/timeline')).status).toBe(409);
    await put([
      {
        event_id: 'acc1',
        event_type: 'identity.account.linked',
        link: { from_kind: 'account', from_id: ada.shop, to_kind: 'account', to_id: ada.crm },
      },
      asserted('P1', 'account_person', ['account', ada.hr], ['person', ada.crm]),
      asserted('P2', 'run_user', ['run', 'her run'], ['user', ada.hr]),
    ]);
    for (const url of [
      '/v1/users/ada@example.org/timeline',
      `/v1/users/${ada.hr}/timeline`,
      '/v1/users/shop:ada@example.org/timeline',
    ]) {
      const { rows } = await timeline(url, 2);
      expect(
        rows
          .filter(({ event_type }) => event_type === 'tool.call.completed')
          .map(({ event_id, roles, accounts }) => [event_id, roles, accounts]),
      ).toEqual([
        ['u1', ['on_behalf_of'], [ada.shop]],
        ['u2', ['on_behalf_of', 'subject'], [ada.crm, ada.shop].sort()],
        ['u3', ['approver'], [ada.hr]],
        ['u4', [], undefined],
      ]);
    }
    await put([
      {
        event_id: 'acc2',
        event_type: 'identity.account.unlinked',
        link: { from_kind: 'account', from_id: ada.crm, to_kind: 'account', to_id: ada.shop },
      },
    ]);
    expect((await api.get('/v1/users/ada@example.org/timeline')).status).toBe(409);
    expect(ids((await timeline('/v1/users/shop:ada@example.org/timeline')).first)).not.toContain('u3');
  });

  describe('a source takes back what it said itself', () => {
    const person = (id: string): object[] => [{ type: 'human', id, issuer: 'x', relation: 'workforce', grant_id: '' }];
    let pairs = 0;
    /** Two accounts of one person, with an event each. */
    const twoAccounts = async () => {
      pairs += 1;
      const [one, other] = [
        pseudonymOf('default', 'one', `pair ${pairs}`),
        pseudonymOf('default', 'other', `pair ${pairs}`),
      ];
      await put([
        { event_id: `one ${pairs}`, on_behalf_of: person(one) },
        { event_id: `other ${pairs}`, on_behalf_of: person(other) },
      ]);
      let said = 0;
      const say = (event_type: string, system: string, link: object): Promise<void> =>
        put([
          {
            event_id: `pair ${pairs}/${(said += 1)}`,
            event_type,
            source: { system, connector_id: `connector of ${system}` },
            link,
          },
        ]);
      const accounts = { from_kind: 'account', from_id: one, to_kind: 'account', to_id: other };
      const joined = async (): Promise<boolean> => {
        const rows = (await timeline(`/v1/users/${one}/timeline`)).rows.filter(
          ({ event_type }) => event_type === 'tool.call.completed',
        );
        expect([1, 2]).toContain(rows.length);
        return rows.length === 2;
      };
      return { accounts, say, joined };
    };

    test('what one connector linked, no other unlinks', async () => {
      const { accounts, say, joined } = await twoAccounts();
      await say('identity.account.linked', 'iam', accounts);
      await say('identity.account.unlinked', 'crm', accounts);
      expect(await joined()).toBe(true);
      await say('identity.account.unlinked', 'iam', { ...accounts, basis: 'source' });
      expect(await joined()).toBe(false);
    });

    test("of two that said so, one's unlink leaves the other's; and it may say so anew", async () => {
      const { accounts, say, joined } = await twoAccounts();
      const turned = { from_kind: 'account', from_id: accounts.to_id, to_kind: 'account', to_id: accounts.from_id };
      await say('identity.account.linked', 'iam', accounts);
      await say('identity.account.linked', 'crm', turned);
      await say('identity.account.unlinked', 'iam', turned);
      expect(await joined()).toBe(true);
      await say('identity.account.unlinked', 'crm', accounts);
      expect(await joined()).toBe(false);
      await say('identity.account.linked', 'iam', accounts);
      expect(await joined()).toBe(true);
    });

    test.each(['person', 'rule'])(
      'a %s takes back what all sources said, and no source what it said',
      async (basis) => {
        const { accounts, say, joined } = await twoAccounts();
        await say('identity.account.linked', 'iam', accounts);
        await say('identity.account.linked', 'crm', accounts);
        const [link] = (await timeline(`/v1/users/${accounts.from_id}/timeline`)).first.links;
        await say('link.retracted', 'affidavit', { link_id: link.link_id, basis });
        expect(await joined()).toBe(false);
        await say('identity.account.linked', 'affidavit', { ...accounts, basis });
        for (const system of ['iam', 'affidavit']) await say('identity.account.unlinked', system, accounts);
        expect(await joined()).toBe(true);
      },
    );

    test.each(['link.asserted', 'link.retracted'])(
      '%s under the id of another source’s link changes nothing of that',
      async (event_type) => {
        const { accounts, say, joined } = await twoAccounts();
        const link_id = `theirs ${pairs}`;
        await say('link.asserted', 'iam', { ...accounts, link_id, kind: 'account_person' });
        await say(
          event_type,
          'crm',
          event_type === 'link.retracted'
            ? { link_id }
            : { ...accounts, to_id: pseudonymOf('default', 'other', 'nobody'), link_id, kind: 'account_person' },
        );
        expect(await joined()).toBe(true);
        await say('link.retracted', 'iam', { link_id });
        expect(await joined()).toBe(false);
      },
    );
  });

  test('two names of one object are one timeline, and a confirmation stands beside its effect', async () => {
    const ref = (system: string, id: string): object[] => [{ system, type: 'invoice', id, role: 'updated' }];
    await put([
      { event_id: 'o1', object_refs: ref('sap', '0042'), occurred_at: at(1) },
      { event_id: 'o2', object_refs: ref('crm', 'INV-42'), event_type: 'object.changed', occurred_at: at(2) },
      { event_id: 'o3', event_type: 'object.change.confirmed', occurred_at: at(3) },
      asserted('A', 'object_alias', ['object', 'sap:invoice:42'], ['object', 'crm:invoice:INV-42']),
      asserted('E', 'effect_confirmation', ['event', ':o2'], ['event', ':o3']),
    ]);
    expect(told((await timeline('/v1/objects/sap/invoice/42/timeline', 1)).rows)).toEqual(['o1', 'o2 by A', 'o3 by E']);
    expect(told((await timeline('/v1/objects/crm/invoice/INV-42/timeline')).rows)).toEqual([
      'o1 by A',
      'o2',
      'o3 by E',
    ]);
  });

  test('resolve knows a case that only a link names', async () => {
    expect(
      (await api.get('/v1/resolve?q=only%20linked')).body.data.map(({ kind, name }: Json) => [kind, name.system]),
    ).toEqual([['case', 'helpdesk']]);
  });

  test('of more than a thousand linked runs a thousand are looked at, and that is said', async () => {
    const many = Array.from(
      { length: 1_001 },
      (_, index) => `many/${String(index).padStart(4, '0')}/${'x'.repeat(40)}`,
    );
    await put(many.map((run_id, index) => ({ event_id: `m${index}`, run_id, seq: index + 1 })));
    await put(many.map((run, index) => asserted(`M${index}`, 'case_run', ['case', 'helpdesk:many'], ['run', run])));
    const { rows, first, total } = await timeline('/v1/cases/helpdesk:many/timeline', 300);
    expect([rows.length, total, first.completeness.caps, first.completeness.no_known_gaps]).toEqual([
      1_000,
      1_000,
      ['linked_runs'],
      false,
    ]);
    expect(rows.at(-1).via).toEqual(['M999']);
  }, 120_000);
});
