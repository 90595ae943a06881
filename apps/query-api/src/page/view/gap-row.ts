import { type NestedRow } from '../../reading/row-shape.ts';
import { sectionOf, textIn } from './describe-row.ts';
import { many, words } from './words.ts';

/** Numbers that are missing, in the place where they would stand. */
export interface GapText {
  readonly text: string;
  readonly stream: string;
  readonly detail: string;
}

/** Null for what happened; a row of kind `gap` says what did not arrive. */
export function gapTextOf(row: NestedRow): GapText | null {
  if (row['row_kind'] !== 'gap') return null;
  const gap = { ...row, ...sectionOf(row, 'gap') };
  const [from, to] = [Number(gap['from_seq'] ?? Number.NaN), Number(gap['to_seq'] ?? gap['from_seq'] ?? Number.NaN)];
  const known = Number.isFinite(from) && Number.isFinite(to);
  return {
    text: known ? `${many(to - from + 1, 'record is', 'records are')} missing here` : 'Records are missing here',
    stream: textIn(gap, 'stream_id'),
    detail: [
      known ? (from === to ? `number ${from}` : `numbers ${from} to ${to}`) : '',
      words(textIn(gap, 'kind')),
      words(textIn(gap, 'cause')),
    ]
      .filter((part) => part !== '')
      .join(', '),
  };
}
