import { formatTime } from '@affidavit/audit-model';
import { type ProjectedTopic } from '../store/projection-state.ts';

/** Numbers that are missing in a stream, as its collector or source said. */
export interface KnownGap {
  readonly event_id: string;
  readonly stream_id: string;
  readonly from_seq: number | null;
  readonly to_seq: number | null;
  /** How many of these numbers no record has; left out where it is not known which they are. */
  readonly missing?: number;
  readonly kind: string;
  readonly occurred_at: string;
  /** Where the event that says so lies. */
  readonly kafka?: { readonly topic: string; readonly partition: number; readonly offset: number };
}

/**
 * What an answer says about its own limits. Nothing in it means "everything was recorded": only what is known to be
 * missing.
 */
export interface Completeness {
  /** False as soon as anything below is known to be missing; true says only that nothing is. */
  readonly no_known_gaps: boolean;
  readonly range: { readonly from: string | null; readonly to: string | null };
  /** How far the log is in the tables now. A `lag` of null is unknown: then compare `last_record_at` with the clock. */
  readonly projected: readonly ProjectedTopic[];
  readonly gaps: { readonly count: number; readonly listed: readonly KnownGap[] };
  /** A bound was reached: there may be more than was looked at. `caps` names it. */
  readonly cap_reached: boolean;
  readonly caps: readonly string[];
  /** Records that could not be accepted or projected: of this tenant, and of none that could be told. */
  readonly dead_letters: number;
}

export interface CompletenessParts {
  readonly range: { readonly from: number | null; readonly to: number | null };
  readonly topics: readonly ProjectedTopic[];
  readonly gaps: { readonly count: number; readonly listed: readonly KnownGap[] };
  readonly deadLetters: number;
  readonly caps: readonly string[];
}

export function completenessOf({ range, topics, gaps, deadLetters, caps }: CompletenessParts): Completeness {
  return {
    no_known_gaps: gaps.count === 0 && deadLetters === 0 && caps.length === 0,
    range: {
      from: range.from === null ? null : formatTime(range.from),
      to: range.to === null ? null : formatTime(range.to),
    },
    projected: topics,
    gaps,
    cap_reached: caps.length > 0,
    caps,
    dead_letters: deadLetters,
  };
}

/** The same with further bounds that were reached. */
export function withCaps(completeness: Completeness, caps: readonly string[]): Completeness {
  if (caps.length === 0) return completeness;
  return {
    ...completeness,
    no_known_gaps: false,
    cap_reached: true,
    caps: [...new Set([...completeness.caps, ...caps])],
  };
}
