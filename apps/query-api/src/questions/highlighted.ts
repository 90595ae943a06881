import { type NestedRow } from '../reading/row-shape.ts';
import { type Standpoint } from '../reading/list-question.ts';
import { type ContentSearch } from '../search/words.ts';

interface ContentRef {
  readonly role?: string;
  readonly content_id?: string;
}

const refsOf = (row: NestedRow): readonly ContentRef[] => (row['content'] ?? []) as readonly ContentRef[];

/**
 * The rows with `highlights`: of each body that holds the words, which part of the event it is and the pieces around
 * them.
 */
export async function highlighted(
  { content }: { readonly content: ContentSearch },
  { context, asOf }: Standpoint,
  rows: readonly NestedRow[],
  words: readonly string[],
  contentIds: readonly string[],
): Promise<readonly NestedRow[]> {
  const found = new Set(contentIds);
  const shown = [
    ...new Set(
      rows.flatMap((row) => refsOf(row).flatMap(({ content_id = '' }) => (found.has(content_id) ? [content_id] : []))),
    ),
  ];
  const fragments =
    shown.length === 0
      ? new Map<string, never>()
      : await content.fragments(context.tenantId, words, shown, asOf.vector);
  return rows.map((row) => ({
    ...row,
    highlights: refsOf(row).flatMap(({ role, content_id = '' }) => {
      const pieces = fragments.get(content_id);
      return pieces === undefined ? [] : [{ content_id, role: role ?? 'unknown', fragments: pieces }];
    }),
  }));
}
