import { type ActiveLink, plainLink } from '../links/active-link.ts';
import { hop } from '../links/hop.ts';
import { type LinkedTraces, tracesOfRuns } from '../links/run-links.ts';
import { dressing } from '../links/via.ts';
import { type RunRow, runOf, eventKeyOf } from '../runs/row.ts';
import { endsCall, isEffect, kindOf } from '../runs/kinds.ts';
import { CONFIRMATIONS_CAP, linkedEnds } from '../store/confirmation-reads.ts';
import { type RelatedRows } from '../store/related-reads.ts';
import { ofTraces } from '../store/run-reads.ts';
import { sql, texts } from '../store/sql.ts';
import { distinct } from './parts.ts';

/** Effects of one action whose linked confirmations are looked for at once, and confirmations of them. */
const MAX_LINKED = 60;
const none: ReadonlySet<string> = new Set();

/**
 * The links of an action, followed as it grows: confirmations of its effects, and traces that are given to its runs, as
 * in the answers about runs.
 */
export class ActionLinks {
  readonly #read: RelatedRows;
  readonly #ends: Awaited<ReturnType<typeof linkedEnds>>;
  readonly #confirming = new Map<string, ActiveLink>();
  readonly #traces = new Map<string, { readonly run: string; readonly links: readonly ActiveLink[] }>();
  readonly #asked = new Set<string>();

  private constructor(read: RelatedRows, ends: Awaited<ReturnType<typeof linkedEnds>>) {
    this.#read = read;
    this.#ends = ends;
  }

  static async start(read: RelatedRows): Promise<ActionLinks> {
    return new ActionLinks(read, await linkedEnds(read.context));
  }

  /** Reads what links of the action lead to. */
  async follow(action: readonly RunRow[]): Promise<void> {
    if (this.#ends.events)
      await this.#confirmations(
        this.#unasked(
          action
            .filter(
              (row) =>
                isEffect(row.event_type) || kindOf(row.event_type) === 'confirmation' || endsCall(row.event_type),
            )
            .map(eventKeyOf),
        ),
      );
    if (this.#ends.runs) await this.#spans(action);
  }

  #unasked(ids: readonly string[]): readonly string[] {
    const fresh = ids.filter((id) => !this.#asked.has(id));
    for (const id of fresh) this.#asked.add(id);
    return fresh;
  }

  async #confirmations(ends: readonly string[]): Promise<void> {
    if (ends.length === 0) return;
    const { links, far, capped } = await hop(this.#read.context, {
      kind: 'effect_confirmation',
      endKind: 'event',
      ends: { ids: ends, sql: texts(ends.slice(0, MAX_LINKED)) },
      cap: MAX_LINKED,
    });
    if (capped || ends.length > MAX_LINKED) this.#read.cap(CONFIRMATIONS_CAP);
    await this.#read.withIds({ event: far.ids });
    for (const link of links) this.#confirming.set(link.link_id, plainLink(link));
  }

  /** Spans of the action's calls: by trace and call, since a trace is the whole run's. */
  async #spans(action: readonly RunRow[]): Promise<void> {
    const runs = this.#unasked(action.map(runOf).filter((run) => run !== ''));
    if (runs.length > 0) {
      const found = await tracesOfRuns(this.#read.context, { ids: runs, sql: texts([...new Set(runs)]) });
      for (const cap of found.caps) this.#read.cap(cap);
      for (const [trace, given] of found.of) if (!this.#traces.has(trace)) this.#traces.set(trace, given);
    }
    const calls = distinct(action, (row) => row.call_id);
    if (
      this.#traces.size === 0 ||
      calls.length === 0 ||
      this.#unasked(calls.map((call) => `${this.#traces.size} ${call}`)).length === 0
    )
      return;
    const traces = [...this.#traces.keys()];
    await this.#read.where(
      sql`${await ofTraces(this.#read.context, { ids: traces, sql: texts(traces) })} AND call_id IN ${texts(calls)}`,
    );
  }

  get confirming(): readonly ActiveLink[] {
    return [...this.#confirming.values()];
  }

  /** The rows as they are here: spans are their linked run's. */
  dressed(rows: readonly RunRow[]): readonly RunRow[] {
    const of: LinkedTraces['of'] = this.#traces;
    return of.size === 0
      ? rows
      : rows.map(
          dressing({
            own: () => false,
            sharing: none,
            traces: of,
            besideSpans: none,
            confirmations: { ids: none, links: [] },
          }),
        );
  }

  /** The rows as they were without links: a span, read by its trace, is of a call only by the ids that they share. */
  unlinked(rows: readonly RunRow[]): readonly RunRow[] {
    return this.dressed(rows).map(({ via, linked_run_id: _run, linked_at: _at, ...row }) =>
      via === undefined ? row : withoutCall(row),
    );
  }

  /** The links that the action's rows name, with those between its events. */
  named(action: readonly RunRow[], via: ReadonlyMap<string, readonly string[]>): readonly ActiveLink[] {
    const ids = new Set(action.flatMap((row) => via.get(eventKeyOf(row)) ?? []));
    const traces = [...this.#traces.values()]
      .flatMap(({ links }) => links)
      .filter(({ link_id }) => ids.has(link_id))
      .map(plainLink);
    return [...this.confirming, ...new Map(traces.map((link) => [link.link_id, link])).values()].sort((one, other) =>
      one.link_id < other.link_id ? -1 : 1,
    );
  }
}

function withoutCall({ call_id: _call, ...row }: RunRow): RunRow {
  return row;
}
