import { fitParameter, idSet, type IdSet, noIds, ofTenant, oneId } from '../store/id-sets.ts';
import { activeLinks } from '../store/link-reads.ts';
import { type ReadContext } from '../store/list-reads.ts';
import { type OwnEvents, runsIn } from '../store/run-reads.ts';
import { integer, type Sql, sql, tableName, texts } from '../store/sql.ts';
import { type ActiveLink } from './active-link.ts';
import { MAX_LINKED_RUNS, RUNS_CAP } from './follow.ts';
import { hop } from './hop.ts';

/** A session, a person, a case or an object with which a link joins the run: what the run's own events need not say. */
export interface LinkedThing {
  readonly kind: string;
  /** As timelines name it: `system:id` of cases, `system:type:id` of objects, pseudonyms of people. */
  readonly id: string;
  readonly issuer: string;
  readonly link_id: string;
}

/** Traces of runs: of each the run that a link gives it, by which links, and since when that was known. */
export interface LinkedTraces {
  readonly traces: IdSet;
  readonly of: ReadonlyMap<string, { readonly run: string; readonly links: readonly ActiveLink[] }>;
  readonly caps: readonly string[];
}

export const noTraces: LinkedTraces = { traces: noIds, of: new Map(), caps: [] };

/** A run has one session, a person or two, a case: more are a mistake, or a flood. */
const MAX_THINGS = 100;
const THINGS_CAP = 'linked_things';
const TRACES_CAP = 'linked_traces';

/** Traces of the run and of the runs below it. */
export async function tracesOf(context: ReadContext, own: OwnEvents): Promise<LinkedTraces> {
  const runs = await runsIn(context, own.which, MAX_LINKED_RUNS);
  const taken = runs.length === 0 ? [own.runId] : runs.slice(0, MAX_LINKED_RUNS);
  const query = sql`SELECT DISTINCT run_id FROM ${tableName(context.generation, 'events')} WHERE ${ofTenant(context)}
    AND ${own.which} AND run_id != '' ORDER BY run_id LIMIT ${integer(MAX_LINKED_RUNS)}`;
  const found = await tracesOfRuns(context, idSet(taken, query));
  return runs.length > taken.length ? { ...found, caps: [...found.caps, RUNS_CAP] } : found;
}

export async function tracesOfRuns(context: ReadContext, runs: IdSet): Promise<LinkedTraces> {
  const { links, far, capped } = await hop(context, {
    kind: 'trace_run',
    endKind: 'run',
    ends: runs,
    cap: MAX_LINKED_RUNS,
  });
  const of = new Map<string, { readonly run: string; readonly links: ActiveLink[] }>();
  // Of several runs here that have the trace, the first by id.
  for (const { near, far: trace, ...link } of links) {
    const known = of.get(trace);
    if (known === undefined) of.set(trace, { run: near, links: [link] });
    else if (known.run === near) known.links.push(link);
  }
  return { traces: far, of, caps: capped ? [TRACES_CAP] : [] };
}

/** Of each of these traces the one run that links give to it; those with several have none. */
export async function runsOfTraces(
  context: ReadContext,
  traces: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  // Of so many that they are no parameter nobody asks for one: the id is ambiguous anyway.
  if (traces.length === 0 || !fitParameter(traces)) return new Map();
  const { links, capped } = await hop(context, {
    kind: 'trace_run',
    endKind: 'trace',
    ends: { ids: traces, sql: texts(traces) },
    cap: MAX_LINKED_RUNS,
  });
  const runs = new Map<string, Set<string>>();
  for (const { near, far } of links) runs.set(near, (runs.get(near) ?? new Set()).add(far));
  return capped
    ? new Map()
    : new Map([...runs].flatMap(([trace, of]) => (of.size === 1 ? [[trace, [...of][0] as string] as const] : [])));
}

export interface LinkedThings {
  readonly things: readonly LinkedThing[];
  readonly links: readonly ActiveLink[];
  readonly caps: readonly string[];
}

export const noThings: LinkedThings = { things: [], links: [], caps: [] };

/** What else the run belongs to, by links; each link once. */
export async function thingsOf(context: ReadContext, runId: string): Promise<LinkedThings> {
  const which = sql`entry_kind = 'run' AND entry_key IN ${oneId(runId).sql}`;
  const rows = await context.run<ActiveLink>(
    sql`SELECT * FROM (${activeLinks(context, which)}) WHERE ${ofKinds} ORDER BY kind, link_id LIMIT ${integer(MAX_THINGS + 1)}`,
  );
  const links = rows.slice(0, MAX_THINGS).filter((link) => [link.from_key, link.to_key].includes(runId));
  const things = links.map(({ link_id, ...link }) => {
    const [kind, id, issuer] =
      link.from_kind === 'run' && link.from_key === runId
        ? [link.to_kind, link.to_key, link.to_issuer]
        : [link.from_kind, link.from_key, link.from_issuer];
    return { kind, id, issuer, link_id };
  });
  return { things, links, caps: rows.length > MAX_THINGS ? [THINGS_CAP] : [] };
}

const ofKinds: Sql = sql`kind IN ('run_session', 'run_user', 'case_run', 'run_object')`;
