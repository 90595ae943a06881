import { accessDenied } from './door-error.ts';
import { PUBLIC_DATABASE } from './reader-policy.ts';

/** What a reader's text is, after the engine's formatter has made one statement of it on one line, without comments. */
export type ReaderStatement =
  /** Its syntax tree must be checked before `sql` runs. `explain` stands before it when it runs. */
  | { readonly kind: 'select'; readonly explain: string; readonly select: string; readonly format: string | undefined }
  /** Runs as it is: it names nothing but a table of the public database. */
  | { readonly kind: 'describe'; readonly sql: string; readonly format: string | undefined };

const TABLE = String.raw`(?:${PUBLIC_DATABASE}\.)?[A-Za-z_][A-Za-z0-9_]*`;
const PATTERN = String.raw`(?: (?:NOT )?I?LIKE '(?:[^'\\]|\\.)*')?(?: LIMIT \d{1,9})?`;

const DESCRIPTIONS: readonly RegExp[] = [
  new RegExp(`^DESCRIBE TABLE ${TABLE}$`),
  new RegExp(`^EXISTS (?:TABLE|VIEW) ${TABLE}$`),
  new RegExp(`^SHOW CREATE (?:TABLE|VIEW) ${TABLE}$`),
  new RegExp(`^SHOW TABLES(?: FROM ${PUBLIC_DATABASE})?${PATTERN}$`),
  new RegExp(`^SHOW (?:FULL )?COLUMNS FROM (?:${TABLE}|[A-Za-z_][A-Za-z0-9_]* FROM ${PUBLIC_DATABASE})${PATTERN}$`),
];

const EXPLAIN = /^(EXPLAIN(?: (?:AST|SYNTAX|QUERY TREE|PLAN))?) (?=SELECT |WITH |\()/;

/**
 * `canonical` MUST come from the engine's formatQuerySingleLine: only then is there one statement and nothing hidden in
 * it.
 */
export function classify(canonical: string): ReaderStatement {
  const format = / FORMAT ([A-Za-z0-9_]+)$/.exec(canonical);
  const sql = format ? canonical.slice(0, format.index) : canonical;
  if (DESCRIPTIONS.some((pattern) => pattern.test(sql))) return { kind: 'describe', sql, format: format?.[1] };
  if (sql === 'SHOW DATABASES') {
    return { kind: 'describe', sql: `SELECT '${PUBLIC_DATABASE}' AS name`, format: format?.[1] };
  }
  const explain = EXPLAIN.exec(sql)?.[1] ?? '';
  const select = explain ? sql.slice(explain.length + 1) : sql;
  if (/^(?:SELECT|WITH|\()/.test(select)) return { kind: 'select', explain, select, format: format?.[1] };
  throw accessDenied(`A reader may SELECT, SHOW and DESCRIBE, not ${/^[A-Z]+(?: [A-Z]+)?/.exec(sql)?.[0] ?? 'this'}.`);
}
