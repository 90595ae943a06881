import { assertReadable } from './reader-policy.ts';
import { classify } from './reader-statement.ts';
import { readSyntaxTree } from './syntax-tree.ts';

const check = (...lines: string[]) => {
  const tree = readSyntaxTree(`${lines.join('\n')}\n`);
  if (!tree) throw new Error('unreadable');
  assertReadable(tree, (name) => name !== 'file', new Set(['audit_g1', 'system']));
};

describe('a tree of a reader', () => {
  test('of plain nodes is allowed', () => {
    expect(() =>
      check(
        'SelectQuery (children 2)',
        ' ExpressionList (children 1)',
        '  Function count (alias n) (children 1)',
        ' TableExpression (children 1)',
        '  TableIdentifier audit.events (alias e)',
        "  Literal 'system.x'",
        '  Identifier events.system',
      ),
    ).not.toThrow();
  });

  test.each([
    ['a node that is not on the list', ['SelectQuery (children 1)', ' SomethingNew']],
    ['a setting', ['SelectQuery (children 1)', ' Set']],
    ['another database', ['TableIdentifier audit_g1.events']],
    ['another database, in a name that only begins like ours', ['TableIdentifier audit.events.x']],
    ['a table of another database where a column could be', ['Identifier audit_g1.events']],
    ['a forbidden function', ['Function file (children 1)']],
    ['a forbidden function under another name', ['Function file (alias count) (children 1)']],
    ['a table function, whatever it is called', ['TableExpression (children 1)', ' Function count (children 1)']],
  ])('with %s is refused', (_name, lines) => {
    expect(() => check(...lines)).toThrow(expect.objectContaining({ code: 497 }));
  });
});

describe('a canonical statement of a reader', () => {
  test('its format is taken off, and only from the end', () => {
    expect(classify("SELECT ' FORMAT CSV' FORMAT JSON")).toEqual({
      kind: 'select',
      explain: '',
      select: "SELECT ' FORMAT CSV'",
      format: 'JSON',
    });
    expect(classify("SELECT ' FORMAT CSV'")).toEqual({
      kind: 'select',
      explain: '',
      select: "SELECT ' FORMAT CSV'",
      format: undefined,
    });
    expect(classify('EXPLAIN AST SELECT 1')).toEqual({
      kind: 'select',
      explain: 'EXPLAIN AST',
      select: 'SELECT 1',
      format: undefined,
    });
    expect(classify('SHOW DATABASES')).toMatchObject({ sql: "SELECT 'audit' AS name" });
  });

  test.each([
    'DESCRIBE TABLE audit_g1.events',
    'DESCRIBE TABLE (SELECT 1)',
    "SHOW TABLES FROM audit INTO OUTFILE 'x'",
    'SHOW TABLES FROM `audit`',
    "SHOW TABLES LIKE 'a\\' INTO OUTFILE \\'b'  x",
    'EXPLAIN PLAN indexes = 1 SELECT 1',
    'EXPLAIN INSERT INTO t VALUES',
    'SET a = 1',
    'selec',
  ])('%s is refused', (sql) => {
    expect(() => classify(sql)).toThrow(expect.objectContaining({ code: 497 }));
  });
});
