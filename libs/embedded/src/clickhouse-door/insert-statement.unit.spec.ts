import { parseInsert } from './insert-statement.ts';

describe('an insert taken apart', () => {
  test.each([
    ['INSERT INTO t FORMAT Avro', { head: 'INSERT INTO t', settings: '', format: 'Avro', data: '' }],
    ["insert into t values (1, 'a')", { head: 'insert into t', settings: '', format: 'Values', data: "(1, 'a')" }],
    [
      '-- who\nINSERT /* x */ INTO `a``b`."c d" (`(`, "b)") FORMAT CSV\n1,2\n',
      { head: 'INSERT /* x */ INTO `a``b`."c d" (`(`, "b)")', settings: '', format: 'CSV', data: '1,2\n' },
    ],
    [
      'INSERT INTO t SETTINGS a = \'FORMAT x\', b = 1 FORMAT JSONEachRow {"a":1}',
      { head: 'INSERT INTO t', settings: "SETTINGS a = 'FORMAT x', b = 1", format: 'JSONEachRow', data: '{"a":1}' },
    ],
    [
      'INSERT INTO TABLE db.t (a) VALUES',
      { head: 'INSERT INTO TABLE db.t (a)', settings: '', format: 'Values', data: '' },
    ],
    ['INSERT INTO t', { head: 'INSERT INTO t', settings: '', format: 'Values', data: '' }],
    // Data that looks like SQL stays data.
    [
      'INSERT INTO t FORMAT CSV\n1); DROP TABLE t',
      { head: 'INSERT INTO t', settings: '', format: 'CSV', data: '1); DROP TABLE t' },
    ],
    ['INSERT INTO t FORMAT TSV\n \tx', { head: 'INSERT INTO t', settings: '', format: 'TSV', data: ' \tx' }],
  ])('%s', (text, { data, ...expected }) => {
    const parsed = parseInsert(text);
    expect(parsed).toMatchObject(expected);
    expect(text.slice(parsed?.dataStart)).toBe(data);
  });

  test.each([
    'SELECT 1',
    'INSERT INTO t SELECT 1',
    'INSERT INTO t (a) WITH x AS (SELECT 1) SELECT * FROM x',
    'INSERT INTO t (SELECT 1)',
    "INSERT INTO FUNCTION file('x') SELECT 1",
    "INSERT INTO t FROM INFILE 'x' FORMAT CSV",
    'INSERT INTO t (a',
    'INSERTED INTO t FORMAT CSV',
    '',
  ])('%s takes no data', (text) => {
    expect(parseInsert(text)).toBeUndefined();
  });
});
