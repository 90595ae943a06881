/**
 * A text as it reads once its escapes are undone, and where each of its units stands in the body that it comes from.
 */
export interface TextView {
  readonly text: string;
  /** Where in the body the unit at `index` begins; for the text's length, where the view ends. */
  readonly at: (index: number) => number;
}

export const wholeView = (text: string): TextView => ({ text, at: (index) => index });

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/y;
const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function escapeAt(text: string, at: number): { readonly unit: string; readonly length: number } | null {
  ESCAPE.lastIndex = at;
  const match = ESCAPE.exec(text);
  if (!match) return null;
  const [whole, code, letter = ''] = match;
  return {
    unit: code === undefined ? (LETTERS[letter] ?? letter) : String.fromCharCode(parseInt(code, 16)),
    length: whole.length,
  };
}

/**
 * A part of the view with JSON's escapes undone. What only looks like an escape stays, so it may be applied to any
 * text.
 */
export function unescaped(view: TextView, from = 0, to = view.text.length): TextView {
  const raw = view.text.slice(from, to);
  if (!raw.includes('\\')) return { text: raw, at: (index) => view.at(from + index) };
  const at = new Uint32Array(raw.length + 1);
  const units: string[] = [];
  for (let cursor = 0; cursor < raw.length;) {
    at[units.length] = view.at(from + cursor);
    const escape = raw[cursor] === '\\' ? escapeAt(raw, cursor) : null;
    units.push(escape?.unit ?? (raw[cursor] as string));
    cursor += escape?.length ?? 1;
  }
  at[units.length] = view.at(to);
  return { text: units.join(''), at: (index) => at[index] as number };
}
