import fc from 'fast-check';
import { fragmentsOf, marksIn } from './highlight.ts';
import { wordsOf } from './words.ts';

const marked = (text: string, words: readonly string[]): string[] => marksIn(text, words).map(([start, end]) => text.slice(start, end));

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
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 1 }), (text, q) => {
      let words: readonly string[];
      try {
        words = wordsOf(q);
      } catch {
        return;
      }
      for (const word of marked(text, words)) expect(words).toContain(word.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
      // Every word of the text that was asked for has its mark.
      const tokens = text.split(/[^a-zA-Z0-9\u{80}-\u{10ffff}]+/u).filter((token) => words.includes(token.replace(/[A-Z]/g, (letter) => letter.toLowerCase())));
      expect(marked(text, words).length).toBeGreaterThanOrEqual(tokens.length);
    }));
  });
});

describe('fragments', () => {
  test('half a word at an edge is no word', () => {
    expect(fragmentsOf([{ text: 'cat and the cat', starts_body: false, ends_body: false }], ['cat'])).toEqual([]);
    expect(fragmentsOf([{ text: 'category cat cat', starts_body: false, ends_body: true }], ['cat'])).toEqual([{ text: ' cat cat', marks: [[1, 4], [5, 8]] }]);
  });
});
