import { at } from './bearers.ts';
import { kindOf } from './kinds.ts';
import { callOf, isFailure, type RunRow, runOf } from './row.ts';
import { eachInTurns, type Turns } from './turns.ts';

/** Something that a run looked at: documents that a search found, fields of a business object, an entry of a memory. */
export interface DataUsed {
  readonly kind: 'retrieval' | 'memory' | 'read' | 'tool_call';
  readonly at: string;
  readonly run_id: string | null;
  readonly call_id: string | null;
  /** Index, memory, or the system that was read. */
  readonly source: string | null;
  readonly documents: readonly { readonly doc_id: string; readonly version: string | null }[];
  readonly objects: readonly { readonly system: string; readonly type: string; readonly id: string }[];
  /** Fields that were read, as paths; empty where nobody says. */
  readonly fields: readonly string[];
  /** Rows that were read; null where nobody says. */
  readonly row_count: number | null;
  readonly event_ids: readonly string[];
}

/**
 * In order. A reading tool counts by its answer, unless the system that it read reports the reading itself: that says
 * more.
 */
export function* dataUsedOf(rows: readonly RunRow[]): Turns<readonly DataUsed[]> {
  const reported = new Set<string>();
  // Systems know nothing of runs: what they report of no run is here by another id that it shares.
  const outside = new Set<string>();
  const scopes = new Map<string, Set<string>>();
  yield* eachInTurns(rows, (row) => {
    if (row.call_id === undefined) return;
    if (kindOf(row.event_type) === 'tool_call') at(scopes, row.call_id, () => new Set<string>()).add(callOf(row));
    if (kindOf(row.event_type) !== 'read') return;
    reported.add(callOf(row));
    if (runOf(row) === '') outside.add(row.call_id);
  });
  const used: DataUsed[] = [];
  yield* eachInTurns(rows, (row) => {
    const kind = usedBy(row);
    const told =
      kind === 'tool_call' &&
      row.call_id !== undefined &&
      (reported.has(callOf(row)) || (outside.has(row.call_id) && scopes.get(row.call_id)?.size === 1));
    if (kind !== null && !told) used.push(usedOf(row, kind));
  });
  return used;
}

function usedBy(row: RunRow): DataUsed['kind'] | null {
  const kind = kindOf(row.event_type);
  if (kind === 'retrieval' || kind === 'read') return kind;
  if (row.event_type === 'memory.read') return 'memory';
  return row.event_type === 'tool.call.completed' && row.tool?.tier === 'read' && !isFailure(row) ? 'tool_call' : null;
}

function usedOf(row: RunRow, kind: DataUsed['kind']): DataUsed {
  const objects = (row.object_refs ?? []).map(({ system = '', type = '', id = '' }) => ({ system, type, id }));
  return {
    kind,
    at: row.occurred_at,
    run_id: row.run_id ?? null,
    call_id: row.call_id ?? null,
    source: row.retrieval?.source_id ?? objects[0]?.system ?? row.tool?.server ?? row.tool?.name ?? null,
    documents: (row.retrieval?.results ?? []).map(({ doc_id, version }) => ({
      doc_id: doc_id ?? '',
      version: version ?? null,
    })),
    objects,
    fields: row.access?.paths ?? [],
    row_count: row.access?.row_count ?? null,
    event_ids: [row.event_id],
  };
}
