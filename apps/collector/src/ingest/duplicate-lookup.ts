import { type Accepted } from '@affidavit/intake';

export interface RecordPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/**
 * Which of these events the record holds already, and where the first copy is. MUST answer soon and MUST NOT reject:
 * best effort.
 */
export interface DuplicateLookup {
  find(accepted: readonly Accepted[]): Promise<ReadonlyMap<string, RecordPlace>>;
}

export const noLookup: DuplicateLookup = { find: () => Promise.resolve(new Map()) };

/** An index may already show the very record that was appended a moment ago: that is no duplicate. */
export const isElsewhere = (known: RecordPlace | undefined, here: RecordPlace): boolean =>
  known !== undefined &&
  (known.topic !== here.topic || known.partition !== here.partition || known.offset !== here.offset);
