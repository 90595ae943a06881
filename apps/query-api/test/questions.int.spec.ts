import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { bindingOf } from '../src/reading/cursor.ts';
import { packToken } from '../src/reading/token.ts';
import { clickHouseQuery } from '../src/store/clickhouse-query.ts';
import { type ApiHarness, type Json, openApi, pseudonymOf } from './support/api-harness.ts';
import { type TestEvent } from './support/event-rows.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const ada = {
  shop: pseudonymOf('default', 'shop', 'ada@example.org'),
  crm: pseudonymOf('default', 'crm', 'ada@example.org'),
};
const zoe = pseudonymOf('default', 'shop', 'Zoë:1');
const ids = (body: Json): string[] => body.data.map((row: Json) => row.event_id);

describe('questions on the real engine', () => {
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
  const of = (system: string, id: string): object[] => [{ system, type: 'ticket', id, role: '' }];
  const order = (system: string, id: string, type = 'order'): object[] => [{ system, type, id, role: 'updated' }];
  const person = (id: string, issuer: string): object[] => [
    { type: 'human', id, issuer, relation: 'customer', grant_id: '' },
  ];

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    await put([
      { event_id: 'a1', case_refs: of('helpdesk', '4711'), on_behalf_of: person(ada.shop, 'shop') },
      { event_id: 'a2', case_refs: of('jira', '4711'), on_behalf_of: person(ada.crm, 'crm') },
      { event_id: 'sys', case_refs: of('we:ird 100%', 'x:y'), on_behalf_of: person(zoe, 'shop') },
      { event_id: 'sap', object_refs: order('sap-prod', '0090001234', 'invoice') },
      { event_id: 'not sap', object_refs: order('shop', '0090001234', 'invoice') },
      { event_id: 'sf', object_refs: order('salesforce', '001D000000IqhSLIAZ', 'Account') },
      { event_id: 'hash', object_refs: order('shop', '#W1') },
      {
        event_id: 'foreign',
        tenant_id: 'other',
        case_refs: of('helpdesk', '4711'),
        object_refs: order('shop', '#W1'),
        run_id: 'their run',
      },
    ]);
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test('an ambiguous case answers with candidates, each of which leads to one', async () => {
    const { status, body } = await api.get('/v1/cases/4711/timeline');
    expect([status, body.code]).toEqual([409, 'ambiguous']);
    expect(body.candidates.map(({ system, id }: Json) => [system, id])).toEqual([
      ['helpdesk', '4711'],
      ['jira', '4711'],
    ]);
    const answers = await Promise.all(body.candidates.map(({ link }: Json) => api.get(link.path)));
    expect(answers.map((answer) => ids((answer as { body: Json }).body))).toEqual([['a1'], ['a2']]);
    expect(ids((await api.get('/v1/cases/jira:4711/timeline')).body)).toEqual(['a2']);
  });
  test('an ambiguous person is named by issuer', async () => {
    const { status, body } = await api.get('/v1/users/ADA@example.org/timeline');
    expect([status, body.candidates.map(({ issuer }: Json) => issuer).sort()]).toEqual([409, ['crm', 'shop']]);
    expect(JSON.stringify(body)).not.toContain('example.org');
    expect(ids((await api.get('/v1/users/crm:ada@example.org/timeline')).body)).toEqual(['a2']);
    expect(ids((await api.get('/v1/users/-/timeline?issuer=shop&id=%20ada@EXAMPLE.org')).body)).toEqual(['a1']);
  });
  test.each([
    ['a colon in the system', '/v1/cases/we:ird%20100%25:x:y/timeline', ['sys']],
    ['a colon in the id of a person', `/v1/users/${encodeURIComponent('Zoë:1')}/timeline`, ['sys']],
    ['decomposed letters', `/v1/users/${encodeURIComponent('Zoe\u0308:1')}/timeline`, ['sys']],
    ['leading zeros in SAP', '/v1/objects/sap-prod/invoice/90001234/timeline', ['sap']],
    ['and only there', '/v1/objects/shop/invoice/90001234/timeline', []],
    ['eighteen characters of Salesforce', '/v1/objects/salesforce/Account/001D000000IqhSL/timeline', ['sf']],
    ['another type is another object', '/v1/objects/shop/invoice/W1/timeline', []],
    ['a person without events', '/v1/users/nobody/timeline', []],
    ['a pseudonym of nobody', `/v1/users/${pseudonymOf('default', 'x', 'y')}/timeline`, []],
  ])('%s', async (_name, url, expected) => expect(ids((await api.get(url)).body)).toEqual(expected));
  test('resolve normalises by the rules of each system', async () => {
    const { body } = await api.get('/v1/resolve?q=0090001234');
    expect(body.data.map(({ kind, name }: Json) => [kind, name.system, name.id])).toEqual([
      ['object', 'sap-prod', '90001234'],
      ['object', 'shop', '0090001234'],
    ]);
    expect((await api.get('/v1/resolve?q=90001234')).body.data.map(({ name }: Json) => name.system)).toEqual([
      'sap-prod',
    ]);
    const hash = (await api.get('/v1/events/a1')).body.record_hash;
    expect(
      (await api.get(`/v1/resolve?q=${hash.toUpperCase()}`)).body.data.map(({ kind, name }: Json) => [kind, name.id]),
    ).toEqual([['record_hash', 'a1']]);
  });

  test.each([
    '/v1/cases/helpdesk:4711/timeline',
    '/v1/objects/shop/order/W1/timeline',
    '/v1/resolve?q=their%20run',
    '/v1/events/foreign',
  ])("another tenant's %s looks like absent", async (url) => {
    const own = await api.get(url);
    const absent = await api.get(
      url.replace('4711', '4712').replace('W1', 'W2').replace('their', 'nobodys').replace('foreign', 'absent'),
      'investigator',
      'other',
    );
    const theirs = await api.get(url, 'investigator', 'other');
    expect(JSON.stringify(own.body.data ?? own.body)).not.toContain('foreign');
    expect(JSON.stringify(theirs.body)).toContain(url.includes('resolve') ? 'their run' : 'foreign');
    if (url.includes('their') || url.includes('foreign'))
      expect({ ...own.body, as_of: '' }).toEqual({ ...absent.body, as_of: '' });
  });
  test('a tenant in a filter or a cursor changes nothing', async () => {
    expect((await api.post('/v1/search', { tenant_id: 'other' })).body).toMatchObject({ total: 0, data: [] });
    const { body } = await api.post('/v1/search', { limit: 1 });
    const moved = await api.post('/v1/search', { limit: 1, cursor: body.next_cursor }, 'investigator', 'other');
    expect([moved.status, moved.body.code]).toEqual([400, 'cursor_invalid']);
  });

  test('a cursor belongs to who asked, and cannot be made by one who knows how: what it continues was recorded', async () => {
    const { body } = await api.post('/v1/search', { limit: 1 });
    expect((await api.post('/v1/search', { limit: 1, cursor: body.next_cursor }, 'reviewer')).body.code).toBe(
      'cursor_invalid',
    );
    const { c: _check, ...mine } = JSON.parse(Buffer.from(body.next_cursor, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const before = api.recorded.length;
    const binding = bindingOf({
      route: 'timeline/case',
      entity: { kind: 'case', id: '4711', system: 'jira' },
      types: [],
      tenant: 'default',
      from: null,
      to: null,
    });
    const forged = await api.get(`/v1/cases/jira:4711/timeline?cursor=${packToken({ ...mine, b: binding })}`);
    expect([forged.status, forged.body.code, api.recorded.length]).toEqual([400, 'cursor_invalid', before]);
    expect(api.recorded.at(-1)).toMatchObject({ details: { x_more: 'true' } });
  });

  test('a cursor belongs to its question, an as_of must be reached', async () => {
    const { body } = await api.post('/v1/search', { limit: 1 });
    for (const changed of [{ sort: 'desc' }, { run_id: 'x' }, { from: '2026-01-01T00:00:00Z' }])
      expect((await api.post('/v1/search', { limit: 1, cursor: body.next_cursor, ...changed })).body.code).toBe(
        'cursor_invalid',
      );
    expect((await api.get(`/v1/cases/jira:4711/timeline?cursor=${body.next_cursor}`)).body.code).toBe('cursor_invalid');
    expect((await api.post('/v1/search', { limit: 2, cursor: body.next_cursor })).status).toBe(200);
    const later = body.as_of;
    const behind = await openApi({
      run: <Row>(query: Json) =>
        events
          .run<Row>(query)
          .then((rows) =>
            rows.map((row) => ({ ...row, ...((row as Json).next_offset !== undefined && { next_offset: 2 }) })),
          ),
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    const answer = await behind.get(`/v1/cases/jira:4711/timeline?as_of=${later}`);
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([409, 'as_of_ahead', '1']);
    await behind.close();
  });

  test('order: late rows take their place, contradicting causes and coarse times are said', async () => {
    const at = (second: string) => `2026-11-22T07:00:${second}Z`;
    await put([
      { event_id: 'effect', case_refs: of('helpdesk', 'order'), occurred_at: at('01.000000'), causation_id: 'cause' },
      {
        event_id: 'coarse',
        case_refs: of('helpdesk', 'order'),
        occurred_at: at('02.000000'),
        time_precision_us: 1_000_000,
        stream_id: 'other/1/b',
      },
      { event_id: 'inside', case_refs: of('helpdesk', 'order'), occurred_at: at('02.700000') },
      { event_id: 'cause', case_refs: of('helpdesk', 'order'), occurred_at: at('04.000000') },
      {
        event_id: 'late',
        case_refs: of('helpdesk', 'order'),
        occurred_at: at('00.500000'),
        observed_at: '2026-11-23T07:00:00.000000Z',
      },
    ]);
    for (const limit of [100, 1, 2, 3]) {
      const rows: Json[] = [];
      let cursor = '';
      do {
        const { body } = await api.get(`/v1/cases/helpdesk:order/timeline?limit=${limit}${cursor}`);
        rows.push(...body.data);
        cursor = body.next_cursor === null ? '' : `&cursor=${body.next_cursor}`;
      } while (cursor !== '');
      expect(rows.map(({ event_id, order_uncertain, late }) => [event_id, order_uncertain, late])).toEqual([
        ['late', false, true],
        ['effect', true, false],
        ['coarse', true, false],
        ['inside', true, false],
        ['cause', false, false],
      ]);
    }
    expect((await api.get('/v1/events/effect')).body.order_uncertain).toBe(true);
  });

  test('completeness: gaps of the streams shown, closed ones left out, and dead letters', async () => {
    const stream = 'import/1/gappy';
    const gap = (event_id: string, event_type: string, from_seq: number, stream_id = stream) => ({
      event_id,
      event_type,
      gap: { stream_id, from_seq, to_seq: from_seq, kind: 'not_acknowledged' },
    });
    await put([
      { event_id: 'g0', case_refs: of('helpdesk', 'gappy'), stream_id: stream, seq: 1 },
      gap('g1', 'collector.gap.detected', 2),
      gap('g1 again', 'collector.gap.detected', 2),
      gap('g2', 'collector.gap.detected', 5),
      gap('g2 closed', 'collector.gap.closed', 5),
      gap('g3', 'collector.gap.detected', 9, 'import/1/elsewhere'),
    ]);
    const { body } = await api.get('/v1/cases/helpdesk:gappy/timeline');
    expect(body.completeness).toMatchObject({
      no_known_gaps: false,
      cap_reached: false,
      dead_letters: 0,
      gaps: { count: 1, listed: [{ stream_id: stream, from_seq: 2, to_seq: 2, kind: 'not_acknowledged' }] },
    });
    expect((await api.get('/v1/cases/jira:4711/timeline')).body.completeness.no_known_gaps).toBe(true);
    const letter = (tenant_id: string, origin_offset: number) => ({
      dead_letter_id: `projector/t/0/${origin_offset}`,
      tenant_id,
      component: 'projector',
      origin_topic: 'audit.activity.v1',
      origin_offset,
      code: 'row_refused',
      reason: 'x',
      kafka_topic: 'audit.deadletter.v1',
      kafka_offset: origin_offset,
    });
    await events.client.insert({
      table: `${events.generation}.dead_letters`,
      values: [letter('default', 1), letter('default', 1), letter('', 2), letter('other', 3), letter('default', 9)],
      format: 'JSONEachRow',
    });
    await events.projected({ 'audit.deadletter.v1': [5] });
    expect((await api.get('/v1/cases/jira:4711/timeline')).body.completeness).toMatchObject({
      no_known_gaps: false,
      dead_letters: 2,
    });
  });

  test('a big case: total is exact to ten thousand, then a lower bound', async () => {
    for (let batch = 0; batch < 5; batch += 1) {
      await put(
        Array.from({ length: 2_100 }, (_, index) => ({
          event_id: `big/${batch}/${index}`,
          seq: index + 1,
          occurred_at: new Date(Date.UTC(2026, 9, 1) + (batch * 2_100 + index) * 1_000)
            .toISOString()
            .replace('Z', '000Z'),
          case_refs: of('helpdesk', 'big'),
        })),
      );
    }
    const { body } = await api.get('/v1/cases/helpdesk:big/timeline?limit=2');
    expect(body.total).toEqual({ at_least: 10_000 });
    const { body: part } = await api.get('/v1/cases/helpdesk:big/timeline?limit=2&to=2026-10-01T02:00:00Z');
    expect(part.total).toBe(7_200);
    const exactly = await api.get('/v1/cases/helpdesk:big/timeline?limit=1&to=2026-10-01T02:46:40Z');
    expect(exactly.body.total).toBe(10_000);
  }, 240_000);

  test('CSV has all pages of the same answer', async () => {
    const answer = await api.get('/cases/-/timeline?system=helpdesk&id=big&to=2026-10-01T00%3A30%3A00Z&format=csv');
    expect([answer.status, answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'attachment; filename="timeline-of-case.csv"',
    ]);
    const lines = String(answer.body).trim().split('\r\n');
    // A header, 1,800 events over two pages, and the note about the dead letters.
    expect(lines).toHaveLength(1 + 1_800 + 1);
    expect(lines.at(-1)).toContain('dead letters');
  }, 120_000);

  test('names are joined for who may see them, and for nobody else', async () => {
    await content.insertPeople([
      { pseudonym: ada.crm, issuer: 'crm', raw_id: 'ada@example.org', display_name: 'Ada Lovelace', offset: 1 },
      { pseudonym: ada.crm, issuer: 'crm', raw_id: 'ada@example.org', display_name: '', offset: 2 },
    ]);
    const page = async (role: 'investigator' | 'data_team') =>
      String((await api.get('/cases/-/timeline?system=jira&id=4711', role)).body);
    expect(await page('investigator')).toContain('Ada Lovelace');
    expect(await page('data_team')).not.toMatch(/Lovelace|example\.org/);
    const redirected = await api.get('/users/crm:ada@example.org/timeline?limit=5');
    expect([redirected.status, redirected.headers['location']]).toEqual([303, `/users/${ada.crm}/timeline?limit=5`]);
  });

  test('a defect is 500 and an engine that is away 503, both without its words', async () => {
    const broken = await openApi({
      run: events.run,
      generation: 'audit_g9',
      runContent: content.run,
      contentDatabase: content.database,
    });
    const defect = await broken.get('/v1/cases/x/timeline');
    expect([defect.status, JSON.stringify(defect.body).includes('audit_g9')]).toEqual([500, false]);
    await broken.close();
    const client = createClient({ url: 'http://127.0.0.1:1', log: { level: ClickHouseLogLevel.OFF } });
    const away = await openApi({
      run: clickHouseQuery(client),
      generation: 'audit_g1',
      runContent: content.run,
      contentDatabase: content.database,
    });
    const gone = await away.get('/v1/cases/x/timeline');
    expect([
      gone.status,
      gone.body.code,
      gone.headers['retry-after'],
      JSON.stringify(gone.body).includes('ECONN'),
    ]).toEqual([503, 'store_unavailable', '1', false]);
    expect((await away.get('/readyz', null)).status).toBe(503);
    await away.close();
    await client.close();
  });
});
