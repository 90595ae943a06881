import { unreachable } from '@affidavit/audit-model';
import {
  column,
  float,
  floats,
  integer,
  integers,
  join,
  nothing,
  type Sql,
  sql,
  tableName,
  text,
  texts,
  time,
} from '../store/sql.ts';
import { type ReadContext } from '../store/list-reads.ts';
import { visible } from '../store/list-table.ts';
import { type Bound, type Operator } from './bound.ts';
import { type Filter, type MemberPattern, type Scalar } from './read-filters.ts';

/**
 * What a raw id may stand as in the log: itself (agents, services, business objects), and the pseudonyms that known
 * issuers give it. `issuers` are the ones that the same filter names, if it does.
 */
export type WithPseudonyms = (ids: readonly string[], issuers: readonly string[]) => Promise<readonly string[]>;

/** Fields by which events are found without reading the whole table: their kind in `ids`, which knows the run. */
const idKinds: ReadonlyMap<string, string> = new Map([
  ['event_id', 'event'],
  ['run_id', 'run'],
  ['root_run_id', 'root_run'],
  ['parent_run_id', 'parent_run'],
  ['step_id', 'step'],
  ['session_id', 'session'],
  ['turn_id', 'turn'],
  ['task_id', 'task'],
  ['trace_id', 'trace'],
  ['span_id', 'span'],
  ['call_id', 'call'],
  ['effect_id', 'effect'],
  ['decision_id', 'decision'],
  ['approval_id', 'approval'],
  ['action_mac', 'action'],
  ['source.origin_event_id', 'origin_event'],
  ['effect.document_no', 'document_no'],
  ['effect.transaction_key', 'transaction'],
  ['message.message_id', 'message'],
  ['artifact.artifact_id', 'artifact'],
  ['comparison.comparison_id', 'comparison'],
  ['policy.policy_id', 'policy'],
  ['change.item_id', 'config_item'],
  ['link.link_id', 'link'],
]);

/** The condition of one filter on `events`. */
export function filterSql(context: ReadContext, filter: Filter): Sql {
  switch (filter.kind) {
    case 'values':
      return sql`${valueCondition(column(filter.column), filter.type, filter.values)}${viaIds(context, filter.column, filter.values)}`;
    case 'range':
      return rangeCondition(column(filter.column), filter.type, filter.bounds);
    case 'map':
      return sql`details[${text(filter.key)}] IN ${texts(filter.values)}`;
    case 'elements':
      return sql`arrayExists(one -> ${join(
        filter.patterns.map((pattern) => sql`(${patternCondition(filter.column, pattern)})`),
        'or',
      )}, ${column(filter.column)})`;
    default:
      return unreachable(filter);
  }
}

function valueCondition(target: Sql, type: MemberPattern['type'], values: readonly Scalar[]): Sql {
  switch (type) {
    case 'text':
      return sql`${target} IN ${texts(values as string[])}`;
    case 'texts':
      return sql`hasAny(${target}, ${texts(values as string[])})`;
    case 'integer':
      return sql`ifNull(has(${integers(values as number[])}, ${target}), false)`;
    case 'float':
      return sql`ifNull(has(${floats(values as number[])}, ${target}), false)`;
    case 'bool':
      return sql`has(${integers(values.map(Number))}, toInt64(${target}))`;
    case 'time':
      return sql`ifNull(has(${integers(values as number[])}, toUnixTimestamp64Micro(${target})), false)`;
    case 'decimal':
      return sql`ifNull(has(arrayMap(x -> toDecimal128(x, 12), ${texts(values as string[])}),
        CAST(${target}, 'Nullable(Decimal(24, 12))')), false)`;
    case 'hash':
      return sql`${target} IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 32), ${texts(values as string[])})))`;
    case 'map':
    case 'elements':
      throw new Error('no plain column');
    default:
      return unreachable(type);
  }
}

const comparisons: Readonly<Record<Operator, Sql>> = { gt: sql`>`, gte: sql`>=`, lt: sql`<`, lte: sql`<=` };

/** What is not said lies in no range. */
const rangeCondition = (target: Sql, type: MemberPattern['type'], bounds: readonly Bound[]): Sql =>
  sql`ifNull(${join(
    bounds.map(({ operator, value }) => sql`${target} ${comparisons[operator]} ${boundValue(type, value)}`),
    'and',
  )}, false)`;

function boundValue(type: MemberPattern['type'], value: Bound['value']): Sql {
  switch (type) {
    case 'integer':
      return integer(Number(value));
    case 'float':
      return float(Number(value));
    case 'time':
      return time(Number(value));
    case 'decimal':
      return sql`toDecimal128(${text(String(value))}, 12)`;
    default:
      throw new Error('no order');
  }
}

/** Narrows the read to the runs that bear the id: the table is sorted by run. */
function viaIds({ generation, tenantId, vector }: ReadContext, name: string, values: readonly Scalar[]): Sql {
  const kind = idKinds.get(name);
  if (kind === undefined || values.includes('')) return nothing;
  return sql` AND run_key IN (SELECT run_key FROM ${tableName(generation, 'ids')}
    WHERE tenant_id = ${text(tenantId)} AND kind = ${text(kind)} AND id IN ${texts(values.map(String))} AND ${visible(vector)})`;
}

const MEMBER = /^[a-z_]+$/;

/** Ids of cases and objects are compared as the views write them into their keys, so that `#W1` finds `W1`. */
function patternCondition(columnName: string, pattern: readonly MemberPattern[]): Sql {
  const hasSystem = columnName === 'case_refs' || columnName === 'object_refs';
  return join(
    pattern.map(({ member, type, values, bounds }) => {
      // Members come from the generated list of columns, like the columns themselves.
      if (!MEMBER.test(member)) throw new Error('no such member');
      if (member === 'id' && hasSystem) {
        return sql`has(arrayMap(x -> audit_entity_id(toString(one.system), x), ${texts(values as string[])}), audit_entity_id(toString(one.system), one.id))`;
      }
      return bounds.length > 0
        ? rangeCondition(memberOf(member), type, bounds)
        : valueCondition(memberOf(member), type, values);
    }),
    'and',
  );
}

const memberOf = (member: string): Sql => sql`tupleElement(one, ${text(member)})`;
