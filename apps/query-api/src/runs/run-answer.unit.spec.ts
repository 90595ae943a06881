import { runAnswer } from './run-answer.ts';
import { type RunRow } from './row.ts';
import { type GivenRow, rowsOf } from './testdata/rows.ts';
import { atOnce, inTurns } from './turns.ts';

const completeness = {
  range: { from: null, to: null },
  projected: [],
  gaps: { count: 0, listed: [] },
  dead_letters: 0,
  cap_reached: false,
  caps: [],
  no_known_gaps: true,
};
const TENTH = 4_000;

/**
 * How often rows were asked for their type or time, at most, between two turns of others: each look at a row asks for
 * one of them.
 */
async function longestStretch(given: readonly GivenRow[]): Promise<{ readonly looks: number; readonly all: number }> {
  let [stretch, longest, all] = [0, 0, 0];
  const watched = rowsOf(...given).map((row) => {
    const { event_type, occurred_at } = row;
    const look = <Value>(value: Value) => ({ enumerable: true, get: (): Value => ((stretch += 1), (all += 1), value) });
    return Object.defineProperties<RunRow>(row, { event_type: look(event_type), occurred_at: look(occurred_at) });
  });
  await inTurns(runAnswer(watched, 'r', completeness), () => {
    [longest, stretch] = [Math.max(longest, stretch), 0];
    return Promise.resolve();
  });
  return { looks: Math.max(longest, stretch), all };
}

const many = (shape: (index: number) => readonly GivenRow[]): readonly GivenRow[] =>
  Array.from({ length: TENTH }, (_, index) => shape(index)).flat();
const acting = (index: number): readonly GivenRow[] => [
  [
    'tool.call.requested',
    {
      call_id: `c${index}`,
      step_id: `s${index}`,
      decision_id: `d${index}`,
      effect_id: `f${index}`,
      tool: { name: 'pay', tier: 'write', server: 'sap' },
    },
  ],
  [
    'policy.evaluated',
    { call_id: `c${index}`, decision_id: `d${index}`, policy: { policy_id: 'p', decision: 'allow' } },
  ],
  [
    'tool.call.completed',
    {
      call_id: `c${index}`,
      step_id: `s${index}`,
      tool: { name: 'pay', tier: 'write', server: 'sap' },
      outcome: { status: 'success' },
    },
  ],
  [
    'object.changed',
    {
      call_id: `c${index}`,
      step_id: `s${index}`,
      effect_id: `f${index}`,
      effect: { kind: 'update', target_system: 'sap' },
    },
  ],
];
const shapes: readonly (readonly [string, readonly GivenRow[]])[] = [
  ['calls that write', many(acting)],
  [
    'calls of models',
    many((index) => [
      ['model.call.requested', { call_id: `c${index}` }],
      [
        'model.call.completed',
        { call_id: `c${index}`, model: { provider: 'acme', response_model: `big-${index % 3}` } },
      ],
    ]),
  ],
  [
    'approvals',
    many((index) => [
      ['approval.requested', { approval_id: `a${index}` }],
      ['approval.decided', { approval_id: `a${index}`, approval: { decision: 'approved' } }],
    ]),
  ],
  [
    'sub-runs',
    many((index) => [
      ['run.started', { run_id: `r${index}`, parent_run_id: 'r' }],
      ['run.completed', { run_id: `r${index}`, parent_run_id: 'r', run: { expected_tool_calls: 1 } }],
    ]),
  ],
  [
    'a chain of steps, each below the other',
    many((index) => [
      ['tool.call.completed', { call_id: `c${index}`, step_id: `s${index}`, parent_step_id: `s${index - 1}` }],
    ]),
  ],
  [
    'looking',
    many((index) => [
      ['retrieval.performed', { retrieval: { source_id: 'wiki' } }],
      ['tool.call.completed', { call_id: `c${index}`, tool: { name: 'find', tier: 'read' } }],
    ]),
  ],
];

describe('the answer about a long run', () => {
  test.each(shapes)('of %s lets others have their turn all the while', async (_, given) => {
    const { looks, all } = await longestStretch(given);
    expect(all).toBeGreaterThan(2 * given.length);
    // As long as no run is too long: what is done in one go does not grow with it.
    expect(looks).toBeLessThan(20_000);
    expect(looks).toBeLessThan(Math.max(20_000, (await longestStretch(given.slice(0, given.length / 2))).looks * 1.2));
  });
  test('many actions that share many events are cut, and it is said', () => {
    const shared = Array.from({ length: 1_000 }, (_, index): GivenRow[] => [
      [
        'tool.call.completed',
        {
          call_id: `c${index}`,
          decision_id: 'd',
          tool: { name: 'pay', tier: 'write' },
          outcome: { status: 'success' },
        },
      ],
      [
        'approval.decided',
        { run_id: undefined, decision_id: 'd', approval_id: `a${index}`, approval: { decision: 'approved' } },
      ],
    ]).flat();
    const { answer, caps } = atOnce(
      runAnswer(rowsOf(['run.started'], ...shared, ['run.completed']), 'r', completeness),
    );
    expect(caps).toEqual(['actions']);
    expect(answer.actions).toHaveLength(120);
    expect(answer.actions[0]?.approved).toHaveLength(1_000);
    // What is not looked at cannot be ruled out.
    expect(answer.coverage.retrieved_data).toMatchObject({ status: 'unknown', reasons: [{ code: 'gaps_or_cap' }] });
  });
  test('one action to each event is never cut', () => {
    const { answer, caps } = atOnce(runAnswer(rowsOf(...many(acting)), 'r', completeness));
    expect([answer.actions.length, caps]).toEqual([TENTH, []]);
  });
});
