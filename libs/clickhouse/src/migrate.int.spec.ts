import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectClickHouse } from './connect-clickhouse.ts';
import { migrate } from './migrate.ts';
import { migrateContent } from './migration-targets.ts';
import { column, insertRows } from './row-binary.ts';

const connect = (prefix: string) =>
  connectClickHouse({
    url: process.env[`${prefix}_URL`]!,
    username: process.env[`${prefix}_USER`]!,
    password: process.env[`${prefix}_PASSWORD`]!,
    application: 'int-test',
  });
const client = connect('CLICKHOUSE');
const content = connect('CONTENT_CLICKHOUSE');
const database = `mig_${randomBytes(6).toString('hex')}`;
let directory: string;

beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'migrations-'))));
afterAll(async () => {
  await rm(directory, { recursive: true });
  for (const one of [client, content]) {
    await one.command({ query: `DROP DATABASE IF EXISTS ${database}` });
    await one.close();
  }
});

const run = () => migrate(client, { directory, target: database, databases: [database], variables: { database } });
const file = (name: string, sql: string) => writeFile(join(directory, name), sql);

test('applied in order, once, and new ones later', async () => {
  await file(
    '0001_one.sql',
    "CREATE TABLE ${database}.t (a String DEFAULT ';') ENGINE = Memory; INSERT INTO ${database}.t VALUES ('x;y')",
  );
  expect(await run()).toEqual(['0001_one.sql']);
  expect(await run()).toEqual([]);
  await file('0002_two.sql', '-- more\nALTER TABLE ${database}.t ADD COLUMN b Int32;');
  expect(await run()).toEqual(['0002_two.sql']);
  const rows = await client.query({ query: `SELECT a, b FROM ${database}.t`, format: 'JSONEachRow' });
  expect(await rows.json()).toEqual([{ a: 'x;y', b: 0 }]);
});

test('an applied one that was changed or taken away is refused before anything is done', async () => {
  await file('0002_two.sql', 'ALTER TABLE ${database}.t ADD COLUMN c Int32;');
  await file('0003_three.sql', 'DROP TABLE ${database}.t');
  await expect(run()).rejects.toMatchObject({ code: 'migration_changed', detail: { name: '0002_two.sql' } });
  await rm(join(directory, '0003_three.sql'));
  await rm(join(directory, '0002_two.sql'));
  await expect(run()).rejects.toMatchObject({ code: 'migration_changed' });
  await expect(client.query({ query: `SELECT count() FROM ${database}.t` })).resolves.toBeDefined();
});

test('a failing one says which, and is tried again', async () => {
  await file('0002_two.sql', '-- more\nALTER TABLE ${database}.t ADD COLUMN b Int32;');
  await file('0003_three.sql', 'CREATE TABLE ${database}.u (x Nonsense) ENGINE = Memory');
  await expect(run()).rejects.toMatchObject({ code: 'migration_failed', detail: { name: '0003_three.sql' } });
  await file('0003_three.sql', 'CREATE TABLE ${database}.u (x String) ENGINE = Memory');
  expect(await run()).toEqual(['0003_three.sql']);
});

test('a gap in the numbering is refused', async () => {
  await file('0005_five.sql', 'SELECT 1');
  await expect(run()).rejects.toMatchObject({ code: 'migration_invalid' });
});

describe('content tables', () => {
  beforeAll(() => migrateContent(content, database));
  const columns = [
    'tenant_id',
    'content_id',
    'subjects',
    'body',
    'kafka_timestamp',
    'kafka_topic',
    'kafka_partition',
    'kafka_offset',
  ];
  const row = (id: string, body: string | Uint8Array, offset: number) => [
    column.string('default'),
    column.string(id),
    column.strings(['p_a', 'p_b']),
    column.string(body),
    column.int64(1_795_327_200_123),
    column.string('t'),
    column.int32(0),
    column.int64(offset),
  ];

  test('bytes come back as they went in, and words are found without regard to case', async () => {
    const binary = randomBytes(300);
    await insertRows(content, database, 'bodies', columns, [
      row('text', 'The Quick brown-fox, päonie', 0),
      row('binary', binary, 1),
      row('long', 'x'.repeat(70_000), 2),
    ]);
    const words = await content.query({
      query: `SELECT content_id, subjects, toString(kafka_timestamp) AS at FROM ${database}.bodies WHERE hasAllTokens(body,
        'quick fox')`,
      format: 'JSONEachRow',
    });
    expect(await words.json()).toEqual([
      { content_id: 'text', subjects: ['p_a', 'p_b'], at: '2026-11-22 06:00:00.123' },
    ]);
    const bytes = await content.query({
      query: `SELECT hex(body) AS body FROM ${database}.bodies WHERE content_id = 'binary'`,
      format: 'JSONEachRow',
    });
    expect(await bytes.json()).toEqual([{ body: binary.toString('hex').toUpperCase() }]);
  });
});
