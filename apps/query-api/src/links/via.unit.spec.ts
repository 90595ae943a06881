import { rowsOf } from '../runs/testdata/rows.ts';
import { runOf } from '../runs/row.ts';
import { type ActiveLink } from './active-link.ts';
import { besideSpans } from './beside-spans.ts';
import { dressing } from './via.ts';

const link = (
  link_id: string,
  from_key: string,
  to_key: string,
  known_at = '2026-11-22T08:00:00.000000Z',
): ActiveLink => ({
  link_id,
  kind: 'trace_run',
  from_kind: '',
  from_key,
  from_issuer: '',
  to_kind: '',
  to_key,
  to_issuer: '',
  basis: 'rule',
  rule_id: '',
  confidence: null,
  event_id: '',
  asserted_at: known_at,
  known_at,
});
const outside = { run_id: undefined };
const traces = new Map([
  ['t', { run: 'r', links: [link('T2', 't', 'r'), link('T1', 't', 'r', '2026-11-22T07:00:00.000000Z')] }],
]);

describe('rows that only links lead to', () => {
  const rows = rowsOf(
    ['run.started'],
    ['approval.decided', { ...outside, approval_id: 'own' }],
    ['model.call.requested', { ...outside, trace_id: 't', effect_id: 'f' }],
    ['approval.decided', { ...outside, effect_id: 'f' }],
    ['object.change.confirmed', { run_id: 'batch' }],
    ['object.changed', { run_id: 'other', trace_id: 't' }],
  );
  const dress = dressing({
    own: ({ run_id }) => run_id === 'r',
    sharing: new Set([':e1']),
    traces,
    besideSpans: new Set([':e3']),
    confirmations: { ids: new Set([':e4']), links: [link('C', ':e0', ':e4')] },
  });
  test("say by which, and since when that is known; they stay their own run's", () => {
    expect(rows.map(dress).map((row) => [row.via, runOf(row), row.linked_at])).toEqual([
      [undefined, 'r', undefined],
      [undefined, '', undefined],
      [['T1', 'T2'], 'r', '2026-11-22T07:00:00.000000Z'],
      [['T1', 'T2'], '', '2026-11-22T07:00:00.000000Z'],
      [['C'], '', '2026-11-22T08:00:00.000000Z'],
      [undefined, 'other', undefined],
    ]);
  });
  test("what shares an id with spans alone is there by the spans' link; what shares one with the run is not", () => {
    const found = rowsOf(
      ['tool.call.requested', { decision_id: 'd' }],
      ['policy.evaluated', { ...outside, decision_id: 'd', approval_id: 'a' }],
      ['approval.decided', { ...outside, approval_id: 'a' }],
      ['model.call.requested', { ...outside, trace_id: 't', effect_id: 'f' }],
      ['object.changed', { ...outside, effect_id: 'f' }],
    );
    expect([...besideSpans(found, traces)]).toEqual([':e4']);
    expect([...besideSpans(found, new Map())]).toEqual([]);
  });
});
