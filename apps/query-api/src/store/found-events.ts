import { fitParameter } from './id-sets.ts';
import { type Sql, sql, texts } from './sql.ts';

export interface EventPlace {
  readonly run_key: string;
  readonly event_key: string;
}

/** Events that were found one by one, and the condition on `events` by which they are read. */
export interface FoundEvents {
  readonly ids: ReadonlySet<string>;
  readonly which: Sql;
}

export const noEvents: FoundEvents = { ids: new Set(), which: sql`false` };

/**
 * `query` MUST find the same `run_key` and `event_key`: it stands in for them where they are too many for a parameter.
 */
export function foundEvents(places: readonly EventPlace[], query: Sql): FoundEvents {
  if (places.length === 0) return noEvents;
  const ids = [...new Set(places.map(({ event_key }) => event_key))];
  const keys = [...new Set(places.map(({ run_key }) => run_key))];
  return {
    ids: new Set(ids),
    which: fitParameter([...keys, ...ids])
      ? sql`(run_key IN ${texts(keys)} AND event_key IN ${texts(ids)})`
      : sql`((run_key, event_key) IN (${query}))`,
  };
}
