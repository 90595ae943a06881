import { type ReadContext } from './list-reads.ts';
import { visible } from './list-table.ts';
import { column, join, type Sql, sql, tableName, text } from './sql.ts';

/**
 * What events are called by and what has no entry in `ids`, since it stands on very many of them: where it stands, and
 * the filter of `POST /v1/search` that finds it.
 */
const names = {
  agent: [sql`${column('agent.id')}`, (id: string) => ({ agent: { id } })],
  agent_name: [sql`${column('agent.name')}`, (name: string) => ({ agent: { name } })],
  agent_config: [sql`${column('agent.config_id')}`, (config_id: string) => ({ agent: { config_id } })],
  ai_system: [sql`ai_system_id`, (ai_system_id: string) => ({ ai_system_id })],
  connector: [sql`${column('source.connector_id')}`, (connector_id: string) => ({ source: { connector_id } })],
  model: [sql`${column('model.request_model')}`, (request_model: string) => ({ model: { request_model } })],
  response_model: [sql`${column('model.response_model')}`, (response_model: string) => ({ model: { response_model } })],
  source: [sql`${column('source.system')}`, (system: string) => ({ source: { system } })],
  stream: [sql`stream_id`, (stream_id: string) => ({ stream_id })],
  tool: [sql`${column('tool.name')}`, (name: string) => ({ tool: { name } })],
  use_case: [sql`use_case`, (use_case: string) => ({ use_case })],
  workspace: [sql`workspace_id`, (workspace_id: string) => ({ workspace_id })],
} as const satisfies Readonly<Record<string, readonly [Sql, (name: string) => object]>>;

/** Ids that stand in `details`, or in a list, of a few types of events. */
const rare = {
  exception: [
    sql`event_type IN ('policy.exception.raised', 'policy.exception.closed') AND details['exception_id']`,
    (exception_id: string) => ({ details: { exception_id } }),
  ],
  escalation: [
    sql`event_type = 'escalation.raised' AND details['escalation_id']`,
    (escalation_id: string) => ({ details: { escalation_id } }),
  ],
} as const satisfies Readonly<Record<string, readonly [Sql, (name: string) => object]>>;

const all = { ...names, ...rare };
export type NameKind = keyof typeof all | 'grant';

export interface FoundName {
  readonly kind: NameKind;
  /** Events that bear it, each once. */
  readonly events: number;
  readonly search: object;
}

/** One pass over columns of few values: for a text that is no id of anything. What was asked of us is left out. */
export async function findNames(
  { run, generation, tenantId, vector }: ReadContext,
  name: string,
): Promise<readonly FoundName[]> {
  const kinds = Object.keys(all) as (keyof typeof all)[];
  const counts = kinds.map((kind) => sql`uniqExactIf(event_key, ${all[kind][0]} = ${text(name)})`);
  const [row] = await run<{
    readonly counts: readonly number[];
  }>(sql`SELECT [${join(counts, 'comma')}, uniqExactIf(event_key, has(on_behalf_of.grant_id, ${text(name)})
    OR (startsWith(event_type, 'identity.delegation.') AND details['grant_id'] = ${text(name)}))] AS counts
    FROM ${tableName(generation, 'events')} WHERE tenant_id = ${text(tenantId)} AND ${visible(vector)}
    AND NOT audit_is_access(kafka_topic)`);
  const found = [...kinds, 'grant' as const].map((kind, index): FoundName => ({
    kind,
    events: row?.counts[index] ?? 0,
    search: kind === 'grant' ? { on_behalf_of: { grant_id: name } } : all[kind][1](name),
  }));
  return found.filter(({ events }) => events > 0);
}
