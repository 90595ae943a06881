import { type Completeness } from '../reading/completeness.ts';
import { type ActionAnswer, actionAnswers, actionsOf } from './run-actions.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { type DataUsed, dataUsedOf } from './data-used.ts';
import { Joins } from './joins.ts';
import { type Lane, lanesOf } from './lanes.ts';
import { type RunRow } from './row.ts';
import { approvalsOf, type RunApproval } from './run-approvals.ts';
import { headerOf, type RunHeader } from './run-header.ts';
import { treeOf, type TreeNode } from './tree.ts';
import { type Turns } from './turns.ts';

export interface RunAnswer {
  readonly run: RunHeader;
  readonly lanes: readonly Lane[];
  readonly steps: readonly TreeNode[];
  readonly coverage: Coverage;
  readonly actions: readonly ActionAnswer[];
  readonly data_used: readonly DataUsed[];
  readonly approvals: readonly RunApproval[];
  readonly gaps: Completeness['gaps'];
}

/** Branches were longer than a tree is written. */
export const DEPTH_CAP = 'depth';
/** The first actions only: many that share many events are as many as their product. */
export const ACTIONS_CAP = 'actions';

/** `rows` are in order and not empty. Of 40,000 it takes seconds: it can be put down wherever some milliseconds of work are done. */
export function* runAnswer(rows: readonly RunRow[], runId: string, completeness: Completeness): Turns<{ readonly answer: RunAnswer; readonly caps: readonly string[] }> {
  const run = yield* headerOf(rows, runId);
  const { actions, capped } = yield* actionsOf(rows, yield* Joins.inTurns(rows));
  const answers = yield* actionAnswers(actions);
  const tree = yield* treeOf(rows, runId);
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
