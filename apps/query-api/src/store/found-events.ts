import { fitParameter } from './id-sets.ts';
import { type Sql, sql, texts } from './sql.ts';

export interface EventPlace {
  readonly run_key: string;
  readonly event_id: string;
}

/** Events that were found one by one, and the condition on `events` by which they are read. */
export interface FoundEvents {
  readonly ids: ReadonlySet<string>;
  readonly which: Sql;
}

export const noEvents: FoundEvents = { ids: new Set(), which: sql`false` };

/**
 * `query` MUST find the same `run_key` and `event_id`: it stands in for them where they are too many for a parameter.
 */
export function foundEvents(places: readonly EventPlace[], query: Sql): FoundEvents {
  if (places.length === 0) return noEvents;
  const ids = [...new Set(places.map(({ event_id }) => event_id))];
  const keys = [...new Set(places.map(({ run_key }) => run_key))];
  return {
    ids: new Set(ids),
    which: fitParameter([...keys, ...ids])
      ? sql`(run_key IN ${texts(keys)} AND event_id IN ${texts(ids)})`
      : sql`((run_key, event_id) IN (${query}))`,
  };
}
