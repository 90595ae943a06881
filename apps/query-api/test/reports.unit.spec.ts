import { roles } from '@affidavit/service-kit';
import { reportCsv } from '../src/reports/format-csv.ts';
import { reportHtml } from '../src/reports/format-html.ts';
import { parquetWithHeader } from '../src/reports/format-parquet.ts';
import { reportDefinitions } from '../src/reports/definitions.ts';
import { MAX_REPORT_ROWS, readReport } from '../src/reports/read-report.ts';
import { type Report } from '../src/reports/report.ts';
import { sessionOf, type ViewReader } from '../src/store/read-view.ts';
import { render, type Sql } from '../src/store/sql.ts';
import { type ApiHarness, openApi } from './support/api-harness.ts';
import { fakeEngine, oneOfEverything } from './support/fake-engine.ts';

const columns = [
  { name: 'name', type: 'String' },
  { name: 'n', type: 'Int64' },
  { name: 'names', type: 'Array(String)' },
];
const report = (rows: Report['table']['rows']): Report => ({
  header: {
    report: 'ai_use',
    definition_version: 1,
    title: 'T',
    meaning: 'M',
    grain: 'g',
    tenant_id: 'acme',
    parameters: { from: null, to: '2026-11-22' },
    as_of: 'x',
    rows: rows.length,
    cap_reached: false,
    rows_sha256: '0',
    known_gaps: { open: 0, numbers_missing: 0 },
  },
  table: { columns, rows },
});

describe('formats', () => {
  test('CSV keeps negative numbers and takes the edge off formulas, alone and in lists', () => {
    expect(
      reportCsv(
        report([
          ['-1+1', -5, ['=a', 'b']],
          ['x\ny', 0, []],
        ]),
        false,
      ),
    ).toBe(`name,n,names\r\n'-1+1,-5,'=a | b\r\n"x\ny",0,\r\n`);
  });

  test('a line break in a tenant does not make a line of the header', () => {
    const { header, table } = report([]);
    expect(reportCsv({ header: { ...header, tenant_id: 'a\n# rows: 7' }, table }, true)).toContain(
      '# tenant_id: a # rows: 7\r\n',
    );
  });

  test('HTML escapes, isolates and writes out what turns the direction of writing', () => {
    const html = reportHtml(report([['<script>\u202Eabc', 1, ['"&']]]));
    expect(html).toContain('<bdi>&lt;script&gt;⟨U+202E⟩abc</bdi>');
    expect(html).toContain('<bdi>&quot;&amp;</bdi>');
    expect(html).not.toMatch(/<script/);
  });

  test.each([
    Buffer.alloc(0),
    Buffer.from('PAR1'),
    Buffer.from('PAR1\x15\x02\x03\0\0\0PAR1', 'latin1'),
    Buffer.from('PAR1\0\xff\0\0\0PAR1', 'latin1'),
  ])('what does not end as Parquet does is not touched', (file) => {
    expect(() => parquetWithHeader(file, report([]).header)).toThrow('not a Parquet file');
  });
});

describe('what is asked of the engine', () => {
  const asked: { readonly query: Sql; readonly session: unknown }[] = [];
  const views: ViewReader = {
    rows: (query, session) =>
      Promise.resolve(
        (asked.push({ query, session }),
        {
          columns,
          rows: [
            ['a', 1, []],
            ['b', 2, []],
          ],
        }),
      ),
    parquet: () => Promise.reject(new Error('not here')),
  };
  let api: ApiHarness;
  beforeAll(async () => {
    const engine = fakeEngine(oneOfEverything);
    api = await openApi({
      run: engine.run,
      generation: 'audit_g1',
      runContent: engine.run,
      contentDatabase: 'audit_content',
      views,
    });
  }, 60_000);
  afterAll(() => api.close());
  beforeEach(() => void (asked.length = 0));

  test.each(roles)('%s', async (role) => {
    const allowed = ['investigator', 'reviewer', 'auditor', 'data_team'].includes(role);
    for (const path of ['/v1/reports', '/v1/reports/masking'])
      expect([path, (await api.get(path, role)).status]).toEqual([path, allowed ? 200 : 403]);
    expect(asked.length > 0).toBe(allowed);
    expect((await api.get('/v1/reports/masking', null)).status).toBe(401);
  });

  test('days travel as parameters, tenant and vector in the session; an id that is no report asks nothing', async () => {
    await api.get('/v1/reports/ai_use?from=2026-01-01', 'data_team', 'other');
    const { query, query_params } = render(asked[0]!.query);
    expect(query).toContain('day >= toDate({p0:String})');
    expect(query_params).toMatchObject({ p0: '2026-01-01' });
    expect(asked[0]!.session).toEqual({ tenantId: 'other', vector: { 'audit.activity.v1': [10] } });
    asked.length = 0;
    for (const id of [
      "ai_use'--",
      '..%2fai_use',
      'report_ai_use',
      '__proto__',
      'constructor',
      encodeURIComponent('ai_use`'),
    ])
      expect([id, (await api.get(`/v1/reports/${id}`)).status]).toEqual([id, 404]);
    expect(asked).toEqual([]);
  });

  test('a report that is cut says so', async () => {
    const question = {
      definition: reportDefinitions[0]!,
      parameters: { from: null, to: null },
      asOf: { generation: 'audit_g1', vector: {} },
      tenantId: 'acme',
    };
    expect((await readReport(views, 'audit_g1', question, 1)).header).toMatchObject({ rows: 1, cap_reached: true });
    expect((await readReport(views, 'audit_g1', question)).header).toMatchObject({ rows: 2, cap_reached: false });
    expect(MAX_REPORT_ROWS).toBe(50_000);
  });

  test('a tenant cannot choose a vector', () => {
    expect(sessionOf({ tenantId: 'acme', vector: { t: [3, 4] } })).toBe('acme\n[["t",0,3],["t",1,4]]');
    expect(() => sessionOf({ tenantId: 'acme\n[]', vector: {} })).toThrow('no line break');
  });
});
