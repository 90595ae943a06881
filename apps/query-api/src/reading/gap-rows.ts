import { formatTime, parseTime } from '@affidavit/audit-model';
import { type KnownGap } from './completeness.ts';
import { type NestedRow } from './row-shape.ts';
import { compareSortKeys, type SortKey } from './sort-key.ts';

/** A record that stands right before or right after missing numbers, in the same stream. */
export interface Neighbour {
  readonly event_id: string;
  /** Microseconds. */
  readonly occurred_at: number;
}

export interface PlacedGap {
  readonly gap: KnownGap;
  readonly before: Neighbour | null;
  readonly after: Neighbour | null;
}

/** Which stretch of the list a page is. */
export interface PageWindow {
  /** Null for the first page. */
  readonly after: SortKey | null;
  readonly lastPage: boolean;
  readonly range: { readonly from: number | null; readonly to: number | null };
}

/** Right behind the record before it; else right before the one after it. Null where neither is known. */
export function placeOf({ gap, before, after }: PlacedGap): SortKey | null {
  const neighbour = before ?? after;
  return neighbour === null || gap.from_seq === null
    ? null
    : { occurred_at: neighbour.occurred_at, stream_id: gap.stream_id, seq: gap.from_seq, event_id: '' };
}

/**
 * A page of a timeline with missing ranges as rows at their places. Rows beyond `limit`: they are no events and are not
 * counted. A gap before the list's first event, or behind its last, is a row only when the numbers around it reach into
 * the list.
 */
export function withGapRows(
  rows: readonly NestedRow[],
  gaps: readonly PlacedGap[],
  window: PageWindow,
): readonly NestedRow[] {
  const keys = rows.map(keyOf);
  const [first, last] = [keys[0], keys.at(-1)];
  if (first === undefined || last === undefined || gaps.length === 0) return rows;
  const { from, to } = window.range;
  const placed = gaps
    .flatMap((gap) => {
      const place = placeOf(gap);
      if (place === null || (from !== null && place.occurred_at < from) || (to !== null && place.occurred_at >= to))
        return [];
      if (
        window.after !== null
          ? compareSortKeys(place, window.after) <= 0
          : compareSortKeys(place, first) < 0 && (gap.after?.occurred_at ?? 0) < first.occurred_at
      )
        return [];
      if (window.lastPage ? place.occurred_at > last.occurred_at : compareSortKeys(place, last) > 0) return [];
      return [{ place, row: gapRow(gap, place) }];
    })
    .sort((a, b) => compareSortKeys(a.place, b.place));
  const merged: NestedRow[] = [];
  let next = 0;
  rows.forEach((row, index) => {
    for (
      let gap = placed[next];
      gap !== undefined && compareSortKeys(gap.place, keys[index] as SortKey) < 0;
      gap = placed[next]
    ) {
      merged.push(gap.row);
      next += 1;
    }
    merged.push(row);
  });
  return [...merged, ...placed.slice(next).map(({ row }) => row)];
}

const keyOf = (row: NestedRow): SortKey => ({
  occurred_at: parseTime(row['occurred_at'])?.micros ?? 0,
  stream_id: String(row['stream_id']),
  seq: Number(row['seq']),
  event_id: String(row['event_id']),
});

/** The event that declared it, standing where the numbers are missing. */
function gapRow({ gap, before, after }: PlacedGap, place: SortKey): NestedRow {
  const { event_id, stream_id, from_seq, to_seq, kind, occurred_at, kafka } = gap;
  return {
    row_kind: 'gap',
    event_id,
    event_type: 'collector.gap.detected',
    occurred_at: formatTime(place.occurred_at),
    stream_id,
    seq: from_seq,
    gap: { stream_id, from_seq, to_seq, kind },
    ...(from_seq !== null && to_seq !== null && { missing: gap.missing ?? to_seq - from_seq + 1 }),
    declared_at: occurred_at,
    between: {
      before: before?.event_id ?? null,
      after: after?.event_id ?? null,
      until: after === null ? null : formatTime(after.occurred_at),
    },
    ...(kafka !== undefined && { kafka }),
    late: false,
    order_uncertain: false,
    duplicates: 0,
    conflict: false,
  };
}
