import { type ListOf } from '../reading/list-question.ts';
import { type NestedRow } from '../reading/row-shape.ts';
import { keyed } from '../store/event-keys.ts';
import { idSet, type IdSet, noIds } from '../store/id-sets.ts';
import { CONFIRMATIONS_CAP, confirmationLinks, confirming } from '../store/confirmation-reads.ts';
import { type ReadContext } from '../store/list-reads.ts';
import { inRange, visible } from '../store/list-table.ts';
import { column, join, type Sql, sql, tableName, text } from '../store/sql.ts';
import { type EntityKind, type Followed } from './follow.ts';
import { type ActiveLink } from './active-link.ts';

/** What paging, counting and the filter by type need. */
const pagingColumns = join(
  [
    'tenant_id',
    'event_id',
    'event_key',
    'source.connector_id',
    'event_type',
    'occurred_at',
    'stream_id',
    'seq',
    'time_basis',
    'time_precision_us',
    'causation_id',
    'kafka_topic',
    'kafka_partition',
    'kafka_offset',
  ].map(column),
  'comma',
);

const tables = {
  case: ['timeline_by_case', sql`case_key`],
  user: ['timeline_by_user', sql`user_key`],
  object: ['timeline_by_object', sql`object_key`],
} as const;

type Range = Parameters<typeof inRange>[0];

/**
 * The rows of an entity and of everything that links lead to, as one table: a row says in `role` and `through` how it
 * is here. Several ways are several rows of one event, which paging folds as it folds roles.
 */
export async function linkedList(
  context: ReadContext,
  entity: EntityKind,
  followed: Followed,
  range: Range,
): Promise<Pick<ListOf, 'table' | 'role' | 'through' | 'caps' | 'dress' | 'links'>> {
  const own = ownRows(context, entity, followed, range);
  const confirmations = followed.confirmations
    ? await confirmationsIn(context, own)
    : { events: noIds, links: [], capped: false };
  const parts = [
    ...own,
    ...(confirmations.events.ids.length === 0 ? [] : [rowsOfEvents(context, confirmations.events, range)]),
  ];
  const caps = [...followed.caps, ...(confirmations.capped ? [CONFIRMATIONS_CAP] : [])];
  const table = sql`(${union(
    parts.map(
      (part) => sql`SELECT ${pagingColumns}, ${part.role} AS role, ${part.through} AS through
    FROM ${part.from}`,
    ),
  )})`;
  return {
    table,
    role: sql`role`,
    through: sql`through`,
    caps,
    dress: dressing(entity, followed, confirmations.links),
    links: new Map([...followed.links, ...confirmations.links.map((link) => [link.link_id, link] as const)]),
  };
}

interface Part {
  readonly role: Sql;
  readonly through: Sql;
  /** Table and condition. */
  readonly from: Sql;
}

const union = ([first, ...rest]: readonly Sql[]): Sql =>
  rest.reduce((all, part) => sql`${all} UNION ALL ${part}`, first ?? sql``);

function ownRows(
  { generation, tenantId, vector }: ReadContext,
  entity: EntityKind,
  { keys, runs, traces }: Followed,
  range: Range,
): Part[] {
  const common = sql`tenant_id = ${text(tenantId)} AND ${visible(vector)} AND ${inRange(range)}`;
  const parts: Part[] = [];
  const [table, key] = tables[entity];
  parts.push({
    role: sql`role`,
    through: sql`concat('key ', ${key})`,
    from: sql`${tableName(generation, table)} WHERE ${key} IN ${keys.sql} AND ${common}`,
  });
  const events = tableName(generation, 'events');
  const ids = sql`${tableName(generation, 'ids')} WHERE tenant_id = ${text(tenantId)} AND ${visible(vector)}`;
  const none = sql`''`;
  if (runs.ids.length > 0) {
    // Sub-runs are under the root's run_key; of a run that is itself a sub-run, its own and its children's events.
    const of = sql`run_key IN (SELECT run_key FROM ${ids} AND kind IN ('run', 'root_run', 'parent_run') AND id IN ${runs.sql})`;
    const run = sql`multiIf(root_run_id IN ${runs.sql}, root_run_id, run_id IN ${runs.sql}, run_id,
      parent_run_id IN ${runs.sql}, parent_run_id, '')`;
    parts.push({
      role: none,
      through: sql`concat('run ', ${run})`,
      from: sql`${events} WHERE ${of} AND ${run} != '' AND NOT audit_is_access(kafka_topic) AND ${common}`,
    });
  }
  if (traces.ids.length > 0) {
    const of = sql`run_key IN (SELECT run_key FROM ${ids} AND kind = 'trace' AND id IN ${traces.sql})`;
    parts.push({
      role: none,
      through: sql`concat('trace ', trace_id)`,
      from: sql`${events} WHERE ${of} AND trace_id IN ${traces.sql} AND NOT audit_is_access(kafka_topic) AND ${common}`,
    });
  }
  return parts;
}

function rowsOfEvents({ generation, tenantId, vector }: ReadContext, found: IdSet, range: Range): Part {
  const ids = sql`SELECT run_key, occurred_at, event_key FROM ${tableName(generation, 'ids')} WHERE tenant_id = ${text(tenantId)}
    AND ${visible(vector)} AND kind = 'event' AND ${keyed(found)}`;
  const which = sql`(run_key, occurred_at, event_key) IN (${ids}) AND tenant_id = ${text(tenantId)} AND ${visible(vector)}
    AND ${inRange(range)}`;
  return {
    role: sql`''`,
    through: sql`concat('event ', event_key)`,
    from: sql`${tableName(generation, 'events')} WHERE ${which}`,
  };
}

/** Effects and confirmations that links join with rows of the list: the other ends, wherever they are. */
async function confirmationsIn(
  context: ReadContext,
  own: readonly Part[],
): Promise<{ events: IdSet; links: readonly ActiveLink[]; capped: boolean }> {
  const listed = union(own.map(({ from }) => sql`SELECT event_key FROM ${from} AND ${confirming}`));
  const { links, ends, capped } = await confirmationLinks(context, listed);
  return {
    events: idSet([...new Set(links.flatMap(({ from_key, to_key }) => [from_key, to_key]))], ends),
    links,
    capped,
  };
}

/** What a row says of how it is here: by which links, and of a person with several accounts under which. */
function dressing(
  entity: EntityKind,
  { via, keys }: Followed,
  confirmations: readonly ActiveLink[],
): (throughs: readonly string[]) => NestedRow {
  const ofEvents = new Map<string, string[]>();
  for (const { link_id, from_key, to_key } of confirmations) {
    for (const end of [from_key, to_key]) ofEvents.set(end, [...(ofEvents.get(end) ?? []), link_id]);
  }
  return (throughs) => {
    const ways = throughs.map((through) =>
      through.startsWith('event ') ? (ofEvents.get(through.slice(6)) ?? []) : (via.get(through) ?? []),
    );
    // There in its own right, whatever leads to it besides. An effect of this list is one end of its confirmation's
    // link.
    const direct = throughs.some((through, index) => !through.startsWith('event ') && ways[index]?.length === 0);
    const paths =
      throughs.length > 1 ? ways.filter((_, index) => throughs[index]?.startsWith('event ') !== true) : ways;
    const accounts =
      entity === 'user' && keys.ids.length > 1
        ? throughs.filter((through) => through.startsWith('key ')).map((through) => through.slice(4))
        : [];
    return { ...(!direct && { via: [...new Set(paths.flat())].sort() }), ...(accounts.length > 0 && { accounts }) };
  };
}
