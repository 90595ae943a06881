import fc from 'fast-check';
import { compareSortKeys } from '../src/reading/sort-key.ts';
import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { type Place, type TestEvent } from './support/event-rows.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

interface LogRecord {
  readonly event: TestEvent & {
    readonly event_id: string;
    readonly occurred_at: string;
    readonly stream_id: string;
    readonly seq: number;
  };
  readonly place: Required<Place>;
  readonly inCase: boolean;
}

const START = Date.UTC(2026, 10, 22, 6);
const text = (micros: number): string =>
  `${new Date(START).toISOString().slice(0, 17)}${String(micros).padStart(2, '0')}.000000Z`;
const microsOf = (record: LogRecord): number => Date.parse(record.event.occurred_at) * 1_000;
const fileOrder = (a: LogRecord, b: LogRecord): number =>
  a.place.timestamp_ms - b.place.timestamp_ms ||
  (a.place.topic < b.place.topic ? -1 : a.place.topic > b.place.topic ? 1 : 0) ||
  a.place.partition - b.place.partition ||
  a.place.offset - b.place.offset;

/** Random logs with resends, changed resends, copies of another case, re-inserts, and broker clocks that disagree. */
function randomLog(seed: number): { records: LogRecord[]; inserted: LogRecord[] } {
  const pick = fc.sample(
    fc.record({
      id: fc.integer({ min: 0, max: 40 }),
      second: fc.integer({ min: 0, max: 9 }),
      stream: fc.constantFrom('import/1/a', 'import/1/ü', 'import/1/\u{1f600}', 'import/1/\uffff'),
      seq: fc.integer({ min: 1, max: 5 }),
      topic: fc.constantFrom('audit.activity.v1', 'audit.control.v1'),
      partition: fc.integer({ min: 0, max: 2 }),
      skew: fc.integer({ min: -40, max: 40 }),
      fact: fc.integer({ min: 0, max: 3 }),
      roles: fc.uniqueArray(fc.constantFrom('subject', 'related', ''), { minLength: 1, maxLength: 3 }),
      inCase: fc.boolean(),
      again: fc.integer({ min: 0, max: 3 }),
    }),
    { numRuns: 260, seed },
  );
  const offsets = new Map<string, number>();
  const records = pick.map((one, index): LogRecord => {
    const log = `${one.topic}/${one.partition}`;
    const offset = offsets.get(log) ?? 0;
    offsets.set(log, offset + 1);
    const inCase = one.inCase || one.id % 3 === 0;
    return {
      inCase,
      event: {
        event_id: `id ${one.id} ${'é'.repeat(one.id % 3)}`,
        occurred_at: text(one.second),
        stream_id: one.stream,
        seq: one.seq,
        fact: `${one.id} ${one.fact === 0 ? 'changed' : ''}`,
        case_refs: one.roles.map((role) => ({
          system: 'helpdesk',
          type: 'ticket',
          id: inCase ? 'the case' : 'another',
          role,
        })),
        run_id: `run/${one.id % 4}`,
      },
      place: { topic: one.topic, partition: one.partition, offset, timestamp_ms: START + index * 10 + one.skew },
    };
  });
  return { records, inserted: [...records, ...records.filter((_, index) => pick[index]?.again === 0)] };
}

/**
 * The rule in so many words: of each event the first record by log order, if that one names the case; and of each fact
 * that contradicts it the first record, if that one does.
 */
function expected(records: readonly LogRecord[]): object[] {
  return [...groupById(records).values()]
    .flatMap((unsorted) => {
      const copies = [...unsorted].sort(fileOrder);
      const firsts = copies.filter(
        ({ event }, at) => copies.findIndex((one) => one.event['fact'] === event['fact']) === at,
      );
      return firsts.map((record) => ({ first: record, copies, contradicts: record === copies[0] ? null : copies[0] }));
    })
    .filter(({ first }) => first.inCase)
    .sort((a, b) => compareSortKeys(keyOf(a.first), keyOf(b.first)) || fileOrder(a.first, b.first))
    .map(({ first, copies, contradicts }) => {
      return {
        event_id: first.event.event_id,
        kafka: placeOf(first),
        contradicts: contradicts ? placeOf(contradicts) : undefined,
        duplicates: copies.length - 1,
        conflict: new Set(copies.map(({ event }) => event['fact'])).size > 1,
        roles: (first.event['case_refs'] as { role: string }[])
          .map(({ role }) => role)
          .filter((role) => role !== '')
          .sort(),
      };
    });
}

const placeOf = ({ place: { topic, partition, offset } }: LogRecord) => ({ topic, partition, offset });
const isEvent = (row: object): boolean => (row as { contradicts?: object }).contradicts === undefined;

const keyOf = (record: LogRecord) => ({
  occurred_at: microsOf(record),
  stream_id: record.event.stream_id,
  seq: record.event.seq,
  event_id: record.event.event_id,
});

function groupById(records: readonly LogRecord[]): Map<string, LogRecord[]> {
  const groups = new Map<string, LogRecord[]>();
  for (const record of records)
    groups.set(record.event.event_id, [...(groups.get(record.event.event_id) ?? []), record]);
  return groups;
}

const vectorOf = (records: readonly LogRecord[]): Record<string, number[]> => {
  const vector: Record<string, number[]> = {};
  for (const { place } of records) {
    const offsets = (vector[place.topic] ??= [0, 0, 0]);
    offsets[place.partition] = Math.max(offsets[place.partition] ?? 0, place.offset + 1);
  }
  return vector;
};

const shown = (rows: readonly Json[]): object[] =>
  rows.map(({ event_id, kafka, contradicts, duplicates, conflict, roles }) => ({
    event_id,
    kafka,
    contradicts: contradicts?.kafka,
    duplicates,
    conflict,
    roles: [...roles].sort(),
  }));

describe('pages on the real engine', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  const seed = Number(process.env['PAGING_SEED'] ?? Date.now() % 1_000_000);
  const { records, inserted } = randomLog(seed);
  const half = records.slice(0, 130);

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    // In several inserts, so that re-inserts lie in parts of their own until a merge.
    for (let at = 0; at < inserted.length; at += 90) await events.insert(inserted.slice(at, at + 90));
    await events.projected(vectorOf(half));
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  const url = '/v1/cases/-/timeline?system=helpdesk&id=the%20case';
  const pages = async (
    limit: number,
    more = '',
    between: () => Promise<void> = () => Promise.resolve(),
  ): Promise<{ rows: Json[]; first: Json; count: number }> => {
    const rows: Json[] = [];
    let first: Json;
    let cursor = '';
    for (let count = 1; ; count += 1) {
      const { status, body } = await api.get(`${url}&limit=${limit}${more}${cursor}`);
      expect([status, body.detail]).toEqual([200, undefined]);
      first ??= body;
      rows.push(...body.data);
      expect(body.total).toBe(first.total);
      expect(body.as_of).toBe(first.as_of);
      if (!body.has_more) return { rows, first, count };
      // What contradicts the page's last event under the same key is with it.
      expect(body.data.length >= limit && body.data.length <= limit + 3).toBe(true);
      cursor = `&cursor=${body.next_cursor}`;
      await between();
    }
  };

  test(`a half-projected log shows its visible half, and one answer stays one answer while the rest arrives (seed ${seed})`, async () => {
    const seen = records.filter(({ place }) => place.offset < (vectorOf(half)[place.topic]?.[place.partition] ?? 0));
    let moved = false;
    const { rows, first, count } = await pages(7, '', async () => {
      if (!moved) await events.projected(vectorOf(records));
      moved = true;
    });
    expect(count).toBeGreaterThan(1);
    expect(shown(rows)).toEqual(expected(seen));
    expect(first.total).toBe(rows.filter(isEvent).length);
    const again = await pages(50, `&as_of=${first.as_of}`);
    expect(again.rows).toEqual(rows);
  }, 120_000);

  test.each([1_000, 6])(
    'pages of %d, joined, are the list that the rule describes',
    async (limit) => {
      const { rows, first } = await pages(limit);
      expect(shown(rows)).toEqual(expected(records));
      expect(first.total).toBe(rows.filter(isEvent).length);
    },
    240_000,
  );

  test('a search lists the same events both ways', async () => {
    const all = async (sort: string): Promise<Json[]> => {
      const rows: Json[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await api.post('/v1/search', {
          sort,
          limit: 9,
          case_refs: { system: 'helpdesk', id: 'the case' },
          cursor,
        });
        rows.push(...body.data);
        cursor = body.next_cursor ?? undefined;
      } while (cursor !== undefined);
      return rows;
    };
    const ids = expected(records)
      .filter(isEvent)
      .map((row) => (row as { event_id: string }).event_id);
    expect((await all('asc')).map((row) => row.event_id)).toEqual(ids);
    expect((await all('desc')).map((row) => row.event_id)).toEqual([...ids].reverse());
  }, 240_000);

  test('after the engine merged its parts, the answer is the same', async () => {
    const before = (await pages(100)).rows;
    await events.client.command({ query: `OPTIMIZE TABLE ${events.generation}.timelines FINAL` });
    await events.client.command({ query: `OPTIMIZE TABLE ${events.generation}.ids FINAL` });
    expect((await pages(100)).rows).toEqual(before);
  }, 120_000);
});
