import { FrameMaker } from './frames.ts';
import { type GivenRow, rowsOf } from './testdata/rows.ts';

const framesOf = (...given: GivenRow[]) => {
  const maker = new FrameMaker();
  return rowsOf(...given).map((row) => maker.frame(row));
};
const clock = (second: number) => `2026-11-22T06:00:${String(second).padStart(2, '0')}.000000Z`;

describe('frames of a replay', () => {
  test('state: what is open, used, decided so far', () => {
    const frames = framesOf(
      ['model.call.requested', { call_id: 'm', model: { request_model: 'big' } }],
      [
        'model.call.completed',
        { call_id: 'm', usage: { input_tokens: 3, cost: '0.300000', currency: 'EUR' }, outcome: { status: 'success' } },
      ],
      ['tool.call.requested', { call_id: 'm', run_id: 'other', tool: { name: 'pay' } }],
      ['approval.requested', { approval_id: 'a' }],
      ['model.call.completed', { call_id: 'n', usage: { input_tokens: 4, cost: '0.000001', currency: 'EUR' } }],
      ['approval.decided', { approval_id: 'a' }],
      ['tool.call.failed', { call_id: 'm', run_id: 'other', outcome: { status: 'failure', code: 'x' } }],
      ['run.completed', { usage: { input_tokens: 7 } }],
    );
    expect(frames.map(({ state }) => [state.open_calls.map(({ call_id }) => call_id), state.open_approvals])).toEqual([
      [['m'], []],
      [[], []],
      [['m'], []],
      [['m'], ['a']],
      [['m'], ['a']],
      [['m'], []],
      [[], []],
      [[], []],
    ]);
    expect(frames.at(-1)?.state).toMatchObject({
      usage: { input_tokens: 7, cost: [{ currency: 'EUR', amount: '0.300001000000' }] },
      last_outcome: { event_id: 'e6', status: 'failure', code: 'x' },
    });
    expect(
      frames.map(({ frame, elapsed_ms, since_start_ms }) => [frame, elapsed_ms, since_start_ms]).slice(0, 3),
    ).toEqual([
      [1, null, 0],
      [2, 1_000, 1_000],
      [3, 1_000, 2_000],
    ]);
  });

  test('what came late was not known then, nor was what it says', () => {
    const policy = (version: string) => ({ policy_set: 'p', version });
    const frames = framesOf(
      ['policy.evaluated', { observed_at: clock(0), policy_context: policy('1') }],
      ['policy.evaluated', { observed_at: clock(30), policy_context: policy('2') }],
      ['tool.call.requested', { observed_at: clock(2), call_id: 'c' }],
      ['tool.call.completed', { observed_at: clock(40), call_id: 'c' }],
    );
    expect(
      frames.map(({ known_then }) => [known_then.events, known_then.not_yet.event_ids, known_then.policy?.version]),
    ).toEqual([
      [1, [], '1'],
      [2, [], '2'],
      [2, ['e1'], '1'],
      [4, [], '2'],
    ]);
    expect(frames.map(({ late_by_ms }) => late_by_ms)).toEqual([0, 29_000, 0, 37_000]);
  });
  test('a whole import that was observed backwards', () => {
    const frames = framesOf(
      ...Array.from(
        { length: 5_000 },
        (_, n) =>
          [
            'step.planned',
            { observed_at: `2026-11-23T00:${String(59 - Math.floor(n / 100)).padStart(2, '0')}:00.000000Z` },
          ] as const,
      ),
    );
    expect(frames.at(-1)?.known_then).toMatchObject({ events: 100, not_yet: { count: 4_900 } });
    expect(frames.at(-1)?.known_then.not_yet.event_ids).toHaveLength(20);
  });
});
