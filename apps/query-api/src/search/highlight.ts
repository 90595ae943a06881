/** A piece of a body with the words in it. */
export interface Fragment {
  readonly text: string;
  /** [start, end) of each word in `text`, in UTF-16 code units as JavaScript and JSON strings count. */
  readonly marks: readonly (readonly [number, number])[];
}

/** Characters before and after a word, and pieces of one body. */
const AROUND = 80;
export const MAX_FRAGMENTS = 3;
/** Of a text that is full of the words a piece would be all of it. */
export const MAX_FRAGMENT_LENGTH = 600;

/** What makes words, for the engine's patterns and for ours. */
const LETTERS = { engine: 'a-zA-Z0-9\\x{80}-\\x{10ffff}', ours: 'a-zA-Z0-9\\u{80}-\\u{10ffff}' };

/**
 * Words come from `wordsOf`: lower ASCII letters, digits, and what is beyond ASCII, so nothing in them means anything
 * to a pattern.
 */
const anyCase = (word: string): string =>
  [...word].map((letter) => (/[a-z]/.test(letter) ? `[${letter}${letter.toUpperCase()}]` : letter)).join('');

/**
 * A pattern of RE2 for pieces of a body around the words, made of words alone. Words near each other are in one piece,
 * and it ends at a separator that is farther from the next word than that: the engine goes on behind it, and no word
 * lacks what stands before it. What sticks to a word as an escape of JSON does not hide it: `\nword`. Linear in the
 * body's length, whatever the words.
 */
export function fragmentPattern(words: readonly string[]): string {
  const separator = `[^${LETTERS.engine}]`;
  const escape = '\\\\[ntr]';
  const word = `(?:${words.map(anyCase).join('|')})`;
  const next = `(?:${escape}|${separator}(?:.{0,${AROUND - 2}}(?:${separator}|${escape}))?)${word}`;
  return `(?s)(?:^|.{0,${AROUND - 1}}(?:${separator}|${escape}))${word}(?:${next})*(?:$|${separator}(?:.{0,${AROUND - 2}}(?:[^${LETTERS.engine}\\\\]|$))?)`;
}

/** Where the words stand in a text, by the rule that the index cuts words by. */
export function marksIn(text: string, words: readonly string[]): readonly (readonly [number, number])[] {
  const pattern = new RegExp(
    `(?<=^|[^${LETTERS.ours}]|\\\\[ntr])(?:${words.map(anyCase).join('|')})(?![${LETTERS.ours}])`,
    'gu',
  );
  return [...text.matchAll(pattern)].map((match): readonly [number, number] => [
    match.index,
    match.index + match[0].length,
  ]);
}

/**
 * As the pattern found it: it may begin inside of a word, unless the body begins there, and end inside of one when it
 * was cut.
 */
export interface Piece {
  readonly text: string;
  readonly starts_body: boolean;
  readonly cut: boolean;
}

/** Pieces with whole words only: half a word at an edge could look like another word. */
export function fragmentsOf(pieces: readonly Piece[], words: readonly string[]): readonly Fragment[] {
  return pieces
    .map(({ text, starts_body, cut }) => {
      const begun = starts_body ? text : text.replace(new RegExp(`^[${LETTERS.ours}]+`, 'u'), '');
      return cut ? begun.replace(new RegExp(`[${LETTERS.ours}]+$`, 'u'), '') : begun;
    })
    .map((text) => ({ text, marks: marksIn(text, words) }))
    .filter(({ marks }) => marks.length > 0);
}
