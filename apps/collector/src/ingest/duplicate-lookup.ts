import { type Accepted } from '@affidavit/intake';

export interface RecordPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly fact_hash: string;
}

/**
 * Which of these events the record holds already, by event key, and where the first copy is. MUST answer soon and MUST NOT reject:
 * best effort.
 */
export interface DuplicateLookup {
  find(accepted: readonly Accepted[]): Promise<ReadonlyMap<string, RecordPlace>>;
}

export const noLookup: DuplicateLookup = { find: () => Promise.resolve(new Map()) };

/** What is known of an event's key: nothing, a record with the same facts, or one with others. */
export type KnownAs = 'new' | 'duplicate' | 'conflict';

/** An index may already show the very record that was appended a moment ago: that is no duplicate. */
export function knownElsewhere(known: RecordPlace | undefined, here: RecordPlace): KnownAs {
  if (known === undefined) return 'new';
  if (known.topic === here.topic && known.partition === here.partition && known.offset === here.offset) return 'new';
  return known.fact_hash === here.fact_hash ? 'duplicate' : 'conflict';
}
