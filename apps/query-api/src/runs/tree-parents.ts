import { isAttached, isCall } from './kinds.ts';
import { type RunRow, causesOf } from './row.ts';
import { type Draft, type Drafts, isCallDraft } from './tree-draft.ts';
import { eachInTurns, type Turns, Work } from './turns.ts';

/** Everything that hangs nowhere hangs under the run that was asked for; so does what would close a circle. */
export function* hang(drafts: Drafts, rootId: string): Turns<void> {
  const root = drafts.run(rootId) ?? null;
  yield* eachInTurns(drafts.all, (draft) => {
    const wanted = draft === root ? null : (parentOf(drafts, draft) ?? root);
    draft.parent = wanted === draft ? null : wanted;
  });
  yield* openCircles(drafts.all, root);
  // In the order of their places, so that children stand in it, too.
  yield* eachInTurns(drafts.all, (draft) => draft.parent?.children.push(draft));
}

function* openCircles(all: readonly Draft[], root: Draft | null): Turns<void> {
  const work = new Work();
  const safe = new Set<Draft>();
  for (const draft of all) {
    const path = new Set<Draft>();
    for (let node: Draft | null = draft; node !== null && !safe.has(node); node = node.parent) {
      path.add(node);
      if (node.parent !== null && path.has(node.parent)) node.parent = node === root ? null : root;
      if (work.isDue()) yield;
    }
    for (const node of path) safe.add(node);
  }
}

function parentOf(drafts: Drafts, draft: Draft): Draft | undefined {
  const row = draft.rows[0];
  if (draft.kind === 'run') return parentOfRun(drafts, draft, row);
  const run = drafts.run(draft.runId);
  if (draft.stepId !== null)
    return (draft.stepAbove === null ? undefined : drafts.step(draft.runId, draft.stepAbove)) ?? run;
  if (row === undefined) return run;
  return (
    actionOf(drafts, draft, row) ??
    (row.step_id === undefined ? undefined : drafts.step(draft.runId, row.step_id)) ??
    run
  );
}

function parentOfRun(drafts: Drafts, draft: Draft, row: RunRow | undefined): Draft | undefined {
  const delegation = drafts.delegations.get(draft.runId);
  if (delegation !== undefined) return delegation;
  if (row?.parent_run_id === undefined) return undefined;
  return (
    (row.parent_step_id === undefined ? undefined : drafts.step(row.parent_run_id, row.parent_step_id)) ??
    drafts.run(row.parent_run_id)
  );
}

/** What an attached event is about: its call, what shares its ids, what caused it. A call hangs under no other. */
function actionOf(drafts: Drafts, draft: Draft, row: RunRow): Draft | undefined {
  if (isCall(row.event_type)) return undefined;
  const effect =
    (draft.kind === 'confirmation' || draft.kind === 'revert') && row.effect_id !== undefined
      ? drafts.effects.get(row.effect_id)
      : undefined;
  if (effect !== undefined) return effect;
  const call = drafts.call(row);
  if (call !== undefined) return call;
  if (!isAttached(row.event_type)) return undefined;
  const about = drafts.about(row, draft);
  if (about !== undefined) return about;
  const cause = causesOf(row)
    .map((key) => drafts.ofEvent.get(key))
    .find((found) => found !== undefined);
  return cause !== undefined &&
    cause !== draft &&
    (isCallDraft(cause) || isAttached(cause.rows[0]?.event_type ?? row.event_type))
    ? cause
    : undefined;
}
