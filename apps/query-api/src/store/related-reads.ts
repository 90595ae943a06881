import { keyedBy } from './event-keys.ts';
import { DEFAULT_CAP, readAll, ROWS_CAP } from '../reading/read-all.ts';
import { type ListOf } from '../reading/list-question.ts';
import { compareSortKeys } from '../reading/sort-key.ts';
import { type NestedRow } from '../reading/row-shape.ts';
import { asRunRows, microsOf, type RunRow, eventKeyOf } from '../runs/row.ts';
import { type PlainKind, type ReferenceKind } from './id-reads.ts';
import { type ReadContext } from './list-reads.ts';
import { visible } from './list-table.ts';
import { integer, join, nothing, type Sql, sql, tableName, text, texts } from './sql.ts';

export type Ids = Readonly<Partial<Record<PlainKind | ReferenceKind | 'object', readonly string[]>>>;

/** Ids that one question follows: what names more of a kind is a flood, and it is said. */
const MAX_IDS = 1_000;
export const IDS_CAP = 'ids';
/** Parameters travel in a URL, several times in one query. */
const MAX_BYTES = 30_000;
const MAX_STREAMS = 50;
export const STREAMS_CAP = 'streams';
const MAX_ENTRIES = 5_000;

/**
 * Reads, bit by bit, what belongs to something, and keeps one row per event. It remembers what it looked for, so that
 * gaps of the same streams can be named and a bound that was reached is said.
 */
export class RelatedRows {
  readonly #rows = new Map<string, RunRow>();
  readonly #caps = new Set<string>();
  readonly context: ReadContext;

  constructor(context: ReadContext) {
    this.context = context;
  }

  /** Everything that was read so far, in a list's order. */
  get rows(): readonly RunRow[] {
    return inOrder([...this.#rows.values()]);
  }
  get caps(): readonly string[] {
    return [...this.#caps];
  }
  /** A bound that was reached elsewhere on behalf of this answer. */
  cap(name: string): void {
    this.#caps.add(name);
  }
  /**
   * A list of the streams of which rows were read: gaps of these are gaps of the answer. Of more streams than are
   * looked at it is said.
   */
  listOfStreams(): ListOf {
    const streams = [...new Set([...this.#rows.values()].map(({ stream_id }) => stream_id))];
    if (streams.length > MAX_STREAMS) this.#caps.add(STREAMS_CAP);
    return this.#listOf(sql`stream_id IN ${texts(streams.slice(0, MAX_STREAMS))}`);
  }

  /**
   * Events that carry one of the ids, found by `ids`, which knows where they are; in several reads when they do not fit
   * into one.
   */
  async withIds(ids: Ids, types: readonly string[] = []): Promise<readonly RunRow[]> {
    if (Object.values(ids).some((values) => values.length > MAX_IDS)) this.#caps.add(IDS_CAP);
    const found: RunRow[] = [];
    for (const chunk of chunksOf(ids)) found.push(...(await this.where(this.#carrying(chunk, types))));
    return found.length === 0 ? found : inOrder([...new Map(found.map((row) => [eventKeyOf(row), row])).values()]);
  }

  /** By the table's key, with the time: a run's key alone would have the whole run read for one event of it. */
  #carrying(ids: Ids, types: readonly string[]): Sql {
    const { generation, tenantId, vector } = this.context;
    const anyOf = join(
      Object.entries(ids).map(([kind, values]) =>
        // Events are asked for by their keys.
        kind === 'event'
          ? sql`(kind = 'event' AND ${keyedBy(values)})`
          : sql`(kind = ${text(kind)} AND id IN ${texts(values)})`,
      ),
      'or',
    );
    const ofTypes = types.length === 0 ? nothing : sql` AND event_type IN ${texts(types)}`;
    return sql`(run_key, occurred_at, event_key) IN (SELECT run_key, occurred_at, event_key FROM ${tableName(generation, 'ids')}
      WHERE tenant_id = ${text(tenantId)} AND (${anyOf})${ofTypes} AND ${visible(vector)})`;
  }

  /** Events for which a condition on `events` holds. Looking is not doing: what is about looking is left out. */
  async where(condition: Sql): Promise<readonly RunRow[]> {
    const { rows, capped } = await readAll(this.context, this.#listOf(condition), { cap: DEFAULT_CAP });
    if (capped) this.#caps.add(ROWS_CAP);
    const found = asRunRows(rows);
    for (const row of found) if (!this.#rows.has(eventKeyOf(row))) this.#rows.set(eventKeyOf(row), row);
    return found;
  }

  /**
   * Whether one of the systems reports changes itself, of whatever object. So many entries of a system's objects are
   * looked at, and it is said when that did not decide.
   */
  async anyConfirms(systems: readonly string[]): Promise<boolean> {
    const { run, generation, tenantId, vector } = this.context;
    for (const system of systems) {
      const entries = sql`SELECT event_type FROM ${tableName(generation, 'timeline_by_object')}
        WHERE tenant_id = ${text(tenantId)} AND startsWith(object_key, concat(audit_key_part(${text(system)}), ':'))
        AND ${visible(vector)} ORDER BY object_key, occurred_at LIMIT ${integer(MAX_ENTRIES)}`;
      const [found] = await run<{ readonly confirmed: number; readonly looked: number }>(
        sql`SELECT countIf(event_type = 'object.change.confirmed') AS confirmed, count() AS looked FROM (${entries})`,
      );
      if ((found?.confirmed ?? 0) > 0) return true;
      if ((found?.looked ?? 0) >= MAX_ENTRIES) this.#caps.add('confirmations_looked_for');
    }
    return false;
  }

  #listOf(condition: Sql): ListOf {
    return {
      table: tableName(this.context.generation, 'events'),
      which: sql`(${condition}) AND NOT audit_is_access(kafka_topic)`,
      role: null,
      direction: 'asc',
      caps: [],
    };
  }
}

/** Ids by kind, so many at once as fit into one query. */
function chunksOf(ids: Ids): readonly Ids[] {
  const chunks: Record<string, string[]>[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const [kind, values] of Object.entries(ids)) {
    for (const value of values.slice(0, MAX_IDS)) {
      const size = encodeURIComponent(value).length + 9;
      if (bytes + size > MAX_BYTES) {
        chunks.push({});
        bytes = 0;
      }
      bytes += size;
      ((chunks.at(-1) as Record<string, string[]>)[kind] ??= []).push(value);
    }
  }
  return chunks;
}

const keyOf = ({ occurred_at, stream_id, seq, event_id }: RunRow) => ({
  occurred_at: microsOf(occurred_at),
  stream_id,
  seq,
  event_id,
});

export const inOrder = (rows: readonly RunRow[]): readonly RunRow[] =>
  [...rows].sort((one, other) => compareSortKeys(keyOf(one), keyOf(other)));

export const asRows = (rows: readonly RunRow[]): readonly NestedRow[] => rows;
