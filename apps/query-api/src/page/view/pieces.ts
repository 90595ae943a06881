import { timelinePath } from '../../questions/links.ts';
import { type RunRow } from '../../runs/row.ts';
import { type People, personText } from './people.ts';
import { words } from './words.ts';

/** A stretch of a sentence; with an address it is a link, a code stands in a fixed-width face. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
  readonly code?: boolean;
}

export type Sentence = readonly Piece[];

export const piece = (text: string): Piece => ({ text });
export const code = (text: string, href?: string): Piece => ({ text, code: true, ...(href !== undefined && { href }) });

/** As one reads it, for titles and tests. */
export const plain = (sentence: Sentence): string => sentence.map(({ text }) => text).join('');

export function partyPiece(
  party: { readonly type?: string; readonly id?: string } | undefined,
  people: People,
  otherwise = 'Somebody',
): Piece {
  const id = party?.id ?? '';
  if (id === '') return piece(otherwise);
  const { label, pseudonym } = personText(id, people);
  return pseudonym === '' ? code(label) : { text: label, href: timelinePath('user', { id: pseudonym }) };
}

/** How it ended, if it says. */
export function ending({ outcome, details, run }: RunRow): Sentence {
  const why = outcome?.code ?? outcome?.reason ?? details?.['error_type'] ?? run?.error_type;
  const word = outcome?.status === undefined || outcome.status === 'unknown' ? null : outcome.status;
  if (word === null && why === undefined) return [piece('.')];
  return [
    piece(word === 'success' ? ': success' : `: ${words(word ?? 'ended')}`),
    ...(why === undefined ? [] : [piece(' ('), code(why), piece(')')]),
    piece('.'),
  ];
}
