import { AffidavitError } from '@affidavit/audit-model';
import { classify, describe } from './refusal.ts';

export interface Refused<T> {
  readonly record: T;
  readonly reason: string;
}

/** More refused records than this in one batch is no bad record but a bad table, mapping or schema: stop and look. */
export const maxRefused = 10;

/**
 * Inserts a batch; when the server refuses the data, halves it until the bad records are alone. Answers with those; the
 * rest is in the table. Throws `store_unavailable` (retryable) for what may pass, and `store_refused` for everything
 * else.
 */
export async function insertHalving<T>(
  records: readonly T[],
  insert: (records: readonly T[]) => Promise<void>,
): Promise<Refused<T>[]> {
  const refused: Refused<T>[] = [];
  const attempt = async (part: readonly T[]): Promise<void> => {
    try {
      await insert(part);
      return;
    } catch (error) {
      const failure = classify(error);
      if (failure === 'passing')
        throw new AffidavitError('store_unavailable', `ClickHouse did not take the insert: ${describe(error)}`, {
          retryable: true,
          cause: error,
        });
      if (failure === 'unknown')
        throw new AffidavitError('store_refused', `ClickHouse refused the insert: ${describe(error)}`, {
          cause: error,
        });
      const [only] = part;
      if (part.length === 1 && only !== undefined) {
        refused.push({ record: only, reason: `ClickHouse refused the row: ${describe(error)}` });
        if (refused.length > maxRefused) {
          throw new AffidavitError(
            'too_many_refused',
            `ClickHouse refused more than ${maxRefused} records of one batch: ${describe(error)}`,
            { cause: error },
          );
        }
        return;
      }
    }
    const middle = part.length >> 1;
    await attempt(part.slice(0, middle));
    await attempt(part.slice(middle));
  };
  if (records.length > 0) await attempt(records);
  return refused;
}
