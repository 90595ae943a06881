import { paceOf } from './pace.ts';

const at = (seconds: number, rows: number) => ({ seconds, rows });

test('rows a second while it flows leave out the start, and what the first block brought', () => {
  const pace = paceOf([at(1, 0), at(5, 100), at(6, 200), at(7, 300)]);
  expect(pace).toEqual({ flowing: 100, whole: 300 / 7, stalls: [], first_rows_s: 5 });
});

test('a stall is told apart and not in the pace of the flow; the whole has it', () => {
  const pace = paceOf([at(1, 100), at(2, 200), at(3, 300), at(123, 400), at(124, 500)]);
  expect(pace.stalls).toEqual([120]);
  expect(pace.flowing).toBe(400 / 3);
  expect(pace.whole).toBe(500 / 124);
});

test('who always rests long between blocks does not stand still, but is slow', () => {
  const pace = paceOf([at(10, 100), at(30, 200), at(50, 300), at(70, 400)]);
  expect(pace.stalls).toEqual([]);
  expect(pace.flowing).toBe(5);
});

test('a single block has no flow', () => {
  expect(paceOf([at(4, 100)])).toEqual({ flowing: NaN, whole: 25, stalls: [], first_rows_s: 4 });
  expect(paceOf([at(1, 0)]).whole).toBeNaN();
});
