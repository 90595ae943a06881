import { type RunRow, runOf } from './row.ts';

/** The calls that an action is of. */
export interface MeantCalls {
  /** Their ids; `undefined` for rows that name none. */
  readonly ids: ReadonlySet<string | undefined>;
  /** Whether the row names no call, or one of these. `Joins` MUST have left out rows of other runs. */
  admits(row: RunRow): boolean;
}

/** It names neither a run nor a session: its call's id may be anyone's. */
export const isBare = (row: RunRow): boolean =>
  row.run_id === undefined && row.linked_run_id === undefined && row.session_id === undefined;

const scoped = (scope: string, call: string): string => JSON.stringify([scope, call]);

/**
 * Null while no call is named: then any is meant. Sources count calls from one, so the same id is the same call only
 * where it has the same scope. A row of no run is of a run's call, or of a session's, if it is of the same session, or
 * names no session itself; two runs have two calls, two sessions too, and so have two streams of rows that name
 * neither.
 */
export function meantCalls(rows: Iterable<RunRow>): MeantCalls | null {
  const ids = new Set<string | undefined>([undefined]);
  const known = {
    runs: new Set<string>(),
    sessions: new Set<string>(),
    sessionsOutside: new Set<string>(),
    streams: new Set<string>(),
    placed: new Set<string>(),
    bare: new Set<string>(),
  };
  for (const row of rows) {
    const { call_id: call, session_id: session } = row;
    if (call === undefined) continue;
    ids.add(call);
    const run = runOf(row);
    if (isBare(row)) {
      known.bare.add(call);
      known.streams.add(scoped(row.stream_id, call));
      continue;
    }
    known.placed.add(call);
    if (run !== '') known.runs.add(scoped(run, call));
    if (session !== undefined) known.sessions.add(scoped(session, call));
    if (session !== undefined && run === '') known.sessionsOutside.add(scoped(session, call));
  }
  if (ids.size === 1) return null;
  const admits = (row: RunRow): boolean => {
    const { call_id: call, session_id: session = '' } = row;
    if (call === undefined) return true;
    if (isBare(row)) return known.placed.has(call) || known.streams.has(scoped(row.stream_id, call));
    if (known.bare.has(call)) return true;
    const run = runOf(row);
    return run === ''
      ? known.sessions.has(scoped(session, call))
      : known.runs.has(scoped(run, call)) || known.sessionsOutside.has(scoped(session, call));
  };
  return { ids, admits };
}
