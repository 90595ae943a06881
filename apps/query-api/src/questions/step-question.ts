import { type Credential } from '@affidavit/service-kit';
import { encodeAsOf } from '../reading/as-of.ts';
import { type Completeness } from '../reading/completeness.ts';
import { type ListOf, type Standpoint } from '../reading/list-question.ts';
import { completenessOfAll, readAll, ROWS_CAP } from '../reading/read-all.ts';
import { type SortKey } from '../reading/sort-key.ts';
import { standAt } from '../reading/standpoint.ts';
import { queryError } from '../query-error.ts';
import { isEffect } from '../runs/kinds.ts';
import { asRunRows, microsOf, type RunRow } from '../runs/row.ts';
import { stepParts, type StepParts } from '../runs/step-parts.ts';
import { adopted, causedBy, findSteps, type FoundStep, growIds, laterInRun, laterInSession, laterOnObject, startIds, stepList } from '../store/step-reads.ts';
import { type Ask } from './ask.ts';
import { type Link } from './links.ts';
import { type RunSources } from './run-question.ts';

export interface StepQuestion {
  readonly id: string;
  /** Which run's, when several have the id. */
  readonly runId: string | undefined;
  readonly asOf: string | undefined;
  readonly reason: string;
  readonly route: string;
}

export interface StepBody extends Omit<StepParts, 'answered'> {
  readonly what_happened_next: {
    /** What systems of record and reviewers said of it. */
    readonly answered: readonly RunRow[];
    /** Further events that name it as their cause. */
    readonly caused: readonly RunRow[];
    readonly next_in_run: readonly RunRow[];
    /** Of a step outside of runs: what followed in its session. */
    readonly next_in_session: readonly RunRow[];
    /** On the objects that it changed, whoever did it. */
    readonly later_on_objects: readonly RunRow[];
  };
  readonly as_of: string;
  readonly completeness: Completeness;
}

const MAX_STEP_EVENTS = 2_000;
const NEXT = 10;
const MAX_OBJECTS = 3;

/** One step in four parts: attempted, allowed, did, what happened next; and whether they agree. */
export async function askStep({ run, generation, ask }: { run: RunSources['run']; generation: string; ask: Ask }, asker: Credential, { id, runId, asOf, reason, route }: StepQuestion): Promise<StepBody> {
  const question = { kind: 'step', route, filters: runId === undefined ? [] : ['run_id'], asked: { id, ...(runId !== undefined && { run_id: runId }) }, reason } as const;
  return ask({ asker, question, needs: ['read_record'], continuation: false }, async () => {
    const standpoint = await standAt(run, generation, asker.tenant_id, asOf);
    const found = theOne(id, await findSteps(standpoint.context, id, runId));
    const { body, completeness } = await answer(standpoint, found, id);
    const as_of = encodeAsOf(standpoint.asOf);
    return { body: { ...body, as_of, completeness }, data: body, rows: countOf(body), as_of };
  });
}

const rank = { event: 0, call: 1, effect: 2, step: 3 } as const;

/** An event's id outranks a call's, and so on; the same id in two runs is two things. */
function theOne(id: string, found: readonly FoundStep[]): FoundStep {
  const best = Math.min(...found.map(({ kind }) => rank[kind]));
  const candidates = found.filter(({ kind }) => rank[kind] === best);
  // Reports of the same effect that name no run belong to the one that does.
  const inRuns = candidates.filter(({ run_id }) => run_id !== '');
  const [first, second] = inRuns.length > 0 ? inRuns : candidates.slice(0, 1);
  if (first === undefined) throw queryError('not_found', 'there is no such step, call, effect or event');
  if (second === undefined) return first;
  throw queryError('ambiguous', 'several runs have this id: name the run', { detail: { candidates: inRuns.map(({ kind, run_id, events }) => ({ kind, id, run_id, events, link: stepLink(id, run_id) })) } });
}

export const stepLink = (id: string, runId: string): Link => ({ method: 'GET', path: `/v1/steps/-?id=${encodeURIComponent(id)}&run_id=${encodeURIComponent(runId)}` });

async function answer(standpoint: Standpoint, asked: FoundStep, id: string): Promise<{ body: Omit<StepBody, 'as_of' | 'completeness'>; completeness: Completeness }> {
  const { context } = standpoint;
  const alone = await growIds(context, asked, startIds(asked.kind, id));
  const found = await adopted(context, asked, alone.ids);
  const { ids, capped } = found === asked ? alone : await growIds(context, found, alone.ids);
  const list = stepList(context, found, ids);
  const all = await readAll(context, list, { cap: MAX_STEP_EVENTS });
  const parts = stepParts(asRunRows(all.rows), id, found.kind);
  if (parts === null) throw queryError('not_found', 'there is no such step, call, effect or event');
  const { answered, ...rest } = parts;
  const own = [...parts.attempted.events, ...parts.allowed.events, ...parts.did.events, ...answered];
  const next = await whatFollowed(standpoint, found, own, new Set(answered));
  const caps = [...(all.capped ? [ROWS_CAP] : []), ...(capped ? ['shared_ids'] : [])];
  return { body: { ...rest, what_happened_next: { answered, ...next } }, completeness: await completenessOfAll(standpoint, list, {}, caps) };
}

async function whatFollowed({ context }: Standpoint, found: FoundStep, own: readonly RunRow[], answered: ReadonlySet<RunRow>): Promise<Omit<StepBody['what_happened_next'], 'answered'>> {
  const known = new Set(own.map(({ event_id }) => event_id));
  const first = async (list: ListOf): Promise<readonly RunRow[]> => {
    const { rows } = await readAll(context, list, { cap: NEXT + Math.min(known.size, MAX_STEP_EVENTS) });
    return asRunRows(rows).filter(({ event_id }) => !known.has(event_id)).slice(0, NEXT);
  };
  // Answers may come days later: what followed follows on what was done.
  const done = own.filter((row) => !answered.has(row));
  const last = keyOf(done.filter(({ run_id }) => (run_id ?? '') === found.run_id).at(-1) ?? (own[own.length - 1] as RunRow));
  const session = own.find(({ session_id }) => session_id !== undefined)?.session_id;
  const objects = own.filter((row) => isEffect(row.event_type)).flatMap((row) => row.object_refs ?? []).filter(({ role }) => role !== 'mentioned');
  const distinct = [...new Map(objects.map(({ system = '', type = '', id = '' }) => [JSON.stringify([system, type, id]), { system, type, id }])).values()].slice(0, MAX_OBJECTS);
  const [next_in_run, next_in_session, caused, ...onObjects] = await Promise.all([
    found.run_id === '' ? [] : first(laterInRun(context, found, last)),
    found.run_id !== '' || session === undefined ? [] : first(laterInSession(context, found, session, last)),
    first(causedBy(context, found, [...known].slice(0, MAX_CAUSES))),
    ...distinct.map((object) => first(laterOnObject(context, object, last))),
  ]);
  const byId = new Map(onObjects.flat().map((row) => [row.event_id, row]));
  return { caused, next_in_run, next_in_session, later_on_objects: [...byId.values()].sort((one, other) => (one.occurred_at < other.occurred_at ? -1 : 1)) };
}

/** As many ids as fit into a request. */
const MAX_CAUSES = 100;

const keyOf = (row: RunRow): SortKey => ({ occurred_at: microsOf(row.occurred_at), stream_id: row.stream_id, seq: row.seq, event_id: row.event_id });

const countOf = ({ attempted, allowed, did, what_happened_next: { answered } }: Omit<StepBody, 'as_of' | 'completeness'>): number => attempted.events.length + allowed.events.length + did.events.length + answered.length;
