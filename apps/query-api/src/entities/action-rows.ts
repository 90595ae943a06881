import { causedByAny } from '../store/event-keys.ts';
import { Joins } from '../runs/joins.ts';
import { type ActiveLink } from '../links/active-link.ts';
import { isControl } from '../runs/kinds.ts';
import { type RunRow, eventKeyOf, causesOf } from '../runs/row.ts';
import { type Ids, type RelatedRows } from '../store/related-reads.ts';
import { sql, texts } from '../store/sql.ts';
import { eventTypes } from '@affidavit/contracts';
import { ActionLinks } from './action-links.ts';
import { distinct, scopeOf } from './parts.ts';

/**
 * Decision, approval and confirmation are each one join away from the next; what needs more rounds is not looked for,
 * and that is said.
 */
const MAX_ROUNDS = 6;
/** Events of one action of which it is looked for what they caused. */
const MAX_CAUSING = 100;
/** Causes of causes. */
const MAX_CAUSE_ROUNDS = 5;
const CAUSES_CAP = 'causes';

export interface ActionRows {
  readonly action: readonly RunRow[];
  /** By which confirmations that share no id were found. */
  readonly links: readonly ActiveLink[];
  /** By event id: the links by which alone it is here. */
  readonly via: ReadonlyMap<string, readonly string[]>;
}

const controlTypes = (Object.keys(eventTypes) as (keyof typeof eventTypes)[]).filter(isControl);

const idsNamed = (rows: readonly RunRow[]): Ids => ({
  effect: distinct(rows, (row) => row.effect_id),
  decision: distinct(rows, (row) => row.decision_id),
  approval: distinct(rows, (row) => row.approval_id),
  action: distinct(rows, (row) => row.action_mac),
  transaction: distinct(rows, (row) => row.effect?.transaction_key),
  document_no: distinct(rows, (row) => row.effect?.document_no),
  event: [...new Set(rows.flatMap(causesOf))],
});

/**
 * All events of the action that `seed` is of, by the ids that its events share, wherever they were recorded, and by
 * links; in order. What is read beyond the action (other actions that one decision was about) stays out. A call's id
 * means something only where the action is.
 */
export async function readAction(read: RelatedRows, seed: readonly RunRow[]): Promise<ActionRows> {
  const asked = new Set<string>();
  const links = await ActionLinks.start(read);
  let action = seed;
  for (let round = 0; ; round += 1) {
    const ids = Object.fromEntries(
      Object.entries(idsNamed(action)).map(([kind, values]) => [
        kind,
        values.filter((value) => !asked.has(`${kind} ${value}`)),
      ]),
    );
    const calls = distinct(action, (row) => row.call_id).filter((call) => !asked.has(`call ${call}`));
    const events = action.map(eventKeyOf).filter((id) => !asked.has(`row ${id}`));
    if ([...Object.values(ids), calls, events].every((values) => values.length === 0)) break;
    if (round === MAX_ROUNDS) {
      read.cap('rounds');
      break;
    }
    for (const [kind, values] of Object.entries({ ...ids, call: calls, row: events }))
      for (const value of values) asked.add(`${kind} ${value}`);
    await read.withIds(ids);
    if (calls.length > 0) await read.where(sql`run_key IN ${texts(keysOf(action))} AND call_id IN ${texts(calls)}`);
    await links.follow(action);
    action = closure(read, seed, links);
  }
  const causing = action.map(eventKeyOf);
  if (causing.length > MAX_CAUSING) read.cap(CAUSES_CAP);
  await read.where(
    sql`run_key IN ${texts(distinct(action, scopeOf))} AND ${causedByAny(causing.slice(0, MAX_CAUSING))}`,
  );
  const all = closure(read, seed, links);
  const unlinked = links.unlinked(read.rows);
  const via = viaOf(all, new Joins(unlinked).closure(own(unlinked, seed)), links.confirming);
  return { action: all, links: links.named(all, via), via };
}

/**
 * What is of the action by links alone says by which: a span its trace's, a confirmation its own, what stands behind
 * that all of these.
 */
function viaOf(action: readonly RunRow[], direct: readonly RunRow[], links: readonly ActiveLink[]): ActionRows['via'] {
  const own = new Set(direct.map(eventKeyOf));
  const ids = (which: readonly ActiveLink[]): readonly string[] => which.map(({ link_id }) => link_id).sort();
  const all = [...new Set([...ids(links), ...action.flatMap((row) => row.via ?? [])])].sort();
  return new Map(
    action
      .filter((row) => !own.has(eventKeyOf(row)))
      .map((row) => {
        const joining = links.filter(
          ({ from_key, to_key }) => from_key === eventKeyOf(row) || to_key === eventKeyOf(row),
        );
        return [eventKeyOf(row), row.via ?? (joining.length > 0 ? ids(joining) : all)] as const;
      }),
  );
}

export const sayingVia = (rows: readonly RunRow[], via: ActionRows['via']): readonly RunRow[] =>
  rows.map((row) => (via.has(eventKeyOf(row)) ? { ...row, via: via.get(eventKeyOf(row)) ?? [] } : row));

/** Under which keys the action's calls may be: its runs, sessions and streams. */
const keysOf = (action: readonly RunRow[]): readonly string[] => [
  ...new Set([...distinct(action, scopeOf), ...distinct(action, (row) => row.session_id)]),
];

/** The action's events, and the cause that it names itself. */
function closure(read: RelatedRows, seed: readonly RunRow[], links: ActionLinks): readonly RunRow[] {
  const rows = links.dressed(read.rows);
  return new Joins(rows, links.confirming).closure(own(rows, seed));
}

/** The seed among the rows. */
function own(rows: readonly RunRow[], seed: readonly RunRow[]): readonly RunRow[] {
  const byId = new Map(rows.map((row) => [eventKeyOf(row), row]));
  return seed.map((row) => byId.get(eventKeyOf(row)) ?? row);
}

/**
 * The events that the rows name as their causes, and the causes' causes: why it was done at all. An action that names
 * none was done in a run, and that was started for a reason. Bounded: causes of causes end somewhere.
 */
export async function readCauses(read: RelatedRows, action: readonly RunRow[]): Promise<readonly RunRow[]> {
  const seen = new Set(action.map(eventKeyOf));
  const starts = (await runStarts(read, action)).filter((row) => !seen.has(eventKeyOf(row)));
  const causes: RunRow[] = [...starts];
  for (const row of starts) seen.add(eventKeyOf(row));
  let ids = [...action, ...starts].flatMap(causesOf).filter((key) => !seen.has(key));
  for (let round = 0; ids.length > 0; round += 1) {
    if (round === MAX_CAUSE_ROUNDS) {
      read.cap(CAUSES_CAP);
      break;
    }
    const found = (await read.withIds({ event: [...new Set(ids)] })).filter((row) => ids.includes(eventKeyOf(row)));
    causes.push(...found);
    for (const row of found) seen.add(eventKeyOf(row));
    ids = found.flatMap(causesOf).filter((key) => !seen.has(key));
  }
  return causes;
}

async function runStarts(read: RelatedRows, action: readonly RunRow[]): Promise<readonly RunRow[]> {
  const runs = distinct(action, (row) => row.run_id);
  if (runs.length === 0) return [];
  return (await read.withIds({ run: runs }, ['run.started'])).filter(({ run_id }) => runs.includes(run_id ?? ''));
}

/** Controls of the whole run up to a time: what was inspected, masked, decided in it, though not about this action. */
export async function readRunControls(read: RelatedRows, action: readonly RunRow[]): Promise<readonly RunRow[]> {
  const scopes = distinct(action, (row) => row.root_run_id ?? row.run_id);
  if (scopes.length === 0) return [];
  return read.withIds({ run: scopes, root_run: scopes }, controlTypes);
}

export const grantEvents = (read: RelatedRows, grants: readonly string[]): Promise<readonly RunRow[]> =>
  read.withIds({ grant: grants });
