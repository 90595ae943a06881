import { dressing } from '../links/via.ts';
import { type ActiveLink, plainLink } from '../links/active-link.ts';
import { noTraces, runsOfTraces, tracesOfRuns } from '../links/run-links.ts';
import { type ListOf, type Standpoint } from '../reading/list-question.ts';
import { readAll, ROWS_CAP } from '../reading/read-all.ts';
import { asRunRows, type RunRow, eventKeyOf } from '../runs/row.ts';
import {
  linkedConfirmations,
  type linkedEnds,
  type LinkedEvents,
  noLinkedEvents,
} from '../store/confirmation-reads.ts';
import { oneId, runKeysOf } from '../store/id-sets.ts';
import { type ReadContext } from '../store/list-reads.ts';
import { ofTraces } from '../store/run-reads.ts';
import {
  adopting,
  type GrownIds,
  growIds,
  listOfEvents,
  runsOf,
  type SharedIds,
  sharing,
  startIds,
  type StepPlace,
} from '../store/step-reads.ts';
import { type AskedScope, findSteps, type FoundStep, type StepScope } from '../store/step-scopes.ts';
import { sql } from '../store/sql.ts';
import { chooseStep, type ChosenStep } from './choose-step.ts';
import { besideSpans } from '../links/beside-spans.ts';

export type LinkedEnds = Awaited<ReturnType<typeof linkedEnds>>;

const MAX_STEP_EVENTS = 2_000;

/** What is read for a step. */
export interface StepRows {
  readonly place: StepPlace;
  readonly list: ListOf;
  readonly rows: readonly RunRow[];
  readonly dressRow: (row: RunRow) => RunRow;
  readonly confirming: readonly ActiveLink[];
  readonly links: ReadonlyMap<string, ActiveLink>;
  readonly caps: readonly string[];
}

/** The one thing that the id stands for. A call that names only its trace is of the run to which a link gives that. */
export async function findStep(
  context: ReadContext,
  id: string,
  asked: Omit<AskedScope, 'traces'>,
  ends: LinkedEnds,
): Promise<ChosenStep> {
  const traces =
    asked.runId === undefined || !ends.runs ? [] : (await tracesOfRuns(context, oneId(asked.runId))).traces.ids;
  const { found, capped } = await findSteps(context, id, { ...asked, traces });
  const outside = found.filter(({ run_id }) => run_id === '').flatMap(({ trace_ids }) => trace_ids);
  const runs = ends.runs ? await runsOfTraces(context, [...new Set(outside)]) : new Map<string, string>();
  const placed = runs.size === 0 ? found : await Promise.all(found.map((step) => inLinkedRun(context, step, runs)));
  return chooseStep({ found: oncePerRun(placed), capped });
}

async function inLinkedRun(
  context: ReadContext,
  step: FoundStep,
  runs: ReadonlyMap<string, string>,
): Promise<FoundStep> {
  const given =
    step.run_id === '' ? new Set(step.trace_ids.flatMap((trace) => runs.get(trace) ?? [])) : new Set<string>();
  const run = given.size === 1 ? ([...given][0] ?? null) : null;
  const keys = run === null ? [] : (await runKeysOf(context, ['run'], oneId(run))).ids;
  return run === null || keys.length === 0
    ? step
    : { ...step, run_id: run, session_id: '', stream_id: '', run_keys: keys };
}

function oncePerRun(found: readonly FoundStep[]): readonly FoundStep[] {
  const once = new Map<string, FoundStep>();
  for (const step of found) {
    const key = JSON.stringify([step.id, step.run_id, step.session_id, step.stream_id]);
    const known = once.get(key);
    once.set(
      key,
      known === undefined
        ? step
        : {
            ...known,
            run_keys: [...new Set([...known.run_keys, ...step.run_keys])].sort(),
            events: known.events + step.events,
          },
    );
  }
  return [...once.values()];
}

async function placeOf(context: ReadContext, scope: StepScope, ends: LinkedEnds): Promise<StepPlace> {
  const traces = ends.runs && scope.run_id !== '' ? await tracesOfRuns(context, oneId(scope.run_id)) : noTraces;
  return { scope, traces, spans: traces.of.size === 0 ? sql`false` : await ofTraces(context, traces.traces) };
}

interface Settled {
  readonly place: StepPlace;
  readonly grown: GrownIds;
  readonly linked: LinkedEvents;
}

/**
 * Where the step is, which ids lead to its events, and which links. What names no run may belong to one, by its ids or
 * by a link.
 */
async function settle(context: ReadContext, step: FoundStep, id: string, ends: LinkedEnds): Promise<Settled> {
  let place = await placeOf(context, step, ends);
  let grown = await growIds(context, place, startIds(step.kind, id));
  const move = async (
    run: { readonly run_id: string; readonly run_keys: readonly string[] },
    events: readonly string[],
  ): Promise<void> => {
    place = await placeOf(context, { ...run, session_id: '', stream_id: '' }, ends);
    const ids: SharedIds = { ...grown.ids, events: [...new Set([...grown.ids.events, ...events])] };
    grown = await growIds(context, place, ids);
  };
  const adopter = step.run_id === '' ? await adopting(context, grown.ids) : null;
  if (adopter !== null) await move(adopter, []);
  if (!ends.events) return { place, grown, linked: noLinkedEvents };
  if (place.scope.run_id === '') {
    const effects = await linkedConfirmations(context, sharing(context, place, grown.ids), true);
    const [run, another] = effects.ids.size === 0 ? [] : await runsOf(context, effects.which);
    if (run !== undefined && another === undefined) await move(run, [...effects.ids]);
  }
  return { place, grown, linked: await linkedConfirmations(context, sharing(context, place, grown.ids)) };
}

export async function readStep(
  { context }: Standpoint,
  step: FoundStep,
  id: string,
  ends: LinkedEnds,
): Promise<StepRows> {
  const { place, grown, linked } = await settle(context, step, id, ends);
  const own = sharing(context, place, grown.ids);
  const list = listOfEvents(context, linked.ids.size === 0 ? own : sql`(${own} OR ${linked.which})`);
  const all = await readAll(context, list, { cap: MAX_STEP_EVENTS });
  const plain = asRunRows(all.rows);
  const here = new Set(plain.flatMap(({ trace_id }) => trace_id ?? []));
  const traces = new Map([...place.traces.of].filter(([trace]) => here.has(trace)));
  const beside = besideSpans(
    plain.filter((row) => !linked.ids.has(eventKeyOf(row))),
    traces,
  );
  const isOwn = (row: RunRow): boolean => row.run_id !== undefined && !linked.ids.has(eventKeyOf(row));
  const dressRow = dressing({
    own: isOwn,
    sharing: new Set(),
    traces: place.traces.of,
    besideSpans: beside,
    besideLinks: [...traces.values()].flatMap(({ links }) => links),
    confirmations: linked,
  });
  const links = [...[...place.traces.of.values()].flatMap((trace) => trace.links), ...linked.links];
  return {
    place,
    list,
    rows: plain.map(dressRow),
    dressRow,
    confirming: linked.links,
    links: new Map(links.map((link) => [link.link_id, plainLink(link)])),
    caps: [...(all.capped ? [ROWS_CAP] : []), ...grown.caps, ...place.traces.caps, ...linked.caps],
  };
}
