import { formatTime } from '@affidavit/audit-model';
import { type Credential } from '@affidavit/service-kit';
import { queryError } from '../query-error.ts';
import { encodeAsOf } from '../reading/as-of.ts';
import { type Completeness } from '../reading/completeness.ts';
import { readRows } from '../reading/list-answer.ts';
import { type ListOf, type Standpoint, tableOf, takeStandpoint } from '../reading/list-question.ts';
import { readPage } from '../reading/one-row-per-event.ts';
import { completenessOfAll } from '../reading/read-all.ts';
import { type NestedRow, nestRow } from '../reading/row-shape.ts';
import { type SortKey } from '../reading/sort-key.ts';
import { asRunRows, microsOf } from '../runs/row.ts';
import { type RunQuery } from '../store/engine.ts';
import { readCopies, theEvent } from '../store/event-reads.ts';
import { listReads } from '../store/list-reads.ts';
import { afterKey, fromKey, type ListTable } from '../store/list-table.ts';
import { readProjectionState } from '../store/projection-state.ts';
import { sql } from '../store/sql.ts';
import { type Ask } from './ask.ts';
import { type ContextScope, neighboursOf } from './context-scope.ts';

export interface ContextSources {
  readonly run: RunQuery;
  readonly generation: string;
  readonly ask: Ask;
}

export interface ContextQuestion {
  readonly eventId: string;
  readonly connectorId?: string | undefined;
  readonly beforeS: number;
  readonly afterS: number;
  readonly scope: ContextScope;
  /** Events on each side. */
  readonly limit: number;
  readonly asOf: string | undefined;
  readonly reason: string;
  readonly route: string;
}

export interface ContextAnswer {
  readonly event_id: string;
  readonly scope: ContextScope;
  /** `data[focus]` is the event. */
  readonly focus: number;
  /** Rows, each with `from_focus_us`: how much later than the event it occurred; below zero is earlier. */
  readonly data: readonly NestedRow[];
  readonly window: { readonly from: string; readonly to: string; readonly before_s: number; readonly after_s: number };
  readonly has_more_before: boolean;
  readonly has_more_after: boolean;
  readonly as_of: string;
  readonly completeness: Completeness;
}

const SECOND_US = 1_000_000;
const MAX_SCANNED = 200_000;

/**
 * What happened around an event, both ends of the window included. Throws `not_found`, for another tenant's event too.
 */
export async function askContext(
  { run, generation, ask }: ContextSources,
  asker: Credential,
  question: ContextQuestion,
): Promise<ContextAnswer> {
  const { eventId, beforeS, afterS, scope, limit, asOf, reason, route } = question;
  const asked = { event_id: eventId, before_s: beforeS, after_s: afterS, scope, limit };
  return ask(
    {
      asker,
      question: { kind: 'context', route, filters: ['after_s', 'before_s', 'scope'], asked, reason },
      needs: ['read_record'],
      continuation: false,
    },
    async () => {
      const parameters = { limit, from: null, to: null, asOf, cursor: undefined };
      const standpoint = takeStandpoint(run, await readProjectionState(run, generation), asker.tenant_id, parameters, {
        route: 'context',
      });
      const answer = await findContext(standpoint, question);
      return { body: answer, data: answer.data, rows: answer.data.length, as_of: answer.as_of };
    },
  );
}

async function findContext(
  standpoint: Standpoint,
  { eventId, connectorId, beforeS, afterS, scope, limit }: ContextQuestion,
): Promise<ContextAnswer> {
  const { context } = standpoint;
  const [record] = await readCopies(context, await theEvent(context, eventId, connectorId));
  const [focus] = record === undefined ? [] : asRunRows([nestRow(record)]);
  if (record === undefined || focus === undefined) throw queryError('not_found', 'there is no such event');
  const key: SortKey = {
    occurred_at: microsOf(focus.occurred_at),
    stream_id: focus.stream_id,
    seq: focus.seq,
    event_id: focus.event_id,
  };
  const range = { from: key.occurred_at - beforeS * SECOND_US, to: key.occurred_at + afterS * SECOND_US + 1 };
  const list = neighboursOf(context.generation, focus, String(record['run_key']), scope);
  const { rows, hasMoreBefore, hasMoreAfter } = await rowsAround(standpoint, list, range, key, limit);
  const caps = [...(hasMoreBefore ? ['rows_before'] : []), ...(hasMoreAfter ? ['rows_after'] : [])];
  return {
    event_id: focus.event_id,
    scope,
    focus: rows.findIndex((row) => row['event_id'] === focus.event_id && row['stream_id'] === focus.stream_id),
    data: rows.map((row) => ({ ...row, from_focus_us: microsOf(String(row['occurred_at'])) - key.occurred_at })),
    window: { from: formatTime(range.from), to: formatTime(range.to - 1), before_s: beforeS, after_s: afterS },
    has_more_before: hasMoreBefore,
    has_more_after: hasMoreAfter,
    as_of: encodeAsOf(standpoint.asOf),
    completeness: await completenessOfAll(standpoint, list, { range }, caps),
  };
}

/**
 * The nearest rows on each side. First where they begin, by their keys alone and backwards; then all of them in one
 * read, so that order and flags are those of one list.
 */
async function rowsAround(
  { context, asOf }: Standpoint,
  list: ListOf,
  range: { from: number; to: number },
  key: SortKey,
  limit: number,
): Promise<{ rows: readonly NestedRow[]; hasMoreBefore: boolean; hasMoreAfter: boolean }> {
  const whole = tableOf(context, list, range);
  const earlier: ListTable = { ...whole, where: sql`${whole.where} AND ${afterKey(key, 'desc')}`, direction: 'desc' };
  const reads = listReads(context, earlier);
  const before = await readPage(reads.keys, reads.copies, { limit, maxScanned: MAX_SCANNED });
  const start = before.rows.at(-1)?.key ?? key;
  const around: ListTable = { ...whole, where: sql`${whole.where} AND ${fromKey(start)}` };
  const page = await readRows(listReads(context, around), {
    limit: before.rows.length + 1 + limit,
    asOf,
    binding: '',
    cursor: null,
    withRoles: list.role !== null,
  });
  return { rows: page.data, hasMoreBefore: before.next !== null, hasMoreAfter: page.next !== null };
}
