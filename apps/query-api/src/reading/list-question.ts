import { type Direction } from './sort-key.ts';
import { type ActiveLink, plainLink } from '../links/active-link.ts';
import { type Sql, sql, text } from '../store/sql.ts';
import { afterKey, inRange, type ListTable, visible } from '../store/list-table.ts';
import { countEvents } from '../store/list-total.ts';
import { deadLetterCount, knownGaps, neighboursOf } from '../store/completeness-reads.ts';
import { listReads, type ReadContext } from '../store/list-reads.ts';
import { type ProjectionState } from '../store/projection-state.ts';
import { type RunQuery } from '../store/engine.ts';
import { type AsOf, encodeAsOf, readAsOf } from './as-of.ts';
import { completenessOf } from './completeness.ts';
import { bindingOf, type Cursor, readCursor } from './cursor.ts';
import { withGapRows } from './gap-rows.ts';
import { listAnswer, type ListAnswer, type PageRequest, readRows } from './list-answer.ts';
import { type NestedRow } from './row-shape.ts';
import { queryError } from '../query-error.ts';

/** What every list takes. */
export interface ListParameters {
  readonly limit: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly asOf: string | undefined;
  readonly cursor: string | undefined;
}

/** Which rows of which table, beside tenant, range and vector. */
export interface ListOf {
  readonly table: Sql;
  readonly which: Sql;
  readonly role: Sql | null;
  /** In lists that follow links: by which way a row is here, and what it says of that. */
  readonly through?: Sql;
  readonly dress?: PageRequest['dress'];
  /** The links that were followed, by id. */
  readonly links?: ReadonlyMap<string, ActiveLink>;
  readonly direction: Direction;
  /** Bounds that were reached while the list was made. */
  readonly caps: readonly string[];
}

/** A question at one vector: read before anything else, so that everything before it is complete. */
export interface Standpoint {
  readonly context: ReadContext;
  readonly asOf: AsOf;
  readonly state: ProjectionState;
  readonly cursor: Cursor | null;
}

/** `state` MUST have been read for this question, before any other read. */
export function takeStandpoint(
  run: RunQuery,
  state: ProjectionState,
  tenantId: string,
  parameters: ListParameters,
  question: Readonly<Record<string, unknown>>,
): Standpoint {
  const { generation } = state.asOf;
  const binding = bindingOf({ ...question, tenant: tenantId, from: parameters.from, to: parameters.to });
  const cursor = parameters.cursor === undefined ? null : readCursor(parameters.cursor, binding, state.asOf);
  const given = parameters.asOf === undefined ? null : readAsOf(parameters.asOf, state.asOf);
  if (cursor !== null && given !== null && encodeAsOf(cursor.asOf) !== encodeAsOf(given)) {
    throw queryError('cursor_invalid', 'cursor and as_of are of two answers: leave as_of out, the cursor carries it');
  }
  const asOf = cursor?.asOf ?? given ?? state.asOf;
  return { context: { run, generation, tenantId, vector: asOf.vector }, asOf, state, cursor };
}

/** The rows that a list has in a range, for its tenant and up to its vector. */
export function tableOf(context: ReadContext, list: ListOf, range: Pick<ListParameters, 'from' | 'to'>): ListTable {
  const where = sql`tenant_id = ${text(context.tenantId)} AND (${list.which}) AND ${inRange(range)}
    AND ${visible(context.vector)}`;
  return {
    table: list.table,
    where,
    role: list.role ?? sql`''`,
    direction: list.direction,
    ...(list.through !== undefined && { through: list.through }),
  };
}

/** The same without what earlier pages had. */
export const restAfter = (whole: ListTable, cursor: Cursor | null): ListTable =>
  cursor === null ? whole : { ...whole, where: sql`${whole.where} AND ${afterKey(cursor.after, whole.direction)}` };

/** A record that contradicts an event is a row, and in no count. */
const isEvent = (row: NestedRow): boolean => row['contradicts'] === undefined;

/** Answers one page. A null list is an entity that the tenant has not: empty, like another tenant's. */
export async function answerList(
  standpoint: Standpoint,
  list: ListOf | null,
  parameters: ListParameters,
  question: Readonly<Record<string, unknown>>,
): Promise<ListAnswer> {
  const { context, asOf, state, cursor } = standpoint;
  const { from, to, limit } = parameters;
  const binding = bindingOf({ ...question, tenant: context.tenantId, from, to });
  const deadLetters = deadLetterCount(context);
  const common = { range: { from, to }, topics: state.topics };
  if (list === null) {
    const completeness = completenessOf({
      ...common,
      gaps: { count: 0, listed: [] },
      deadLetters: await deadLetters,
      caps: [],
    });
    return { data: [], total: 0, has_more: false, next_cursor: null, as_of: encodeAsOf(asOf), completeness };
  }
  const whole = tableOf(context, list, parameters);
  const rest = restAfter(whole, cursor);
  const [rows, gaps, letters] = await Promise.all([
    readRows(listReads(context, rest), {
      limit,
      asOf,
      binding,
      cursor,
      withRoles: list.role !== null,
      contradictions: list.role !== null,
      ...(list.dress !== undefined && { dress: list.dress }),
    }),
    knownGaps(context, whole),
    deadLetters,
  ]);
  // A first page that is the whole list counts itself.
  const total =
    cursor?.total ?? (rows.next === null ? rows.data.filter(isEvent).length : await countEvents(context, whole));
  const caps = [...list.caps, ...(rows.capped ? ['rows_scanned'] : [])];
  const completeness = completenessOf({ ...common, gaps, deadLetters: letters, caps });
  const page = listAnswer(rows, asOf, total, completeness);
  const answer =
    list.role === null || gaps.count === 0
      ? page
      : { ...page, data: await withGaps(standpoint, page, gaps.listed, parameters) };
  return list.links === undefined ? answer : { ...answer, links: linksNamed(rows.data, list.links) };
}

/** The links by which rows of a page are there. */
function linksNamed(rows: readonly NestedRow[], links: ReadonlyMap<string, ActiveLink>): readonly ActiveLink[] {
  const named = new Set(rows.flatMap((row) => (row['via'] as readonly string[] | undefined) ?? []));
  return [...named].sort().flatMap((id) => {
    const link = links.get(id);
    return link === undefined ? [] : [plainLink(link)];
  });
}

/** Missing ranges of the streams shown are rows of a timeline, where their neighbours are known. */
async function withGaps(
  { context, cursor }: Standpoint,
  page: ListAnswer,
  gaps: Parameters<typeof neighboursOf>[1],
  { from, to }: ListParameters,
): Promise<readonly NestedRow[]> {
  return withGapRows(page.data, await neighboursOf(context, gaps), {
    after: cursor?.after ?? null,
    lastPage: !page.has_more,
    range: { from, to },
  });
}
