/** Quoted text, quoted names and comments, in which a semicolon ends nothing. */
const skipped = /'(?:[^'\\]|\\[\s\S]|'')*'|`(?:[^`\\]|\\[\s\S])*`|"(?:[^"\\]|\\[\s\S])*"|--[^\n]*|\/\*[\s\S]*?\*\//y;

/** The statements of a migration, comments kept, empty ones left out. */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let start = 0;
  let at = 0;
  const take = (end: number): void => {
    const statement = sql.slice(start, end).trim();
    if (withoutComments(statement) !== '') statements.push(statement);
    start = end + 1;
  };
  while (at < sql.length) {
    skipped.lastIndex = at;
    const found = skipped.exec(sql);
    if (found) {
      at += found[0].length;
      continue;
    }
    if (sql[at] === ';') take(at);
    at += 1;
  }
  take(sql.length);
  return statements;
}

function withoutComments(statement: string): string {
  return statement.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim();
}

const variable = /\$\{([a-z_]+)\}/g;

/** Puts values in place of `${name}`. They become part of the statement, so only names and numbers are let through. */
export function substitute(sql: string, values: Readonly<Record<string, string | number>>): string {
  return sql.replace(variable, (_, name: string) => {
    const value = values[name];
    if (value === undefined || !/^[A-Za-z0-9_]+$/.test(String(value)))
      throw new RangeError(`migration variable ${name} is missing or not a plain name`);
    return String(value);
  });
}
