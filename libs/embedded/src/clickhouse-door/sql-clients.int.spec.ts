import { execFileSync } from 'node:child_process';
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { openDoorFixture, PASSWORDS, type DoorFixture } from './door-fixture.ts';
import { pythonWithClickHouse } from './python-client.ts';

const found = pythonWithClickHouse();
const python = 'python' in found ? found.python : null;
const withPython = python === null ? test.skip : test;

const SCRIPT = `
import json, sys, clickhouse_connect
client = clickhouse_connect.get_client(host='127.0.0.1', port=int(sys.argv[1]), username='acme', password=sys.argv[2])
rows = client.query('SELECT n, at, tags, amount, maybe, kind FROM audit.events WHERE n >= {n:UInt8} ORDER BY n', parameters={'n': 1}).result_rows
try:
    client.query('SELECT nope FROM audit.events')
except Exception as error:
    code = error.code
print(json.dumps({'rows': [[str(cell) for cell in row] for row in rows], 'count': client.command('SELECT count() FROM events'), 'code': code, 'tables': client.query('SHOW TABLES').result_rows}))
`;

describe('clients that speak ClickHouse over HTTP', () => {
  let fixture: DoorFixture;
  beforeAll(async () => {
    fixture = await openDoorFixture();
    for (const sql of [
      'CREATE DATABASE audit',
      `CREATE VIEW audit.events AS SELECT toInt64(number) AS n, toDateTime64('2026-11-22 10:00:00.5', 6, 'UTC') AS at, ['a', 'b'] AS tags, toDecimal64(1.5, 6) AS amount, CAST(NULL, 'Nullable(Int64)') AS maybe,
        CAST('read', 'LowCardinality(String)') AS kind FROM numbers(3)`,
    ]) {
      expect(await fixture.ask('writer', sql)).toMatchObject({ status: 200 });
    }
  });
  afterAll(() => fixture.close());

  withPython(
    `clickhouse-connect with its default settings${'missing' in found ? ` (skipped: ${found.missing})` : ''}`,
    () => {
      const output = execFileSync(python ?? '', ['-c', SCRIPT, String(fixture.door.port), PASSWORDS.acme], {
        encoding: 'utf8',
      });
      expect(JSON.parse(output)).toEqual({
        rows: [1, 2].map((n) => [String(n), '2026-11-22 10:00:00.500000', "['a', 'b']", '1.500000', 'None', 'read']),
        count: 3,
        code: 47,
        tables: [['events']],
      });
    },
  );

  /** As clickhouse-go, and so Grafana, asks: by POST, in the Native format, with the newest revision it knows. */
  const native = (
    sql: string,
    more: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    fetch(
      `${fixture.door.url}/?${new URLSearchParams({ database: 'audit', default_format: 'Native', client_protocol_version: '54460', max_execution_time: '60', ...more }).toString()}`,
      {
        method: 'POST',
        body: sql,
        headers: {
          Authorization: `Basic ${btoa(`acme:${PASSWORDS.acme}`)}`,
          'User-Agent': 'clickhouse-go/2.50.0',
          ...headers,
        },
      },
    );

  test('the handshake of clickhouse-go names revision 0, and what follows is in it', async () => {
    const hello = Buffer.from(
      await (await native('SELECT displayName(), version(), revision(), timezone()')).arrayBuffer(),
    );
    expect(hello.subarray(0, 10)).toEqual(Buffer.from([1, 0, 2, 0xff, 0xff, 0xff, 0xff, 0, 4, 1]));
    expect(hello.toString('latin1')).toContain('revision()\x06UInt32\0\0\0\0\0\x0atimezone');
    const rows = Buffer.from(
      await (await native('SELECT n FROM events WHERE n > {x:Int64} ORDER BY n', { param_x: '0' })).arrayBuffer(),
    );
    expect(rows.toString('hex')).toBe(
      Buffer.from('\x01\x02\x01n\x05Int64\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0', 'latin1').toString('hex'),
    );
  });

  test('gzip, as Grafana asks for it over HTTP', async () => {
    const response = await native('SELECT n FROM events LIMIT 0', {}, { 'Accept-Encoding': 'identity' });
    expect([response.status, response.headers.get('x-clickhouse-format')]).toEqual([200, 'Native']);
    const body = await new Promise<Buffer>((resolve, reject) => {
      const url = `${fixture.door.url}/?enable_http_compression=1&default_format=TabSeparated&user=acme&password=${PASSWORDS.acme}`;
      const asked = request(url, { method: 'POST', headers: { 'Accept-Encoding': 'gzip' } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
        expect(answer.headers['content-encoding']).toBe('gzip');
      });
      asked.on('error', reject).end('SELECT count() FROM events');
    });
    expect(gunzipSync(body).toString('utf8')).toBe('3\n');
  });

  test.each([
    ['SELECT 1', 200, undefined],
    ['SHOW DATABASES', 200, undefined],
    ['SHOW TABLES FROM "audit"', 200, undefined],
    ['DESC TABLE "audit"."events"', 200, undefined],
    [
      'SELECT toStartOfInterval("at", INTERVAL 60 second) AS "time", count() FROM "audit"."events" WHERE "at" >= ' +
        'toDateTime(1700000000) AND "at" <= toDateTime(1900000000) GROUP BY "time" ORDER BY "time" LIMIT 1000',
      200,
      undefined,
    ],
    ['SELECT nope FROM events', 404, '47'],
    ['SELECT * FROM nothing', 404, '60'],
    ['SELECT * FROM audit_g1.events', 403, '497'],
    ['SELEC 1', 400, '62'],
  ])("Grafana's kind of query: %s", async (sql, status, code) => {
    const response = await native(sql);
    expect([response.status, response.headers.get('x-clickhouse-exception-code') ?? undefined]).toEqual([status, code]);
  });
});
