import fc from 'fast-check';
import { Joins } from './joins.ts';
import { isAttached } from './kinds.ts';
import { type RunRow, runOf } from './row.ts';
import { actionsOf } from './run-actions.ts';
import { type GivenRow, rowsOf } from './testdata/rows.ts';
import { atOnce, inTurns } from './turns.ts';

/** How often the rows are looked at for what all closures find. */
function looks(rows: readonly RunRow[], seeds: readonly number[]): number {
  let count = 0;
  const watched = rows.map((row) => new Proxy(row, { get: (target, name) => ((count += 1), Reflect.get(target, name)) }));
  const joins = new Joins(watched);
  for (const seed of seeds) joins.closure([watched[seed] as RunRow]);
  return count;
}

type Shape = (index: number) => readonly GivenRow[];
const call = (index: number, given: GivenRow[1]): readonly GivenRow[] => [['tool.call.requested', { call_id: `c${index}`, ...given }], ['tool.call.completed', { call_id: `c${index}` }]];
const system = { target_system: 'sap' };
const shared: readonly [string, Shape][] = [
  ['decision', (index) => call(index, { decision_id: 'd' })],
  ['effect', (index) => call(index, { effect_id: 'f' })],
  ['approval', (index) => call(index, { approval_id: 'a' })],
  ['action', (index) => call(index, { action_mac: 'm' })],
  ['transaction', (index) => call(index, { effect: { ...system, transaction_key: 't' } })],
  ['document', (index) => call(index, { effect: { ...system, document_no: '1' } })],
  ['decision, in a run for each call', (index) => [['tool.call.requested', { run_id: `r${index}`, call_id: 'c', decision_id: 'd' }], ['object.changed', { run_id: `r${index}`, decision_id: 'd' }]]],
  ['cause', (index) => (index === 0 ? [['policy.evaluated', { event_id: 'p', decision_id: 'd' }]] : [['object.changed', { call_id: `c${index}`, decision_id: 'd', causation_id: 'p' }]])],
];

describe('what belongs to an action', () => {
  test.each(shared)('calls that share one %s do not look at each other', (_, shape) => {
    const work = (calls: number): number => {
      const rows = rowsOf(...Array.from({ length: calls }, (__, index) => shape(index)).flat());
      return looks(rows, [...rows.keys()].filter((index) => rows[index]?.call_id !== undefined));
    };
    expect(work(400) / work(200)).toBeLessThan(2.5);
  });
  test('4,000 calls under one decision, each an action of its own with it', () => {
    const rows = rowsOf(['policy.evaluated', { decision_id: 'd' }], ...Array.from({ length: 4_000 }, (_, index) => call(index, { decision_id: 'd' })).flat());
    const { actions } = atOnce(actionsOf(rows, new Joins(rows)));
    expect(actions).toHaveLength(4_000);
    expect(actions[3_999]?.rows.map(({ event_id }) => event_id)).toEqual(['e0', 'e7999', 'e8000']);
  });
  test('others have their turn while the actions of a long run are put together', async () => {
    const rows = rowsOf(...Array.from({ length: 2_000 }, (_, index) => call(index, { decision_id: 'd', tool: { name: 'pay', tier: 'write' } })).flat());
    let turns = 0;
    const { actions } = await inTurns(actionsOf(rows, new Joins(rows)), () => Promise.resolve(void (turns += 1)));
    expect(actions).toHaveLength(2_000);
    expect(turns).toBeGreaterThanOrEqual(16);
  });
  test('the same as looking through all rows again and again', () => {
    fc.assert(fc.property(fc.array(given, { maxLength: 40 }), fc.array(fc.nat(39), { minLength: 1, maxLength: 3 }), (events, picks) => {
      const rows = rowsOf(...events);
      const seed = picks.flatMap((pick) => rows[pick] ?? []);
      expect(new Joins(rows).closure(seed)).toEqual(plainClosure(rows, seed));
    }), { numRuns: 2_000 });
  });
});

const id = (...values: readonly string[]): fc.Arbitrary<string | undefined> => fc.constantFrom(...Array.from({ length: 2 * values.length }, () => undefined), ...values);
const given: fc.Arbitrary<GivenRow> = fc.tuple(
  fc.constantFrom('tool.call.requested', 'tool.call.completed', 'policy.evaluated', 'object.changed', 'object.change.confirmed', 'run.started'),
  fc.record({
    run_id: fc.constantFrom('r', 'r', 'q', undefined), call_id: id('1', '2', '3'), effect_id: id('f', 'g'), decision_id: id('d', 'e'), approval_id: id('a'), action_mac: id('m'), causation_id: id('e1', 'e2', 'e5'),
    effect: fc.option(fc.record({ target_system: fc.constantFrom('sap', 'crm'), transaction_key: id('1', '2'), document_no: id('1') }), { nil: undefined, freq: 3 }),
  }),
) as fc.Arbitrary<GivenRow>;

/** The rule, without an index: level by level, all rows that share an id with one of the level and are no other call's or run's. */
function plainClosure(rows: readonly RunRow[], seed: readonly RunRow[]): readonly RunRow[] {
  const found = new Set(seed);
  const runs = new Set(seed.map(runOf));
  const calls = new Set(seed.flatMap(({ call_id }) => call_id ?? []));
  for (let level: readonly RunRow[] = [...found]; level.length > 0; ) {
    const fits = (row: RunRow): boolean => (row.call_id === undefined || calls.size === 0 || calls.has(row.call_id)) && (runOf(row) === '' || runs.has('') || runs.has(runOf(row)));
    const before = level;
    level = rows.filter((row) => !found.has(row) && fits(row) && before.some((one) => leads(one, row)));
    for (const row of level) if (row.call_id !== undefined) calls.add(row.call_id);
    for (const row of level) found.add(row);
  }
  return rows.filter((row) => found.has(row));
}

function leads(from: RunRow, to: RunRow): boolean {
  const both = <Value>(one: Value | undefined, other: Value | undefined): boolean => one !== undefined && one === other;
  if (both(from.call_id, to.call_id) && (runOf(to) === '' || runOf(to) === runOf(from))) return true;
  if ((['effect_id', 'decision_id', 'approval_id', 'action_mac'] as const).some((kind) => both(from[kind], to[kind]))) return true;
  if (both(from.event_id, to.causation_id) && isAttached(to.event_type)) return true;
  return both(from.effect?.target_system, to.effect?.target_system) && (both(from.effect?.transaction_key, to.effect?.transaction_key) || both(from.effect?.document_no, to.effect?.document_no));
}
