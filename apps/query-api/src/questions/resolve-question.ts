import { findEvents } from '../store/event-reads.ts';
import { type Credential } from '@affidavit/service-kit';
import { MAX_CANDIDATES } from '../identity/candidate.ts';
import { findCases, findObjects } from '../identity/entity-lookup.ts';
import { findPeople, type PersonLookup } from '../identity/person-lookup.ts';
import { encodeAsOf, readAsOf } from '../reading/as-of.ts';
import { type RunQuery } from '../store/engine.ts';
import { findHash, findKinds, type PlainKind } from '../store/id-reads.ts';
import { type ReadContext } from '../store/list-reads.ts';
import { findNames } from '../store/name-reads.ts';
import { readProjectionState } from '../store/projection-state.ts';
import { type Ask } from './ask.ts';
import { eventLink, type Link, searchLink, timelineLink, viewLink, type ViewKind } from './links.ts';

export interface ResolveSources {
  readonly run: RunQuery;
  readonly generation: string;
  readonly people: PersonLookup;
  readonly ask: Ask;
}

/** One thing that the pasted text can be. */
export interface Meaning {
  /**
   * case, user, object, event, run, trace, …; record_hash and fact_hash for hashes; agent, tool, source, grant, … for
   * what is no id of its own.
   */
  readonly kind: string;
  /** How it is named, without personal data: a person is the pseudonym. */
  readonly name: Readonly<Record<string, string>>;
  /** Log records that carry it for cases, users and objects, else events. */
  readonly count: number;
  /** Its view: a timeline, a run, an effect …; where there is none, the events that carry it. */
  readonly link: Link;
  /** The events that carry it, for whoever wants those; not for what has a timeline. */
  readonly events?: Link;
}

export interface ResolveAnswer {
  readonly data: readonly Meaning[];
  readonly total: number;
  readonly as_of: string;
  /** A kind had more candidates than are listed. */
  readonly cap_reached: boolean;
}

export interface ResolveQuestion {
  readonly q: string;
  readonly asOf: string | undefined;
  readonly reason: string;
  readonly route: string;
}

/** Paste any id: everything that it can mean in the tenant, each with the way to it. */
export async function askResolve(
  sources: ResolveSources,
  asker: Credential,
  { q, asOf, reason, route }: ResolveQuestion,
): Promise<ResolveAnswer> {
  const { run, generation, ask } = sources;
  return ask(
    {
      asker,
      question: { kind: 'resolve', route, filters: [], asked: { q }, reason },
      needs: ['read_record'],
      continuation: false,
    },
    async () => {
      const state = await readProjectionState(run, generation);
      const at = asOf === undefined ? state.asOf : readAsOf(asOf, state.asOf);
      const { data, capped } = await meanings(
        { run, generation, tenantId: asker.tenant_id, vector: at.vector },
        sources.people,
        q.trim(),
      );
      const as_of = encodeAsOf(at);
      return { body: { data, total: data.length, as_of, cap_reached: capped }, data, rows: data.length, as_of };
    },
  );
}

async function meanings(
  context: ReadContext,
  people: PersonLookup,
  q: string,
): Promise<{ data: Meaning[]; capped: boolean }> {
  const isHash = /^[0-9a-fA-F]{64}$/.test(q);
  const [cases, objects, persons, kinds, events, hashes] = await Promise.all([
    findCases(context, q),
    findObjects(context, q),
    findPeople(context, people, q),
    findKinds(context, q),
    findEvents(context, q),
    isHash ? findHash(context, q.toLowerCase()) : [],
  ]);
  const data: Meaning[] = [
    ...cases.map((found) => ({
      kind: 'case',
      name: found.name,
      count: found.records,
      link: timelineLink('case', found.name),
    })),
    ...persons.map((found) => ({
      kind: 'user',
      name: found.name,
      count: found.records,
      link: timelineLink('user', found.name),
    })),
    ...objects.map((found) => ({
      kind: 'object',
      name: found.name,
      count: found.records,
      link: timelineLink('object', found.name),
    })),
    ...events.map(({ event_key, event_id }) => eventMeaning(event_key, event_id, events.length > 1)),
    ...kinds.flatMap(({ kind, events: count }) =>
      kind === 'event'
        ? []
        : [{ kind, name: { id: q }, count, link: linkOf(kind, q), events: searchLink(filters[kind](q)) }],
    ),
    ...hashes.map((found) => ({
      kind: found.hash,
      name: { id: found.event_key },
      count: 1,
      link: eventLink(found.event_key),
    })),
  ];
  // Names stand on very many events, and looking for them reads columns: only for what is no id of anything.
  const names = data.length > 0 ? [] : await findNames(context, q);
  data.push(
    ...names.map(({ kind, events, search }) => ({ kind, name: { id: q }, count: events, link: searchLink(search) })),
  );
  return { data, capped: [cases, objects, persons].some((list) => list.length >= MAX_CANDIDATES) };
}

/** An event by its id; where several connectors have it, by whose it is. */
function eventMeaning(key: string, event_id: string, several: boolean): Meaning {
  const connector_id = key.slice(0, key.length - event_id.length - 1);
  return {
    kind: 'event',
    name: several ? { id: event_id, connector_id } : { id: event_id },
    count: 1,
    link: eventLink(several ? key : event_id),
  };
}

/** The filter of `POST /v1/search` that finds the events which carry an id of this kind. */
const filters: Readonly<Record<Exclude<PlainKind, 'event'>, (id: string) => object>> = {
  run: (run_id) => ({ run_id }),
  root_run: (root_run_id) => ({ root_run_id }),
  parent_run: (parent_run_id) => ({ parent_run_id }),
  step: (step_id) => ({ step_id }),
  session: (session_id) => ({ session_id }),
  turn: (turn_id) => ({ turn_id }),
  task: (task_id) => ({ task_id }),
  trace: (trace_id) => ({ trace_id }),
  span: (span_id) => ({ span_id }),
  call: (call_id) => ({ call_id }),
  effect: (effect_id) => ({ effect_id }),
  decision: (decision_id) => ({ decision_id }),
  approval: (approval_id) => ({ approval_id }),
  action: (action_mac) => ({ action_mac }),
  origin_event: (id) => ({ source: { origin_event_id: id } }),
  document_no: (id) => ({ effect: { document_no: id } }),
  transaction: (id) => ({ effect: { transaction_key: id } }),
  message: (id) => ({ message: { message_id: id } }),
  artifact: (id) => ({ artifact: { artifact_id: id } }),
  comparison: (id) => ({ comparison: { comparison_id: id } }),
  policy: (id) => ({ policy: { policy_id: id } }),
  config_item: (id) => ({ change: { item_id: id } }),
  link: (id) => ({ link: { link_id: id } }),
  content: (id) => ({ content: { content_id: id } }),
};

/**
 * Which view shows an id of this kind. A call is a step in its four parts; a run that others name as their root or
 * parent is a run.
 */
const views: Readonly<Partial<Record<PlainKind, ViewKind>>> = {
  run: 'run',
  root_run: 'run',
  parent_run: 'run',
  step: 'step',
  call: 'step',
  session: 'session',
  artifact: 'artifact',
  effect: 'effect',
  approval: 'approval',
  comparison: 'comparison',
};

function linkOf(kind: PlainKind, id: string): Link {
  const view = views[kind];
  if (view !== undefined) return viewLink(view, id);
  return kind === 'event' ? eventLink(id) : searchLink(filters[kind](id));
}
