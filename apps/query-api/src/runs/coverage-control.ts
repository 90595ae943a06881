import { type Action } from './action.ts';
import { type PartCoverage } from './coverage.ts';
import { type CoverageFacts, reason } from './coverage-facts.ts';
import { groupInTurns, type RunRow, eventKeyOf } from './row.ts';
import { eachInTurns, filterInTurns, type Turns } from './turns.ts';

/** Who was asked, and whether they answered. */
export function* approvals(facts: CoverageFacts, actions: readonly Action[]): Turns<PartCoverage> {
  const rows = facts.of('approval');
  const groups = yield* groupInTurns(rows, (row) => row.approval_id ?? eventKeyOf(row));
  const open = yield* filterInTurns(groups.values(), (events) =>
    events.every((row) => row.event_type === 'approval.requested'),
  );
  const required: RunRow[] = [];
  const undecided: RunRow[] = [];
  yield* eachInTurns(actions, ({ policies, approvals: own, effects }) => {
    const last = policies.at(-1);
    if (own.length === 0 && last?.policy?.decision === 'require_approval') required.push(last);
    if (policies.length === 0) undecided.push(...effects.slice(0, 1));
  });
  const reasons = [
    ...reason(
      'request_without_decision',
      open.flatMap((events) => events.slice(0, 1)),
    ),
    ...reason('required_and_not_requested', required),
  ];
  if (reasons.length > 0) return { status: 'missing', events: rows.length, expected: null, reasons };
  if (rows.length > 0) return { status: 'recorded', events: rows.length, expected: null, reasons: [] };
  // Whether an approval was needed is a policy's word, and there is none.
  return undecided.length > 0
    ? { status: 'unknown', events: 0, expected: null, reasons: reason('no_decision_recorded', undecided) }
    : facts.absent();
}

/** What went another way than planned. */
export function* exceptions(facts: CoverageFacts): Turns<PartCoverage> {
  const { troubles } = facts;
  if (troubles.length === 0) return facts.absent();
  const failed = facts.ends.filter((row) => row.event_type === 'run.failed' && row.run?.error_type === undefined);
  const closed = new Set(
    facts
      .of('exception')
      .filter((row) => row.event_type === 'policy.exception.closed')
      .map((row) => row.details?.['exception_id']),
  );
  const unclosed = yield* filterInTurns(
    facts.of('exception'),
    (row) => row.event_type === 'policy.exception.raised' && !closed.has(row.details?.['exception_id']),
  );
  return {
    status: 'recorded',
    events: troubles.length,
    expected: null,
    reasons: [...reason('failure_without_cause', failed), ...reason('exception_still_open', unclosed)],
  };
}
