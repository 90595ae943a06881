import { formatTime } from './time.ts';

/** The fields that say where an event belongs: all ids are "" when not given. */
export interface Placed {
  readonly root_run_id: string;
  readonly run_id: string;
  readonly session_id: string;
  readonly stream_id: string;
  readonly occurred_at: number;
  readonly source: { readonly system: string };
}

/**
 * What Kafka keys by (with the tenant) and `events` sorts by, so that a run with its sub-agents stays in one partition
 * and in order: root run, else run, else session, else stream. A pure function of the record; the SQL of `events`
 * agrees with it.
 */
export const runKeyOf = (event: Placed): string =>
  event.root_run_id || event.run_id || event.session_id || event.stream_id;

/** Kafka's key as text; a zero byte cannot occur in either part. Encode as UTF-8. */
export const kafkaKey = (tenantId: string, runKey: string): string => `${tenantId}\u0000${runKey}`;

/** Whose data key seals the event's content: run, else session, else source and UTC day. */
export function contentScopeOf(event: Placed): {
  readonly kind: 'run' | 'session' | 'source_day';
  readonly id: string;
} {
  const run = event.root_run_id || event.run_id;
  if (run) return { kind: 'run', id: run };
  if (event.session_id) return { kind: 'session', id: event.session_id };
  return { kind: 'source_day', id: `${event.source.system}/${formatTime(event.occurred_at).slice(0, 10)}` };
}
