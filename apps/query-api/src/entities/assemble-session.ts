import { MAX_LINKED_RUNS, RUNS_CAP } from '../links/follow.ts';
import { plainLink } from '../links/active-link.ts';
import { hop } from '../links/hop.ts';
import { type Assemble } from '../questions/entity-question.ts';
import { type RunRow } from '../runs/row.ts';
import { oneId } from '../store/id-sets.ts';
import { distinct } from './parts.ts';
import { sessionOf } from './session.ts';

/**
 * What bears the session's id, and its runs, of which not every event need name it: those that began in it, and those
 * linked to it.
 */
export const assembleSession: Assemble = async (read, id) => {
  const own = await read.withIds({ session: [id] });
  const linked = await hop(read.context, {
    kind: 'run_session',
    endKind: 'session',
    ends: oneId(id),
    cap: MAX_LINKED_RUNS,
  });
  if (linked.capped) read.cap(RUNS_CAP);
  const runs = [...new Set([...distinct(own, (row) => row.run_id), ...linked.far.ids])];
  await read.withIds({ run: runs, root_run: runs });
  // An agent's run may serve several sessions: what names another one is that one's.
  const rows = read.rows.filter((row) => row.session_id === undefined || row.session_id === id);
  if (rows.length === 0) return null;
  // What a link's run brings says so; a run that events of the session name is there in its own right.
  const named = new Set(distinct(own, (row) => row.run_id));
  const via = (row: RunRow): readonly string[] =>
    linked.links
      .filter(({ far }) => far === row.run_id || far === row.root_run_id)
      .map(({ link_id }) => link_id)
      .sort();
  const isDirect = (row: RunRow): boolean =>
    row.session_id === id || [row.run_id, row.root_run_id].some((run) => run !== undefined && named.has(run));
  return {
    answer: { session: sessionOf(id, rows), links: linked.links.map(plainLink) },
    rows: rows.map((row) => (isDirect(row) ? row : { ...row, via: via(row) })),
  };
};
