/** Numbers that somebody said were missing; null where they did not know which. */
export interface DeclaredGap {
  readonly stream_id: string;
  readonly from_seq: number | null;
  readonly to_seq: number | null;
  readonly kind: string;
  readonly cause: string;
  readonly declared_at: string;
  readonly declared_by: string;
  readonly closed_at: string | null;
}

/** Numbers that no record in the tables has, though later ones have theirs. */
export interface Hole {
  readonly stream_id: string;
  readonly from_seq: number;
  readonly to_seq: number;
  /** When the record behind it was observed. */
  readonly noticed_at: string;
  /** The record behind it is so new that those before it may still be on their way into the tables. */
  readonly young: boolean;
}

/**
 * missing: nobody has them. arrived: declared, and all of them are in the tables all the same. closed: declared, and
 * taken back. unverified: declared, and nothing behind them has been seen, or it is not known which they are.
 */
export type GapStatus = 'missing' | 'arrived' | 'closed' | 'unverified';

export interface GapState {
  readonly stream_id: string;
  readonly from_seq: number | null;
  readonly to_seq: number | null;
  readonly kind: string;
  readonly status: GapStatus;
  /** How many of the numbers nobody has; null when that cannot be told. */
  readonly missing: number | null;
  /** The events that declared it; empty for a hole that only the numbers show. */
  readonly declared_by: readonly string[];
  readonly cause: string;
  readonly since: string;
  readonly closed_at: string | null;
}

/**
 * What is declared, held against the numbers; holes that nobody declared stand on their own, but for young ones. A
 * declared one is missing however young: whoever numbers the stream says so. `lastSeq` is the highest number of each
 * stream.
 */
export function gapStates(
  declared: readonly DeclaredGap[],
  holes: readonly Hole[],
  lastSeq: ReadonlyMap<string, number>,
): readonly GapState[] {
  const byStream = new Map<string, Hole[]>();
  for (const hole of holes) byStream.set(hole.stream_id, [...(byStream.get(hole.stream_id) ?? []), hole]);
  const states = declared.map((gap) =>
    stateOf(gap, byStream.get(gap.stream_id) ?? [], lastSeq.get(gap.stream_id) ?? 0),
  );
  const undeclared = holes.flatMap((hole) =>
    (hole.young ? [] : without(hole, declared)).map(([from_seq, to_seq]): GapState => ({
      stream_id: hole.stream_id,
      from_seq,
      to_seq,
      kind: 'sequence',
      status: 'missing',
      missing: to_seq - from_seq + 1,
      declared_by: [],
      cause: '',
      since: hole.noticed_at,
      closed_at: null,
    })),
  );
  return [...states, ...undeclared].sort(
    (a, b) =>
      compare(a.stream_id, b.stream_id) || (a.from_seq ?? 0) - (b.from_seq ?? 0) || (a.to_seq ?? 0) - (b.to_seq ?? 0),
  );
}

/** How many numbers of each stream nobody has; of young holes those that were declared. */
export function missingNumbers(declared: readonly DeclaredGap[], holes: readonly Hole[]): ReadonlyMap<string, number> {
  const missing = new Map<string, number>();
  for (const hole of holes) {
    const onItsWay = hole.young ? without(hole, declared).reduce((sum, [from, to]) => sum + to - from + 1, 0) : 0;
    const count = hole.to_seq - hole.from_seq + 1 - onItsWay;
    if (count > 0) missing.set(hole.stream_id, (missing.get(hole.stream_id) ?? 0) + count);
  }
  return missing;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function stateOf(gap: DeclaredGap, holes: readonly Hole[], lastSeq: number): GapState {
  const { stream_id, from_seq, to_seq, kind, cause, declared_at, declared_by, closed_at } = gap;
  const missing =
    from_seq === null || to_seq === null
      ? null
      : holes.reduce((sum, hole) => sum + overlap(hole, from_seq, to_seq), 0) +
        Math.max(0, to_seq - Math.max(lastSeq, from_seq - 1));
  const known = to_seq !== null && from_seq !== null && to_seq < lastSeq;
  const status: GapStatus =
    closed_at !== null ? 'closed' : !known ? 'unverified' : missing === 0 ? 'arrived' : 'missing';
  return {
    stream_id,
    from_seq,
    to_seq,
    kind,
    status,
    missing: closed_at === null ? missing : 0,
    declared_by: [declared_by],
    cause,
    since: declared_at,
    closed_at,
  };
}

const overlap = (hole: Hole, from: number, to: number): number =>
  Math.max(0, Math.min(hole.to_seq, to) - Math.max(hole.from_seq, from) + 1);

/**
 * The parts of a hole that no declared gap covers. A closed one covers nothing: it says that the numbers arrived, and
 * they did not.
 */
function without(hole: Hole, declared: readonly DeclaredGap[]): readonly (readonly [number, number])[] {
  const covers = declared
    .filter(
      (gap) =>
        gap.stream_id === hole.stream_id && gap.closed_at === null && gap.from_seq !== null && gap.to_seq !== null,
    )
    .sort((a, b) => (a.from_seq ?? 0) - (b.from_seq ?? 0));
  const parts: (readonly [number, number])[] = [];
  let at = hole.from_seq;
  for (const cover of covers) {
    const [from, to] = [cover.from_seq ?? 0, cover.to_seq ?? 0];
    if (to < at || from > hole.to_seq) continue;
    if (from > at) parts.push([at, from - 1]);
    at = Math.max(at, to + 1);
  }
  if (at <= hole.to_seq) parts.push([at, hole.to_seq]);
  return parts;
}
