import { type ActionAnswer } from '../../runs/run-actions.ts';
import { stepPath } from './row-paths.ts';
import { agreementReason, agreementVerdict, kindText, sentenceCase, type Verdict } from './words.ts';

export interface ActionView {
  readonly title: string;
  readonly kind: string;
  readonly href: string;
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  readonly parts: readonly { readonly name: string; readonly count: number }[];
}

export function actionView(action: ActionAnswer): ActionView {
  const parts = [
    part('asked', 'not asked', action.attempted),
    part('decided', 'no decision', action.decided),
    part('approved', 'no approval', action.approved),
    part('executed', 'not executed', action.executed),
    part('changed', 'no effect recorded', action.effects),
    part('confirmed', 'not confirmed', action.confirmed),
  ];
  return {
    title: action.title,
    kind: sentenceCase(kindText(action.kind)),
    href: stepPath(
      [
        ...action.attempted,
        ...action.executed,
        ...action.effects,
        ...action.decided,
        ...action.approved,
        ...action.confirmed,
      ][0] ?? '',
    ),
    verdict: agreementVerdict(action.agreement),
    reasons: action.reasons.filter((code) => !shownByParts.has(code)).map(agreementReason),
    parts,
  };
}

const part = (there: string, absent: string, ids: readonly string[]): ActionView['parts'][number] => ({
  name: ids.length > 0 ? there : absent,
  count: ids.length,
});

/** The chain of parts says them already. */
const shownByParts: ReadonlySet<string> = new Set(['not_confirmed', 'effect_not_recorded', 'no_decision_recorded']);
