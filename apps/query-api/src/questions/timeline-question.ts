import { type Credential } from '@affidavit/service-kit';
import { type Candidate, type Resolution } from '../identity/candidate.ts';
import { findCase, findObject } from '../identity/entity-lookup.ts';
import { findPerson, type PersonLookup } from '../identity/person-lookup.ts';
import { followLinks } from '../links/follow.ts';
import { linkedList } from '../links/linked-list.ts';
import { queryError } from '../query-error.ts';
import { type AskerBinding } from '../reading/asker-binding.ts';
import { type ListAnswer } from '../reading/list-answer.ts';
import { answerList, type ListOf, type ListParameters, takeStandpoint } from '../reading/list-question.ts';
import { type RunQuery } from '../store/engine.ts';
import { type ReadContext } from '../store/list-reads.ts';
import { readProjectionState } from '../store/projection-state.ts';
import { sql, tableName, text, texts } from '../store/sql.ts';
import { timelineLink } from './links.ts';
import { type Ask } from './ask.ts';
import { expandEventTypes } from './event-types.ts';

/** Whose timeline, as the person wrote it. `exact` parts leave nothing to guess. */
export type EntityQuestion =
  | { readonly kind: 'case'; readonly id: string; readonly system: string | undefined }
  | { readonly kind: 'user'; readonly id: string; readonly issuer: string | undefined }
  | { readonly kind: 'object'; readonly system: string; readonly type: string; readonly id: string };

export interface TimelineQuestion {
  readonly entity: EntityQuestion;
  readonly parameters: ListParameters;
  readonly eventTypes: readonly string[];
  readonly reason: string;
  /** The route's pattern, and the names of the filters that were used. */
  readonly route: string;
  readonly filters: readonly string[];
  /** All pages in one answer, up to so many rows, for a file; it says when there were more. */
  readonly collectUpTo?: number;
}

export interface TimelineAnswer {
  readonly list: ListAnswer;
  /** What the id stood for; null when the tenant has nothing of it. */
  readonly entity: Candidate | null;
}

export interface TimelineSources {
  readonly run: RunQuery;
  readonly generation: string;
  readonly people: PersonLookup;
  readonly ask: Ask;
  readonly bindAsker: AskerBinding;
}

const tables = {
  case: ['timeline_by_case', sql`case_key`],
  user: ['timeline_by_user', sql`user_key`],
  object: ['timeline_by_object', sql`object_key`],
} as const;

export async function askTimeline(
  sources: TimelineSources,
  asker: Credential,
  question: TimelineQuestion,
): Promise<TimelineAnswer> {
  const { entity, parameters, route, filters, reason } = question;
  const asked = { ...entity, event_type: question.eventTypes, from: parameters.from, to: parameters.to };
  return sources.ask(
    {
      asker,
      question: { kind: 'timeline', route, filters, asked, reason },
      needs: ['read_record'],
      continuation: parameters.cursor !== undefined,
    },
    async () => {
      const answer = await collect(question, (page) => findTimeline(sources, asker, page));
      return {
        body: answer,
        data: answer.list.data,
        rows: answer.list.data.length,
        as_of: answer.list.as_of,
        more: answer.list.has_more,
      };
    },
  );
}

async function collect(
  question: TimelineQuestion,
  find: (question: TimelineQuestion) => Promise<TimelineAnswer>,
): Promise<TimelineAnswer> {
  let answer = await find(question);
  const data = [...answer.list.data];
  for (const most = question.collectUpTo ?? 0; answer.list.next_cursor !== null && data.length < most;) {
    answer = await find({
      ...question,
      parameters: {
        ...question.parameters,
        limit: Math.min(question.parameters.limit, most - data.length),
        cursor: answer.list.next_cursor,
      },
    });
    data.push(...answer.list.data);
  }
  return { ...answer, list: { ...answer.list, data } };
}

async function findTimeline(
  { run, generation, people, bindAsker }: TimelineSources,
  asker: Credential,
  { entity, parameters, eventTypes }: TimelineQuestion,
): Promise<TimelineAnswer> {
  const types = expandEventTypes(eventTypes);
  const binding = { asker: bindAsker(asker), route: `timeline/${entity.kind}`, entity: { ...entity }, types };
  const standpoint = takeStandpoint(
    run,
    await readProjectionState(run, generation),
    asker.tenant_id,
    parameters,
    binding,
  );
  const resolution = await resolve(standpoint.context, people, entity);
  switch (resolution.status) {
    case 'absent':
      return { list: await answerList(standpoint, null, parameters, binding), entity: null };
    case 'ambiguous':
      throw queryError('ambiguous', 'the id names several things: name one of the candidates', {
        detail: { candidates: resolution.candidates.map((candidate) => listed(entity.kind, candidate)) },
      });
    case 'found': {
      const list = await listOf(standpoint.context, entity.kind, resolution.candidate.key, types, parameters);
      return { list: await answerList(standpoint, list, parameters, binding), entity: resolution.candidate };
    }
  }
}

/** The entity's own rows in their table's order; or, where links lead elsewhere, these and what belongs to them. */
async function listOf(
  context: ReadContext,
  kind: EntityQuestion['kind'],
  key: string,
  types: readonly string[],
  range: Pick<ListParameters, 'from' | 'to'>,
): Promise<ListOf> {
  const ofTypes = types.length === 0 ? sql`true` : sql`event_type IN ${texts(types)}`;
  const followed = await followLinks(context, kind, key);
  if (followed !== null)
    return { ...(await linkedList(context, kind, followed, range)), which: ofTypes, direction: 'asc' };
  const [table, column] = tables[kind];
  return {
    table: tableName(context.generation, table),
    which: sql`${column} = ${text(key)} AND ${ofTypes}`,
    role: sql`role`,
    direction: 'asc',
    caps: [],
  };
}

/** An id that names several accounts of one person names that person. */
async function asOnePerson(context: ReadContext, resolution: Resolution): Promise<Resolution> {
  if (resolution.status !== 'ambiguous') return resolution;
  const [first, ...others] = resolution.candidates;
  const followed = first === undefined ? null : await followLinks(context, 'user', first.key);
  return first !== undefined && followed !== null && others.every(({ key }) => followed.keys.ids.includes(key))
    ? { status: 'found', candidate: first }
    : resolution;
}

async function resolve(context: ReadContext, people: PersonLookup, entity: EntityQuestion): Promise<Resolution> {
  switch (entity.kind) {
    case 'case':
      return findCase(context, entity.id, entity.system);
    case 'user':
      return asOnePerson(context, await findPerson(context, people, entity.id, entity.issuer));
    case 'object':
      return findObject(context, entity.system, entity.type, entity.id);
  }
}

const listed = (kind: EntityQuestion['kind'], { name, records }: Candidate): object => ({
  kind,
  ...name,
  records,
  link: timelineLink(kind, name),
});
