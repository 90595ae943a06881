import { type JsonValue } from './json-value.ts';

const POSSIBLY_TOO_BIG = /\d{16}/;

/**
 * `JSON.parse` that rounds no integer: whole numbers beyond 2^53 become strings with their digits, since ids that are
 * numbers (snowflakes, order numbers) must come out as written. Other values are what `JSON.parse` makes of them.
 * Throws SyntaxError like `JSON.parse`.
 */
export function parseJson(text: string): JsonValue {
  if (!POSSIBLY_TOO_BIG.test(text)) return JSON.parse(text) as JsonValue;
  JSON.parse(text); // the syntax is judged on the original, not on the quoted copy
  return JSON.parse(quoteUnsafeIntegers(text)) as JsonValue;
}

/** As `parseJson`, with undefined for text that is no JSON. */
export function tryParseJson(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

const MINUS = 45;
const QUOTE = 34;
const BACKSLASH = 92;

/** One pass by hand: a regular expression over strings of megabytes overflows the matcher's stack. */
function quoteUnsafeIntegers(text: string): string {
  const pieces: string[] = [];
  let copiedTo = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === MINUS || isDigit(code)) {
      const end = endOfNumber(text, at);
      const number = text.slice(at, end);
      if (/^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number))) {
        pieces.push(text.slice(copiedTo, at), '"', number, '"');
        copiedTo = end;
      }
      at = end;
    } else {
      at += 1;
    }
  }
  pieces.push(text.slice(copiedTo));
  return pieces.join('');
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 2;
    else if (code === QUOTE) return at + 1;
    else at += 1;
  }
  return at;
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && /[\d.eE+-]/.test(text.charAt(at))) at += 1;
  return at;
}
