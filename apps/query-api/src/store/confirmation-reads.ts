import { type ActiveLink } from '../links/active-link.ts';
import { foundEvents, type FoundEvents, noEvents } from './found-events.ts';
import { idSet, ofTenant } from './id-sets.ts';
import { keyed } from './event-keys.ts';
import { activeLinks } from './link-reads.ts';
import { type ReadContext } from './list-reads.ts';
import { integer, type Sql, sql, tableName } from './sql.ts';

/** More links between effects and confirmations than this are not followed, and that is said. */
const MAX_CONFIRMATIONS = 1_000;
export const CONFIRMATIONS_CAP = 'linked_confirmations';

/** Types between which `effect_confirmation` links stand. */
export const confirming: Sql = sql`event_type IN ('object.changed', 'object.change.confirmed',
  'object.change.reverted', 'message.sent', 'process.triggered', 'process.completed', 'process.failed', 'tool.call.completed')`;

/** What a system of record says: its own events, whichever run they name. */
const confirms: Sql = sql`event_type IN ('object.change.confirmed', 'process.completed', 'process.failed')`;

/**
 * Which kinds of ends the tenant's links have, of those that a run or a step is asked for: mostly none, and then
 * nothing is followed.
 */
export async function linkedEnds(context: ReadContext): Promise<{ readonly runs: boolean; readonly events: boolean }> {
  const any = (kind: Sql): Sql =>
    sql`(SELECT count() FROM (SELECT 1 FROM ${tableName(context.generation, 'link_statements')} WHERE ${ofTenant(context)}
      AND entry_kind = ${kind} ORDER BY tenant_id, entry_kind, entry_key LIMIT 1))`;
  const [found] = await context.run<{ readonly runs: number; readonly events: number }>(
    sql`SELECT ${any(sql`'run'`)} AS runs, ${any(sql`'event'`)} AS events`,
  );
  return { runs: (found?.runs ?? 0) > 0, events: (found?.events ?? 0) > 0 };
}

/** Links that hold between effects and confirmations of which one end is among some events, given by a query. */
export async function confirmationLinks(
  context: ReadContext,
  eventKeys: Sql,
): Promise<{ readonly links: readonly ActiveLink[]; readonly capped: boolean; readonly ends: Sql }> {
  const found = activeLinks(
    context,
    sql`entry IN ('from', 'to') AND kind = 'effect_confirmation' AND entry_kind = 'event' AND entry_key IN (${eventKeys})`,
  );
  const links = await context.run<ActiveLink>(sql`${found} ORDER BY link_id LIMIT ${integer(MAX_CONFIRMATIONS + 1)}`);
  const ends = sql`SELECT arrayJoin([from_key, to_key]) FROM (${found} ORDER BY link_id LIMIT ${integer(MAX_CONFIRMATIONS)})`;
  return { links: links.slice(0, MAX_CONFIRMATIONS), capped: links.length > MAX_CONFIRMATIONS, ends };
}

export interface LinkedEvents extends FoundEvents {
  /** All links that were followed, also those of which both ends are among the events already. */
  readonly links: readonly ActiveLink[];
  readonly caps: readonly string[];
}

export const noLinkedEvents: LinkedEvents = { ...noEvents, links: [], caps: [] };

/**
 * The other ends of the links that `rows` (a condition on `events`) have: confirmations, whichever run they name, and
 * effects that name none; those of another run stay that run's. For what names no run itself, effects of `anyRun` may
 * be meant.
 */
export async function linkedConfirmations(context: ReadContext, rows: Sql, anyRun = false): Promise<LinkedEvents> {
  const events = tableName(context.generation, 'events');
  const { links, capped, ends } = await confirmationLinks(
    context,
    sql`SELECT event_key FROM ${events} WHERE ${ofTenant(context)} AND ${rows} AND ${confirming}`,
  );
  if (links.length === 0) return noLinkedEvents;
  const far = idSet([...new Set(links.flatMap(({ from_key, to_key }) => [from_key, to_key]))], ends);
  const places = sql`SELECT run_key, occurred_at, event_key FROM ${tableName(context.generation, 'ids')} WHERE ${ofTenant(context)}
    AND kind = 'event' AND ${keyed(far)}`;
  const found = sql`FROM ${events} WHERE ${ofTenant(context)} AND (run_key, occurred_at, event_key) IN (${places})
    AND NOT ${rows} AND ${anyRun ? sql`true` : sql`(run_id = '' AND root_run_id = '' OR ${confirms})`}
    AND NOT audit_is_access(kafka_topic)`;
  const others = foundEvents(
    await context.run(sql`SELECT DISTINCT run_key, event_key ${found}`),
    sql`SELECT run_key, event_key ${found}`,
  );
  return { ...others, links, caps: capped ? [CONFIRMATIONS_CAP] : [] };
}
