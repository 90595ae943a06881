/** Numbers that were given and not acknowledged: inclusive at both ends. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

export interface StreamGap extends NumberRange {
  readonly tenant_id: string;
  readonly stream_id: string;
}

interface StreamGaps {
  readonly tenant_id: string;
  readonly stream_id: string;
  /** Sorted, apart from each other by at least one number. */
  ranges: NumberRange[];
}

/**
 * Remembers burnt numbers until they are declared. Bounded: beyond `maxRanges` per stream the two nearest ranges become
 * one, which also covers numbers that did arrive. That is allowed, since "not acknowledged" never says that a record is
 * absent.
 */
export class GapLedger {
  readonly #streams = new Map<string, StreamGaps>();
  readonly #maxRanges: number;

  constructor(maxRanges = 100) {
    this.#maxRanges = maxRanges;
  }

  get size(): number {
    let size = 0;
    for (const { ranges } of this.#streams.values()) size += ranges.length;
    return size;
  }

  burn(tenantId: string, streamId: string, from: number, to: number = from): void {
    const key = `${tenantId}\u0000${streamId}`;
    const stream = this.#streams.get(key) ?? { tenant_id: tenantId, stream_id: streamId, ranges: [] };
    this.#streams.set(key, stream);
    stream.ranges = joined([...stream.ranges, { from, to }], this.#maxRanges);
  }

  /** Hands over everything and forgets it. What could not be declared MUST be given back with `burn`. */
  take(): StreamGap[] {
    const gaps = [...this.#streams.values()].flatMap(({ tenant_id, stream_id, ranges }) =>
      ranges.map((range) => ({ tenant_id, stream_id, ...range })),
    );
    this.#streams.clear();
    return gaps;
  }
}

function joined(ranges: readonly NumberRange[], max: number): NumberRange[] {
  const sorted = [...ranges].sort((a, b) => a.from - b.from);
  const merged: NumberRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last && range.from <= last.to + 1)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else merged.push(range);
  }
  while (merged.length > max) {
    const distances = merged.slice(1).map((range, index) => range.from - (merged[index]?.to ?? 0));
    const nearest = distances.indexOf(Math.min(...distances));
    const [left, right] = merged.slice(nearest, nearest + 2) as [NumberRange, NumberRange];
    merged.splice(nearest, 2, { from: left.from, to: right.to });
  }
  return merged;
}
