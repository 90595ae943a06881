import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDoorFixture, type DoorFixture } from './door-fixture.ts';

/**
 * Everything that a reader might try, against the real engine. `SECRET` stands for what the machine or another tenant
 * has.
 */
describe('a reader of the ClickHouse door', () => {
  let fixture: DoorFixture;
  let stolen: string;
  beforeAll(async () => {
    fixture = await openDoorFixture();
    stolen = join(fixture.dir, 'stolen');
    for (const sql of [
      'CREATE DATABASE audit_g1',
      'CREATE DATABASE audit',
      'CREATE TABLE audit_g1.events (tenant_id String, run_key String, n Int64, tags Array(String)) ENGINE = MergeTree ' +
        'ORDER BY (tenant_id, run_key)',
      // One insert: both tenants in one granule, where nothing but the filter keeps them apart.
      "INSERT INTO audit_g1.events SELECT 'acme', toString(number), number, ['a'] FROM numbers(20) UNION ALL SELECT " +
        "'umbra', concat('SECRET', toString(number)), number, ['b'] FROM numbers(20)",
      "CREATE FUNCTION audit_reader_tenant AS () -> getSetting('log_comment')",
      'CREATE VIEW audit.events AS SELECT * FROM audit_g1.events WHERE tenant_id = audit_reader_tenant()',
      'CREATE VIEW audit.firsts AS SELECT * FROM audit_g1.events WHERE tenant_id = audit_reader_tenant() LIMIT 1 BY ' +
        'tenant_id, run_key',
      'CREATE TABLE audit_g1.joined (k String, v String) ENGINE = Join(ANY, LEFT, k)',
      "INSERT INTO audit_g1.joined VALUES ('k', 'SECRET')",
    ]) {
      expect(await fixture.ask('writer', sql)).toMatchObject({ status: 200 });
    }
  });
  afterAll(() => fixture.close());

  test.each([
    ['SELECT count(), min(tenant_id), max(tenant_id) FROM audit.events', '20\tacme\tacme\n'],
    ['SELECT count() FROM events', '20\n'],
    ['select /* a comment; with a semicolon */ count() from `audit`."events" -- ; select 2', '20\n'],
    [
      "SELECT sumIf(n, n > 10), uniqExact(run_key), arrayJoin(tags) AS tag, 'a;b' FROM events GROUP BY tag",
      '135\t20\ta\ta;b\n',
    ],
    [
      'WITH top AS (SELECT * FROM events ORDER BY n DESC LIMIT 2) SELECT run_key FROM top WHERE run_key IN (SELECT run_key ' +
        'FROM firsts) ORDER BY run_key',
      '18\n19\n',
    ],
    ['SELECT n, row_number() OVER (PARTITION BY tenant_id ORDER BY n) AS r FROM events ORDER BY n LIMIT 1', '0\t1\n'],
    [
      'SELECT CASE n WHEN 1 THEN 2 ELSE 3 END AS c, toDate(0), now() > 0, interval 1 day, * EXCEPT (tags, tenant_id, ' +
        'run_key) FROM events WHERE n BETWEEN 1 AND 1',
      '2\t1970-01-01\t1\t1\t1\n',
    ],
    ['SELECT 1 UNION ALL (SELECT 1) INTERSECT SELECT 1', '1\n1\n'],
    ['SELECT e.n, f.n FROM events AS e JOIN firsts AS f USING (run_key) ORDER BY e.n LIMIT 1', '0\t0\n'],
    ['SHOW TABLES', 'events\nfirsts\n'],
    ["SHOW TABLES FROM audit LIKE 'e%'", 'events\n'],
    ['SHOW DATABASES', 'audit\n'],
    ['EXISTS audit.events', '1\n'],
    ['SELECT 1 AS a FORMAT JSONEachRow', '{"a":1}\n'],
    ['', undefined],
  ])('may: %s', async (sql, expected) => {
    const { status, text } = await fixture.ask('acme', sql);
    expect({ status, text }).toEqual(
      expected === undefined ? { status: 400, text: expect.any(String) as unknown } : { status: 200, text: expected },
    );
  });

  test.each([
    'DESCRIBE audit.events',
    'SHOW CREATE TABLE events',
    'SHOW COLUMNS FROM events FROM audit',
    'EXPLAIN SELECT count() FROM events',
    'EXPLAIN AST SELECT 1',
  ])('may: %s', async (sql) => {
    expect((await fixture.ask('acme', sql)).status).toBe(200);
  });

  test('may give typed parameters', async () => {
    const url = { param_n: '3', param_l: "['1','2']", param_t: '2026-01-01 00:00:00', param_m: "{'a':1}" };
    expect(
      await fixture.ask(
        'acme',
        'SELECT n, {m:Map(String, Int64)}, {t:DateTime64(3)} FROM events WHERE n = {n:Int64} OR run_key IN ' +
          '{l:Array(String)} ORDER BY n LIMIT {n:UInt8}',
        url,
      ),
    ).toMatchObject({
      status: 200,
      text: [1, 2, 3].map((n) => `${n}\t{'a':1}\t2026-01-01 00:00:00.000\n`).join(''),
    });
  });

  test('is its tenant, and nobody else, in every query of many at once', async () => {
    const users = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? ('acme' as const) : ('umbra' as const)));
    const answers = await Promise.all(
      users.map((user) => fixture.ask(user, 'SELECT any(tenant_id), {p:String} FROM events', { param_p: user })),
    );
    expect(answers.map(({ text }) => text)).toEqual(users.map((user) => `${user}\t${user}\n`));
  });

  test("finds nothing of an earlier query's parameters", async () => {
    await fixture.ask('umbra', 'SELECT {left_over:String}', { param_left_over: 'SECRET' });
    for (let index = 0; index < 10; index += 1) {
      expect(await fixture.ask('acme', 'SELECT {left_over:String}')).toMatchObject({
        status: 400,
        text: expect.stringMatching(/^Code: 456/) as unknown,
      });
    }
  });

  const file = '/etc/passwd';
  const refused: [string, string, Record<string, string>?][] = [
    // Files, other machines and other tables through table functions.
    ['a file', `SELECT * FROM file('${file}', 'LineAsString')`],
    ['a URL', "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')"],
    ['S3', "SELECT * FROM s3('http://127.0.0.1:1/b/k', 'CSV')"],
    ['another server', "SELECT * FROM remote('127.0.0.1', 'audit_g1', 'events')"],
    ['merge()', "SELECT * FROM merge('audit_g1', 'events')"],
    ['view()', 'SELECT * FROM view(SELECT * FROM audit_g1.events)'],
    ['loop()', 'SELECT * FROM loop(audit_g1.events)'],
    ['executable()', "SELECT * FROM executable('x', 'TSV', 'a String')"],
    ['generateRandom()', "SELECT * FROM generateRandom('a Int8')"],
    ['numbers()', 'SELECT * FROM numbers(1000000000000)'],
    ['a table function in a join', `SELECT 1 FROM events JOIN file('${file}', 'LineAsString') AS f ON 1 = 1`],
    ['a table function in a subquery', `SELECT (SELECT count() FROM file('${file}', 'LineAsString'))`],
    ['a table function in WITH', `WITH x AS (SELECT * FROM file('${file}', 'LineAsString')) SELECT * FROM x`],
    ['a table function in UNION', `SELECT 'a' UNION ALL SELECT * FROM file('${file}', 'LineAsString')`],
    ['a table function behind IN', "SELECT 1 IN remote('127.0.0.1', 'audit_g1', 'events')"],
    ['merge behind IN', "SELECT 'x' IN merge('audit_g1', 'joined')"],
    ['quoted names of functions', `SELECT * FROM \`file\`('${file}', 'LineAsString')`],
    ['capitals', `SELECT * FROM FILE('${file}', 'LineAsString')`],
    ['DESCRIBE of a function', `DESCRIBE TABLE file('${file}', 'LineAsString')`],
    ['mergeTreeIndex', 'SELECT * FROM mergeTreeIndex(audit_g1, events)'],
    // Scalar functions that read.
    ['file()', `SELECT file('${file}')`],
    ['file() in WHERE', `SELECT 1 FROM events WHERE file('${file}') != ''`],
    ['file() in ORDER BY', `SELECT 1 FROM events ORDER BY file('${file}')`],
    ['file() through APPLY', `SELECT * APPLY(file) FROM (SELECT '${file}')`],
    ['file() through REPLACE', `SELECT * REPLACE(file('${file}') AS n) FROM events`],
    ['file() in a lambda', `SELECT arrayMap(x -> file(x), ['${file}'])`],
    ['file() in a window', `SELECT sum(n) OVER w FROM events WINDOW w AS (ORDER BY file('${file}'))`],
    [
      'file() in INTERPOLATE',
      `SELECT n, run_key FROM events ORDER BY n WITH FILL INTERPOLATE (run_key AS file('${file}'))`,
    ],
    ['joinGet', "SELECT joinGet('audit_g1.joined', 'v', 'k')"],
    ['dictGet', "SELECT dictGet('audit_g1.d', 'v', 1)"],
    ['hasColumnInTable', "SELECT hasColumnInTable('audit_g1', 'events', 'n')"],
    ['getSetting', "SELECT getSetting('log_comment')"],
    ['getServerSetting', "SELECT getServerSetting('path')"],
    ['hostName', 'SELECT hostName()'],
    ['sleep', 'SELECT sleep(3)'],
    ['catboostEvaluate', "SELECT catboostEvaluate('/m', 1)"],
    // Other tables.
    ['the generation', 'SELECT * FROM audit_g1.events'],
    ['the generation, quoted', 'SELECT * FROM "audit_g1"."events"'],
    ['the generation behind IN', "SELECT 'SECRET0' IN audit_g1.joined"],
    ['the generation behind NOT IN', "SELECT ('k', 'v') NOT IN (audit_g1.joined)"],
    ['the generation behind GLOBAL IN', "SELECT ('k', 'v') GLOBAL IN audit_g1.joined"],
    ['the generation behind IN through WITH', "WITH audit_g1.joined AS t SELECT ('k', 'SECRET') IN t"],
    ['the generation behind in()', "SELECT in(('k', 'SECRET'), audit_g1.joined)"],
    ['the generation in a scalar subquery', 'SELECT (SELECT max(run_key) FROM audit_g1.events)'],
    ['the generation in EXISTS', 'SELECT EXISTS(SELECT 1 FROM audit_g1.events)'],
    [
      'the generation in ARRAY JOIN',
      'SELECT 1 FROM events ARRAY JOIN (SELECT groupArray(run_key) FROM audit_g1.events) AS x',
    ],
    ['the generation in EXPLAIN', 'EXPLAIN SELECT * FROM audit_g1.events'],
    ['EXPLAIN in FROM', 'SELECT * FROM (EXPLAIN SELECT * FROM audit_g1.events)'],
    ['viewExplain', "SELECT * FROM viewExplain('EXPLAIN', '', (SELECT 1))"],
    ['an identifier parameter for a table', 'SELECT * FROM {t:Identifier}.events', { param_t: 'audit_g1' }],
    ['an identifier parameter behind IN', "SELECT ('k', 'SECRET') IN {d:Identifier}.joined", { param_d: 'audit_g1' }],
    ['an identifier parameter with a dot', "SELECT ('k', 'SECRET') IN {d:Identifier}", { param_d: 'audit_g1.joined' }],
    ['system tables', 'SELECT * FROM system.tables'],
    ['system.query_log', 'SELECT * FROM system.query_log'],
    ['system.processes', 'SELECT query FROM system.processes'],
    ['the information schema', 'SELECT * FROM information_schema.tables'],
    ['the system behind IN', "SELECT 'a' IN system.databases"],
    ['another database in the URL', 'SELECT * FROM events', { database: 'audit_g1' }],
    ['USE', 'USE audit_g1'],
    ['a name with a line break', 'SELECT 1 AS `a\n TableIdentifier x`'],
    ['DESCRIBE of the generation', 'DESCRIBE audit_g1.events'],
    ['SHOW CREATE of the generation', 'SHOW CREATE TABLE audit_g1.events'],
    ['SHOW TABLES of the generation', 'SHOW TABLES FROM audit_g1'],
    ['SHOW COLUMNS of the generation', 'SHOW COLUMNS FROM events FROM audit_g1'],
    ['SHOW PROCESSLIST', 'SHOW PROCESSLIST'],
    ['SHOW SETTINGS', "SHOW SETTINGS LIKE '%'"],
    ['SHOW FUNCTIONS', 'SHOW FUNCTIONS'],
    ['EXISTS of the generation', 'EXISTS TABLE audit_g1.events'],
    ['CHECK', 'CHECK TABLE audit_g1.events'],
    // Writing.
    ['INSERT', "INSERT INTO audit_g1.events VALUES ('acme', 'x', 1, [])"],
    ['INSERT SELECT', "INSERT INTO audit_g1.events SELECT 'acme', 'x', 1, []"],
    ['INSERT INTO FUNCTION', "INSERT INTO FUNCTION file('STOLEN', 'CSV', 'a Int8') SELECT 1"],
    ['INSERT FROM INFILE', `INSERT INTO audit_g1.events FROM INFILE '${file}' FORMAT CSV`],
    ['INSERT with WITH before it', "WITH x AS (SELECT 1) INSERT INTO audit_g1.events SELECT 'acme', 'x', 1, []"],
    ['INTO OUTFILE', "SELECT 1 INTO OUTFILE 'STOLEN'"],
    ['INTO OUTFILE behind EXPLAIN', "EXPLAIN AST SELECT 1 INTO OUTFILE 'STOLEN'"],
    ['INTO OUTFILE in brackets', "(SELECT 1) INTO OUTFILE 'STOLEN'"],
    ['INTO OUTFILE with a format', "SELECT 1 INTO OUTFILE 'STOLEN' FORMAT CSV"],
    ['INTO OUTFILE behind SHOW', "SHOW TABLES INTO OUTFILE 'STOLEN'"],
    ['INTO OUTFILE behind DESCRIBE', "DESCRIBE audit.events INTO OUTFILE 'STOLEN'"],
    ['INTO OUTFILE behind a forged FORMAT', "SELECT 1 INTO OUTFILE 'STOLEN' FORMAT CSV FORMAT CSV"],
    ['CREATE TABLE', 'CREATE TABLE audit.x (a Int8) ENGINE = Memory'],
    ['CREATE TEMPORARY TABLE', 'CREATE TEMPORARY TABLE x AS SELECT 1'],
    ['CREATE FUNCTION', 'CREATE FUNCTION mine AS x -> x'],
    ['DROP', 'DROP TABLE audit_g1.events'],
    ['TRUNCATE', 'TRUNCATE TABLE audit_g1.events'],
    ['ALTER', 'ALTER TABLE audit_g1.events DELETE WHERE 1'],
    ['ATTACH', 'ATTACH TABLE audit.x (a Int8) ENGINE = Memory'],
    ['RENAME', 'RENAME TABLE audit.events TO audit.e'],
    ['OPTIMIZE', 'OPTIMIZE TABLE audit_g1.events'],
    ['SYSTEM', 'SYSTEM SHUTDOWN'],
    ['KILL', 'KILL QUERY WHERE 1'],
    ['BACKUP', "BACKUP TABLE audit_g1.events TO File('STOLEN')"],
    ['GRANT', 'GRANT SELECT ON *.* TO default'],
    ['EXECUTE AS', 'EXECUTE AS default SELECT 1'],
    // Settings.
    ['SETTINGS readonly', 'SELECT 1 SETTINGS readonly = 0'],
    ['SETTINGS of another tenant', "SELECT * FROM events SETTINGS log_comment = 'umbra'"],
    ['SETTINGS in a subquery', "SELECT * FROM (SELECT * FROM events SETTINGS log_comment = 'umbra')"],
    ['SETTINGS behind FORMAT', 'SELECT 1 FORMAT CSV SETTINGS readonly = 0'],
    ['SETTINGS behind EXPLAIN', 'EXPLAIN PLAN indexes = 1 SELECT 1'],
    ['SET', 'SET readonly = 0'],
    ['SET of a parameter', "SET param_x = '1'"],
    // Several statements and what may hide one.
    ['two statements', 'SELECT 1; SELECT 2'],
    ['a second statement that writes', "SELECT 1; SELECT 1 INTO OUTFILE 'STOLEN'"],
    ['a second statement behind a comment', "SELECT 1 /* ; */ ; SELECT 1 INTO OUTFILE 'STOLEN'"],
    ['a bracket that closes the check', "SELECT 1); SELECT 1 INTO OUTFILE 'STOLEN' --"],
    ['a bracket that closes the check, in one statement', 'SELECT 1) UNION ALL SELECT * FROM audit_g1.events --'],
    ['a quote that closes the literal', "SELECT 1\\'); SELECT 1 INTO OUTFILE \\'STOLEN\\' --"],
    ['a heredoc', "SELECT $a$ ' $a$; SELECT 1 INTO OUTFILE 'STOLEN'"],
    ['a zero byte', "SELECT 1\0; SELECT 1 INTO OUTFILE 'STOLEN'"],
    ['PARALLEL WITH', "SELECT 1 PARALLEL WITH SELECT 1 INTO OUTFILE 'STOLEN'"],
    ['another kind of blank', 'SELECT\u00a0*\u2003FROM\u00a0audit_g1.events'],
    ['another kind of quote', 'SELECT * FROM \u201caudit_g1\u201d.\u201cevents\u201d'],
    ['an escape in a quoted name', 'SELECT * FROM "audit\\x5fg1"."events"'],
    ['a stream', 'SELECT * FROM events STREAM'],
    ['BEGIN', 'BEGIN TRANSACTION'],
    // In the URL.
    ['format in the URL', 'SELECT 1', { default_format: "CSV SETTINGS readonly = 0; SELECT 1 INTO OUTFILE 'STOLEN'" }],
    ['a parameter with a forged name', 'SELECT 1', { "param_x = '1', readonly": '0' }],
  ];
  test.each(refused)('may not: %s', async (_, sql, url = {}) => {
    const before = (await fixture.ask('writer', 'SELECT count(), sum(n) FROM audit_g1.events')).text;
    const put = (text: string) => text.replaceAll('STOLEN', stolen);
    const answer = await fixture.ask(
      'acme',
      put(sql),
      Object.fromEntries(Object.entries(url).map(([name, value]) => [name, put(value)])),
    );
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers.get('x-clickhouse-exception-code')).toMatch(/^\d+$/);
    expect(answer.text).toMatch(/^Code: \d+\. DB::Exception: /);
    // The query itself may be quoted; what it is after may not appear.
    expect(answer.text).not.toMatch(/root:|umbra|\/engine\/|SECRET\d/);
    expect(existsSync(stolen)).toBe(false);
    expect((await fixture.ask('writer', 'SELECT count(), sum(n) FROM audit_g1.events')).text).toBe(before);
  });

  test.each([
    'SELECT count() FROM events WHERE toUInt64(run_key) >= 0',
    "SELECT count() FROM events WHERE throwIf(run_key LIKE 'SECRET%', 'seen') = 0 AND n >= 0",
    "SELECT count() FROM firsts WHERE throwIf(run_key LIKE 'SECRET%', 'seen') = 0 AND n >= 0",
    "SELECT count() FROM (SELECT * FROM events WHERE throwIf(run_key LIKE 'SECRET%', 'seen') = 0)",
    'SELECT count() FROM events AS e JOIN (SELECT toInt64(number) AS n FROM (SELECT arrayJoin(range(20)) AS number)) AS x ' +
      "ON e.n = x.n AND throwIf(e.run_key LIKE 'SECRET%', 'seen') = 0",
    "WITH w AS (SELECT run_key, n FROM events) SELECT count() FROM w WHERE n >= 0 AND throwIf(run_key LIKE 'SECRET%', 'seen') = 0",
    "SELECT count() FROM events ARRAY JOIN tags AS t WHERE throwIf(run_key LIKE 'SECRET%', 'seen') = 0",
    "SELECT countIf(throwIf(run_key LIKE 'SECRET%', 'seen') = 0) FROM events",
    "SELECT count() FROM events GROUP BY throwIf(run_key LIKE 'SECRET%', 'seen')",
    "SELECT count() FROM (SELECT * FROM events ORDER BY n LIMIT 100) WHERE throwIf(run_key LIKE 'SECRET%', 'seen') = 0",
    "SELECT max(c) FROM (SELECT run_key, count() OVER () AS c FROM events) WHERE throwIf(run_key LIKE 'SECRET%', 'seen') = 0",
    'SELECT count() FROM (SELECT * FROM events UNION ALL SELECT * FROM firsts WHERE 0) WHERE throwIf(run_key LIKE ' +
      "'SECRET%', 'seen') = 0",
  ])("a condition is not evaluated on another tenant's rows: %s", async (sql) => {
    expect(await fixture.ask('acme', sql)).toMatchObject({ status: 200, text: '20\n' });
  });

  test('a client may ask for less than the caps, not for more', async () => {
    expect((await fixture.ask('acme', 'SELECT n FROM events', { max_result_rows: '10' })).text).toMatch(/^Code: 396\b/);
    expect(
      (await fixture.ask('acme', 'SELECT arrayJoin(range(100000)) FROM events', { max_result_rows: '0' })).text,
    ).toMatch(/^Code: 396\b/);
    expect(
      (
        await fixture.ask('acme', 'SELECT groupArray(repeat(toString(arrayJoin(range(100000))), 10000)) FROM events', {
          max_memory_usage: '0',
        })
      ).text,
    ).toMatch(/^Code: 241\b/);
    expect(
      (
        await fixture.ask(
          'acme',
          'SELECT sum(a.x + b.x) FROM (SELECT arrayJoin(range(1000000)) AS x) AS a CROSS JOIN (SELECT ' +
            'arrayJoin(range(1000000)) AS x) AS b',
          { max_execution_time: '1' },
        )
      ).text,
    ).toMatch(/^Code: 159\b/);
  });
});
