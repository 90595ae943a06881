import { type ListOf } from '../reading/list-question.ts';
import { type RunRow } from '../runs/row.ts';
import { linkedConfirmations, linkedEnds, noLinkedEvents } from '../store/confirmation-reads.ts';
import { noEvents } from '../store/found-events.ts';
import { type ReadContext } from '../store/list-reads.ts';
import { findRun, type OwnEvents, ofTraces } from '../store/run-reads.ts';
import { sharingWith } from '../store/shared-reads.ts';
import { sql, tableName } from '../store/sql.ts';
import { type ActiveLink, plainLink } from './active-link.ts';
import { type LinkedThing, noThings, noTraces, thingsOf, tracesOf } from './run-links.ts';
import { dressing } from './via.ts';

/** All that a run's answers rest on, as one list that follows links as they stand at the vector. */
export interface RunList extends ListOf {
  /** What a row says of how it is here. Rows that need no link stay as they are. */
  readonly dressRow: (row: RunRow) => RunRow;
  /** Links between events of the list: an effect and its confirmation. */
  readonly confirming: readonly ActiveLink[];
  /** What the run belongs to by links, and by those alone need not be in its events. */
  readonly linked: readonly LinkedThing[];
  readonly links: ReadonlyMap<string, ActiveLink>;
}

/**
 * A run, what is below it, and what belongs to it: events of no run that share an id with it; spans of traces that a
 * link gives it, and what shares an id with those; what links call the confirmations of its effects. Null when the
 * tenant has no event of the run.
 */
export async function runList(context: ReadContext, runId: string): Promise<RunList | null> {
  const [own, ends] = await Promise.all([findRun(context, runId), linkedEnds(context)]);
  if (own === null) return null;
  const [{ traces, spans, beside }, things, sharing] = await Promise.all([
    ends.runs ? spansOf(context, own) : noSpans,
    ends.runs ? thingsOf(context, runId) : noThings,
    sharingWith(context, own.which, own.which),
  ]);
  const direct = sql`(${own.which} OR ${sharing.which})`;
  const all = traces.of.size === 0 ? direct : sql`(${direct} OR ${spans} OR ${beside.which})`;
  const confirmations = ends.events ? await linkedConfirmations(context, all) : noLinkedEvents;
  return {
    table: tableName(context.generation, 'events'),
    which: confirmations.ids.size === 0 ? all : sql`(${all} OR ${confirmations.which})`,
    role: null,
    direction: 'asc',
    caps: [...own.caps, ...traces.caps, ...things.caps, ...confirmations.caps],
    dressRow: dressing({
      own: (row) => (row.run_id !== undefined && own.named.includes(row.run_id)) || row.root_run_id === runId,
      sharing: sharing.ids,
      traces: traces.of,
      besideSpans: beside.ids,
      confirmations,
    }),
    confirming: confirmations.links,
    linked: things.things,
    links: new Map(
      [...traces.of.values()]
        .flatMap(({ links }) => links)
        .concat(confirmations.links, things.links)
        .map((link) => [link.link_id, plainLink(link)]),
    ),
  };
}

/** Spans of traces that links give to the run or to runs below it, and what only these lead to. */
async function spansOf(context: ReadContext, own: OwnEvents): Promise<typeof noSpans> {
  const traces = await tracesOf(context, own);
  if (traces.of.size === 0) return { ...noSpans, traces };
  const spans = await ofTraces(context, traces.traces);
  return { traces, spans, beside: await sharingWith(context, spans, sql`(${own.which} OR ${spans})`) };
}

const noSpans = { traces: noTraces, spans: sql`false`, beside: noEvents };

/** The links that rows name, and those by which the run belongs to something; ascending by id. */
export function linksNamed(list: RunList, rows: readonly RunRow[]): readonly ActiveLink[] {
  const named = new Set([...rows.flatMap(({ via }) => via ?? []), ...list.linked.map(({ link_id }) => link_id)]);
  return [...named].sort().flatMap((id) => list.links.get(id) ?? []);
}
