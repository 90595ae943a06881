/** From the unit after the opening quote to the closing one. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A key with its value where that is a string, or a string that has no key. */
export interface Member {
  readonly key: Range | null;
  readonly value: Range | null;
}

/** Objects, arrays and strings: a bare number or word is the same with or without JSON. */
export function isJsonText(text: string): boolean {
  if (!/^\s*[{["]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function closingQuote(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at] ?? '.')) at += 1;
  return at;
}

/**
 * Where every key and string of a JSON text stands, in its order and at any depth. The text MUST have passed
 * JSON.parse.
 */
export function* membersOf(text: string): Generator<Member> {
  let key: Range | null = null;
  let valueAt = -1;
  for (let quote = text.indexOf('"'); quote >= 0;) {
    const range: Range = { start: quote + 1, end: closingQuote(text, quote + 1) };
    const isValueOfKey = key !== null && quote === valueAt;
    if (key !== null && !isValueOfKey) yield { key, value: null };
    const colon = afterSpace(text, range.end + 1);
    if (text[colon] === ':') {
      key = range;
      valueAt = afterSpace(text, colon + 1);
    } else {
      yield { key: isValueOfKey ? key : null, value: range };
      key = null;
    }
    quote = text.indexOf('"', range.end + 1);
  }
  if (key !== null) yield { key, value: null };
}
