import { type Capped, capped } from '../completeness/capped.ts';
import { type Expectation, type UnobservedRow } from '../completeness/unobserved.ts';
import { scoped, type Scope } from './coverage-reads.ts';
import { type ReadContext } from './list-reads.ts';
import { activeLinks } from './link-reads.ts';
import { inRange, visible } from './list-table.ts';
import { integer, type Sql, sql, tableName, text } from './sql.ts';

/** Rows of the answer. */
const MAX_ROWS = 200;
/** Events that are paired; a range with more is not looked at, and that is said. */
export const MAX_PAIRED = 1_000_000;
/**
 * What belongs to an event of the range is looked for around it: an effect may be told before its call ends, a
 * confirmation may take weeks.
 */
const BEFORE_US = 86_400_000_000;
const AFTER_US = 30 * BEFORE_US;
/** Younger than this, by the newest event of the record, an action may be under way. */
const UNDER_WAY_S = 300;

const ENDS = sql`event_type IN ('tool.call.completed', 'tool.call.failed', 'model.call.completed', 'model.call.failed')`;
const EFFECTS = sql`event_type IN ('object.changed', 'message.sent', 'process.triggered')`;
const CONFIRMS = sql`event_type IN ('object.change.confirmed', 'process.completed', 'process.failed')`;
/** Binding: advice, and what a gate said that let everything pass when it failed, stops nothing. */
const STOPS = sql`(event_type = 'content.blocked' OR (event_type = 'policy.evaluated' AND decision = 'deny'
  AND enforcement NOT IN ('advisory', 'failed_open'))
  OR (event_type IN ('approval.decided', 'approval.expired') AND approval IN ('rejected', 'expired', 'withdrawn')))`;
const TYPES = sql`event_type IN ('tool.call.requested', 'tool.call.completed',
  'tool.call.failed', 'model.call.requested', 'model.call.completed', 'model.call.failed', 'object.changed', 'message.sent',
  'process.triggered', 'object.change.confirmed', 'object.change.reverted', 'process.completed',
    'process.failed', 'policy.evaluated', 'content.blocked', 'approval.decided', 'approval.expired')`;
const FAILED = sql`outcome IN ('failure', 'denied', 'timeout', 'cancelled')`;

const shifted = ({ from, to }: Scope): Pick<Scope, 'from' | 'to'> => ({
  from: from === null ? null : from - BEFORE_US,
  to: to === null ? null : to + AFTER_US,
});

/**
 * Events that are paired: of each its first copy, with whether it is the range's, and with the call and run that its
 * effect has elsewhere.
 */
function paired(context: ReadContext, scope: Scope): Sql {
  const { generation, tenantId, vector } = context;
  const mine = sql`tenant_id = ${text(tenantId)} AND ${visible(vector)}`;
  const newest = sql`(SELECT max(occurred_at) FROM ${tableName(generation, 'events')} WHERE ${mine})`;
  const events = sql`SELECT event_key, argMin((event_type, occurred_at, \`source.system\`, if(root_run_id != '', root_run_id,
    run_id), call_id, effect_id, \`tool.tier\`, \`outcome.status\`,
      multiIf(\`effect.target_system\` != '', \`effect.target_system\`, notEmpty(object_refs), object_refs[1].system,
      \`source.system\`),
      \`policy.decision\`, \`policy.enforcement\`, if(event_type = 'approval.expired' AND \`approval.decision\` = 'unknown',
      'expired', \`approval.decision\`), session_id, stream_id,
      ${scoped(context, scope)} AND occurred_at < ${newest} - toIntervalSecond(${integer(UNDER_WAY_S)})), (kafka_timestamp,
      kafka_topic, kafka_partition, kafka_offset)) AS e
    FROM ${tableName(generation, 'events')} WHERE ${mine} AND ${inRange(shifted(scope))} AND ${TYPES} GROUP BY event_key`;
  const named = sql`SELECT event_key, e.1 AS event_type, e.2 AS occurred_at, e.3 AS system, e.4 AS named_run, e.5 AS named_call,
    e.6 AS effect_id, e.7 AS tier, e.8 AS outcome, e.9 AS target, e.10 AS decision,
      e.11 AS enforcement, e.12 AS approval, e.13 AS session_id, e.14 AS stream_id, e.15 AS asked FROM (${events})`;
  // Who names the effect alone, as a system of record does, belongs to the call and run of those who name more.
  return sql`SELECT *, if(named_run != '' OR effect_id = '', named_run, max(named_run) OVER (PARTITION BY effect_id)) AS run,
    if(named_call != '' OR effect_id = '', named_call, max(named_call) OVER (PARTITION BY effect_id)) AS call,
      if(session_id != '' OR effect_id = '', session_id, max(session_id) OVER (PARTITION BY effect_id)) AS session, ${ENDS}
      OR event_type IN ('tool.call.requested', 'model.call.requested') AS is_report
    FROM (${named})`;
}

/** A call's id counts within its run, else its session, else its stream, as in the table `actions`. */
const inScopes = (events: Sql): Sql => sql`SELECT *, audit_call_scope(run, session, stream_id, is_report,
    (minIf(run, run != '') OVER of_call, maxIf(run, run != '') OVER of_call), (minIf(session, run != ''
    AND session != '') OVER of_call, maxIf(session, run != '' AND session != '') OVER of_call),
    (minIf(session, run = '' AND session != '') OVER of_call, maxIf(session, run = '' AND session != '') OVER of_call),
    (minIf(stream_id, run = '' AND session = '' AND is_report) OVER of_call, maxIf(stream_id, run = '' AND session = ''
    AND is_report) OVER of_call)) AS call_scope
  FROM (${events}) WHERE call != '' WINDOW of_call AS (PARTITION BY call)`;

/** One row per call. */
const calls = (events: Sql): Sql => sql`SELECT call AS id, call_scope, max(run) AS run_id, argMinIf(system, occurred_at,
  event_type IN ('tool.call.requested', 'model.call.requested')) AS asker,
    countIf(event_type IN ('tool.call.requested', 'model.call.requested') AND asked) AS requested, countIf(${ENDS}
    OR ${STOPS}) AS ended,
    argMinIf(system, occurred_at, event_type = 'tool.call.completed') AS doer, countIf(event_type = 'tool.call.completed'
    AND asked AND NOT ${FAILED} AND outcome NOT IN ('', 'unknown')) AS done,
    countIf(tier IN ('write', 'destructive')) AS writes, countIf(${EFFECTS} OR ${CONFIRMS}
    OR event_type = 'object.change.reverted') AS effects,
    minIf(occurred_at, asked AND (event_type IN ('tool.call.requested', 'model.call.requested'))) AS requested_at,
    minIf(occurred_at, asked AND event_type = 'tool.call.completed') AS done_at
  FROM (${inScopes(events)}) GROUP BY id, call_scope`;

/**
 * One row per effect that did not fail; one that names no effect is known by its event, and by the links to its
 * confirmation.
 */
function effects(context: ReadContext, events: Sql): Sql {
  const links = activeLinks(context, sql`entry_kind = 'kind' AND entry_key = 'effect_confirmation'`);
  const linked = sql`SELECT arrayJoin([from_key, to_key]) FROM (${links}) WHERE kind = 'effect_confirmation'`;
  return sql`SELECT if(effect_id != '', effect_id, event_key) AS id, max(effect_id) AS named, argMinIf(system, occurred_at,
    ${EFFECTS}) AS teller, argMinIf(target, occurred_at, ${EFFECTS}) AS target,
      countIf(${EFFECTS} AND asked AND NOT ${FAILED}) AS told, countIf(${CONFIRMS}) + countIf(${EFFECTS}
      AND event_key IN (${linked})) AS confirmed, max(run) AS run_id, '' AS call_scope, min(event_key) AS event,
      minIf(occurred_at, ${EFFECTS} AND asked) AS told_at
    FROM (${events}) WHERE ${EFFECTS} OR ${CONFIRMS} GROUP BY id HAVING countIf(${EFFECTS}) > 0`;
}

const examples = (ids: Sql, at: Sql, lacking: Sql): Sql =>
  sql`arrayMap(one -> (one.2, one.3, one.4), groupArraySortedIf(3)((-toUnixTimestamp64Micro(${at}),
    ${ids}, run_id, call_scope), ${lacking})) AS examples`;

/**
 * What lacks its end, its effect, or its confirmation, by who told of it and where it took effect. Null: there is too
 * much in the range.
 */
export async function readUnobserved(context: ReadContext, scope: Scope): Promise<Capped<UnobservedRow> | null> {
  const { run, generation, tenantId, vector } = context;
  const [size] = await run<{
    readonly records: number;
  }>(sql`SELECT count() AS records FROM ${tableName(generation, 'events')}
    WHERE tenant_id = ${text(tenantId)} AND ${visible(vector)} AND ${inRange(shifted(scope))} AND ${TYPES}`);
  if ((size?.records ?? 0) > MAX_PAIRED) return null;
  const events = paired(context, scope);
  const ask = (expected: Expectation, query: Sql): Promise<readonly UnobservedRow[]> =>
    run<Omit<UnobservedRow, 'expected'>>(
      sql`${query} ORDER BY unobserved DESC, system, target_system LIMIT ${integer(MAX_ROWS + 1)}`,
    ).then((rows) => rows.map((row) => ({ expected, ...row })));
  const rows = await Promise.all([
    ask(
      'end',
      sql`SELECT asker AS system, '' AS target_system, count() AS of, countIf(ended = 0) AS unobserved, minIf(requested_at,
        ended = 0) AS first_at, maxIf(requested_at, ended = 0) AS last_at,
        ${examples(sql`id`, sql`requested_at`, sql`ended = 0`)} FROM (${calls(events)}) WHERE requested > 0 GROUP BY system
        HAVING unobserved > 0`,
    ),
    ask(
      'effect',
      sql`SELECT doer AS system, '' AS target_system, count() AS of, countIf(effects = 0) AS unobserved, minIf(done_at,
        effects = 0) AS first_at, maxIf(done_at, effects = 0) AS last_at,
        ${examples(sql`id`, sql`done_at`, sql`effects = 0`)} FROM (${calls(events)}) WHERE done > 0 AND writes > 0
        GROUP BY system HAVING unobserved > 0`,
    ),
    ask(
      'confirmation',
      sql`SELECT teller AS system, target AS target_system, count() AS of, countIf(confirmed = 0) AS unobserved, minIf(told_at,
        confirmed = 0) AS first_at, maxIf(told_at, confirmed = 0) AS last_at,
        ${examples(sql`if(named != '', named, concat('event ', event))`, sql`told_at`, sql`confirmed = 0`)}
      FROM (SELECT *, sum(confirmed) OVER (PARTITION BY target) AS confirms FROM (${effects(context, events)})) WHERE told > 0
      AND confirms > 0 GROUP BY system, target_system HAVING unobserved > 0`,
    ),
  ]);
  return capped('unobserved', rows.flat(), MAX_ROWS);
}
