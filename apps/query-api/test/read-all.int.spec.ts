import { readAll, readParts } from '../src/reading/read-all.ts';
import { type ListOf } from '../src/reading/list-question.ts';
import { readRows } from '../src/reading/list-answer.ts';
import { standAt } from '../src/reading/standpoint.ts';
import { tableOf } from '../src/reading/list-question.ts';
import { listReads } from '../src/store/list-reads.ts';
import { sql, tableName } from '../src/store/sql.ts';
import { openGeneration, type TestGeneration } from './support/generation.ts';

/** More than two parts, with copies, and every second time coarse, so that neighbours of two streams are in ties. */
const EVENTS = 4_500;

describe('all rows of a list', () => {
  let events: TestGeneration;
  beforeAll(async () => {
    events = await openGeneration();
    const one = (n: number) => ({
      event_id: `e${n}`,
      seq: n + 1,
      stream_id: `s/${n % 3}`,
      time_precision_us: n % 2 === 0 ? 1_000_000 : 1,
      occurred_at: new Date(Date.UTC(2026, 10, 22, 6) + n * 500).toISOString().replace('Z', '000Z'),
    });
    const records = Array.from({ length: EVENTS }, (_, n) => ({ event: one(n), place: { offset: n } }));
    const copies = Array.from({ length: 300 }, (_, n) => ({ event: one(n * 15), place: { offset: EVENTS + n } }));
    await events.insert([...records, ...copies]);
    await events.projected({ 'audit.activity.v1': [EVENTS + 300] });
  }, 120_000);
  afterAll(() => events?.close());

  const list = (): ListOf => ({
    table: tableName(events.generation, 'events'),
    which: sql`true`,
    role: null,
    direction: 'asc',
    caps: [],
  });

  test('parts are the same as one long page, neighbours over their borders included', async () => {
    const { context, asOf } = await standAt(events.run, events.generation, 'default', undefined);
    const { rows, capped } = await readAll(context, list());
    const whole = await readRows(listReads(context, tableOf(context, list(), { from: null, to: null })), {
      limit: EVENTS + 1,
      asOf,
      binding: '',
      cursor: null,
      withRoles: false,
    });
    expect([rows.length, capped]).toEqual([EVENTS, false]);
    expect(rows).toEqual(whole.data);
    expect(rows.some((row) => row['order_uncertain'] === true)).toBe(true);
    expect(rows.filter((row) => row['duplicates'] === 1)).toHaveLength(300);
  }, 120_000);

  test('a cap cuts and says so, and one that is just enough does not', async () => {
    const { context } = await standAt(events.run, events.generation, 'default', undefined);
    expect(await readAll(context, list(), { cap: EVENTS })).toMatchObject({ capped: false });
    const { rows, capped } = await readAll(context, list(), { cap: 2_500 });
    expect([rows.length, rows.at(-1)?.['event_id'], capped]).toEqual([2_500, 'e2499', true]);
    const sizes: number[] = [];
    for await (const part of readParts(context, list(), { cap: 2_500 })) sizes.push(part.rows.length);
    expect(sizes).toEqual([2_000, 500]);
  }, 120_000);
});
