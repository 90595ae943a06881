import { type Action } from './action.ts';
import { agreementOf } from './agreement.ts';
import { type PartCoverage } from './coverage.ts';
import { type CoverageFacts, reason } from './coverage-facts.ts';
import { endsCall } from './kinds.ts';
import { callOf, groupInTurns, type RunRow, runOf, eventKeyOf } from './row.ts';
import { eachInTurns, filterInTurns, type Turns } from './turns.ts';

type Counter = 'expected_model_calls' | 'expected_tool_calls' | 'expected_effects';
type Groups = ReadonlyMap<string, readonly RunRow[]>;

/** Calls against what the sources count, run by run: one run's surplus must not hide another's hole. */
export function* callsCovered(
  facts: CoverageFacts,
  kind: 'model_call' | 'tool_call',
  counter: Counter,
): Turns<PartCoverage> {
  const rows = facts.of(kind);
  const calls = yield* groupInTurns(rows, callOf);
  const unanswered = yield* filterInTurns(calls.values(), (events) => !events.some((row) => endsCall(row.event_type)));
  const resultless = yield* filterInTurns(rows, (row) => row.details?.['result_state'] === 'missing');
  const { expected, short } = yield* expectedOf(facts, counter, calls);
  const reasons = [
    ...reason(
      'call_without_end',
      unanswered.flatMap((events) => events.slice(0, 1)),
    ),
    ...reason('call_without_result', resultless),
    ...reason('fewer_than_the_source_counts', [], short),
  ];
  return counted(facts, rows, expected, reasons);
}

/** What was changed in the world, and whether its systems say so too. */
export function* systemUpdates(facts: CoverageFacts, actions: readonly Action[]): Turns<PartCoverage> {
  const { effects } = facts;
  const confirmed = new Set(facts.of('confirmation').map(systemOf));
  const { expected, short } = yield* expectedOf(facts, 'expected_effects', yield* groupInTurns(effects, effectOf));
  const unconfirmed: RunRow[] = [];
  const silent: RunRow[] = [];
  yield* eachInTurns(actions, (action) => {
    if (action.confirmations.length > 0) return;
    for (const row of action.effects)
      if (row.evidence_grade !== 'system_of_record' && confirmed.has(systemOf(row))) unconfirmed.push(row);
    // Only where no effect is recorded can one be missed.
    if (action.effects.length === 0 && agreementOf(action).reasons.includes('effect_not_recorded'))
      silent.push(...action.ends.slice(0, 1));
  });
  return counted(facts, effects, expected, [
    ...reason('effect_without_confirmation', unconfirmed),
    ...reason('write_without_effect', silent),
    ...reason('fewer_than_the_source_counts', [], short),
  ]);
}

function counted(
  facts: CoverageFacts,
  rows: readonly RunRow[],
  expected: number | null,
  reasons: PartCoverage['reasons'],
): PartCoverage {
  if (reasons.length > 0) return { status: 'missing', events: rows.length, expected, reasons };
  if (rows.length > 0) return { status: 'recorded', events: rows.length, expected, reasons: [] };
  return expected === 0 ? { status: 'not_needed', events: 0, expected, reasons: [] } : facts.absent(expected);
}

/** What the ends of the runs count, where each says it, and how many of those are not on record. */
function* expectedOf(
  { ends, runs }: CoverageFacts,
  counter: Counter,
  groups: Groups,
): Turns<{ readonly expected: number | null; readonly short: number }> {
  const recorded = new Map<string, number>();
  yield* eachInTurns(groups.values(), ([row]) => {
    if (row !== undefined) recorded.set(runOf(row), (recorded.get(runOf(row)) ?? 0) + 1);
  });
  const counts = new Map(ends.map((row) => [runOf(row), row.run?.[counter]]));
  const said = [...counts].flatMap(([run, count]) =>
    count === undefined ? [] : [{ count, missing: Math.max(0, count - (recorded.get(run) ?? 0)) }],
  );
  const complete = said.length > 0 && said.length === runs.size;
  return {
    expected: complete ? said.reduce((sum, { count }) => sum + count, 0) : null,
    short: said.reduce((sum, { missing }) => sum + missing, 0),
  };
}

const systemOf = (row: RunRow): string =>
  row.effect?.target_system ?? row.object_refs?.[0]?.system ?? row.source?.system ?? '';
/** Sources count what was done, not what was said of it: changed and reverted are one effect. */
const effectOf = (row: RunRow): string => JSON.stringify([runOf(row), row.effect_id ?? eventKeyOf(row)]);
