import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import avro from 'avsc';
import { createClient, TupleParam, type ClickHouseClient } from '@clickhouse/client';
import { openDoorFixture, PASSWORDS, type DoorFixture } from './door-fixture.ts';
import { startClickHouseDoor } from './start-clickhouse-door.ts';

/**
 * Every character that has a meaning somewhere on the way: URL, TabSeparated escaping, SQL literal, array and map
 * syntax.
 */
const NASTY = "q'\" \\ \n\t\r\0\b ü☃𝄞 {x:String} \\N ; ` % & + $a$ ,]}'";

async function avroContainer(rows: { a: string; n: number }[]): Promise<Uint8Array<ArrayBuffer>> {
  const type = avro.Type.forSchema({
    type: 'record',
    name: 'R',
    fields: [
      { name: 'a', type: 'string' },
      { name: 'n', type: 'long' },
    ],
  });
  const encoder = new avro.streams.BlockEncoder(type, { codec: 'null' });
  const chunks: Buffer[] = [];
  const done = new Promise((resolve) => encoder.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', resolve));
  for (const row of rows) encoder.write(row);
  encoder.end();
  await done;
  return new Uint8Array(Buffer.concat(chunks));
}

describe('the ClickHouse door for a writer', () => {
  let fixture: DoorFixture;
  let client: ClickHouseClient;
  const connect = () =>
    createClient({
      url: fixture.door.url,
      username: 'writer',
      password: PASSWORDS.writer,
      log: { level: 127 },
      compression: { request: true, response: true },
    });
  const post = (query: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(`${fixture.door.url}/?${new URLSearchParams({ query }).toString()}`, {
      method: 'POST',
      body,
      headers: { Authorization: `Basic ${btoa(`writer:${PASSWORDS.writer}`)}`, ...headers },
    });
  const count = async (table: string) =>
    (await (await client.query({ query: `SELECT count() FROM ${table}`, format: 'TabSeparated' })).text()).trim();
  beforeAll(async () => {
    fixture = await openDoorFixture();
    client = connect();
    await client.command({ query: 'CREATE TABLE t (a String, n Int64) ENGINE = MergeTree ORDER BY a' });
  });
  afterAll(async () => {
    await client.close();
    await fixture.close();
  });

  test('ping needs no credential', async () => {
    const response = await fetch(`${fixture.door.url}/ping`);
    expect({ status: response.status, text: await response.text() }).toEqual({ status: 200, text: 'Ok.\n' });
  });

  test('typed parameters arrive exactly', async () => {
    const columns =
      '{s:String} AS s, {m:Map(String, Int64)} AS m, {l:Array(String)} AS l, {d:DateTime64(6)} AS d, {i:Int64} AS i, ' +
      '{n:Nullable(String)} AS n, {t:Tuple(String, UInt8)} AS t';
    const sent = {
      s: NASTY,
      m: { [NASTY]: 5, plain: -2 },
      l: [NASTY, ''],
      d: '2026-11-23 01:02:03.123456',
      i: '-9223372036854775808',
      n: null,
    };
    const result = await client.query({
      query: `SELECT ${columns}`,
      query_params: { ...sent, t: new TupleParam(['x', 3]) },
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
    });
    expect(await result.json()).toEqual([{ ...sent, m: { [NASTY]: '5', plain: '-2' }, t: ['x', 3] }]);
  });

  test('a parameter of an earlier request is gone', async () => {
    await client.query({ query: 'SELECT {only_once:String}', query_params: { only_once: 'x' } });
    await expect(client.query({ query: 'SELECT {only_once:String}' })).rejects.toMatchObject({ code: '456' });
  });

  test('inserts: the client library, Avro, compressed, in the body, values with expressions, a select', async () => {
    await client.insert({ table: 't', values: [{ a: NASTY, n: 1 }], format: 'JSONEachRow' });
    expect(
      (
        await post(
          'INSERT INTO t (a, n) FORMAT Avro',
          await avroContainer([
            { a: 'avro ü', n: 2 },
            { a: '', n: 3 },
          ]),
        )
      ).status,
    ).toBe(200);
    expect(
      (
        await post('INSERT INTO t FORMAT JSONEachRow', new Uint8Array(gzipSync('{"a":"gzip","n":4}')), {
          'Content-Encoding': 'gzip',
        })
      ).status,
    ).toBe(200);
    expect(
      (
        await post(
          '',
          'INSERT INTO `t` (`a`, "n") SETTINGS input_format_skip_unknown_fields = 1 FORMAT ' +
            'JSONEachRow\n{"a":"body","n":5,"x":1}\n',
        )
      ).status,
    ).toBe(200);
    expect((await post('', "INSERT INTO t VALUES (concat('va', 'lues'), 3 + 3)")).status).toBe(200);
    expect((await post('INSERT INTO t VALUES', "('url', 7)")).status).toBe(200);
    expect((await post('INSERT INTO t (n, a) FORMAT CSV\n8,"in the url"', '')).status).toBe(200);
    await client.command({ query: "INSERT INTO t SELECT 'select; it', 9" });
    expect((await post('INSERT INTO t FORMAT JSONEachRow', '')).status).toBe(200);
    const rows = await (
      await client.query({ query: 'SELECT n, a FROM t ORDER BY n', format: 'JSONCompactEachRow' })
    ).json();
    expect(rows).toEqual([
      [1, NASTY],
      [2, 'avro ü'],
      [3, ''],
      [4, 'gzip'],
      [5, 'body'],
      [6, 'values'],
      [7, 'url'],
      [8, 'in the url'],
      [9, 'select; it'],
    ]);
    expect(await readdir(join(fixture.dir, 'clickhouse', 'spool'))).toEqual([]);
  });

  test('an insert that fails, or whose sender goes away, leaves no rows and no spool', async () => {
    const before = await count('t');
    const broken = await post('INSERT INTO t FORMAT JSONEachRow', '{"a":"x","n":1}\n{"a":');
    expect(broken.status).toBe(400);
    expect(await broken.text()).not.toContain('spool');
    const controller = new AbortController();
    const body = new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode('{"a":"half","n":1}\n'));
        setTimeout(() => controller.abort(), 200);
      },
    });
    const url = `${fixture.door.url}/?query=${encodeURIComponent('INSERT INTO t FORMAT JSONEachRow')}`;
    const half = fetch(url, {
      method: 'POST',
      body,
      duplex: 'half',
      signal: controller.signal,
      headers: { Authorization: `Basic ${btoa(`writer:${PASSWORDS.writer}`)}` },
    });
    await expect(half).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await count('t')).toBe(before);
    expect(await readdir(join(fixture.dir, 'clickhouse', 'spool'))).toEqual([]);
  });

  test('errors are those of ClickHouse', async () => {
    const cases: [string, number, string][] = [
      ['SELECT nope', 404, '47'],
      ['SELECT * FROM nope', 404, '60'],
      ['SELEC 1', 400, '62'],
      ['SELECT 1; SELECT 2', 400, '62'],
      ['SELECT throwIf(1)', 500, '395'],
      ['', 400, '62'],
    ];
    for (const [sql, status, code] of cases) {
      const answer = await fixture.ask('writer', sql);
      expect({ sql, status: answer.status, code: answer.headers.get('x-clickhouse-exception-code') }).toEqual({
        sql,
        status,
        code,
      });
      expect(answer.text).toMatch(
        new RegExp(`^Code: ${code}\\. DB::Exception: .*\\([A-Z_]+\\) \\(version .*\\)\\n$`, 's'),
      );
    }
    expect(
      (await fixture.ask('writer', 'SELECT 1', { nonsense: '1' })).headers.get('x-clickhouse-exception-code'),
    ).toBe('115');
    expect((await fixture.ask('writer', 'SELECT 1', { compress: '1' })).status).toBe(501);
  });

  test('who does not say who they are is refused, as is a wrong password and an unknown name', async () => {
    const status = async (headers: Record<string, string>, query = '') =>
      (await fetch(`${fixture.door.url}/?query=SELECT+1${query}`, { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ 'X-ClickHouse-User': 'writer', 'X-ClickHouse-Key': 'wrong' })).toBe(403);
    expect(await status({ 'X-ClickHouse-User': 'default' })).toBe(403);
    expect(await status({ Authorization: `Basic ${btoa('nobody:')}` })).toBe(403);
    expect(await status({}, `&user=writer&password=${PASSWORDS.writer}`)).toBe(200);
  });

  test('GET changes nothing', async () => {
    const url = `${fixture.door.url}/?${new URLSearchParams({ query: 'DROP TABLE t', user: 'writer', password: PASSWORDS.writer }).toString()}`;
    const response = await fetch(url);
    expect({ status: response.status, text: await response.text() }).toMatchObject({
      status: 403,
      text: expect.stringMatching(/^Code: 164\b/) as unknown,
    });
  });

  test('headers say what the answer is', async () => {
    const answer = await fixture.ask('writer', 'SELECT number AS n FROM numbers(3)', {
      default_format: 'JSONEachRow',
      query_id: 'mine',
    });
    expect(answer.text).toBe('{"n":0}\n{"n":1}\n{"n":2}\n');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/x-ndjson; charset=UTF-8',
      'x-clickhouse-format': 'JSONEachRow',
      'x-clickhouse-query-id': 'mine',
    });
    expect(JSON.parse(answer.headers.get('x-clickhouse-summary') ?? '')).toMatchObject({ result_rows: '3' });
  });

  test('a second engine on the directory is refused in one sentence', async () => {
    await expect(
      startClickHouseDoor({ dataDir: join(fixture.dir, 'clickhouse'), port: 0, users: [], waitForOwnerMs: 0 }),
    ).rejects.toMatchObject({
      code: 'data_dir_locked',
      message: expect.stringMatching(
        /^Another ClickHouse engine is already running on .*AFFIDAVIT_DATA.*\.$/,
      ) as unknown,
    });
  });

  test('killed in the middle of inserts, it has every row that it acknowledged, and no spool', async () => {
    await client.command({ query: 'CREATE TABLE acknowledged (n Int64) ENGINE = MergeTree ORDER BY n' });
    const acknowledged: number[] = [];
    const sender = async (first: number) => {
      for (let n = first; ; n += 2) {
        try {
          await client.insert({ table: 'acknowledged', values: [{ n }], format: 'JSONEachRow' });
          acknowledged.push(n);
        } catch {
          return;
        }
      }
    };
    const senders = [sender(0), sender(1)];
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    process.kill(fixture.door.pid, 'SIGKILL');
    await Promise.all(senders);
    await fixture.door.exited;
    await writeFile(join(fixture.dir, 'clickhouse', 'spool', 'left-over'), 'x');
    await client.close();
    await fixture.restart();
    client = connect();
    const rows = await (
      await client.query({ query: 'SELECT n FROM acknowledged', format: 'JSONEachRow' })
    ).json<{ n: number }>();
    const stored = new Set(rows.map(({ n }) => n));
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(acknowledged.filter((n) => !stored.has(n))).toEqual([]);
    expect(await readdir(join(fixture.dir, 'clickhouse', 'spool'))).toEqual([]);
  });
});
