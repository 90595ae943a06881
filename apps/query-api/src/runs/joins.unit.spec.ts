import fc from 'fast-check';
import { type JoinedEvents, Joins } from './joins.ts';
import { isAttached } from './kinds.ts';
import { type RunRow, runOf } from './row.ts';
import { actionsOf } from './run-actions.ts';
import { type GivenRow, rowsOf } from './testdata/rows.ts';
import { atOnce, inTurns } from './turns.ts';

/** How often the rows are looked at for what all closures find. */
function looks(rows: readonly RunRow[], seeds: readonly number[]): number {
  let count = 0;
  const watched = rows.map(
    (row) => new Proxy(row, { get: (target, name) => ((count += 1), Reflect.get(target, name)) }),
  );
  const joins = new Joins(watched);
  for (const seed of seeds) joins.closure([watched[seed] as RunRow]);
  return count;
}

type Shape = (index: number) => readonly GivenRow[];
const call = (index: number, given: GivenRow[1]): readonly GivenRow[] => [
  ['tool.call.requested', { call_id: `c${index}`, ...given }],
  ['tool.call.completed', { call_id: `c${index}` }],
];
const system = { target_system: 'sap' };
const shared: readonly [string, Shape][] = [
  ['decision', (index) => call(index, { decision_id: 'd' })],
  ['effect', (index) => call(index, { effect_id: 'f' })],
  ['approval', (index) => call(index, { approval_id: 'a' })],
  ['action', (index) => call(index, { action_mac: 'm' })],
  ['transaction', (index) => call(index, { effect: { ...system, transaction_key: 't' } })],
  ['document', (index) => call(index, { effect: { ...system, document_no: '1' } })],
  [
    'decision, in a run for each call',
    (index) => [
      ['tool.call.requested', { run_id: `r${index}`, call_id: 'c', decision_id: 'd' }],
      ['object.changed', { run_id: `r${index}`, decision_id: 'd' }],
    ],
  ],
  [
    'cause',
    (index) =>
      index === 0
        ? [['policy.evaluated', { event_id: 'p', decision_id: 'd' }]]
        : [['object.changed', { call_id: `c${index}`, decision_id: 'd', causation_id: 'p' }]],
  ],
];

describe('what belongs to an action', () => {
  test.each(shared)('calls that share one %s do not look at each other', (_, shape) => {
    const work = (calls: number): number => {
      const rows = rowsOf(...Array.from({ length: calls }, (__, index) => shape(index)).flat());
      return looks(
        rows,
        [...rows.keys()].filter((index) => rows[index]?.call_id !== undefined),
      );
    };
    expect(work(400) / work(200)).toBeLessThan(2.5);
  });
  test('4,000 calls under one decision, each an action of its own with it', () => {
    const rows = rowsOf(
      ['policy.evaluated', { decision_id: 'd' }],
      ...Array.from({ length: 4_000 }, (_, index) => call(index, { decision_id: 'd' })).flat(),
    );
    const { actions } = atOnce(actionsOf(rows, new Joins(rows)));
    expect(actions).toHaveLength(4_000);
    expect(actions[3_999]?.rows.map(({ event_id }) => event_id)).toEqual(['e0', 'e7999', 'e8000']);
  });
  test('others have their turn while the actions of a long run are put together', async () => {
    const rows = rowsOf(
      ...Array.from({ length: 2_000 }, (_, index) =>
        call(index, { decision_id: 'd', tool: { name: 'pay', tier: 'write' } }),
      ).flat(),
    );
    let turns = 0;
    const { actions } = await inTurns(actionsOf(rows, new Joins(rows)), () => Promise.resolve(void (turns += 1)));
    expect(actions).toHaveLength(2_000);
    expect(turns).toBeGreaterThanOrEqual(16);
  });
  const ids = (rows: readonly RunRow[]): readonly string[] => rows.map(({ event_id }) => event_id);
  const outside = { run_id: undefined, call_id: '1' };
  test('outside of runs, calls of two sessions under one id are two calls', () => {
    const rows = rowsOf(
      ['tool.call.requested', { ...outside, session_id: 's1' }],
      ['tool.call.requested', { ...outside, session_id: 's2' }],
      ['policy.evaluated', { ...outside, session_id: 's1', stream_id: 'gate' }],
      ['tool.call.completed', { ...outside, session_id: 's2' }],
      ['tool.call.completed', { ...outside, session_id: 's1' }],
      ['tool.call.requested', { ...outside, stream_id: 'a' }],
      ['tool.call.completed', { ...outside, stream_id: 'b' }],
    );
    const joins = new Joins(rows);
    expect(rows.slice(0, 2).map((row) => ids(joins.closure([row])))).toEqual([
      ['e0', 'e2', 'e4', 'e5', 'e6'],
      ['e1', 'e3', 'e5', 'e6'],
    ]);
    // What names neither: by stream, and it is not led into any session.
    expect(rows.slice(5).map((row) => ids(joins.closure([row])))).toEqual([['e5'], ['e6']]);
  });
  test('two sessions that share a decision and an id of a call', () => {
    const shared = { ...outside, decision_id: 'd' };
    const rows = rowsOf(
      ['tool.call.requested', { ...shared, session_id: 's1' }],
      ['policy.evaluated', { run_id: undefined, decision_id: 'd' }],
      ['tool.call.requested', { ...shared, session_id: 's2' }],
    );
    expect(ids(new Joins(rows).closure([rows[0] as RunRow]))).toEqual(['e0', 'e1']);
  });
  test("what names no run is of a run's call when it is of its session, or names none", () => {
    const rows = rowsOf(
      ['tool.call.requested', { call_id: '1', session_id: 's1' }],
      ['policy.evaluated', { ...outside, session_id: 's1' }],
      ['policy.evaluated', { ...outside, session_id: 's2' }],
      ['policy.evaluated', { ...outside, stream_id: 'gate' }],
      ['tool.call.requested', { run_id: 'q', call_id: '1' }],
    );
    const joins = new Joins(rows);
    expect([rows[0], rows[4]].map((row) => ids(joins.closure([row as RunRow])))).toEqual([
      ['e0', 'e1', 'e3'],
      ['e3', 'e4'],
    ]);
  });
  test('a link joins an effect and its confirmation, whatever call or run that names; the effects of other calls stay theirs', () => {
    const rows = rowsOf(
      ['object.changed', { call_id: '1' }],
      ['object.changed', { call_id: '2' }],
      ['object.change.confirmed', { run_id: 'sap batch', call_id: '9', via: ['L'] }],
      ['object.change.confirmed', { run_id: 'sap batch', call_id: '9', event_id: 'not linked' }],
      ['object.changed', { run_id: undefined }],
    );
    const joins = new Joins(rows, [
      { from_key: ':e0', to_key: ':e2' },
      { from_key: ':e1', to_key: ':e2' },
      { from_key: ':e4', to_key: 'nowhere' },
    ]);
    expect(rows.map((row) => ids(joins.closure([row])))).toEqual([
      ['e0', 'e2'],
      ['e1', 'e2'],
      ['e2'],
      ['not linked'],
      ['e4'],
    ]);
  });
  test('the same as looking through all rows again and again', () => {
    const linked = fc.array(
      fc.record({ from_key: fc.nat(39).map((n) => `:e${n}`), to_key: fc.nat(39).map((n) => `:e${n}`) }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(
        fc.array(given, { maxLength: 40 }),
        fc.array(fc.nat(39), { minLength: 1, maxLength: 3 }),
        linked,
        (events, picks, links) => {
          const rows = rowsOf(...events);
          const seed = picks.flatMap((pick) => rows[pick] ?? []);
          expect(new Joins(rows, links).closure(seed)).toEqual(plainClosure(rows, seed, links));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

const id = (...values: readonly string[]): fc.Arbitrary<string | undefined> =>
  fc.constantFrom(...Array.from({ length: 2 * values.length }, () => undefined), ...values);
const given: fc.Arbitrary<GivenRow> = fc.tuple(
  fc.constantFrom(
    'tool.call.requested',
    'tool.call.completed',
    'policy.evaluated',
    'object.changed',
    'object.change.confirmed',
    'run.started',
  ),
  fc.record({
    run_id: fc.constantFrom('r', 'r', 'q', undefined, undefined),
    session_id: id('s', 'z'),
    stream_id: fc.constantFrom('st', 'su'),
    call_id: id('1', '2', '3'),
    effect_id: id('f', 'g'),
    decision_id: id('d', 'e'),
    approval_id: id('a'),
    action_mac: id('m'),
    causation_id: id('e1', 'e2', 'e5'),
    effect: fc.option(
      fc.record({ target_system: fc.constantFrom('sap', 'crm'), transaction_key: id('1', '2'), document_no: id('1') }),
      { nil: undefined, freq: 3 },
    ),
  }),
) as fc.Arbitrary<GivenRow>;

/**
 * The rule, without an index: level by level, all rows that share an id or a link with one of the level and are no
 * other call's or run's.
 */
function plainClosure(
  rows: readonly RunRow[],
  seed: readonly RunRow[],
  links: readonly JoinedEvents[],
): readonly RunRow[] {
  const found = new Set(seed);
  const runs = new Set(seed.map(runOf));
  const ofRuns = !runs.has('');
  let callers = seed.filter(({ call_id }) => call_id !== undefined);
  for (let level: readonly RunRow[] = [...found]; level.length > 0;) {
    const fitsCall = (row: RunRow): boolean =>
      row.call_id === undefined ||
      callers.length === 0 ||
      callers.some((one) => one.call_id === row.call_id && oneCall(one, row));
    const fits = (row: RunRow): boolean => fitsCall(row) && (runOf(row) === '' || !ofRuns || runs.has(runOf(row)));
    const before = level;
    const linked = (row: RunRow): boolean =>
      before.some(({ event_id }) =>
        links.some(
          ({ from_key, to_key }) =>
            [from_key, to_key].includes(`:${event_id}`) && [from_key, to_key].includes(`:${row.event_id}`),
        ),
      );
    const confirms = (row: RunRow): boolean => row.event_type === 'object.change.confirmed' && linked(row);
    level = rows.filter(
      (row) =>
        !found.has(row) && (confirms(row) || (fits(row) && (linked(row) || before.some((one) => leads(one, row))))),
    );
    if (callers.length === 0)
      callers = level.filter(
        (row) => row.call_id !== undefined && fits(row) && (!confirms(row) || before.some((one) => leads(one, row))),
      );
    for (const row of level) found.add(row);
  }
  return rows.filter((row) => found.has(row));
}

const isBare = (row: RunRow): boolean => row.run_id === undefined && row.session_id === undefined;

/** Whether rows with the same call id may be of the same call. */
function oneCall(one: RunRow, other: RunRow): boolean {
  if (runOf(one) !== '' && runOf(other) !== '') return runOf(one) === runOf(other);
  if (isBare(one) && isBare(other)) return one.stream_id === other.stream_id;
  return isBare(one) || isBare(other) || (one.session_id !== undefined && one.session_id === other.session_id);
}

function leads(from: RunRow, to: RunRow): boolean {
  const both = <Value>(one: Value | undefined, other: Value | undefined): boolean => one !== undefined && one === other;
  if (both(from.call_id, to.call_id)) {
    if (runOf(from) !== '' && runOf(to) === runOf(from)) return true;
    // A bare id leads to its own stream only; and nothing leads from outside of runs into one by a call's id alone.
    if (runOf(to) === '' && (isBare(from) ? isBare(to) && from.stream_id === to.stream_id : oneCall(from, to)))
      return true;
  }
  if ((['effect_id', 'decision_id', 'approval_id', 'action_mac'] as const).some((kind) => both(from[kind], to[kind])))
    return true;
  if (both(from.event_id, to.causation_id) && isAttached(to.event_type)) return true;
  return (
    both(from.effect?.target_system, to.effect?.target_system) &&
    (both(from.effect?.transaction_key, to.effect?.transaction_key) ||
      both(from.effect?.document_no, to.effect?.document_no))
  );
}
