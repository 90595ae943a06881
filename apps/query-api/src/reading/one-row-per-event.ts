import { type KeyRow, type LogPosition, type SortKey, positionText, sameSortKey } from './sort-key.ts';

/**
 * All records under one event key that the vector shows. The first by log order is the event; those that say the same
 * are only counted, and each distinct fact that contradicts it has a place of its own.
 */
export interface Copies {
  readonly first: LogPosition;
  /** Where each fact that contradicts the event was first recorded. */
  readonly contradictions: readonly LogPosition[];
  /** Further records under the key: 0 for an event that is in the log once. */
  readonly duplicates: number;
  /** Two of the records differ in their facts. */
  readonly conflict: boolean;
}

/** What a list shows in one row. */
export interface EventRow {
  readonly key: KeyRow;
  readonly roles: readonly string[];
  /** Ways by which the event is in a list that follows links; empty in others. */
  readonly throughs: readonly string[];
  readonly copies: Copies;
  /** No event, but a record that contradicts one: where that is. */
  readonly contradicts: LogPosition | null;
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
  /** Records that contradict an event are rows, too: in timelines, where what they name is looked for. */
  readonly contradictions?: boolean;
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
    rows.push(...(await eventRows(closed, findCopies, bounds.contradictions === true)));
    if (rows.length > endOfPage(rows, bounds.limit)) {
      const page = rows.slice(0, endOfPage(rows, bounds.limit));
      return {
        rows: page,
        following: (rows[page.length] as EventRow).key,
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

/** A cursor names an event's sort key: what stands under the same one goes with it. */
function endOfPage(rows: readonly EventRow[], limit: number): number {
  let end = limit;
  const last = rows[limit - 1]?.key;
  while (last !== undefined && rows[end] !== undefined && sameSortKey(rows[end]?.key ?? last, last)) end += 1;
  return end;
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

async function eventRows(
  groups: readonly Group[],
  findCopies: FindCopies,
  contradictions: boolean,
): Promise<EventRow[]> {
  const [from, to] = [groups[0]?.rows[0], groups.at(-1)?.rows[0]];
  if (from === undefined || to === undefined) return [];
  const copies = await findCopies(from, to);
  return groups.flatMap(({ rows }) => {
    const known = copies.get((rows[0] as KeyRow).event_key);
    if (known === undefined) return [];
    const others = contradictions ? known.contradictions : [];
    return [
      ...rowAt(rows, known.first, known, null),
      ...others.flatMap((place) => rowAt(rows, place, known, known.first)),
    ];
  });
}

/** The row of the record at a place, if the list has it. */
function rowAt(
  rows: readonly KeyRow[],
  position: LogPosition,
  copies: Copies,
  contradicts: LogPosition | null,
): EventRow[] {
  const place = positionText(position);
  const own = rows.filter((row) => positionText(row) === place);
  const [key] = own;
  if (key === undefined) return [];
  const roles = distinct(own.map((row) => row.role));
  return [{ key, roles, throughs: distinct(own.flatMap((row) => row.through ?? [])), copies, contradicts }];
}

const distinct = (texts: readonly string[]): readonly string[] => (texts.length < 2 ? texts : [...new Set(texts)]);
