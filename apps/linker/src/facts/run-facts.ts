import { before, type Position } from '../log/window.ts';
import { type RunFacts, type TraceFacts } from '../rules/rule.ts';
import { chunks, type Read } from './engine.ts';

/**
 * Whom the run is for: the outermost human who is acted for, else the human who asks. Pseudonyms only, so nobody's raw
 * id is linked.
 */
const person = `if(arrayExists(one -> one.type = 'human' AND audit_user_key(one.id) != '', on_behalf_of),
  arrayMap(one -> (one.id, one.issuer), arrayFilter(one -> one.type = 'human' AND audit_user_key(one.id) != '', on_behalf_of))[1],
  if(\`actor.type\` = 'human' AND audit_user_key(\`actor.id\`) != '' AND event_type IN ('interaction.prompt.submitted', 'run.started'),
    (\`actor.id\`, \`actor.issuer\`), ('', '')))`;

export async function runFacts(
  read: Read,
  generation: string,
  tenantId: string,
  runs: readonly string[],
  positions: readonly Position[],
): Promise<readonly RunFacts[]> {
  const visible = before(positions);
  const found: RunFacts[] = [];
  for (const chunk of chunks(runs)) {
    const rows = await read<Omit<RunFacts, 'people'> & { readonly people: readonly (readonly [string, string])[] }>(
      `SELECT tenant_id, run_key AS run,
        arraySort(groupUniqArrayIf(3)(session_id, session_id != '')) AS sessions, countIf(session_id = '') AS without_session,
        arraySort(groupUniqArrayIf(3)(person, person.1 != '')) AS people, countIf(person.1 = '') AS without_person,
        arraySort(arraySlice(groupUniqArrayArray(keys), 1, 3)) AS cases, countIf(empty(keys)) AS without_case
      FROM (SELECT tenant_id, run_key, session_id, ${person} AS person, arrayMap(ref -> audit_case_key(ref.system, ref.id),
      case_refs) AS keys FROM ${generation}.events
        WHERE tenant_id = {tenant:String} AND run_key IN {runs:Array(String)} AND (root_run_id != '' OR run_id != '')
        AND ${visible.sql})
      GROUP BY tenant_id, run_key`,
      { tenant: tenantId, runs: chunk, ...visible.parameters },
    );
    found.push(...rows.map((row) => ({ ...row, people: row.people.map(([id, issuer]) => ({ id, issuer })) })));
  }
  return found;
}

export async function traceFacts(
  read: Read,
  generation: string,
  tenantId: string,
  traces: readonly string[],
  positions: readonly Position[],
): Promise<readonly TraceFacts[]> {
  const visible = before(positions);
  const found: TraceFacts[] = [];
  for (const chunk of chunks(traces)) {
    found.push(
      ...(await read<TraceFacts>(
        `SELECT tenant_id, trace_id AS trace, arraySort(groupUniqArrayIf(3)(run, run != '')) AS runs,
          countIf(run = '') AS without_run
      FROM (SELECT tenant_id, trace_id, if(root_run_id != '', root_run_id, run_id) AS run FROM ${generation}.events
        WHERE tenant_id = {tenant:String} AND ${visible.sql} AND trace_id IN {traces:Array(String)}
        AND NOT audit_is_access(kafka_topic)
          AND run_key IN (SELECT run_key FROM ${generation}.ids WHERE tenant_id = {tenant:String} AND kind = 'trace'
          AND id IN {traces:Array(String)}))
      GROUP BY tenant_id, trace_id`,
        { tenant: tenantId, traces: chunk, ...visible.parameters },
      )),
    );
  }
  return found;
}
