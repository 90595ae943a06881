import { type EventPlace, foundEvents, type FoundEvents, noEvents } from './found-events.ts';
import { fitParameter, idSet, ofTenant } from './id-sets.ts';
import { type ReadContext } from './list-reads.ts';
import { integer, join, type Sql, sql, tableName, text, texts } from './sql.ts';

/** More ids of a kind than this are a query each time, not a parameter. */
const FEW = 100;

const kinds = [
  ['effect', sql`effect_id`],
  ['decision', sql`decision_id`],
  ['approval', sql`approval_id`],
] as const;

type SharedIds = Readonly<Record<(typeof kinds)[number][0], readonly string[]>> & {
  readonly turns: readonly (readonly [string, string] | Readonly<Record<string, string>>)[];
};

/**
 * Events that name no run and share an effect, a decision, an approval or a turn with some events (a condition on
 * `events`), beside those of `already`: approvers and systems of record often know nothing of runs. Call ids are not
 * looked up: other runs have the same.
 */
export async function sharingWith(context: ReadContext, rows: Sql, already: Sql): Promise<FoundEvents> {
  const events = tableName(context.generation, 'events');
  const few = (name: Sql): Sql => sql`groupUniqArrayIf(${integer(FEW + 1)})(${name}, ${name} != '')`;
  const [ids] =
    await context.run<SharedIds>(sql`SELECT ${few(sql`effect_id`)} AS effect, ${few(sql`decision_id`)} AS decision,
      ${few(sql`approval_id`)} AS approval,
      groupUniqArrayIf(${integer(FEW + 1)})((session_id, turn_id), session_id != '' AND turn_id != '') AS turns
    FROM ${events} WHERE ${ofTenant(context)} AND ${rows}`);
  if (ids === undefined) return noEvents;
  const branches = [byIds(context, rows, ids), byTurn(context, rows, ids.turns)].filter((branch) => branch !== null);
  if (branches.length === 0) return noEvents;
  const found = sql`FROM ${events} WHERE ${ofTenant(context)} AND (${join(branches, 'or')}) AND run_id = ''
    AND NOT audit_is_access(kafka_topic) AND NOT ${already}`;
  return foundEvents(
    await context.run<EventPlace>(sql`SELECT DISTINCT run_key, event_key ${found}`),
    sql`SELECT run_key, event_key ${found}`,
  );
}

/** By effect, decision, approval: wherever they are, `ids` knows. */
function byIds(context: ReadContext, rows: Sql, ids: SharedIds): Sql | null {
  const named = kinds
    .filter(([kind]) => ids[kind].length > 0)
    .map(([kind, name]) => {
      const query = sql`SELECT ${name} FROM ${tableName(context.generation, 'events')} WHERE ${ofTenant(context)} AND ${rows}
        AND ${name} != ''`;
      return { kind, name, of: ids[kind].length > FEW ? sql`(${query})` : idSet([...ids[kind]].sort(), query).sql };
    });
  if (named.length === 0) return null;
  const places = sql`SELECT run_key, occurred_at, event_key FROM ${tableName(context.generation, 'ids')}
    WHERE ${ofTenant(context)} AND (${join(
      named.map(({ kind, of }) => sql`(kind = ${text(kind)} AND id IN ${of})`),
      'or',
    )})`;
  return sql`((run_key, occurred_at, event_key) IN (${places}) AND (${join(
    named.map(({ name, of }) => sql`${name} IN ${of}`),
    'or',
  )}))`;
}

/**
 * By turn: what names no run is under its session's key. A turn's own id is looked up nowhere, since every session has
 * a first one.
 */
function byTurn(context: ReadContext, rows: Sql, turns: SharedIds['turns']): Sql | null {
  if (turns.length === 0) return null;
  const pairs = turns.map((turn) => Object.values(turn) as [string, string]).sort();
  const [sessions, names] = [pairs.map(([session]) => session), pairs.map(([, turn]) => turn)];
  const query = (what: Sql): Sql =>
    sql`SELECT ${what} FROM ${tableName(context.generation, 'events')} WHERE ${ofTenant(context)} AND ${rows}
      AND session_id != '' AND turn_id != ''`;
  const fit = turns.length <= FEW && fitParameter([...sessions, ...names]);
  const keys = fit ? texts([...new Set(sessions)]) : sql`(${query(sql`session_id`)})`;
  return sql`(run_key IN ${keys} AND (session_id,
    turn_id) IN (${
      fit
        ? sql`SELECT arrayJoin(arrayZip(${texts(sessions)},
      ${texts(names)}))`
        : query(sql`session_id, turn_id`)
    }))`;
}
