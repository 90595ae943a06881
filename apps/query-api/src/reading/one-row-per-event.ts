import { type KeyRow, type LogPosition, type SortKey, positionText, sameSortKey } from './sort-key.ts';

/**
 * All copies of one event id that the vector shows. The first by log order is the event; the others are only counted.
 */
export interface Copies {
  readonly first: LogPosition;
  /** Further copies: 0 for an event that is in the log once. */
  readonly duplicates: number;
  /** Two copies differ in their facts. */
  readonly conflict: boolean;
}

/** What a list shows in one row. */
export interface EventRow {
  readonly key: KeyRow;
  readonly roles: readonly string[];
  /** Ways by which the event is in a list that follows links; empty in others. */
  readonly throughs: readonly string[];
  readonly copies: Copies;
}

/**
 * The next rows in the list's order, strictly after `after` by the table's whole sort key; fewer than `count` at the
 * end only.
 */
export type ReadKeys = (after: KeyRow | null, count: number) => Promise<readonly KeyRow[]>;

/**
 * Looks up, among all records of the tenant within the vector, the copies of every event that the list has from one key
 * to another, both included. A range and not a list of ids, which would not fit into a request.
 */
export type FindCopies = (from: SortKey, to: SortKey) => Promise<ReadonlyMap<string, Copies>>;

export interface Page {
  readonly rows: readonly EventRow[];
  /** The row after the page's last one, when there is one: the last row may be in a tie with it. */
  readonly following: KeyRow | null;
  /** Start the next page after this; null at the end. */
  readonly next: SortKey | null;
  /** Enough rows were looked at: the page is short, but there is more. */
  readonly capped: boolean;
}

export interface PageBounds {
  readonly limit: number;
  /** How many table rows one page may look at, so that a flood of copies cannot hold a request for ever. */
  readonly maxScanned: number;
}

/** The table rows of one event id with one sort key: its roles, and the copies that were sent with the same number. */
interface Group {
  readonly rows: KeyRow[];
  readonly seen: Set<string>;
}

const GROWTH = 2;
const MAX_BATCH = 8_192;

/**
 * Reads one page: over-fetches in key order and drops in code what is a re-insert of the same log record, a copy that
 * is not the first, or a second role of the same event. `FINAL` and `LIMIT BY` would read the whole entity instead.
 */
export async function readPage(readKeys: ReadKeys, findCopies: FindCopies, bounds: PageBounds): Promise<Page> {
  const wanted = bounds.limit + 1;
  const rows: EventRow[] = [];
  const groups = new Grouping();
  let count = Math.ceil(wanted * 1.25) + 16;
  let scanned = 0;
  let passed: KeyRow | null = null;
  for (;;) {
    const batch = await readKeys(groups.last, count);
    scanned += batch.length;
    const ended = batch.length < count;
    const closed = groups.add(batch, ended);
    passed = closed.at(-1)?.rows[0] ?? passed;
    rows.push(...(await eventRows(closed, findCopies)));
    if (rows.length >= wanted) {
      const page = rows.slice(0, bounds.limit);
      return {
        rows: page,
        following: (rows[bounds.limit] as EventRow).key,
        next: (page.at(-1) as EventRow).key,
        capped: false,
      };
    }
    if (ended) return { rows, following: null, next: null, capped: false };
    // A page ends between events, so one with more copies than the bound is still read to its end.
    if (scanned >= bounds.maxScanned && passed !== null) return { rows, following: null, next: passed, capped: true };
    count = Math.min(count * GROWTH, MAX_BATCH);
  }
}

/**
 * Cuts the stream of table rows into groups; the last one stays open until a row of another event or the end closes it.
 */
class Grouping {
  #open: Group | null = null;
  last: KeyRow | null = null;

  add(batch: readonly KeyRow[], ended: boolean): Group[] {
    const closed: Group[] = [];
    for (const row of batch) {
      if (this.#open !== null && !sameSortKey(this.#open.rows[0] as KeyRow, row)) {
        closed.push(this.#open);
        this.#open = null;
      }
      this.#open ??= { rows: [], seen: new Set() };
      const identity = `${row.role} ${positionText(row)} ${row.through ?? ''}`;
      if (!this.#open.seen.has(identity)) this.#open.rows.push(row);
      this.#open.seen.add(identity);
      this.last = row;
    }
    if (ended && this.#open !== null) {
      closed.push(this.#open);
      this.#open = null;
    }
    return closed;
  }
}

async function eventRows(groups: readonly Group[], findCopies: FindCopies): Promise<EventRow[]> {
  const [from, to] = [groups[0]?.rows[0], groups.at(-1)?.rows[0]];
  if (from === undefined || to === undefined) return [];
  const copies = await findCopies(from, to);
  return groups.flatMap(({ rows }) => {
    const known = copies.get((rows[0] as KeyRow).event_id);
    if (known === undefined) return [];
    const place = positionText(known.first);
    const first = rows.filter((row) => positionText(row) === place);
    return first.length === 0
      ? []
      : [
          {
            key: first[0] as KeyRow,
            roles: distinct(first.map((row) => row.role)),
            throughs: distinct(first.flatMap((row) => row.through ?? [])),
            copies: known,
          },
        ];
  });
}

const distinct = (texts: readonly string[]): readonly string[] => (texts.length < 2 ? texts : [...new Set(texts)]);
