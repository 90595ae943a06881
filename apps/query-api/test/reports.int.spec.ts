import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '@affidavit/audit-model';
import { reportDefinitions } from '../src/reports/definitions.ts';
import { clickHouseViews } from '../src/store/read-view.ts';
import { type ApiHarness, openApi, pseudonymOf } from './support/api-harness.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const ada = pseudonymOf('default', 'crm', 'ada');

describe('reports on the real engine', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;

  const call = (n: number, more: object = {}) => ({
    event_id: `m${n}`,
    event_type: 'model.call.completed',
    occurred_at: `2026-11-2${n}T23:59:59.000000Z`,
    run_id: `r${n}`,
    call_id: `c${n}`,
    actor: { type: 'agent', id: 'bot' },
    agent: { id: 'bot' },
    on_behalf_of: [{ type: 'human', id: ada, issuer: 'crm' }],
    workspace_id: n === 1 ? '=cmd()' : 'legal, "EU"',
    model: { provider: 'openai', request_model: 'gpt-x' },
    usage: { input_tokens: 10 * n, output_tokens: 1, cost: '0.125', currency: 'EUR' },
    outcome: { status: 'success' },
    ...more,
  });
  const sent = {
    event_id: 'w1',
    event_type: 'message.sent',
    occurred_at: '2026-11-21T10:00:00.000000Z',
    actor: { type: 'agent', id: 'bot' },
    effect_id: 'e1',
    message: {
      channel: 'email',
      recipients: [{ id: '', issuer: '', domain: 'example.org', kind: 'to', external: true }],
    },
  };

  // The mail server reports the message under its own id; a rule found that it is this one.
  const reported = {
    event_id: 'w1-reported',
    event_type: 'object.change.confirmed',
    occurred_at: '2026-11-21T10:00:02.000000Z',
    source: { system: 'mail' },
    effect_id: 'mail-1',
  };
  const link = {
    link_id: 'l1',
    kind: 'effect_confirmation',
    from_kind: 'event',
    from_id: ':w1',
    to_kind: 'event',
    to_id: ':w1-reported',
    basis: 'rule',
  };
  const say = (offset: number, event_type: string, said: object = { link_id: 'l1', basis: 'rule' }) => ({
    event: { event_id: `say-${offset}`, event_type, link: said },
    place: { topic: 'audit.control.v1', offset },
  });

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
      views: clickHouseViews(events.client),
    });
    await events.insert([
      { event: call(1), place: { offset: 0 } },
      { event: call(2), place: { offset: 1 } },
      { event: sent, place: { offset: 2 } },
      { event: call(3, { tenant_id: 'other' }), place: { offset: 3 } },
      {
        event: {
          event_id: 'g1',
          event_type: 'collector.gap.detected',
          gap: { stream_id: 'a/1/b', from_seq: 3, to_seq: 7, kind: 'sequence' },
        },
        place: { offset: 4 },
      },
      { event: reported, place: { offset: 5 } },
      say(0, 'link.asserted', link),
    ]);
    await events.projected({ 'audit.activity.v1': [6], 'audit.control.v1': [1] });
  }, 90_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  const raw = async (url: string): Promise<Buffer> => {
    const answer = await api.app.inject({
      method: 'GET',
      url,
      headers: { authorization: `Bearer ${api.token('data_team')}` },
    });
    expect([url, answer.statusCode]).toEqual([url, 200]);
    return answer.rawPayload;
  };

  test('the list names every report, and each answers', async () => {
    const { body } = await api.get('/v1/reports', 'data_team');
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(reportDefinitions.map(({ id }) => id));
    for (const { link } of body.data as { link: { path: string } }[]) {
      const { status, body: report } = await api.get(link.path, 'data_team');
      const version = reportDefinitions.find(({ id }) => id === report.report)?.version;
      expect([link.path, status, report.definition_version]).toEqual([link.path, 200, version]);
      expect(report.rows_sha256).toBe(createHash('sha256').update(canonicalJson(report.data)).digest('hex'));
    }
  }, 60_000);

  test('rows, days and header as worked out by hand', async () => {
    const { body } = await api.get('/v1/reports/usage_cost?from=2026-11-22&to=2026-11-23', 'data_team');
    expect(body).toMatchObject({
      report: 'usage_cost',
      definition_version: 2,
      tenant_id: 'default',
      parameters: { from: '2026-11-22', to: '2026-11-23' },
      rows: 1,
      cap_reached: false,
      known_gaps: { open: 1, numbers_missing: 5 },
      data: [
        {
          day: '2026-11-22',
          workspace_id: 'legal, "EU"',
          model: 'gpt-x',
          currency: 'EUR',
          model_calls: 1,
          input_tokens: 20,
          cost: '0.125000000000',
        },
      ],
    });
    expect(body.columns[0]).toEqual({ name: 'day', type: 'Date' });
    expect((await api.get('/v1/reports/effects_without_decision')).body.data).toMatchObject([
      { day: '2026-11-21', kind: 'effect', effect_id: 'e1', confirmed: true, event_ids: ['w1', 'w1-reported'] },
    ]);
    const { body: foreign } = await api.get('/v1/reports/usage_cost', 'data_team', 'other');
    expect(foreign.data.map(({ day }: { day: string }) => day)).toEqual(['2026-11-23']);
  });

  test('CSV: the header above, cells that cannot become formulas, lines that a parser reads', async () => {
    const text = (await raw('/v1/reports/usage_cost?format=csv')).toString('utf8');
    const lines = text.split('\r\n');
    expect(lines.filter((line) => line.startsWith('# '))).toEqual(
      expect.arrayContaining(['# report: usage_cost', '# definition_version: 2', '# rows: 2', '# known_gaps.open: 1']),
    );
    expect(text).toContain(`"'=cmd()"`.slice(1, -1));
    expect(text).toContain('"legal, ""EU"""');
    const bare = (await raw('/v1/reports/usage_cost?format=csv&header=false')).toString('utf8');
    expect(bare.split(',', 1)[0]).toBe('day');
    expect(text.endsWith(bare)).toBe(true);
  });

  test('HTML shows header and rows, escaped, under a policy that lets its style in', async () => {
    const { body, headers } = await api.get('/v1/reports/usage_cost?format=html');
    expect(body).toContain('legal, &quot;EU&quot;');
    expect(body).toContain('<dt>definition version</dt><dd>2</dd>');
    const style = /<style>([^<]*)<\/style>/.exec(String(body))?.[1] ?? '';
    expect(headers['content-security-policy']).toContain(
      `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    );
  });

  test('Parquet: the engine reads the rows back, and the file itself says what it is', async () => {
    const file = await raw('/v1/reports/usage_cost?format=parquet');
    const { body } = await api.get('/v1/reports/usage_cost');
    expect(file.includes(Buffer.from(body.rows_sha256 as string))).toBe(true);
    const dir = await mkdtemp(join(tmpdir(), 'affidavit-parquet-'));
    try {
      const path = join(dir, 'report.parquet');
      await writeFile(path, file);
      const answer = await events.client.query({
        query: `SELECT toString(day) AS day, input_tokens FROM file({path:String}, 'Parquet') ORDER BY day`,
        query_params: { path },
        format: 'JSONEachRow',
        clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
      });
      expect(await answer.json()).toEqual([
        { day: '2026-11-21', input_tokens: 10 },
        { day: '2026-11-22', input_tokens: 20 },
      ]);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  const asJson = (name: string, value: string | number): string =>
    `"${name.split('.').pop()!}":${JSON.stringify(value)}`;
  test.each([
    ['json', asJson],
    ['csv', (name: string, value: string | number) => `# ${name}: ${value}\r\n`],
    ['html', (name: string, value: string | number) => `<dt>${name.replaceAll('_', ' ')}</dt><dd>${value}</dd>`],
    ['parquet', asJson],
  ])('as %s a report says what it is: version, days, as_of, rows, hash, gaps', async (format, written) => {
    const path = '/v1/reports/usage_cost?from=2026-11-21&to=2026-11-23';
    const { as_of, rows_sha256 } = (await api.get(path)).body as Record<string, string>;
    const header = {
      definition_version: 2,
      'parameters.from': '2026-11-21',
      'parameters.to': '2026-11-23',
      as_of: as_of!,
      rows: 2,
      rows_sha256: rows_sha256!,
      'known_gaps.open': 1,
      'known_gaps.numbers_missing': 5,
    };
    const text = (await raw(`${path}&format=${format}&as_of=${as_of}`)).toString('latin1');
    for (const [name, value] of Object.entries(header))
      expect([name, text.includes(written(name, value))]).toEqual([name, true]);
  });

  test('the same as_of gives the same bytes in every format, whatever came after it', async () => {
    const { body } = await api.get('/v1/reports/ai_use');
    const urls = reportDefinitions.flatMap(({ id }) =>
      ['json', 'csv', 'html', 'parquet'].map(
        (format) => `/v1/reports/${id}?format=${format}&as_of=${body.as_of as string}`,
      ),
    );
    const before = new Map<string, string>();
    for (const url of urls)
      before.set(
        url,
        createHash('sha256')
          .update(await raw(url))
          .digest('hex'),
      );
    // Copies of what was there, one of them with other facts; more events; links said anew and taken back.
    await events.insert([
      { event: call(2), place: { offset: 6 } },
      { event: { ...sent, occurred_at: '2026-11-20T10:00:00.000000Z' }, place: { offset: 7 } },
      { event: call(4), place: { offset: 8 } },
      {
        event: {
          event_id: 'q1',
          event_type: 'audit.query.executed',
          query: { kind: 'search' },
          actor: { type: 'human', id: ada },
        },
        place: { offset: 0, topic: 'audit.access.v1' },
      },
      { ...say(0, 'link.asserted', { ...link, to_id: 'nothing' }), place: { topic: 'audit.control.v1', offset: 1 } },
      say(2, 'link.retracted'),
      {
        event: {
          event_id: 'p1',
          event_type: 'policy.evaluated',
          run_id: 'r1',
          call_id: 'c1',
          policy: { policy_id: 'p', decision: 'deny', enforcement: 'enforced' },
        },
        place: { topic: 'audit.control.v1', offset: 3 },
      },
    ]);
    await events.projected({ 'audit.activity.v1': [9], 'audit.control.v1': [4], 'audit.access.v1': [1] });
    for (const url of urls)
      expect([
        url,
        createHash('sha256')
          .update(await raw(url))
          .digest('hex'),
      ]).toEqual([url, before.get(url)]);
    expect((await api.get('/v1/reports/ai_use')).body.rows).toBe(3);
    expect((await api.get('/v1/reports/effects_without_decision')).body.data).toMatchObject([
      { effect_id: 'e1', day: '2026-11-21', confirmed: false, event_ids: ['w1'] },
    ]);
    expect((await api.get('/v1/reports/policy_enforcement')).body.data).toMatchObject([
      { evaluations: 1, superseded: 0, actions: 1, executed_against_decision: 1, overridden: 0 },
    ]);
  }, 180_000);

  test('each report that was made is an event of its own, a refusal a query', async () => {
    const before = api.recorded.length;
    await api.get('/v1/reports/masking?reason=AUD-1', 'auditor');
    expect((await api.get('/v1/reports/masking', 'administrator')).status).toBe(403);
    expect((await api.get('/v1/reports/nothing', 'auditor')).status).toBe(404);
    expect(api.recorded.slice(before)).toMatchObject([
      {
        event_type: 'audit.report.generated',
        query: { kind: 'report', reason: 'AUD-1', rows: 0 },
        details: { report_id: 'masking', definition_version: '1' },
      },
      { event_type: 'audit.query.executed', outcome: { status: 'denied' }, details: { status: '403' } },
      { event_type: 'audit.query.executed', details: { status: '404' } },
    ]);
  });

  test.each([
    'format=xml',
    'from=2026-11-22T00:00:00Z',
    'from=2026-02-30',
    'from=2026-11-23&to=2026-11-22',
    'as_of=xyz',
    'header=no',
    'format=json&header=false',
    'limit=3',
    "from=2026-11-22'--",
    'from=2026-11-22&from=2026-11-23',
  ])('?%s is refused', async (query) => {
    const { status, body } = await api.get(`/v1/reports/ai_use?${query}`);
    expect([status, ['invalid_parameter', 'as_of_invalid'].includes(body.code as string)]).toEqual([400, true]);
  });
});
