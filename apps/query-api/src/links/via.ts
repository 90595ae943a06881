import { type RunRow, eventKeyOf } from '../runs/row.ts';
import { type LinkedEvents } from '../store/confirmation-reads.ts';
import { type ActiveLink } from './active-link.ts';
import { type LinkedTraces } from './run-links.ts';

export interface Ways {
  /** The rows of the runs themselves. */
  readonly own: (row: RunRow) => boolean;
  /** Rows that share an id with them. */
  readonly sharing: ReadonlySet<string>;
  readonly traces: LinkedTraces['of'];
  /** Rows that share an id with spans of linked traces only. */
  readonly besideSpans: ReadonlySet<string>;
  /** By which they are here; those of all traces when left out. */
  readonly besideLinks?: readonly ActiveLink[];
  readonly confirmations: Pick<LinkedEvents, 'ids' | 'links'>;
}

/**
 * How rows say that only links lead to them. What is there in its own right needs no link, whatever leads to it
 * besides.
 */
export function dressing({
  own,
  sharing,
  traces,
  besideSpans,
  besideLinks,
  confirmations,
}: Ways): (row: RunRow) => RunRow {
  if (traces.size === 0 && confirmations.ids.size === 0) return (row) => row;
  const byEvent = new Map<string, ActiveLink[]>();
  for (const link of confirmations.links)
    for (const end of [link.from_key, link.to_key]) byEvent.set(end, [...(byEvent.get(end) ?? []), link]);
  const ofTraces = besideLinks ?? [...traces.values()].flatMap(({ links }) => links);
  return (row) => {
    if (own(row) || sharing.has(eventKeyOf(row))) return row;
    const trace =
      row.run_id === undefined && row.root_run_id === undefined && row.trace_id !== undefined
        ? traces.get(row.trace_id)
        : undefined;
    if (trace !== undefined) return { ...row, ...saying(trace.links), linked_run_id: trace.run };
    if (besideSpans.has(eventKeyOf(row))) return { ...row, ...saying(ofTraces) };
    return confirmations.ids.has(eventKeyOf(row)) ? { ...row, ...saying(byEvent.get(eventKeyOf(row)) ?? []) } : row;
  };
}

/** One of the links is enough, so the first that was known counts. */
function saying(links: readonly ActiveLink[]): Pick<RunRow, 'via' | 'linked_at'> {
  const known = links.map(({ known_at }) => known_at).sort()[0];
  return { via: links.map(({ link_id }) => link_id).sort(), ...(known !== undefined && { linked_at: known }) };
}
