import { type Action, actionFrom, isAction } from './action.ts';
import { type AgreementAnswer, agreementOf } from './agreement.ts';
import { type Joins } from './joins.ts';
import { isCall, isEffect, kindOf, type NodeKind } from './kinds.ts';
import { laneId, laneOf } from './lanes.ts';
import { callOf, groupInTurns, type RunRow, runOf } from './row.ts';
import { titleOf } from './titles.ts';
import { filterInTurns, type Turns } from './turns.ts';

export interface ActionAnswer extends AgreementAnswer {
  readonly kind: NodeKind;
  readonly title: string;
  readonly lane: string;
  readonly at: string;
  readonly run_id: string | null;
  readonly step_id: string | null;
  readonly call_id: string | null;
  readonly effect_id: string | null;
  readonly decision_id: string | null;
  readonly approval_id: string | null;
  /** Event ids, by what they say. */
  readonly attempted: readonly string[];
  readonly decided: readonly string[];
  readonly approved: readonly string[];
  readonly executed: readonly string[];
  readonly effects: readonly string[];
  readonly confirmed: readonly string[];
}

/** So many rows of actions are put together between two pauses. */
const TURN = 250;

/**
 * So many rows all actions of a run have together, three times as many as a run's: rows that many actions share are
 * each one's, and 5,000 calls under one decision with 5,000 approvals would be an answer of 25 million.
 */
export const MAX_ACTION_ROWS = 120_000;

export interface Actions {
  readonly actions: readonly Action[];
  /** There may be further ones. */
  readonly capped: boolean;
}

const decisive: ReadonlySet<NodeKind> = new Set(['policy', 'block', 'approval', 'override', 'confirmation']);

/**
 * The actions of a run, in order: each call that writes or is under a control, then effects and decisions that no call
 * explains. What only looked is no action.
 */
export function* actionsOf(rows: readonly RunRow[], joins: Joins, most = MAX_ACTION_ROWS): Turns<Actions> {
  const covered = new Set<RunRow>();
  const actions: Action[] = [];
  let [work, room, capped] = [0, most, false];
  const take = function* (seed: readonly RunRow[]): Turns<void> {
    capped ||= room <= 0;
    if (capped) return;
    const action = actionFrom(joins.closure(seed));
    work += action.rows.length;
    room -= action.rows.length;
    if (work >= TURN) {
      work = 0;
      yield;
    }
    if (!isAction(action)) return;
    actions.push(action);
    for (const row of action.rows) covered.add(row);
  };
  const calls = yield* groupInTurns(yield* filterInTurns(rows, (row) => isCall(row.event_type)), callOf);
  for (const events of calls.values()) yield* take(events);
  for (const unexplained of [
    (row: RunRow) => isEffect(row.event_type),
    (row: RunRow) => decisive.has(kindOf(row.event_type)),
  ]) {
    for (const row of yield* filterInTurns(rows, (one) => !covered.has(one) && unexplained(one)))
      if (!covered.has(row)) yield* take([row]);
  }
  const places = new Map(rows.map((row, index) => [row, index]));
  const placeOf = ({ rows: [first] }: Action): number => (first === undefined ? 0 : (places.get(first) ?? 0));
  return { actions: actions.sort((one, other) => placeOf(one) - placeOf(other)), capped };
}

/** Each as it is answered, put down in between like their finding. */
export function* actionAnswers(actions: readonly Action[]): Turns<readonly ActionAnswer[]> {
  const answers: ActionAnswer[] = [];
  let work = 0;
  for (const action of actions) {
    answers.push(actionAnswer(action));
    work += action.rows.length;
    if (work < TURN) continue;
    work = 0;
    yield;
  }
  return answers;
}

const ids = (rows: readonly RunRow[]): readonly string[] => rows.map(({ event_id }) => event_id);

function actionAnswer(action: Action): ActionAnswer {
  const { rows } = action;
  const named = anchorOf(action);
  const anchor = named[named.length - 1] as RunRow;
  const first = (pick: (row: RunRow) => string | undefined): string | null =>
    rows.map(pick).find((id) => id !== undefined) ?? null;
  return {
    kind: kindOf(anchor.event_type),
    title: titleOf(named, anchor.event_type),
    lane: laneId(laneOf(anchor)),
    at: rows[0]?.occurred_at ?? anchor.occurred_at,
    run_id: first((row) => (runOf(row) === '' ? undefined : runOf(row))),
    step_id: first((row) => row.step_id),
    call_id: first((row) => row.call_id),
    effect_id: first((row) => row.effect_id),
    decision_id: first((row) => row.decision_id),
    approval_id: first((row) => row.approval_id),
    ...agreementOf(action),
    attempted: ids(action.attempts),
    decided: ids(action.policies),
    approved: ids(action.approvals),
    executed: ids(action.ends),
    effects: ids(action.effects),
    confirmed: ids(action.confirmations),
  };
}

/** What the action is called after: its call, else its effect, else what was decided about it. */
function anchorOf({ rows, effects, policies, approvals }: Action): readonly RunRow[] {
  return (
    [rows.filter((row) => isCall(row.event_type)), effects.slice(0, 1), policies.slice(-1), approvals].find(
      (found) => found.length > 0,
    ) ?? rows
  );
}
