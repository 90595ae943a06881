import { type Completeness } from '../reading/completeness.ts';
import { type ActionAnswer, actionAnswers, actionsOf } from './run-actions.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { type DataUsed, dataUsedOf } from './data-used.ts';
import { type JoinedEvents, Joins } from './joins.ts';
import { kindOf } from './kinds.ts';
import { type Lane, lanesOf } from './lanes.ts';
import { type RunRow, eventKeyOf } from './row.ts';
import { approvalsOf, type RunApproval } from './run-approvals.ts';
import { headerOf, type RunHeader } from './run-header.ts';
import { treeOf, type TreeNode } from './tree.ts';
import { type Turns } from './turns.ts';

export interface RunAnswer {
  readonly run: RunHeader & { readonly linked: RunLinks['linked'] };
  readonly lanes: readonly Lane[];
  readonly steps: readonly TreeNode[];
  readonly coverage: Coverage;
  readonly actions: readonly ActionAnswer[];
  readonly data_used: readonly DataUsed[];
  readonly approvals: readonly RunApproval[];
  readonly gaps: Completeness['gaps'];
}

/** What links say of a run: which events of it confirm which, and to what it belongs. */
export interface RunLinks {
  readonly confirming: readonly JoinedEvents[];
  readonly linked: readonly {
    readonly kind: string;
    readonly id: string;
    readonly issuer: string;
    readonly link_id: string;
  }[];
}

const noLinks: RunLinks = { confirming: [], linked: [] };

/** Branches were longer than a tree is written. */
export const DEPTH_CAP = 'depth';
/** The first actions only: many that share many events are as many as their product. */
export const ACTIONS_CAP = 'actions';

/**
 * `rows` are in order and not empty. Of 40,000 it takes seconds: it can be put down wherever some milliseconds of work
 * are done.
 */
export function* runAnswer(
  rows: readonly RunRow[],
  runId: string,
  completeness: Completeness,
  { confirming, linked }: RunLinks = noLinks,
): Turns<{ readonly answer: RunAnswer; readonly caps: readonly string[] }> {
  const run = { ...(yield* headerOf(rows, runId)), linked };
  const { actions, capped } = yield* actionsOf(rows, yield* Joins.inTurns(rows, confirming));
  const answers = yield* actionAnswers(actions);
  const tree = yield* treeOf(hungByLinks(rows, confirming), runId);
  const holes = completeness.gaps.count > 0 || completeness.cap_reached || capped;
  return {
    answer: {
      run,
      lanes: yield* lanesOf(rows),
      steps: tree.nodes,
      coverage: yield* coverageOf({ rows, actions, status: run.status, holes }),
      actions: answers,
      data_used: yield* dataUsedOf(rows),
      approvals: yield* approvalsOf(rows),
      gaps: completeness.gaps,
    },
    caps: [...(tree.flattened ? [DEPTH_CAP] : []), ...(capped ? [ACTIONS_CAP] : [])],
  };
}

/**
 * For the tree alone, a link is a cause: what it calls a confirmation hangs under its effect, and not beside
 * everything.
 */
function hungByLinks(rows: readonly RunRow[], confirming: readonly JoinedEvents[]): readonly RunRow[] {
  if (confirming.length === 0) return rows;
  const here = new Set(rows.map(eventKeyOf));
  const effects = new Map(
    confirming
      .flatMap(
        ({ from_key, to_key }) =>
          [
            [to_key, from_key],
            [from_key, to_key],
          ] as const,
      )
      .filter(([, effect]) => here.has(effect)),
  );
  return rows.map((row) => {
    const effect =
      row.via !== undefined && kindOf(row.event_type) === 'confirmation' ? effects.get(eventKeyOf(row)) : undefined;
    return effect === undefined ? row : { ...row, causation_id: effect };
  });
}
