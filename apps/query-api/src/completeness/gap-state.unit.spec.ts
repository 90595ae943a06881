import fc from 'fast-check';
import { type DeclaredGap, gapStates, type Hole, missingNumbers } from './gap-state.ts';

const gap = (from_seq: number | null, to_seq: number | null, closed = false, stream_id = 's'): DeclaredGap => ({
  stream_id,
  from_seq,
  to_seq,
  kind: 'not_acknowledged',
  cause: 'x',
  declared_at: 'then',
  declared_by: `g${from_seq}`,
  closed_at: closed ? 'later' : null,
});
const hole = (from_seq: number, to_seq: number, stream_id = 's', young = false): Hole => ({
  stream_id,
  from_seq,
  to_seq,
  noticed_at: 'now',
  young,
});
const young = (from_seq: number, to_seq: number): Hole => hole(from_seq, to_seq, 's', true);
const told = (declared: readonly DeclaredGap[], holes: readonly Hole[], last = 100) =>
  gapStates(declared, holes, new Map([['s', last]])).map(({ from_seq, to_seq, status, missing, declared_by }) => [
    from_seq,
    to_seq,
    status,
    missing,
    declared_by.length,
  ]);

describe('gaps', () => {
  test.each([
    ['declared and missing', [gap(2, 4)], [hole(2, 4)], [[2, 4, 'missing', 3, 1]]],
    ['declared, and a part arrived', [gap(2, 6)], [hole(3, 4)], [[2, 6, 'missing', 2, 1]]],
    ['declared, and all arrived', [gap(2, 4)], [], [[2, 4, 'arrived', 0, 1]]],
    ['declared and closed', [gap(2, 4, true)], [], [[2, 4, 'closed', 0, 1]]],
    [
      'closed, and missing all the same',
      [gap(2, 4, true)],
      [hole(2, 4)],
      [
        [2, 4, 'closed', 0, 1],
        [2, 4, 'missing', 3, 0],
      ],
    ],
    ['nobody declared it', [], [hole(7, 7)], [[7, 7, 'missing', 1, 0]]],
    [
      'a hole around a declared gap',
      [gap(4, 5)],
      [hole(2, 8)],
      [
        [2, 3, 'missing', 2, 0],
        [4, 5, 'missing', 2, 1],
        [6, 8, 'missing', 3, 0],
      ],
    ],
    ['young, and nobody declared it', [], [young(7, 7)], []],
    ['young, and declared', [gap(2, 4)], [young(2, 6)], [[2, 4, 'missing', 3, 1]]],
    ['behind everything that was seen', [gap(101, 102)], [], [[101, 102, 'unverified', 2, 1]]],
    ['which numbers is not known', [gap(null, null)], [], [[null, null, 'unverified', null, 1]]],
    [
      'of another stream',
      [gap(2, 4, false, 't')],
      [hole(2, 4)],
      [
        [2, 4, 'missing', 3, 0],
        [2, 4, 'unverified', 3, 1],
      ],
    ],
  ] as const)('%s', (_name, declared, holes, expected) => expect(told(declared, holes)).toEqual(expected));

  test('numbers of young holes count where they are declared', () => {
    expect([...missingNumbers([gap(2, 4), gap(9, 9, true)], [young(2, 6), young(9, 9), hole(20, 21)])]).toEqual([
      ['s', 5],
    ]);
    expect([...missingNumbers([], [young(2, 6)])]).toEqual([]);
  });

  test('every missing number is told exactly once, or by every gap that was declared over it', () => {
    const range = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 5 }))
      .map(([from, more]) => [from, from + more] as const);
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 6 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 50 })),
        (ranges, absent) => {
          const holes = [...absent]
            .sort((a, b) => a - b)
            .reduce<Hole[]>((all, seq) => {
              const last = all.at(-1);
              return last?.to_seq === seq - 1
                ? [...all.slice(0, -1), hole(last.from_seq, seq)]
                : [...all, hole(seq, seq)];
            }, []);
          const states = gapStates(
            ranges.map(([from, to]) => gap(from, to)),
            holes,
            new Map([['s', 60]]),
          );
          for (let seq = 1; seq <= 50; seq += 1) {
            const covering = states.filter(
              ({ from_seq, to_seq, status }) => status === 'missing' && (from_seq ?? 0) <= seq && seq <= (to_seq ?? 0),
            );
            const declared = ranges.some(([from, to]) => from <= seq && seq <= to);
            if (!absent.includes(seq)) expect(covering.every(({ declared_by }) => declared_by.length > 0)).toBe(true);
            else if (declared)
              expect([covering.length > 0, covering.every(({ declared_by }) => declared_by.length > 0)]).toEqual([
                true,
                true,
              ]);
            else expect(covering.map(({ declared_by }) => declared_by)).toEqual([[]]);
          }
        },
      ),
    );
  });
});
