import fc from 'fast-check';
import { type Copies, type FindCopies, readPage, type ReadKeys } from './one-row-per-event.ts';
import { compareSortKeys, compareText, type KeyRow, type LogPosition, positionText } from './sort-key.ts';

/**
 * A log record as the model sees it: an event id with its time and number, at a place, naming the entity in some roles.
 */
interface Model {
  readonly connector: string;
  readonly event_id: string;
  readonly occurred_at: number;
  readonly stream_id: string;
  readonly seq: number;
  readonly partition: number;
  readonly fact: number;
  readonly roles: readonly string[];
  /** Inserted again after a crash: the same record, several table rows. */
  readonly inserts: number;
}

type Placed = Model & LogPosition & { readonly timestamp: number };

const model: fc.Arbitrary<readonly Model[]> = fc.array(
  fc.record({
    connector: fc.constantFrom('p', 'q'),
    event_id: fc.constantFrom('a', 'b', 'c', 'd', 'ü', '\u{1f600}', '\uffff'),
    occurred_at: fc.integer({ min: 0, max: 4 }),
    stream_id: fc.constantFrom('s', 't'),
    seq: fc.integer({ min: 1, max: 3 }),
    partition: fc.integer({ min: 0, max: 2 }),
    fact: fc.integer({ min: 0, max: 1 }),
    // None: the copy names another entity, so the list has no row of it.
    roles: fc.uniqueArray(fc.constantFrom('actor', 'subject', 'approver'), { maxLength: 3 }),
    inserts: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 40 },
);

/** Kafka's part: offsets are dense per partition; broker times may stand against the offsets of other partitions. */
function place(records: readonly Model[], skew: number): readonly Placed[] {
  const next = new Map<number, number>();
  return records.map((record, index) => {
    const offset = next.get(record.partition) ?? 0;
    next.set(record.partition, offset + 1);
    // A stream's name begins with its connector's.
    return {
      ...record,
      stream_id: `${record.connector}/${record.stream_id}`,
      topic: 'audit.activity.v1',
      offset,
      timestamp: index * 10 + record.partition * skew,
    };
  });
}

const byLog = (a: Placed, b: Placed): number =>
  a.timestamp - b.timestamp || a.partition - b.partition || a.offset - b.offset;

const keyOf = ({ connector, event_id }: Model): string => `${connector}:${event_id}`;

/**
 * The rule itself, in so many words: of each connector's event the first record by log order, if that one is in the
 * list; beside it, of each fact that contradicts it the first record.
 */
function expected(records: readonly Placed[], direction: 1 | -1 = 1): unknown[] {
  return [...new Set(records.map(keyOf))]
    .flatMap((key) => {
      const copies = records.filter((record) => keyOf(record) === key).sort(byLog);
      const firsts = copies.filter(({ fact }, at) => copies.findIndex((one) => one.fact === fact) === at);
      return firsts.map((record, at) => ({ record, copies, contradicts: at > 0 ? firsts[0] : undefined }));
    })
    .filter(({ record }) => record.roles.length > 0)
    .sort((a, b) => direction * compareSortKeys(a.record, b.record) || byLog(a.record, b.record))
    .map(({ record, copies, contradicts }) => ({
      place: positionText(record),
      roles: [...record.roles].sort(),
      duplicates: copies.length - 1,
      conflict: new Set(copies.map(({ fact }) => fact)).size > 1,
      contradicts: contradicts === undefined ? null : positionText(contradicts),
    }));
}

function tableOf(records: readonly Placed[], after: KeyRow | null, direction: 1 | -1): readonly KeyRow[] {
  const rows = records.flatMap((record): KeyRow[] =>
    record.roles.flatMap((role) =>
      Array.from({ length: record.inserts }, () => ({
        occurred_at: record.occurred_at,
        stream_id: record.stream_id,
        seq: record.seq,
        event_id: record.event_id,
        event_key: keyOf(record),
        role,
        topic: record.topic,
        partition: record.partition,
        offset: record.offset,
        time_basis: 'source',
        time_precision_us: 1,
      })),
    ),
  );
  const whole = (a: KeyRow, b: KeyRow): number =>
    direction *
    (compareSortKeys(a, b) ||
      compareText(a.role, b.role) ||
      compareText(a.topic, b.topic) ||
      a.partition - b.partition ||
      a.offset - b.offset);
  return rows.sort(whole).filter((row) => after === null || whole(row, after) > 0);
}

function copiesIn(records: readonly Placed[]): FindCopies {
  return (from, to) => {
    const [low, high] = compareSortKeys(from, to) <= 0 ? [from, to] : [to, from];
    const ids = new Set(
      records
        .filter(
          (record) =>
            record.roles.length > 0 && compareSortKeys(record, low) >= 0 && compareSortKeys(record, high) <= 0,
        )
        .map(keyOf),
    );
    return Promise.resolve(
      new Map(
        [...ids].map((id): [string, Copies] => {
          const copies = records.filter((record) => keyOf(record) === id).sort(byLog);
          const facts = copies.filter(({ fact }, at) => copies.findIndex((one) => one.fact === fact) === at);
          return [
            id,
            {
              first: copies[0] as Placed,
              contradictions: facts.slice(1),
              duplicates: copies.length - 1,
              conflict: new Set(copies.map(({ fact }) => fact)).size > 1,
            },
          ];
        }),
      ),
    );
  };
}

async function pagesOf(
  records: readonly Placed[],
  limit: number,
  maxScanned: number,
  direction: 1 | -1,
): Promise<{ rows: unknown[]; pages: number; sizes: number[] }> {
  const rows: unknown[] = [];
  const sizes: number[] = [];
  let after: KeyRow | null = null;
  for (let pages = 1; ; pages += 1) {
    const start: KeyRow | null = after;
    // A cursor names an event, so every row of that event is behind it.
    const rest = (last: KeyRow | null): readonly KeyRow[] =>
      tableOf(records, last, direction).filter((row) => start === null || direction * compareSortKeys(row, start) > 0);
    const readKeys: ReadKeys = (last, count) => Promise.resolve(rest(last).slice(0, count));
    const page = await readPage(readKeys, copiesIn(records), { limit, maxScanned, contradictions: true });
    rows.push(
      ...page.rows.map(({ key, roles, copies, contradicts }) => ({
        place: positionText(key),
        roles: [...roles].sort(),
        duplicates: copies.duplicates,
        conflict: copies.conflict,
        contradicts: contradicts === null ? null : positionText(contradicts),
      })),
    );
    sizes.push(page.rows.length);
    if (page.next === null) return { rows, pages, sizes };
    if (pages > 500) throw new Error('paging does not end');
    after = page.next as KeyRow;
  }
}

describe('one row per event', () => {
  test('pages of any size, joined, are the list that the rule describes', async () => {
    await fc.assert(
      fc.asyncProperty(
        model,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: -25, max: 25 }),
        fc.constantFrom<1 | -1>(1, -1),
        async (records, limit, skew, direction) => {
          const placed = place(records, skew);
          const { rows, sizes } = await pagesOf(placed, limit, 100_000, direction);
          expect(rows).toEqual(expected(placed, direction));
          // Without a cap every page but the last is full; what contradicts its last event under the same key is with it.
          expect(sizes.slice(0, -1).every((size) => size >= limit && size <= limit + 1)).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });
  test('with the smallest bound on what a page looks at, pages are shorter and the list is the same', async () => {
    await fc.assert(
      fc.asyncProperty(model, fc.integer({ min: 1, max: 9 }), async (records, limit) => {
        const placed = place(records, 0);
        expect((await pagesOf(placed, limit, 1, 1)).rows).toEqual(expected(placed));
      }),
    );
  });
  test('a flood of copies of one event ends, and says that it was cut short', async () => {
    const one: Model = {
      connector: 'p',
      event_id: 'a',
      occurred_at: 1,
      stream_id: 's',
      seq: 1,
      partition: 0,
      fact: 0,
      roles: ['actor'],
      inserts: 1,
    };
    const flood = place(
      Array.from({ length: 3_000 }, (_, index) => ({ ...one, seq: index + 1 })),
      0,
    );
    const readKeys: ReadKeys = (last, count) => Promise.resolve(tableOf(flood, last, 1).slice(0, count));
    const page = await readPage(readKeys, copiesIn(flood), { limit: 10, maxScanned: 500 });
    expect(page).toMatchObject({ capped: true, rows: [{ copies: { duplicates: 2_999 } }] });
    expect(page.next).toMatchObject({ event_id: 'a' });
  });
  test('lists without contradictions have the events alone', async () => {
    await fc.assert(
      fc.asyncProperty(model, async (records) => {
        const placed = place(records, 0);
        const readKeys: ReadKeys = (last, count) => Promise.resolve(tableOf(placed, last, 1).slice(0, count));
        const page = await readPage(readKeys, copiesIn(placed), { limit: 1_000, maxScanned: 100_000 });
        const events = expected(placed).filter((row) => (row as { contradicts: unknown }).contradicts === null);
        expect(page.rows.map(({ key }) => positionText(key))).toEqual(
          events.map((row) => (row as { place: string }).place),
        );
      }),
    );
  });
});
