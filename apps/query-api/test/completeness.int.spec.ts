import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { type TestEvent } from './support/event-rows.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const at = (minute: number): string => `2026-11-22T06:${String(minute).padStart(2, '0')}:00.000000Z`;
const told = (gaps: readonly Json[]) =>
  gaps.map(({ stream_id, from_seq, to_seq, status, missing }) => [stream_id, from_seq, to_seq, status, missing]);

describe('completeness', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;

  const sap = { source: { system: 'sap', connector_id: 'sap-1' }, stream_id: 'sap-1/a' };
  const crm = { source: { system: 'crm', connector_id: 'crm-1' }, stream_id: 'crm-1/a' };
  const gap = (event_id: string, event_type: string, from_seq: number, to_seq: number): TestEvent => ({
    event_id,
    event_type,
    stream_id: 'collector/a',
    seq: 0,
    occurred_at: at(9),
    gap: { stream_id: 'sap-1/a', from_seq, to_seq, kind: 'not_acknowledged' },
    details: { cause: 'log_unavailable' },
  });
  const ticket = [{ system: 'helpdesk', type: 'ticket', id: '7', role: '' }];
  const log: readonly TestEvent[] = [
    { event_id: 's1', ...sap, seq: 1, occurred_at: at(0) },
    { event_id: 's2', ...sap, seq: 2, occurred_at: at(1), case_refs: ticket },
    { event_id: 's5', ...sap, seq: 5, occurred_at: at(2), case_refs: ticket },
    { event_id: 's8', ...sap, seq: 8, occurred_at: at(3), observed_at: at(13) },
    { event_id: 's8', ...sap, seq: 9, occurred_at: at(3), fact: 'changed' },
    { event_id: 's10', ...sap, seq: 10, occurred_at: at(4) },
    { event_id: 'c3', ...crm, seq: 3, occurred_at: at(5) },
    { event_id: 'c4', ...crm, seq: 4, occurred_at: at(30) },
    gap('g1', 'collector.gap.detected', 3, 4),
    gap('g2', 'collector.gap.detected', 10, 10),
    gap('g3', 'collector.gap.detected', 20, 22),
    gap('g4', 'collector.gap.detected', 1, 1),
    gap('g4 closed', 'collector.gap.closed', 1, 1),
    ...['started', 'heartbeat', 'heartbeat', 'heartbeat', 'stopped'].map((sign, index) => ({
      event_id: `l${index}`,
      event_type: `collector.${sign}`,
      seq: 0,
      stream_id: 'collector/a',
      occurred_at: at([0, 1, 2, 20, 21][index] ?? 0),
      details: { instance_id: 'i', boot_id: 'b' },
    })),
    {
      event_id: 'r1',
      event_type: 'event.rejected',
      seq: 0,
      stream_id: 'collector/a',
      source: { system: 'affidavit', connector_id: 'collector' },
      actor: { type: 'service', id: 'sap-1' },
      occurred_at: at(6),
      details: { code: 'unknown_field', count: '3' },
    },
    {
      event_id: 'r2',
      event_type: 'event.rejected',
      seq: 0,
      stream_id: 'collector/a',
      source: { system: 'affidavit', connector_id: 'collector' },
      actor: { type: 'service', id: 'sap-1' },
      occurred_at: at(6),
      details: { code: 'unknown_field' },
    },
    {
      event_id: 'rec',
      event_type: 'source.reconciled',
      ...sap,
      seq: 11,
      occurred_at: at(7),
      details: { from: at(0), to: at(6), expected: '9', recorded: '5' },
    },
    { event_id: 'theirs', tenant_id: 'other', ...sap, seq: 7, occurred_at: at(2) },
  ];

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    // A minute apart in the log, so that every hole is older than a moment.
    await events.insert(
      log.map((event, offset) => ({
        event: { actor: { type: 'agent', id: 'bot' }, source: { system: 'x' }, ...event },
        place: { offset, timestamp_ms: Date.UTC(2026, 10, 22, 6) + offset * 61_000 },
      })),
    );
    await events.projected({ 'audit.activity.v1': [log.length] });
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test('what is declared is held against the numbers; what nobody declared is found', async () => {
    const { status, body } = await api.get('/v1/completeness');
    expect([status, body.no_known_gaps, body.cap_reached]).toEqual([200, false, false]);
    expect(told(body.gaps)).toEqual([
      ['crm-1/a', 1, 2, 'missing', 2],
      ['sap-1/a', 1, 1, 'closed', 0],
      ['sap-1/a', 3, 4, 'missing', 2],
      ['sap-1/a', 6, 7, 'missing', 2],
      ['sap-1/a', 10, 10, 'arrived', 0],
      ['sap-1/a', 20, 22, 'unverified', 3],
    ]);
    expect(body.totals).toMatchObject({
      duplicates: 1,
      conflicts: 1,
      late: 1,
      missing_numbers: 6,
      refused: 4,
      dead_letters: 0,
    });
    expect(body.sources.find(({ system }: Json) => system === 'sap')).toMatchObject({
      connectors: ['sap-1'],
      events: 6,
      records: 7,
      duplicates: 1,
      conflicts: 1,
      late: 1,
      max_delay_s: 600,
      first_at: at(0),
    });
    expect(body.streams.find(({ stream_id }: Json) => stream_id === 'crm-1/a')).toMatchObject({
      records: 2,
      first_seq: 3,
      last_seq: 4,
      missing: 2,
      systems: ['crm'],
    });
    expect(body.collectors).toEqual([
      {
        instance_id: 'i',
        boot_id: 'b',
        started_at: at(0),
        stopped_at: at(21),
        heartbeats: 3,
        last_heard_at: at(21),
        silences: [[at(2), at(20)]],
      },
    ]);
    expect(body.refused).toMatchObject([{ code: 'unknown_field', count: 4 }]);
    expect(body.reconciliations).toMatchObject([{ event_id: 'rec', system: 'sap', expected: '9', recorded: '5' }]);
    expect(JSON.stringify(body)).not.toContain('theirs');
    expect((await api.get('/v1/completeness', 'investigator', 'other')).body.sources).toMatchObject([
      { system: 'sap', events: 1 },
    ]);
  });
  test('a timeline shows missing numbers where they are missing, beside its limit', async () => {
    for (const limit of [100, 1]) {
      const { body } = await api.get(`/v1/cases/helpdesk:7/timeline?limit=${limit}`);
      const { body: next } =
        body.next_cursor === null
          ? { body: { data: [] } }
          : await api.get(`/v1/cases/helpdesk:7/timeline?limit=${limit}&cursor=${body.next_cursor}`);
      expect(body.total).toBe(2);
      expect(
        [...body.data, ...next.data].map(({ event_id, row_kind, gap: numbers }: Json) => [
          event_id,
          row_kind,
          numbers?.from_seq,
          numbers?.to_seq,
        ]),
      ).toEqual([
        ['s2', undefined, undefined, undefined],
        ['g1', 'gap', 3, 4],
        ['s5', undefined, undefined, undefined],
      ]);
    }
    expect((await api.get('/v1/cases/helpdesk:7/timeline')).body.data[1]).toMatchObject({
      missing: 2,
      between: { before: 's2', after: 's5', until: at(2) },
      declared_at: at(9),
      kafka: { topic: 'audit.activity.v1' },
    });
    expect((await api.post('/v1/search', { case_refs: { system: 'helpdesk', id: '7' } })).body.data).toHaveLength(2);
    expect(String((await api.get('/cases/-/timeline?system=helpdesk&id=7&format=csv')).body)).toContain(
      'collector.gap.detected',
    );
  });
  test('refusals are those of the connectors that sent them, and of no stream', async () => {
    const { body } = await api.get('/v1/completeness');
    expect(body.refused).toMatchObject([{ code: 'unknown_field', connector_id: 'sap-1', count: 4 }]);
    expect((await api.get('/v1/completeness?source=sap')).body.totals.refused).toBe(4);
    expect((await api.get('/v1/completeness?source=crm')).body.totals.refused).toBe(0);
    expect((await api.get('/v1/completeness?stream_id=sap-1/a')).body.totals.refused).toBe(0);
  });
  test('of one source, one stream, one range', async () => {
    expect(told((await api.get('/v1/completeness?source=crm')).body.gaps)).toEqual([['crm-1/a', 1, 2, 'missing', 2]]);
    expect(
      (await api.get('/v1/completeness?stream_id=sap-1/a')).body.sources.map(({ system }: Json) => system),
    ).toEqual(['sap']);
    const { body } = await api.get(`/v1/completeness?from=${at(30)}&to=${at(31)}`);
    expect([body.totals.events, body.range, told(body.gaps)]).toEqual([
      1,
      { from: at(30), to: at(31) },
      [['crm-1/a', 1, 2, 'missing', 2]],
    ]);
    expect((await api.get(`/v1/completeness?from=${at(40)}`)).body).toMatchObject({
      no_known_gaps: true,
      gaps: [],
      streams: [],
      sources: [],
    });
    expect((await api.get('/v1/completeness?source=nobody')).body.gaps).toEqual([]);
  });
  test.each([
    '?from=yesterday',
    '?from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z',
    '?stream=x',
    '?as_of=x',
    '?source=a&source=b',
  ])('%s is refused', async (query) => expect((await api.get(`/v1/completeness${query}`)).status).toBe(400));
  test('how far behind: known while somebody looks, per partition; unknown when nobody does', async () => {
    expect((await api.get('/v1/completeness')).body.projected).toMatchObject([
      { topic: 'audit.activity.v1', lag: null, partitions: [{ partition: 0, lag: null, high_watermark: null }] },
    ]);
    const looked = (looked_at: number) =>
      events.client.insert({
        table: `${events.generation}.projection_state`,
        columns: ['topic', 'partition', 'high_watermark', 'looked_at'],
        values: [
          {
            topic: 'audit.activity.v1',
            partition: 0,
            high_watermark: log.length + 7,
            looked_at: (looked_at / 1_000).toFixed(3),
          },
        ],
        format: 'JSONEachRow',
      });
    await looked(Date.now() - 120_000);
    expect((await api.get('/v1/completeness')).body.projected[0]).toMatchObject({
      lag: null,
      partitions: [{ high_watermark: log.length + 7, lag: null }],
    });
    await looked(Date.now());
    expect((await api.get('/v1/completeness')).body.projected[0]).toMatchObject({
      lag: 7,
      partitions: [{ next_offset: log.length, lag: 7 }],
    });
    expect((await api.get('/v1/cases/x/timeline')).body.completeness.projected[0].lag).toBe(7);
  });
  test('what is cut is said: lives, silences of one, refusals, reconciliations, connectors', async () => {
    const many = (count: number, of: (index: number) => TestEvent): TestEvent[] =>
      Array.from({ length: count }, (_, index) => ({
        tenant_id: 'other',
        stream_id: 'collector/a',
        seq: 0,
        source: { system: 'affidavit' },
        actor: { type: 'system', id: 'x' },
        event_id: `${String(of(index)['event_type'])} ${index}`,
        ...of(index),
      }));
    const minute = (index: number): string =>
      new Date(Date.UTC(2026, 10, 21, 0, index)).toISOString().replace('Z', '000Z');
    const life = (boot_id: string) => ({ details: { instance_id: 'i', boot_id } });
    const cut: TestEvent[] = [
      ...many(201, (index) => ({
        event_type: 'collector.started',
        source: { system: 'affidavit', connector_id: `c${index}` },
        occurred_at: minute(index),
        ...life(`b${index}`),
      })),
      ...many(104, (index) => ({
        event_type: 'collector.heartbeat',
        occurred_at: minute(200 + 10 * (index + 1)),
        ...life('b200'),
      })),
      ...many(201, (index) => ({
        event_type: 'event.rejected',
        source: { system: 'affidavit', connector_id: 'collector' },
        actor: { type: 'service', id: `c${index}` },
        details: { code: 'x' },
      })),
      ...many(201, () => ({ event_type: 'source.reconciled' })),
    ];
    // The default tenant has one of each already: as many as are shown, and no more.
    const exact = cut
      .filter(
        ({ event_id }) =>
          !/started 198$|(started|rejected|reconciled) (199|200)$|heartbeat 10[0-3]$/.test(String(event_id)),
      )
      .map((event) => ({ ...event, tenant_id: 'default' }));
    await events.insert([...cut, ...exact].map((event, index) => ({ event, place: { offset: 1_000 + index } })));
    await events.projected({ 'audit.activity.v1': [1_000 + cut.length + exact.length] });
    const { body } = await api.get('/v1/completeness', 'investigator', 'other');
    expect([body.cap_reached, body.no_known_gaps, body.caps.sort()]).toEqual([
      true,
      false,
      ['collector_silences', 'collectors', 'reconciliations', 'refused', 'source_connectors'],
    ]);
    expect([
      body.collectors.length,
      body.refused.length,
      body.reconciliations.length,
      body.sources[0].connectors.length,
    ]).toEqual([200, 200, 200, 50]);
    expect(body.collectors[0]).toMatchObject({ boot_id: 'b200', heartbeats: 104 });
    expect([
      body.collectors[0].silences.length,
      body.collectors[0].silences.at(-1),
      body.collectors[0].silences[0],
    ]).toEqual([100, [minute(1_230), minute(1_240)], [minute(240), minute(250)]]);
    const whole = (await api.get('/v1/completeness', 'investigator', 'default')).body;
    expect([whole.caps, whole.collectors.length, whole.refused.length]).toEqual([['source_connectors'], 200, 200]);
  });
});
