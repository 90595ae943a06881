import { endsCall, type NodeKind } from './kinds.ts';
import { laneId, laneOf } from './lanes.ts';
import { isFailure, microsOf, millisBetween, type RunRow } from './row.ts';
import { titleOf } from './titles.ts';
import { type Draft, Drafts } from './tree-draft.ts';

export interface TreeNode {
  /** Names the node in this run. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly title: string;
  /** Id of its lane; null for a step or run that others only name. */
  readonly lane: string | null;
  readonly run_id: string | null;
  readonly step_id: string | null;
  readonly call_id: string | null;
  readonly started_at: string | null;
  /** Since the node before it in the whole run began, whichever branch that is on. */
  readonly elapsed_ms: number | null;
  readonly duration_ms: number | null;
  readonly outcome: { readonly status: string; readonly code: string | null; readonly reason: string | null } | null;
  readonly event_ids: readonly string[];
  readonly order_uncertain: boolean;
  readonly late: boolean;
  readonly conflict: boolean;
  /** Links by which alone its events are here. */
  readonly via?: readonly string[];
  readonly children: readonly TreeNode[];
}

/** Deeper than people nest steps, and than JSON is read everywhere: what would be deeper hangs here. */
export const MAX_DEPTH = 64;

export interface Tree {
  readonly nodes: readonly TreeNode[];
  readonly count: number;
  /** Branches were longer than MAX_DEPTH. */
  readonly flattened: boolean;
}

/** The course of a run as a tree: each event in exactly one node. `rows` are in order; `root` is the run that was asked for. */
export function treeOf(rows: readonly RunRow[], root: string): Tree {
  const drafts = [...new Drafts(rows, root).all.values()];
  const tops = drafts.filter(({ parent }) => parent === null);
  const elapsed = elapsedOf(drafts);
  let flattened = false;
  const finish = (draft: Draft, depth: number): TreeNode => {
    const children = [...draft.children].sort(byPlace);
    if (depth < MAX_DEPTH) return nodeOf(draft, elapsed.get(draft) ?? null, children.map((child) => finish(child, depth + 1)));
    if (children.length > 0) flattened = true;
    return nodeOf(draft, elapsed.get(draft) ?? null, descendants(draft).map((child) => nodeOf(child, elapsed.get(child) ?? null, [])));
  };
  return { nodes: tops.sort(byPlace).map((draft) => finish(draft, 1)), count: drafts.length, flattened };
}

const byPlace = (one: Draft, other: Draft): number => one.place - other.place;

function descendants(draft: Draft): readonly Draft[] {
  const found: Draft[] = [];
  const open = [...draft.children];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    found.push(node);
    open.push(...node.children);
  }
  return found.sort(byPlace);
}

function elapsedOf(drafts: readonly Draft[]): ReadonlyMap<Draft, number> {
  const begun = drafts.filter(({ rows }) => rows.length > 0).sort(byPlace);
  return new Map(begun.flatMap((draft, index) => {
    const [before, now] = [begun[index - 1]?.rows[0], draft.rows[0]];
    return before === undefined || now === undefined ? [] : [[draft, millisBetween(before.occurred_at, now.occurred_at)] as const];
  }));
}

function nodeOf(draft: Draft, elapsed_ms: number | null, children: readonly TreeNode[]): TreeNode {
  const { id, kind, rows, runId } = draft;
  const [first] = rows;
  const step = draft.id.startsWith('step:') ? ((JSON.parse(draft.id.slice('step:'.length)) as [string, string])[1]) : first?.step_id;
  return {
    id,
    kind,
    title: titleOf(rows, step ?? runId),
    lane: first === undefined ? null : laneId(laneOf(first)),
    run_id: runId === '' ? null : runId,
    step_id: kind === 'run' ? null : (step ?? null),
    call_id: first?.call_id ?? null,
    started_at: first?.occurred_at ?? children.find(({ started_at }) => started_at !== null)?.started_at ?? null,
    elapsed_ms,
    duration_ms: durationOf(kind, rows, children),
    outcome: outcomeOf(rows),
    event_ids: rows.map(({ event_id }) => event_id),
    order_uncertain: rows.some((row) => row.order_uncertain),
    late: rows.some((row) => row.late),
    conflict: rows.some((row) => row.conflict),
    ...(rows.some(({ via }) => via !== undefined) && { via: [...new Set(rows.flatMap(({ via }) => via ?? []))].sort() }),
    children,
  };
}

/** As the source measured it; else between the events that begin and end it; of a step, to the last that began in it. */
function durationOf(kind: NodeKind, rows: readonly RunRow[], children: readonly TreeNode[]): number | null {
  const said = rows.findLast((row) => row.usage?.duration_ms !== undefined || row.approval?.wait_ms !== undefined);
  if (said !== undefined && kind !== 'run') return said.usage?.duration_ms ?? said.approval?.wait_ms ?? null;
  const [first, last] = [rows[0], rows.at(-1)];
  if (first !== undefined && last !== undefined && first !== last) return millisBetween(first.occurred_at, last.occurred_at);
  if (kind !== 'step') return null;
  const times = [first?.occurred_at, ...children.map(({ started_at }) => started_at)].filter((time) => time !== undefined && time !== null).map(microsOf);
  return times.length < 2 ? null : Math.floor((Math.max(...times) - Math.min(...times)) / 1_000);
}

/** The last word; a call that only began has none. */
function outcomeOf(rows: readonly RunRow[]): TreeNode['outcome'] {
  const row = rows.findLast(({ outcome }) => outcome?.status !== undefined || outcome?.code !== undefined);
  if (row?.outcome !== undefined) return { status: row.outcome.status ?? 'unknown', code: row.outcome.code ?? null, reason: row.outcome.reason ?? null };
  const failed = rows.findLast((one) => isFailure(one));
  if (failed !== undefined) return { status: 'failure', code: failed.details?.['error_type'] ?? failed.run?.error_type ?? null, reason: null };
  return rows.some((one) => endsCall(one.event_type)) ? { status: 'unknown', code: null, reason: null } : null;
}
