import { createHash } from 'node:crypto';
import { canonicalJson } from '@affidavit/audit-model';
import { type AsOf, asOfFrom, requireReached } from './as-of.ts';
import { type SortKey } from './sort-key.ts';
import { packToken, unpackToken } from './token.ts';
import { queryError } from '../query-error.ts';

/** Exact, or a lower bound. */
export type Total = number | { readonly at_least: number };

/** Where the next page starts. It carries what was visible and the total, so that all pages are pages of one answer. */
export interface Cursor {
  readonly asOf: AsOf;
  /** Hash of route, tenant, entity and filters: a cursor of one question does not continue another. */
  readonly binding: string;
  /** The last event that was looked at; the page starts strictly after it. */
  readonly after: SortKey;
  /** How sure the time of the last row was: the first row of the next page may be in a tie with it. */
  readonly lastTime: { readonly precision_us: number; readonly coarse: boolean };
  readonly total: Total;
}

const MAX_LENGTH = 16_384;

export const bindingOf = (question: Readonly<Record<string, unknown>>): string =>
  createHash('sha256').update(canonicalJson(question)).digest('base64url').slice(0, 22);

export function encodeCursor({ asOf, binding, after, lastTime, total }: Cursor): string {
  return packToken({
    g: asOf.generation,
    v: asOf.vector,
    b: binding,
    p: [after.occurred_at, after.stream_id, after.seq, after.event_id],
    u: [lastTime.precision_us, lastTime.coarse ? 1 : 0],
    n: typeof total === 'number' ? total : -total.at_least,
  });
}

function positionFrom(value: unknown): SortKey | null {
  if (!Array.isArray(value) || value.length !== 4) return null;
  const [occurred_at, stream_id, seq, event_id] = value as unknown[];
  if (
    !Number.isSafeInteger(occurred_at) ||
    typeof stream_id !== 'string' ||
    !Number.isSafeInteger(seq) ||
    typeof event_id !== 'string'
  )
    return null;
  return { occurred_at: occurred_at as number, stream_id, seq: seq as number, event_id };
}

/**
 * Throws `cursor_invalid` for what we did not make for this question, `as_of_ahead` when the projector is behind it.
 */
export function readCursor(token: string, binding: string, current: AsOf): Cursor {
  const invalid = (): never => {
    throw queryError(
      'cursor_invalid',
      'cursor is not one of this API, or belongs to another query: repeat the query without it',
    );
  };
  const value = unpackToken(token, MAX_LENGTH) ?? invalid();
  const asOf = asOfFrom(value['g'], value['v'], current) ?? invalid();
  const after = positionFrom(value['p']) ?? invalid();
  const time = value['u'];
  const total = value['n'];
  if (value['b'] !== binding || !Array.isArray(time) || !Number.isSafeInteger(total)) return invalid();
  requireReached(asOf, current);
  return {
    asOf,
    binding,
    after,
    lastTime: { precision_us: Number(time[0]), coarse: time[1] === 1 },
    total: (total as number) < 0 ? { at_least: -(total as number) } : (total as number),
  };
}
