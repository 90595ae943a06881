import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { type TestEvent } from './support/event-rows.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const at = (minute: number): string => `2026-11-22T06:${String(minute).padStart(2, '0')}:00.000000Z`;
const told = (gaps: readonly Json[]) =>
  gaps.map(({ from_seq, to_seq, status, missing }) => [from_seq, to_seq, status, missing]);
const sap = {
  source: { system: 'sap', connector_id: 'sap-1' },
  stream_id: 'sap-1/a',
  actor: { type: 'agent', id: 'bot' },
};

describe('completeness as of a vector', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  let offset = 0;
  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  const arrive = async (day: number, ...arriving: readonly TestEvent[]): Promise<void> => {
    await events.insert(
      arriving.map((event) => ({
        event: { ...sap, ...event },
        place: { offset: offset++, timestamp_ms: Date.UTC(2026, 10, day) },
      })),
    );
    await events.projected({ 'audit.activity.v1': [offset] });
  };
  const asked = async (more = ''): Promise<Json> => (await api.get(`/v1/completeness?stream_id=sap-1/a${more}`)).body;

  test('what was declared is missing however new it is, what nobody declared once it has had its time; the same as_of says the same', async () => {
    await arrive(
      23,
      { event_id: 's1', seq: 1, occurred_at: at(0) },
      { event_id: 's4', seq: 4, occurred_at: at(1) },
      {
        event_id: 'g',
        event_type: 'collector.gap.detected',
        stream_id: 'collector/a',
        seq: 0,
        occurred_at: at(2),
        gap: { stream_id: 'sap-1/a', from_seq: 2, to_seq: 2, kind: 'not_acknowledged' },
      },
    );
    const first = await asked();
    expect([told(first.gaps), first.totals.missing_numbers, first.streams[0].missing, first.no_known_gaps]).toEqual([
      [[2, 2, 'missing', 1]],
      1,
      1,
      false,
    ]);
    await arrive(24, { event_id: 's5', seq: 5, occurred_at: at(3) });
    const later = await asked();
    expect([told(later.gaps), later.totals.missing_numbers]).toEqual([
      [
        [2, 2, 'missing', 1],
        [3, 3, 'missing', 1],
      ],
      2,
    ]);
    // The log's end, and how far the tables are from it, are of now.
    expect({ ...(await asked(`&as_of=${first.as_of}`)), projected: null }).toEqual({ ...first, projected: null });
    expect({ ...(await asked(`&as_of=${later.as_of}`)), projected: null }).toEqual({ ...later, projected: null });
  });

  test('a timeline counts what is missing of a declared gap, and shows none of which all came', async () => {
    const declared = (event_id: string, from_seq: number, to_seq: number): TestEvent => ({
      event_id,
      event_type: 'collector.gap.detected',
      stream_id: 'collector/a',
      seq: 0,
      occurred_at: at(9),
      gap: { stream_id: 'parts/a', from_seq, to_seq, kind: 'not_acknowledged' },
    });
    const parts = [1, 2, 4, 6, 7, 8].map((seq): TestEvent => ({
      event_id: `p${seq}`,
      stream_id: 'parts/a',
      seq,
      occurred_at: at(10 + seq),
      case_refs: [{ system: 'helpdesk', type: 'ticket', id: 'parts', role: '' }],
    }));
    await arrive(25, ...parts, declared('some came', 3, 5), declared('all came', 7, 8));
    const { body } = await api.get('/v1/cases/helpdesk:parts/timeline');
    expect(body.data.filter(({ row_kind }: Json) => row_kind === 'gap')).toMatchObject([
      { event_id: 'some came', missing: 2, gap: { from_seq: 3, to_seq: 5 } },
    ]);
    expect(body.completeness.gaps).toMatchObject({ count: 1, listed: [{ event_id: 'some came', missing: 2 }] });
  });
});
