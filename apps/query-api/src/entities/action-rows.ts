import { Joins } from '../runs/joins.ts';
import { type ActiveLink } from '../links/active-link.ts';
import { hop } from '../links/hop.ts';
import { endsCall, isControl, isEffect, kindOf } from '../runs/kinds.ts';
import { type RunRow } from '../runs/row.ts';
import { type Ids, type RelatedRows } from '../store/related-reads.ts';
import { join, sql, texts } from '../store/sql.ts';
import { eventTypes } from '@affidavit/contracts';
import { distinct, scopeOf } from './parts.ts';

/** Decision, approval and confirmation are each one join away from the next; more rounds than this find nothing new. */
const MAX_ROUNDS = 4;
/** Effects of one action whose linked confirmations are looked for, and confirmations of them. */
const MAX_LINKED = 20;

export interface ActionRows {
  readonly action: readonly RunRow[];
  /** By which confirmations that share no id were found. */
  readonly links: readonly ActiveLink[];
}

const controlTypes = (Object.keys(eventTypes) as (keyof typeof eventTypes)[]).filter(isControl);

const idsNamed = (rows: readonly RunRow[]): Ids => ({
  call: distinct(rows, (row) => row.call_id), effect: distinct(rows, (row) => row.effect_id), decision: distinct(rows, (row) => row.decision_id),
  approval: distinct(rows, (row) => row.approval_id), action: distinct(rows, (row) => row.action_mac), transaction: distinct(rows, (row) => row.effect?.transaction_key),
  document_no: distinct(rows, (row) => row.effect?.document_no), event: distinct(rows, (row) => row.causation_id),
});

/**
 * All events of the action that `seed` is of, by the ids that its events share, wherever they were recorded; in order. What is read
 * beyond the action (other calls under the same id, other actions that one decision was about) stays out.
 */
export async function readAction(read: RelatedRows, seed: readonly RunRow[]): Promise<ActionRows> {
  const asked = new Map<string, Set<string>>();
  let action = seed;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const ids = Object.fromEntries(Object.entries(idsNamed(action)).map(([kind, values]) => [kind, values.filter((value) => asked.get(kind)?.has(value) !== true)]));
    if (Object.values(ids).every((values) => values.length === 0)) break;
    for (const [kind, values] of Object.entries(ids)) asked.set(kind, new Set([...(asked.get(kind) ?? []), ...values]));
    await read.withIds(ids);
    action = closure(read, seed);
  }
  const { rows: confirming, links } = await linkedConfirmations(read, action);
  const scopes = distinct(action, scopeOf);
  await read.where(sql`run_key IN ${texts(scopes)} AND causation_id IN ${texts(action.map(({ event_id }) => event_id).slice(0, 100))}`);
  return { action: closure(read, [...seed, ...confirming]), links };
}

/** What the target system reported under ids of its own, found by a rule or a person: by links, as they stand at the vector. */
async function linkedConfirmations(read: RelatedRows, action: readonly RunRow[]): Promise<{ rows: readonly RunRow[]; links: readonly ActiveLink[] }> {
  const ends = action.filter((row) => isEffect(row.event_type) || kindOf(row.event_type) === 'confirmation' || endsCall(row.event_type)).map(({ event_id }) => event_id).slice(0, MAX_LINKED);
  if (ends.length === 0) return { rows: [], links: [] };
  const { links, far } = await hop(read.context, { kind: 'effect_confirmation', endKind: 'event', ends: { ids: ends, sql: texts(ends) }, cap: MAX_LINKED });
  return { rows: await read.withIds({ event: far.ids }), links };
}

/** The action's events, and the cause that it names itself. */
function closure(read: RelatedRows, seed: readonly RunRow[]): readonly RunRow[] {
  const rows = read.rows;
  const own = new Map(rows.map((row) => [row.event_id, row]));
  return new Joins(rows).closure(seed.map((row) => own.get(row.event_id) ?? row));
}

/**
 * The events that the rows name as their causes, and the causes' causes: why it was done at all. An action that names none was
 * done in a run, and that was started for a reason. Bounded: causes of causes end somewhere.
 */
export async function readCauses(read: RelatedRows, action: readonly RunRow[]): Promise<readonly RunRow[]> {
  const seen = new Set(action.map(({ event_id }) => event_id));
  const starts = (await runStarts(read, action)).filter(({ event_id }) => !seen.has(event_id));
  const causes: RunRow[] = [...starts];
  for (const { event_id } of starts) seen.add(event_id);
  let ids = distinct([...action, ...starts], (row) => row.causation_id).filter((id) => !seen.has(id));
  for (let round = 0; round < 5 && ids.length > 0; round += 1) {
    const found = (await read.withIds({ event: ids })).filter(({ event_id }) => ids.includes(event_id));
    causes.push(...found);
    for (const { event_id } of found) seen.add(event_id);
    ids = distinct(found, (row) => row.causation_id).filter((id) => !seen.has(id));
  }
  return causes;
}

async function runStarts(read: RelatedRows, action: readonly RunRow[]): Promise<readonly RunRow[]> {
  const runs = distinct(action, (row) => row.run_id);
  if (runs.length === 0) return [];
  const which = sql`run_key IN ${texts(distinct(action, (row) => row.root_run_id ?? row.run_id))} AND run_id IN ${texts(runs)} AND event_type = 'run.started'`;
  return (await read.where(which)).filter(({ event_type, run_id }) => event_type === 'run.started' && runs.includes(run_id ?? ''));
}

/** Controls of the whole run up to a time: what was inspected, masked, decided in it, though not about this action. */
export async function readRunControls(read: RelatedRows, action: readonly RunRow[]): Promise<readonly RunRow[]> {
  const scopes = distinct(action, (row) => row.root_run_id ?? row.run_id);
  if (scopes.length === 0) return [];
  return read.where(join([sql`run_key IN ${texts(scopes)}`, sql`event_type IN ${texts(controlTypes)}`], 'and'));
}

export const grantEvents = (read: RelatedRows, grants: readonly string[]): Promise<readonly RunRow[]> => read.withIds({ grant: grants });
