import { causeKeys, parseTime } from '@affidavit/audit-model';
import { type Cursor, encodeCursor, type Total } from './cursor.ts';
import { type AsOf, encodeAsOf } from './as-of.ts';
import { type Completeness } from './completeness.ts';
import { type EventRow, type Page, readPage } from './one-row-per-event.ts';
import { contradicts, instantOf, isAhead, isCoarse, tied } from './order-certainty.ts';
import { type FlatRow, type NestedRow, nestRow } from './row-shape.ts';
import { positionText, type SortKey } from './sort-key.ts';
import { type ActiveLink } from '../links/active-link.ts';
import { type ListReads } from '../store/list-reads.ts';

/** One page of a list, as it leaves. */
export interface ListAnswer {
  readonly data: readonly NestedRow[];
  readonly total: Total;
  readonly has_more: boolean;
  readonly next_cursor: string | null;
  readonly as_of: string;
  readonly completeness: Completeness;
  /** Of timelines that follow links: those by which rows of this page are here, as they stood at as_of. */
  readonly links?: readonly ActiveLink[];
}

export interface PageRequest {
  readonly limit: number;
  readonly asOf: AsOf;
  readonly binding: string;
  readonly cursor: Cursor | null;
  /** Rows of an entity's timeline say in which roles it stands. */
  readonly withRoles: boolean;
  /** Records that contradict an event are rows, too. */
  readonly contradictions?: boolean;
  /** What a row says beside, by the ways that it is in a list that follows links. */
  readonly dress?: (throughs: readonly string[]) => NestedRow;
}

const MAX_SCANNED = 200_000;

export interface PageOfRows {
  readonly data: readonly NestedRow[];
  readonly next: SortKey | null;
  readonly capped: boolean;
  /** Where the next page starts, null at the end. */
  after(total: Total): Cursor | null;
}

/**
 * Reads one page and dresses its rows: what happened, where it lies in Kafka, and how sure its time, place and
 * singleness are.
 */
export async function readRows(reads: ListReads, request: PageRequest): Promise<PageOfRows> {
  const page = await readPage(reads.keys, reads.copies, {
    limit: request.limit,
    maxScanned: MAX_SCANNED,
    contradictions: request.contradictions === true,
  });
  const [first, last] = [page.rows[0]?.key, page.rows.at(-1)?.key];
  const records = first === undefined || last === undefined ? [] : await reads.records(first, last);
  const caused = records.some((record) => record['causation_id'] !== '');
  const causes: ReadonlyMap<string, SortKey> =
    caused && first !== undefined && last !== undefined ? await reads.causes(first, last) : new Map<string, SortKey>();
  const byPosition = new Map(records.map((record) => [positionOf(record), record]));
  const data = page.rows.map((row, index) =>
    dress(row, byPosition.get(positionText(row.key)) ?? {}, {
      uncertain: isUncertain(page, index, request.cursor, causes, byPosition),
      withRoles: request.withRoles,
      beside: request.dress?.(row.throughs) ?? {},
    }),
  );
  return { data, next: page.next, capped: page.capped, after: (total) => cursorAfter(page, request, total) };
}

const positionOf = (record: FlatRow): string =>
  `${String(record['kafka_topic'])}/${String(record['kafka_partition'])}/${String(record['kafka_offset'])}`;

/** A row beside its neighbours in the list; across pages the cursor knows the neighbour before. */
function isUncertain(
  page: Page,
  index: number,
  cursor: Cursor | null,
  causes: ReadonlyMap<string, SortKey>,
  records: ReadonlyMap<string, FlatRow>,
): boolean {
  const row = (page.rows[index] as EventRow).key;
  if (isAheadRecord(records.get(positionText(row)) ?? {})) return true;
  if (contradicts(row, causeOf(records.get(positionText(row)) ?? {}, causes))) return true;
  const before = page.rows[index - 1]?.key;
  const after = page.rows[index + 1]?.key ?? (index === page.rows.length - 1 ? page.following : null);
  const instant = instantOf(row);
  if (before !== undefined && tied(instantOf(before), instant)) return true;
  if (after !== null && after !== undefined && tied(instant, instantOf(after))) return true;
  if (index > 0 || cursor === null) return false;
  return tied({ ...cursor.after, ...cursor.lastTime }, instant);
}

/** Where the event stands that a record names as its cause. */
export function causeOf(record: FlatRow, causes: ReadonlyMap<string, SortKey>): SortKey | undefined {
  const { causation_id, 'source.connector_id': connector } = record;
  if (typeof causation_id !== 'string' || causation_id === '') return undefined;
  const key = causeKeys(typeof connector === 'string' ? connector : '', causation_id).find((one) => causes.has(one));
  return key === undefined ? undefined : causes.get(key);
}

/** Whether a record's own times say that its source's clock is ahead. */
export function isAheadRecord({ occurred_at, observed_at }: FlatRow): boolean {
  const [occurred, observed] = [parseTime(occurred_at), parseTime(observed_at)];
  return occurred !== null && observed !== null && isAhead(occurred.micros, observed.micros);
}

function dress(
  row: EventRow,
  record: FlatRow,
  { uncertain, withRoles, beside }: { uncertain: boolean; withRoles: boolean; beside: NestedRow },
): NestedRow {
  return {
    ...nestRow(record),
    ...(withRoles && { roles: row.roles.filter((role) => role !== '') }),
    ...beside,
    kafka: { topic: row.key.topic, partition: row.key.partition, offset: row.key.offset },
    record_hash: record['record_hash'],
    late: Boolean(record['late']),
    ...(isAheadRecord(record) && { ahead: true }),
    order_uncertain: uncertain,
    duplicates: row.copies.duplicates,
    conflict: row.copies.conflict,
    ...(row.contradicts !== null && {
      contradicts: {
        event_id: row.key.event_id,
        connector_id: record['source.connector_id'],
        kafka: row.contradicts,
      },
    }),
  };
}

function cursorAfter(page: Page, { asOf, binding }: PageRequest, total: Total): Cursor | null {
  if (page.next === null) return null;
  const last = page.rows.at(-1)?.key;
  // A page that was cut short between events may have no row: then nothing is known of the time before the next one.
  const lastTime =
    last === undefined || page.capped
      ? { precision_us: 1, coarse: false }
      : { precision_us: Math.max(last.time_precision_us, 1), coarse: isCoarse(last) };
  return { asOf, binding, after: page.next, lastTime, total };
}

export function listAnswer(rows: PageOfRows, asOf: AsOf, total: Total, completeness: Completeness): ListAnswer {
  const after = rows.after(total);
  const next_cursor = after === null ? null : encodeCursor(after);
  return { data: rows.data, total, has_more: next_cursor !== null, next_cursor, as_of: encodeAsOf(asOf), completeness };
}
