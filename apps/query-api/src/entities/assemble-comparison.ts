import { type Assemble } from '../questions/entity-question.ts';
import { type RunRow, eventKeyOf } from '../runs/row.ts';
import { type RelatedRows } from '../store/related-reads.ts';
import { comparisonOf } from './comparison.ts';
import { isMove } from './moves.ts';
import { distinct, scopeOf } from './parts.ts';

const producing: ReadonlySet<string> = new Set(['artifact.produced', 'artifact.file.transformed']);

export const assembleComparison: Assemble = async (read, id) => {
  const own = await read.withIds({ comparison: [id] });
  if (own.length === 0) return null;
  const named = own
    .flatMap((row) => (row.comparison?.candidates ?? []).map(({ call_id }) => call_id ?? ''))
    .concat(distinct(own, (row) => row.comparison?.chosen_call_id));
  const calls = await read.withIds({ call: [...new Set(named)].filter((call) => call !== '') });
  // Ids of calls are not unique over runs: of several, those of the comparison's own session or run are meant.
  const scopes = new Set(own.flatMap((row) => [scopeOf(row), row.session_id ?? '', row.run_id ?? '']));
  const near = (row: (typeof calls)[number]): boolean =>
    [scopeOf(row), row.session_id, row.run_id].some((scope) => scope !== undefined && scopes.has(scope));
  const meant = calls.filter(
    (row) => near(row) || !calls.some((other) => other.call_id === row.call_id && near(other)),
  );
  const produced = await artifactsOf(
    read,
    distinct(own, (row) => row.comparison?.chosen_call_id),
    new Set([...scopes, ...meant.map(scopeOf)]),
  );
  const artifacts = distinct([...meant, ...produced], (row) => row.artifact?.artifact_id);
  const moved = (await read.withIds({ artifact: artifacts })).filter(isMove);
  const relevant = new Set([...own, ...meant, ...produced, ...moved].map(eventKeyOf));
  const rows = read.rows.filter((row) => relevant.has(eventKeyOf(row)));
  return { answer: { comparison: comparisonOf(id, rows) }, rows };
};

async function artifactsOf(
  read: RelatedRows,
  calls: readonly string[],
  scopes: ReadonlySet<string>,
): Promise<readonly RunRow[]> {
  if (calls.length === 0) return [];
  const made = await read.withIds({ produced_by_call: calls });
  return made.filter(
    (row) =>
      producing.has(row.event_type) &&
      [scopeOf(row), row.session_id, row.run_id].some((scope) => scope !== undefined && scopes.has(scope)),
  );
}
