import fc from 'fast-check';
import { type NestedRow } from './row-shape.ts';
import { type PlacedGap, withGapRows } from './gap-rows.ts';

const micros = (second: number): number => Date.UTC(2026, 10, 22, 6) * 1_000 + second * 1_000_000;
const row = (second: number, seq: number, stream_id = 's'): NestedRow => ({
  event_id: `e${second}`,
  occurred_at: new Date(micros(second) / 1_000).toISOString(),
  stream_id,
  seq,
});
const gap = (from_seq: number, before: number | null, after: number | null, stream_id = 's'): PlacedGap => ({
  gap: { event_id: `g${from_seq}`, stream_id, from_seq, to_seq: from_seq, kind: 'sequence', occurred_at: 'later' },
  before: before === null ? null : { event_id: `e${before}`, occurred_at: micros(before) },
  after: after === null ? null : { event_id: `e${after}`, occurred_at: micros(after) },
});
const whole = { after: null, lastPage: true, range: { from: null, to: null } };
const ids = (rows: readonly NestedRow[]) => rows.map(({ event_id }) => event_id);

describe('missing ranges as rows', () => {
  const rows = [row(1, 1), row(3, 5), row(5, 9)];
  test.each([
    ['behind the record before it', [gap(2, 1, 3)], ['e1', 'g2', 'e3', 'e5']],
    ['before the record after it', [gap(4, null, 3)], ['e1', 'g4', 'e3', 'e5']],
    ['behind a record of another list', [gap(3, 2, 4)], ['e1', 'g3', 'e3', 'e5']],
    ['behind the last', [gap(10, 5, 70)], ['e1', 'e3', 'e5', 'g10']],
    ['across the beginning', [gap(1, 0, 1)], ['g1', 'e1', 'e3', 'e5']],
    ['long before and long after: no row', [gap(1, -9, -8), gap(20, 60, 70)], ['e1', 'e3', 'e5']],
    ['nobody knows where', [gap(7, null, null)], ['e1', 'e3', 'e5']],
  ])('%s', (_name, gaps, expected) => expect(ids(withGapRows(rows, gaps, whole))).toEqual(expected));

  test('a gap row says which numbers are missing, between which events', () => {
    expect(withGapRows(rows, [gap(2, 1, 3)], whole)[1]).toMatchObject({
      row_kind: 'gap',
      gap: { from_seq: 2, to_seq: 2, stream_id: 's' },
      missing: 1,
      between: { before: 'e1', after: 'e3' },
    });
  });
  test('outside the range, or on an empty page: none', () => {
    expect(ids(withGapRows(rows, [gap(2, 1, 3)], { ...whole, range: { from: micros(2), to: null } }))).toEqual([
      'e1',
      'e3',
      'e5',
    ]);
    expect(withGapRows([], [gap(2, 1, 3)], whole)).toEqual([]);
  });
  test('page by page each gap is shown once, and as on one page', () => {
    const seconds = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 20 });
    const gaps = fc.uniqueArray(
      fc.tuple(
        fc.integer({ min: 1, max: 99 }),
        fc.option(fc.integer({ min: -5, max: 45 })),
        fc.integer({ min: 1, max: 9 }),
      ),
      { maxLength: 6, selector: ([seq]) => seq },
    );
    fc.assert(
      fc.property(seconds, gaps, fc.integer({ min: 1, max: 7 }), (drawn, holes, limit) => {
        const list = [...drawn]
          .sort((a, b) => a - b)
          .map((second) => row(second, second, second % 2 === 0 ? 's' : 't'));
        const placed = holes.map(([seq, before, later]) => gap(seq, before, before === null ? later : before + later));
        const pages: NestedRow[] = [];
        for (let at = 0; at < list.length; at += limit) {
          const last = list[at - 1];
          const after =
            last === undefined
              ? null
              : {
                  occurred_at: micros(drawn.slice().sort((a, b) => a - b)[at - 1] ?? 0),
                  stream_id: String(last['stream_id']),
                  seq: Number(last['seq']),
                  event_id: String(last['event_id']),
                };
          pages.push(
            ...withGapRows(list.slice(at, at + limit), placed, {
              ...whole,
              after,
              lastPage: at + limit >= list.length,
            }),
          );
        }
        expect(ids(pages)).toEqual(ids(withGapRows(list, placed, whole)));
      }),
    );
  });
});
