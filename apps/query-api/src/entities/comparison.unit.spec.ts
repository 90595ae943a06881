import { type GivenRow, rowsOf } from '../runs/testdata/rows.ts';
import { second } from './testdata/times.ts';
import { comparisonOf } from './comparison.ts';

type Given = GivenRow;
const candidates = [
  { call_id: 'b', provider: 'local', model: 'm2', position: 2, status: 'shown' as const },
  { call_id: 'a', provider: 'openai', model: 'm1', position: 1, status: 'shown' as const },
  { call_id: 'z', provider: 'slow', model: 'm3', position: 3, status: 'failed' as const },
];
const call = (call_id: string, provider: string): Given[] => [
  ['model.call.requested', { call_id, model: { provider } }],
  ['model.call.completed', { call_id, model: { provider } }],
];
const started: Given = [
  'interaction.comparison.started',
  { comparison: { comparison_id: 'x', candidates }, details: { blind: 'true' }, actor: { type: 'human', id: 'p_r' } },
];
const selected = (chosen_call_id: string): Given => [
  'interaction.response.selected',
  { comparison: { comparison_id: 'x', chosen_call_id }, actor: { type: 'human', id: 'p_r' } },
];
const comparison = (...events: Given[]) => comparisonOf('x', rowsOf(...events));

describe('a comparison', () => {
  test('candidates as shown, providers as called, the choice and after how long', () => {
    const answer = comparison(
      ...call('b', 'local'),
      ...call('a', 'openai'),
      started,
      selected('a'),
      ['artifact.produced', { artifact: { artifact_id: 'doc', produced_by_call_id: 'a' } }],
      ['content.exported', { artifact: { artifact_id: 'doc', destination: 'drive' } }],
      ['content.exported', { artifact: { artifact_id: 'other', destination: 'usb' } }],
    );
    expect(answer.candidates.map(({ call_id, chosen, status }) => [call_id, chosen, status])).toEqual([
      ['a', true, 'shown'],
      ['b', false, 'shown'],
      ['z', false, 'failed'],
    ]);
    expect(answer).toMatchObject({
      blind: true,
      providers: ['local', 'openai'],
      compared_before_choosing: 'yes',
      selection: { provider: 'openai', model: 'm1', at: second(5), after_ms: 1_000, by: { id: 'p_r' } },
    });
    expect(answer.moves.map(({ kind, destination }) => [kind, destination])).toEqual([['exported', 'drive']]);
  });
  test.each<[string, Given[], string]>([
    ['no choice', [...call('a', 'openai'), started], 'no_choice'],
    [
      'chosen before they were put side by side',
      [...call('a', 'openai'), ...call('b', 'local'), selected('a'), started],
      'no',
    ],
    [
      'chosen before the second answer was there',
      [...call('a', 'openai'), started, selected('a'), ...call('b', 'local')],
      'no',
    ],
    ['the start is not on record', [selected('a')], 'unknown'],
    ['only the comparison knows of the calls', [started, selected('a')], 'yes'],
  ])('%s', (_name, events, expected) => expect(comparison(...events).compared_before_choosing).toBe(expected));
  test('the last choice counts', () =>
    expect(comparison(started, selected('a'), selected('b')).selection?.chosen_call_id).toBe('b'));
});
