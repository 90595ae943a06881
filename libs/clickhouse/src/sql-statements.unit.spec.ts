import { splitStatements, substitute } from './sql-statements.ts';

test('a semicolon ends a statement, unless quoted or in a comment', () => {
  const sql = "-- one; two\nSELECT ';' ; /* a; b */ SELECT `a;b`, 'it''s;', \"x;\";\n-- the end;\n";
  expect(splitStatements(sql)).toEqual(["-- one; two\nSELECT ';'", "/* a; b */ SELECT `a;b`, 'it''s;', \"x;\""]);
});

test('an apostrophe in a comment opens nothing', () => {
  expect(splitStatements("-- that's\nSELECT 1; SELECT 2")).toEqual(["-- that's\nSELECT 1", 'SELECT 2']);
});

test('variables are plain names or numbers, and none is missing', () => {
  expect(substitute('${generation}.events ${late_after_s}', { generation: 'audit_g1', late_after_s: 300 })).toBe(
    'audit_g1.events 300',
  );
  expect(() => substitute('${generation}', {})).toThrow(/missing/);
  expect(() => substitute('${generation}', { generation: 'a; DROP' })).toThrow(/plain/);
});
