import { topics } from '@affidavit/contracts';
import { packToken, unpackToken } from './token.ts';
import { queryError } from '../query-error.ts';

/** The next offset to project, per topic and partition: what a reader may see ends before it. */
export type OffsetVector = Readonly<Record<string, readonly number[]>>;

/** Which part of the log an answer rests on. Equal ones give equal answers, whatever was projected in between. */
export interface AsOf {
  readonly generation: string;
  readonly vector: OffsetVector;
}

/** Its projection is in the other engine, and read only by questions about words. */
export const CONTENT_TOPIC = 'audit.content.v1';

const MAX_LENGTH = 8_192;
const MAX_PARTITIONS = 1_024;

const isOffsets = (value: unknown): value is number[] =>
  Array.isArray(value) &&
  value.length <= MAX_PARTITIONS &&
  value.every((offset) => Number.isSafeInteger(offset) && offset >= 0);

/** Base64url of compact JSON: generation `g`, vector `v`, checksum `c`. */
export const encodeAsOf = ({ generation, vector }: AsOf): string => packToken({ g: generation, v: vector });

/** Reads the parts of a token or cursor; null when they are not a vector over topics of the log. */
export function asOfFrom(generation: unknown, vector: unknown, current: AsOf): AsOf | null {
  if (generation !== current.generation || typeof vector !== 'object' || vector === null || Array.isArray(vector))
    return null;
  for (const [topic, offsets] of Object.entries(vector)) {
    if (!Object.hasOwn(topics, topic) || !isOffsets(offsets)) return null;
  }
  return { generation: current.generation, vector: vector as OffsetVector };
}

/**
 * Throws `as_of_invalid` for what we did not make (another generation included: its offsets are the same log's, but
 * nobody compared its tables with these), `as_of_ahead` when the projector has not got there yet: that would be half an
 * answer.
 */
export function readAsOf(token: string, current: AsOf): AsOf {
  const value = unpackToken(token, MAX_LENGTH);
  const asOf = value === null ? null : asOfFrom(value['g'], value['v'], current);
  if (asOf === null)
    throw queryError('as_of_invalid', 'as_of is not a token of this API, or belongs to another generation');
  requireReached(asOf, current);
  return asOf;
}

/**
 * Of a topic that this question does not read, such as content for a timeline, it does not matter how far it is
 * projected.
 */
export function requireReached(asOf: AsOf, current: AsOf): void {
  for (const [topic, offsets] of Object.entries(asOf.vector)) {
    if (topic === CONTENT_TOPIC && !Object.hasOwn(current.vector, topic)) continue;
    const reached = current.vector[topic] ?? [];
    if (offsets.some((offset, partition) => offset > (reached[partition] ?? 0))) {
      throw queryError('as_of_ahead', `as_of is ahead of what is projected of ${topic}: ask again in a moment`);
    }
  }
}
