/**
 * An INSERT taken apart, because chdb takes a body only through a file: data of any format goes to a spool file and the
 * statement becomes INSERT … FROM INFILE. Only statements of writers come here, so a misreading is an error, not a
 * hole.
 */
export interface InsertStatement {
  /** `INSERT INTO t (columns)`. */
  readonly head: string;
  /** `SETTINGS a = 1`, or empty. */
  readonly settings: string;
  /** Values when no format is named. */
  readonly format: string;
  /** Index in the text at which the data begins; the length of the text when there is none in it. */
  readonly dataStart: number;
}

const SKIPPED = /(?:\s+|--[^\n]*(?:\n|$)|#![^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NAME = /`(?:[^`\\]|\\.|``)*`|"(?:[^"\\]|\\.|"")*"|[A-Za-z_][A-Za-z0-9_$]*/y;
const QUOTED = /'(?:[^'\\]|\\[\s\S]|'')*'|`(?:[^`\\]|\\[\s\S]|``)*`|"(?:[^"\\]|\\[\s\S]|"")*"/y;

class Scanner {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  skip(): void {
    this.match(SKIPPED);
  }

  peekWord(): string {
    this.skip();
    WORD.lastIndex = this.at;
    return WORD.exec(this.text)?.[0].toUpperCase() ?? '';
  }

  takeWord(word: string): boolean {
    if (this.peekWord() !== word) return false;
    this.at += word.length;
    return true;
  }

  /** Over a bracket with everything in it; false when it does not close. */
  brackets(): boolean {
    let depth = 0;
    while (this.at < this.text.length) {
      if (this.match(QUOTED) !== undefined) continue;
      const char = this.text[this.at++];
      if (char === '(') depth += 1;
      if (char === ')' && --depth === 0) return true;
    }
    return false;
  }
}

function tableName(scan: Scanner): boolean {
  do {
    scan.skip();
    if (scan.match(NAME) === undefined) return false;
    scan.skip();
  } while (scan.match(/\./y) !== undefined);
  return true;
}

function settingsClause(scan: Scanner): string {
  if (scan.peekWord() !== 'SETTINGS') return '';
  const start = scan.at;
  while (scan.at < scan.text.length) {
    if (['FORMAT', 'VALUES', 'SELECT', 'WITH'].includes(scan.peekWord())) break;
    if (scan.match(QUOTED) === undefined && scan.match(WORD) === undefined) scan.at += 1;
  }
  return scan.text.slice(start, scan.at).trim();
}

/** Undefined when the text is no INSERT that takes data: another statement, INSERT … SELECT, INSERT INTO FUNCTION. */
export function parseInsert(text: string): InsertStatement | undefined {
  const scan = new Scanner(text);
  scan.skip();
  const start = scan.at;
  if (!scan.takeWord('INSERT') || !scan.takeWord('INTO')) return undefined;
  scan.takeWord('TABLE');
  if (scan.peekWord() === 'FUNCTION' || !tableName(scan)) return undefined;
  scan.skip();
  if (scan.text[scan.at] === '(') {
    const bracket = scan.at;
    // INSERT INTO t (SELECT …) is a query in brackets, not a list of columns.
    scan.at += 1;
    const word = scan.peekWord();
    scan.at = bracket;
    if (word === 'SELECT' || word === 'WITH' || !scan.brackets()) return undefined;
  }
  const head = text.slice(start, scan.at).trim();
  const settings = settingsClause(scan);
  let format = 'Values';
  if (scan.takeWord('FORMAT')) {
    scan.skip();
    format = scan.match(WORD) ?? '';
    if (format === '') return undefined;
  } else if (!scan.takeWord('VALUES')) {
    scan.skip();
    if (scan.at < text.length && text[scan.at] !== ';') return undefined;
  }
  // As ClickHouse does: blanks and one line break after the format belong to the statement.
  scan.match(/[ \t\f]*;?[ \t\f]*(?:\r?\n)?/y);
  return { head, settings, format, dataStart: scan.at };
}
