import { type PositionVerdict } from '@affidavit/kafka';

export interface Hole {
  readonly from: bigint;
  readonly to: bigint;
}

/** What to do with a batch that the consumer was handed, given what must come next in its partition. */
export type BatchStep =
  /**
   * `holes`: offsets that the log does not hand out even when asked again; a dead letter says so, then they are passed
   * over.
   */
  | { readonly status: 'take'; readonly holes: readonly Hole[] }
  /** The consumer stands elsewhere: make it read from `offset`. */
  | { readonly status: 'seek'; readonly offset: bigint };

/**
 * One partition of one assignment. Offsets of our topics are dense, so every batch must begin where the last one ended;
 * kafkajs answers an offset out of range by silently starting elsewhere, which shows here.
 */
export class PartitionCursor {
  #next: bigint;
  #askedAgainFor: bigint | undefined;

  constructor(next: bigint) {
    this.#next = next;
  }

  get next(): bigint {
    return this.#next;
  }

  /** `offsets` of one batch, ascending. */
  step(offsets: readonly bigint[]): BatchStep {
    const [first] = offsets;
    if (first === undefined || first < this.#next) return { status: 'seek', offset: this.#next };
    const holes = holesIn(offsets, this.#next);
    if (holes[0] !== undefined && this.#askedAgainFor !== holes[0].from) {
      this.#askedAgainFor = holes[0].from;
      return { status: 'seek', offset: this.#next };
    }
    this.#next = offsets.at(-1)! + 1n;
    return { status: 'take', holes };
  }
}

function holesIn(offsets: readonly bigint[], next: bigint): Hole[] {
  const holes: Hole[] = [];
  let expected = next;
  for (const offset of offsets) {
    if (offset !== expected) holes.push({ from: expected, to: offset - 1n });
    expected = offset + 1n;
  }
  return holes;
}

/** Why a partition cannot be projected from where its table stands; undefined when it can. */
export function stopReason(verdict: PositionVerdict): string | undefined {
  switch (verdict.status) {
    case 'ok':
      return undefined;
    case 'log_start_beyond':
      return `offsets ${verdict.expected} to ${verdict.low - 1n} are gone: the log starts at ${verdict.low}`;
    case 'log_shorter':
      return `the log ends at ${verdict.high}, before the next offset to project, ${verdict.expected}: it was truncated or is another log`;
  }
}
