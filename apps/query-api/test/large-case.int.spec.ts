import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const EVENTS = 200_000;
/** Far above what it takes here, far below what a scan of everything for every page would. */
const PAGE_MS = 10_000;

describe('a case of 200,000 events, each of a run of its own', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    // Made in the engine: what is tested is reading. Views fan out as they do behind the projector.
    await events.client.command({
      query: `INSERT INTO ${events.generation}.events (kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, schema_id,
        record_hash, event_id, event_type, tenant_id, occurred_at, observed_at, time_basis, time_precision_us,
          evidence_grade, stream_id, seq, seq_origin, run_id, call_id, phase, \`source.system\`, \`actor.type\`, \`actor.id\`,
          case_refs, object_refs, fact_hash)
        SELECT 'audit.activity.v1', 0, number, toDateTime64('2026-11-22 06:00:00.000', 3, 'UTC'), 1,
        toFixedString(leftPad(toString(number), 32, '0'), 32), concat('e', toString(number)), 'tool.call.completed', 'default',
          toDateTime64('2026-11-22 06:00:00', 6, 'UTC') + toIntervalMillisecond(number * 10),
          toDateTime64('2026-11-22 07:00:00', 6, 'UTC'), 'source', 1,
          'self_reported', 's', number + 1, 'collector', concat('run ', toString(intDiv(number, 10))), toString(number),
          'effect', 'agent-runtime', 'agent', 'bot',
          [('desk', 'ticket', 'huge', '')], [('erp', '', 'order', 'huge', 'read', '', '')],
          toFixedString(leftPad(toString(number), 32, '0'), 32)
        FROM numbers(${EVENTS})`,
    });
    await events.projected({ 'audit.activity.v1': [EVENTS] });
  }, 240_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  const timed = async (url: string): Promise<Json> => {
    const begun = Date.now();
    const { status, body } = await api.get(url);
    expect([url, status, Date.now() - begun < PAGE_MS]).toEqual([url, 200, true]);
    return body;
  };

  test.each(['/v1/cases/desk:huge/timeline', '/v1/objects/erp/order/huge/timeline'])(
    '%s: pages from the front, from the middle and with a cap that is said',
    async (path) => {
      const first = await timed(`${path}?limit=1000`);
      expect([
        first.total,
        first.has_more,
        first.data.length,
        first.data[0].event_id,
        first.data[999].event_id,
      ]).toEqual([{ at_least: 10_000 }, true, 1_000, 'e0', 'e999']);
      const second = await timed(`${path}?limit=1000&cursor=${first.next_cursor}`);
      expect([second.total, second.data[0].event_id, second.data[999].event_id]).toEqual([
        { at_least: 10_000 },
        'e1000',
        'e1999',
      ]);
      // 1,500 seconds in: event 150,000.
      const middle = await timed(`${path}?limit=3&from=2026-11-22T06:25:00Z`);
      expect(middle.data.map(({ event_id }: Json) => event_id)).toEqual(['e150000', 'e150001', 'e150002']);
      const end = await timed(`${path}?from=2026-11-22T06:33:19.980Z`);
      expect([end.total, end.has_more, end.data.map(({ event_id }: Json) => event_id)]).toEqual([
        2,
        false,
        ['e199998', 'e199999'],
      ]);
      const none = await timed(`${path}?event_type=run.failed`);
      expect([none.total, none.data]).toEqual([0, []]);
    },
    120_000,
  );

  test('an event in the middle is found with its neighbours', async () => {
    const around = await timed('/v1/events/e100000/context?scope=case&before_s=0&after_s=0');
    expect(around.data.map(({ event_id }: Json) => event_id)).toEqual(['e100000']);
    expect((await timed('/v1/resolve?q=huge')).data.map(({ kind, name }: Json) => [kind, name.id])).toEqual(
      expect.arrayContaining([
        ['case', 'huge'],
        ['object', 'huge'],
      ]),
    );
  }, 60_000);
});
