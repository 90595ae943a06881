import { type ContentDigests } from '../content/content-digests.ts';
import { type OffsetVector } from '../reading/as-of.ts';
import { type ProjectedTopic } from '../store/projection-state.ts';
import { queryError } from '../query-error.ts';
import { type Fragment } from './highlight.ts';

/** Bodies that hold all the words, newest first. */
export interface FoundContent {
  readonly contentIds: readonly string[];
  /** There are more than were taken. */
  readonly capped: boolean;
}

export interface ContentSearch extends ContentDigests {
  /** How far content is projected. MUST be read before `find`. */
  state(): Promise<{ readonly vector: OffsetVector; readonly topics: readonly ProjectedTopic[] }>;
  /** At most MAX_BODIES of the tenant's bodies within the vector. */
  find(tenantId: string, words: readonly string[], vector: OffsetVector): Promise<FoundContent>;
  /**
   * Of the given bodies those that hold the words, and the pieces of them around the words. For those who may read
   * content.
   */
  fragments(
    tenantId: string,
    words: readonly string[],
    contentIds: readonly string[],
    vector: OffsetVector,
  ): Promise<ReadonlyMap<string, readonly Fragment[]>>;
}

/** Of so many bodies the events are looked up; a word of every prompt finds too many to be a question. */
export const MAX_BODIES = 2_000;

const MAX_WORDS = 20;

/**
 * Words as the text index cuts bodies: ASCII letters and digits and everything beyond ASCII make words, the rest
 * separates; only ASCII letters lose their case. So `Größe` is one word and is found as written.
 */
export function wordsOf(q: string): readonly string[] {
  const words = [
    ...new Set(
      q
        .normalize('NFC')
        .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
        .split(/[^a-z0-9\u{80}-\u{10ffff}]+/u)
        .filter((word) => word !== ''),
    ),
  ];
  if (words.length === 0)
    throw queryError('invalid_parameter', 'q needs at least one word of letters or digits', { detail: { path: 'q' } });
  if (words.length > MAX_WORDS)
    throw queryError('invalid_parameter', `q has more than ${MAX_WORDS} words`, { detail: { path: 'q' } });
  return words;
}
