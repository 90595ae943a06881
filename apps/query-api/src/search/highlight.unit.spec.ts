import fc from 'fast-check';
import { fragmentPattern, fragmentsOf, marksIn, type Piece } from './highlight.ts';
import { wordsOf } from './words.ts';

const marked = (text: string, words: readonly string[]): string[] =>
  marksIn(text, words).map(([start, end]) => text.slice(start, end));

describe('marks', () => {
  test.each([
    ['Blue kettle, blue Kettles', 'blue kettle', ['Blue', 'kettle', 'blue']],
    ['{"note":"line\\nkettle"}', 'kettle', ['kettle']],
    ['teakettle kettle2 kettleé', 'kettle', []],
    ['Größe GRÖSSE größe', 'größe', ['Größe', 'größe']],
    ['a_b-a.A', 'a', ['a', 'a', 'A']],
    ['\u{1f600} ok ש ok', 'ok', ['ok', 'ok']],
    ['kettle kettles', 'kettle kettles', ['kettle', 'kettles']],
  ])('%j by %j', (text, q, expected) => expect(marked(text, wordsOf(q))).toEqual(expected));

  test('are the words of the text by the rule of the index, wherever they stand', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 1 }), (text, q) => {
        let words: readonly string[];
        try {
          words = wordsOf(q);
        } catch {
          return;
        }
        for (const word of marked(text, words))
          expect(words).toContain(word.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
        // Every word of the text that was asked for has its mark.
        const tokens = text
          .split(/[^a-zA-Z0-9\u{80}-\u{10ffff}]+/u)
          .filter((token) => words.includes(token.replace(/[A-Z]/g, (letter) => letter.toLowerCase())));
        expect(marked(text, words).length).toBeGreaterThanOrEqual(tokens.length);
      }),
    );
  });
});

/** As the engine cuts it. */
function piecesOf(body: string, words: readonly string[]): (Piece & { readonly from: number })[] {
  const pattern = new RegExp(
    fragmentPattern(words)
      .replace('(?s)', '')
      .replaceAll(/\\x(\{[0-9a-f]+\})/g, '\\u$1'),
    'gsu',
  );
  return [...body.matchAll(pattern)].map(({ index, 0: text }) => ({
    text,
    from: index,
    starts_body: body.startsWith(text),
    cut: false,
  }));
}

describe('fragments', () => {
  test('half a word at an edge is no word', () => {
    expect(fragmentsOf([{ text: 'cat and the cat', starts_body: false, cut: true }], ['cat'])).toEqual([]);
    expect(fragmentsOf([{ text: 'category cat cat', starts_body: false, cut: false }], ['cat'])).toEqual([
      {
        text: ' cat cat',
        marks: [
          [1, 4],
          [5, 8],
        ],
      },
    ]);
  });

  test.each([
    ['right at the edge', `blue ${'x'.repeat(72)} kettle`],
    ['over the edge', `blue ${'x'.repeat(76)} kettle ${'y'.repeat(90)}`],
    ['behind an escape at the edge', `blue ${'x '.repeat(38)}\\nkettle ${'y'.repeat(90)}`],
    ['behind one long word', `blue ${'x'.repeat(300)} kettle`],
    ['right behind an escape', `blue\\nkettle${' '}${'y'.repeat(200)}`],
    ['one after the other', 'blue kettle'],
  ])('a second word is not lost: %s', (_name, body) => {
    const words = ['blue', 'kettle'];
    expect(
      fragmentsOf(piecesOf(body, words), words).flatMap(({ text, marks }) =>
        marks.map(([start, end]) => text.slice(start, end)),
      ),
    ).toEqual(words);
  });

  test('every searched word of a body is in one piece, and marked there exactly; pieces are parts of the body', () => {
    const part = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom('cat', 'Cat', 'dog', 'größe', 'concat', 'cats', 'catdog', 'n', 'x', 'é'),
      },
      { weight: 3, arbitrary: fc.constantFrom(' ', '\\n', '\\', '"', '.', '\n', '\\t', '-', '😀') },
      {
        weight: 1,
        arbitrary: fc
          .integer({ min: 60, max: 90 })
          .chain((length) =>
            fc.constantFrom(
              'y'.repeat(length),
              '. '.repeat(length / 2),
              'z '.repeat(length / 2),
              'ab.'.repeat(length / 3),
            ),
          ),
      },
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 60 }).map((parts) => parts.join('')),
        fc.uniqueArray(fc.constantFrom('cat', 'dog', 'größe', 'cats', 'n'), { minLength: 1, maxLength: 3 }),
        (body, words) => {
          const pieces = piecesOf(body, words);
          const found = pieces.flatMap((piece) =>
            fragmentsOf([piece], words).flatMap(({ text, marks }) => {
              const from = piece.from + piece.text.length - text.length;
              expect(piece.text.endsWith(text)).toBe(true);
              expect(body.slice(from, from + text.length)).toBe(text);
              return marks.map(([start, end]) => {
                expect([start >= 0, start < end, end <= text.length]).toEqual([true, true, true]);
                return [from + start, from + end] as const;
              });
            }),
          );
          expect(found).toEqual(marksIn(body, words));
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
