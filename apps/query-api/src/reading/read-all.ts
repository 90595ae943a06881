import { type ReadContext, listReads } from '../store/list-reads.ts';
import { deadLetterCount, knownGaps } from '../store/completeness-reads.ts';
import { type Completeness, completenessOf } from './completeness.ts';
import { type Cursor } from './cursor.ts';
import { readRows } from './list-answer.ts';
import { type ListOf, restAfter, type Standpoint, tableOf } from './list-question.ts';
import { type NestedRow } from './row-shape.ts';

/** Answers that are put together from all rows of something (a run, a session, an action) look at so many at most. */
export const DEFAULT_CAP = 10_000;

/** What `caps` says when a list had more rows than were looked at. */
export const ROWS_CAP = 'rows';

export interface ReadAllOptions {
  /** Events; DEFAULT_CAP when left out. */
  readonly cap?: number;
  /** Microseconds, from inclusive to exclusive; null is open. */
  readonly range?: { readonly from: number | null; readonly to: number | null };
}

export interface AllRows {
  /** One per event, in the list's order, dressed as a timeline's. */
  readonly rows: readonly NestedRow[];
  /** There are more: the rows are the first of them. */
  readonly capped: boolean;
}

/** A page's wide rows come as JSON with all column names: more at once would be tens of megabytes. */
const PAGE = 2_000;

export interface RowsPart {
  readonly rows: readonly NestedRow[];
  /** The last part, and the cap cut it. */
  readonly capped: boolean;
}

/** The rows of a list, part by part, so that who passes them on never holds all of them. */
export async function* readParts(
  context: ReadContext,
  list: ListOf,
  { cap = DEFAULT_CAP, range = { from: null, to: null } }: ReadAllOptions = {},
): AsyncGenerator<RowsPart> {
  const whole = tableOf(context, list, range);
  const asOf = { generation: context.generation, vector: context.vector };
  let cursor: Cursor | null = null;
  let count = 0;
  do {
    const request = { limit: Math.min(PAGE, cap - count), asOf, binding: '', cursor, withRoles: list.role !== null };
    const page = await readRows(listReads(context, restAfter(whole, cursor)), request);
    count += page.data.length;
    // A page that a flood of copies cut short is where looking ends, too.
    const capped = page.capped || (page.next !== null && count >= cap);
    yield { rows: page.data, capped };
    cursor = capped ? null : page.after(0);
  } while (cursor !== null);
}

export async function readAll(context: ReadContext, list: ListOf, options: ReadAllOptions = {}): Promise<AllRows> {
  const rows: NestedRow[] = [];
  let capped = false;
  for await (const part of readParts(context, list, options)) {
    for (const row of part.rows) rows.push(row);
    capped = part.capped;
  }
  return { rows, capped };
}

/** What an answer made of all rows of a list says about its limits. `caps` are further bounds that were reached. */
export async function completenessOfAll(
  { context, state }: Standpoint,
  list: ListOf,
  { range = { from: null, to: null } }: ReadAllOptions,
  caps: readonly string[],
): Promise<Completeness> {
  const [gaps, deadLetters] = await Promise.all([
    knownGaps(context, tableOf(context, list, range)),
    deadLetterCount(context),
  ]);
  return completenessOf({
    range,
    topics: state.topics,
    gaps,
    deadLetters,
    caps: [...new Set([...list.caps, ...caps])],
  });
}
