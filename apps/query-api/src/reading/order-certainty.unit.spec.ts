import { isAheadRecord } from './list-answer.ts';
import { contradicts, instantOf, tied } from './order-certainty.ts';

const at = (occurred_at: number, stream_id: string, time_basis = 'source', time_precision_us = 1) =>
  instantOf({ occurred_at, stream_id, time_basis, time_precision_us });

describe('order', () => {
  test.each([
    ['exact times a microsecond apart', at(1, 'a'), at(2, 'b'), false],
    ['equal exact times: the clocks say so', at(1, 'a'), at(1, 'b'), false],
    ['a second that holds the other', at(1_000_000, 'a', 'source', 1_000_000), at(1_900_000, 'b'), true],
    ['a second that ended', at(1_000_000, 'a', 'source', 1_000_000), at(2_000_000, 'b'), false],
    ['the coarse one behind', at(1_000_000, 'a'), at(1_500_000, 'b', 'source', 1_000_000), false],
    ['equal assigned times', at(1, 'a', 'assigned'), at(1, 'b'), true],
    ['assigned a moment apart', at(1, 'a', 'assigned'), at(2, 'b'), false],
    ['one stream numbers its events', at(1, 'a', 'assigned', 1_000_000), at(1, 'a', 'assigned', 1_000_000), false],
  ])('%s', (_name, one, other, uncertain) => {
    expect(tied(one, other)).toBe(uncertain);
    expect(tied(other, one)).toBe(uncertain);
  });
  test('an effect before its cause contradicts the clock', () => {
    const key = (occurred_at: number, event_id: string) => ({ occurred_at, stream_id: 's', seq: 1, event_id });
    expect(contradicts(key(1, 'effect'), key(2, 'cause'))).toBe(true);
    expect(contradicts(key(2, 'effect'), key(1, 'cause'))).toBe(false);
    expect(contradicts(key(2, 'effect'), undefined)).toBe(false);
  });
});

describe('a clock that is ahead', () => {
  const minutes = (count: number): string => `2026-11-22T06:${String(count).padStart(2, '0')}:00.000000Z`;
  test.each([
    [minutes(20), minutes(0), true],
    ['2026-11-22T06:10:00.000001Z', minutes(0), true],
    [minutes(10), minutes(0), false],
    [minutes(0), minutes(20), false],
    ['', minutes(0), false],
  ])('occurred %s, observed %s: %s', (occurred_at, observed_at, ahead) => {
    expect(isAheadRecord({ occurred_at, observed_at })).toBe(ahead);
  });
});
