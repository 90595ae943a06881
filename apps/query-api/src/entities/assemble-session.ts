import { type Assemble } from '../questions/entity-question.ts';
import { distinct } from './parts.ts';
import { sessionOf } from './session.ts';

/** What bears the session's id, and the runs that began in it, of which not every event need name it. */
export const assembleSession: Assemble = async (read, id) => {
  const own = await read.withIds({ session: [id] });
  if (own.length === 0) return null;
  const runs = distinct(own, (row) => row.run_id);
  await read.withIds({ run: runs, root_run: runs });
  // An agent's run may serve several sessions: what names another one is that one's.
  const rows = read.rows.filter((row) => row.session_id === undefined || row.session_id === id);
  return { answer: { session: sessionOf(id, rows) }, rows };
};
