import { endsCall, type NodeKind } from './kinds.ts';
import { laneId, laneOf } from './lanes.ts';
import { isFailure, microsOf, millisBetween, type RunRow } from './row.ts';
import { titleOf } from './titles.ts';
import { type Draft, Drafts } from './tree-draft.ts';
import { hang } from './tree-parents.ts';
import { eachInTurns, type Turns, Work } from './turns.ts';

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

/**
 * The course of a run as a tree: each event in exactly one node. `rows` are in order; `root` is the run that was asked
 * for.
 */
export function* treeOf(rows: readonly RunRow[], root: string): Turns<Tree> {
  const drafts = new Drafts();
  let place = 0;
  yield* eachInTurns(rows, (row) => drafts.add(row, place++));
  yield* hang(drafts, root);
  const elapsed = yield* elapsedOf(drafts.begun);
  const { order, flattened } = yield* topDown(drafts.all.filter(({ parent }) => parent === null));
  const nodes = new Map<Draft, TreeNode>();
  const work = new Work();
  // From below: what hangs under a node is there before it.
  const nodesOf = (list: readonly Draft[]): readonly TreeNode[] => list.map((draft) => nodes.get(draft) as TreeNode);
  for (const { draft, children } of order.reverse()) {
    nodes.set(draft, nodeOf(draft, elapsed.get(draft) ?? null, nodesOf(children)));
    if (work.isDue(1 + draft.rows.length + children.length)) yield;
  }
  return { nodes: nodesOf(drafts.all.filter(({ parent }) => parent === null)), count: drafts.all.length, flattened };
}

/**
 * Every draft with what will hang under it, level by level. What is deeper than MAX_DEPTH hangs there, side by side.
 */
function* topDown(tops: readonly Draft[]): Turns<{
  readonly order: { readonly draft: Draft; readonly children: readonly Draft[] }[];
  readonly flattened: boolean;
}> {
  const order: { draft: Draft; children: readonly Draft[] }[] = [];
  const work = new Work();
  let flattened = false;
  let level = tops;
  for (let depth = 1; level.length > 0; depth += 1) {
    const below: Draft[] = [];
    for (const draft of level) {
      const children = depth < MAX_DEPTH ? draft.children : depth === MAX_DEPTH ? yield* descendants(draft) : [];
      if (depth === MAX_DEPTH && children.length > 0) flattened = true;
      order.push({ draft, children });
      for (const child of children) below.push(child);
      if (work.isDue(1 + children.length)) yield;
    }
    level = below;
  }
  return { order, flattened };
}

function* descendants(draft: Draft): Turns<readonly Draft[]> {
  const found: Draft[] = [];
  const work = new Work();
  const open = [...draft.children];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    found.push(node);
    for (const child of node.children) open.push(child);
    if (work.isDue()) yield;
  }
  return found.sort((one, other) => one.place - other.place);
}

/** Since the draft before it began. */
function* elapsedOf(drafts: readonly Draft[]): Turns<ReadonlyMap<Draft, number>> {
  const elapsed = new Map<Draft, number>();
  let before: number | null = null;
  yield* eachInTurns(drafts, (draft) => {
    const [first] = draft.rows;
    if (first === undefined) return;
    const now = microsOf(first.occurred_at);
    if (before !== null) elapsed.set(draft, Math.floor((now - before) / 1_000));
    before = now;
  });
  return elapsed;
}

function nodeOf(draft: Draft, elapsed_ms: number | null, children: readonly TreeNode[]): TreeNode {
  const { id, kind, rows, runId } = draft;
  const [first] = rows;
  const step = draft.stepId ?? first?.step_id;
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
    ...(rows.some(({ via }) => via !== undefined) && {
      via: [...new Set(rows.flatMap(({ via }) => via ?? []))].sort(),
    }),
    children,
  };
}

/**
 * As the source measured it; else between the events that begin and end it; of a step, to the last that began in it.
 */
function durationOf(kind: NodeKind, rows: readonly RunRow[], children: readonly TreeNode[]): number | null {
  const said = rows.findLast((row) => row.usage?.duration_ms !== undefined || row.approval?.wait_ms !== undefined);
  if (said !== undefined && kind !== 'run') return said.usage?.duration_ms ?? said.approval?.wait_ms ?? null;
  const [first, last] = [rows[0], rows.at(-1)];
  if (first !== undefined && last !== undefined && first !== last)
    return millisBetween(first.occurred_at, last.occurred_at);
  if (kind !== 'step') return null;
  const times = [first?.occurred_at, ...children.map(({ started_at }) => started_at)]
    .filter((time) => time !== undefined && time !== null)
    .map(microsOf);
  return times.length < 2 ? null : Math.floor((Math.max(...times) - Math.min(...times)) / 1_000);
}

/** The last word; a call that only began has none. */
function outcomeOf(rows: readonly RunRow[]): TreeNode['outcome'] {
  const row = rows.findLast(({ outcome }) => outcome?.status !== undefined || outcome?.code !== undefined);
  if (row?.outcome !== undefined)
    return {
      status: row.outcome.status ?? 'unknown',
      code: row.outcome.code ?? null,
      reason: row.outcome.reason ?? null,
    };
  const failed = rows.findLast((one) => isFailure(one));
  if (failed !== undefined)
    return { status: 'failure', code: failed.details?.['error_type'] ?? failed.run?.error_type ?? null, reason: null };
  return rows.some((one) => endsCall(one.event_type)) ? { status: 'unknown', code: null, reason: null } : null;
}
