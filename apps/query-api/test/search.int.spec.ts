import { contentEngine } from '../src/content/content-engine.ts';
import { type ApiHarness, type Json, openApi, pseudonymOf } from './support/api-harness.ts';
import { type TestEvent } from './support/event-rows.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

const at = (second: number): string =>
  new Date(Date.UTC(2026, 10, 22, 6, 0, second)).toISOString().replace('Z', '000Z');
const body = (content_id: string, role = 'input'): object => ({
  role,
  capture: 'full',
  content_id,
  size_bytes: 1,
  media_type: 'text/plain',
  transform: '',
  truncated: false,
});
const order = (id: string, role = 'updated'): object => ({
  system: 'shop',
  instance: '',
  type: 'order',
  id,
  role,
  version_before: '',
  version_after: '',
});

describe('search: facets, ranges, highlights', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  const ada = pseudonymOf('default', 'crm', 'ada');

  const story: readonly TestEvent[] = [
    {
      event_id: 'm1',
      event_type: 'model.call.completed',
      run_id: 'r1',
      model: { provider: 'openai', request_model: 'gpt' },
      usage: { cost: '1.500000', duration_ms: 900, input_tokens: 10 },
      occurred_at: at(1),
      content: [body('c_1'), body('c_2', 'output')],
    },
    {
      event_id: 'm2',
      event_type: 'model.call.completed',
      run_id: 'r1',
      model: { provider: 'openai' },
      usage: { cost: '0.000001', duration_ms: 100 },
      occurred_at: at(2),
      content: [body('c_3')],
    },
    {
      event_id: 'm3',
      event_type: 'model.call.failed',
      run_id: 'r2',
      model: { provider: 'local' },
      outcome: { status: 'failure' },
      occurred_at: at(3),
    },
    {
      event_id: 't1',
      run_id: 'r2',
      tool: { name: 'refund' },
      object_refs: [order('#W1'), order('W1', 'read'), order('W2')],
      labels: ['red', 'hot'],
      occurred_at: at(4),
      on_behalf_of: [{ type: 'human', id: ada, issuer: 'crm', relation: 'customer', grant_id: '' }],
    },
    {
      event_id: 'i1',
      event_type: 'content.inspected',
      run_id: 'r2',
      inspection: {
        detector_id: 'd',
        verdict: 'detected',
        findings: [
          { category: 'iban', count: 3, score: 0.9, path: '$.a' },
          { category: 'name', count: 1, score: null, path: '$.b' },
        ],
      },
      occurred_at: at(5),
    },
    {
      event_id: 'else',
      tenant_id: 'other',
      run_id: 'r2',
      model: { provider: 'theirs' },
      occurred_at: at(4),
      content: [body('c_theirs')],
    },
  ];

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    await events.insert(
      story.map((event, offset) => ({ event: { actor: { type: 'agent', id: 'bot' }, ...event }, place: { offset } })),
    );
    // A copy of t1 whose later record names another tool, a re-insert of m1, and one that nobody may see yet.
    await events.insert([
      { event: { ...story[3], tool: { name: 'other tool' } }, place: { offset: 10 } },
      { event: { actor: { type: 'agent', id: 'bot' }, ...story[0] }, place: { offset: 0 } },
      { event: { event_id: 'ahead', event_type: 'run.failed', model: { provider: 'ahead' } }, place: { offset: 99 } },
    ]);
    await events.projected({ 'audit.activity.v1': [50] });
    await content.insertBodies([
      {
        content_id: 'c_1',
        body: `${'x '.repeat(300)}The Kettle is blue.\nA kettle, kettles and a teakettle. ${'y '.repeat(300)}`,
        offset: 0,
      },
      {
        content_id: 'c_1',
        body: `${'x '.repeat(300)}The Kettle is blue.\nA kettle, kettles and a teakettle. ${'y '.repeat(300)}`,
        offset: 7,
      },
      { content_id: 'c_2', body: '{"answer":"no\\nkettle for Größe 7 \u{1f600} kettle"}', offset: 1 },
      { content_id: 'c_3', body: 'teakettle only', offset: 2 },
      { content_id: 'c_theirs', tenant_id: 'other', body: 'their kettle', offset: 3 },
    ]);
    await content.projected([20]);
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  const search = async (filters: object, role: 'investigator' | 'data_team' = 'investigator'): Promise<Json> =>
    (await api.post('/v1/search', filters, role)).body;
  const found = async (filters: object): Promise<string[]> =>
    (await search(filters)).data.map((row: Json) => row.event_id);

  test('facets count events once, by their first copy, and say what has no value', async () => {
    const { facets, completeness } = await search({
      limit: 1,
      facets: [
        'event_type',
        'model.provider',
        'tool.name',
        'object_refs.id',
        'labels',
        'outcome.status',
        'inspection.findings.category',
      ],
    });
    expect(facets).toEqual({
      event_type: {
        values: [
          { value: 'model.call.completed', count: 2 },
          { value: 'content.inspected', count: 1 },
          { value: 'model.call.failed', count: 1 },
          { value: 'tool.call.completed', count: 1 },
        ],
        distinct: 4,
        missing: 0,
      },
      'model.provider': {
        values: [
          { value: 'openai', count: 2 },
          { value: 'local', count: 1 },
        ],
        distinct: 2,
        missing: 2,
      },
      'tool.name': { values: [{ value: 'refund', count: 1 }], distinct: 1, missing: 4 },
      'object_refs.id': {
        values: [
          { value: 'W1', count: 1 },
          { value: 'W2', count: 1 },
        ],
        distinct: 2,
        missing: 4,
      },
      labels: {
        values: [
          { value: 'hot', count: 1 },
          { value: 'red', count: 1 },
        ],
        distinct: 2,
        missing: 4,
      },
      'outcome.status': { values: [{ value: 'failure', count: 1 }], distinct: 1, missing: 4 },
      'inspection.findings.category': {
        values: [
          { value: 'iban', count: 1 },
          { value: 'name', count: 1 },
        ],
        distinct: 2,
        missing: 4,
      },
    });
    expect(completeness.cap_reached).toBe(false);
  });
  test('a value used as a filter finds as many events as the facet says', async () => {
    const { facets } = await search({
      facets: ['model.provider', 'source.system', 'actor.type', 'run_id'],
      run_id: ['r1', 'r2'],
    });
    for (const [name, facet] of Object.entries(facets as Record<string, Json>)) {
      for (const { value, count } of facet.values) {
        const [section, field] = name.split('.') as [string, string?];
        const filter = field === undefined ? { [section]: value } : { [section]: { [field]: value } };
        // The filter that was there stays, unless the facet is of the same field.
        expect([name, value, (await search({ run_id: ['r1', 'r2'], ...filter })).total]).toEqual([name, value, count]);
      }
    }
    expect(facets.run_id.values).toEqual([
      { value: 'r2', count: 3 },
      { value: 'r1', count: 2 },
    ]);
  });
  test('facets come with the first page, follow the filters and the vector, and are for data teams, too', async () => {
    const first = await search({ limit: 1, facets: ['model.provider'], event_type: 'model.*' }, 'data_team');
    expect(first.facets['model.provider'].values).toEqual([
      { value: 'openai', count: 2 },
      { value: 'local', count: 1 },
    ]);
    const second = await search(
      { limit: 1, facets: ['model.provider'], event_type: 'model.*', cursor: first.next_cursor },
      'data_team',
    );
    expect([second.data.length, second.facets]).toEqual([1, undefined]);
    expect(
      (await search({ facets: ['model.provider'] })).facets['model.provider'].values.map(({ value }: Json) => value),
    ).not.toContain('ahead');
    expect((await search({ facets: ['model.provider'], run_id: 'nothing' })).facets).toEqual({
      'model.provider': { values: [], distinct: 0, missing: 0 },
    });
  });
  test.each([
    [['nonsense']],
    [['usage.cost']],
    [['occurred_at']],
    [['fact_hash']],
    [['details']],
    [['object_refs']],
    [['object_refs.colour']],
    ['event_type'],
    [[7]],
    [Array.from({ length: 21 }, () => 'event_type')],
    [["tool.name' OR 1=1"]],
    [['kafka_topic']],
    [['__proto__']],
  ])('facets %j are refused', async (facets) => {
    const { status, body: problem } = await api.post('/v1/search', { facets });
    expect([status, problem.code]).toEqual([400, 'invalid_parameter']);
  });

  test.each([
    [{ usage: { cost: { gte: '1.5' } } }, ['m1']],
    [{ usage: { cost: { gt: '0', lt: '0.000002' } } }, ['m2']],
    [{ usage: { duration_ms: { gt: 100 } } }, ['m1']],
    [{ usage: { duration_ms: { gte: 100, lte: 900 } } }, ['m1', 'm2']],
    [{ usage: { input_tokens: { lt: 1_000 } } }, ['m1']],
    [{ occurred_at: { gte: at(3), lt: at(5) } }, ['m3', 't1']],
    [{ inspection: { findings: { category: 'iban', count: { gt: 2 } } } }, ['i1']],
    [{ inspection: { findings: { category: 'name', count: { gt: 2 } } } }, []],
    [{ inspection: { findings: { score: { gte: 0.5 } } } }, ['i1']],
  ])('the range %j', async (filters, expected) => expect(await found(filters)).toEqual(expected));
  test.each([
    { usage: { cost: {} } },
    { usage: { cost: { eq: '1' } } },
    { usage: { cost: { gt: 'a' } } },
    { tool: { name: { gt: 'a' } } },
    { usage: { duration_ms: { gt: '1' } } },
    { occurred_at: { gt: 'now' } },
    { usage: { cost: { gt: ['1'] } } },
    { inspection: { findings: { count: { gt: null } } } },
  ])('%j is refused', async (filters) => {
    const { status, body: problem } = await api.post('/v1/search', filters);
    expect([status, problem.code]).toEqual([400, 'invalid_parameter']);
  });

  test('highlights are pieces of the bodies with the words marked', async () => {
    const { data } = await search({ q: 'kettle', highlight: true });
    expect(data.map((row: Json) => row.event_id)).toEqual(['m1']);
    const [input, output] = data[0].highlights;
    expect([input.content_id, input.role, output.content_id, output.role]).toEqual(['c_1', 'input', 'c_2', 'output']);
    const words = (highlight: Json): string[] =>
      highlight.fragments.flatMap(({ text, marks }: Json) =>
        marks.map(([start, end]: [number, number]) => text.slice(start, end)),
      );
    expect([words(input), words(output)]).toEqual([
      ['Kettle', 'kettle'],
      ['kettle', 'kettle'],
    ]);
    for (const { text } of [...input.fragments, ...output.fragments]) expect(text.length).toBeLessThan(400);
    expect(JSON.stringify(data)).not.toContain('their');
  });
  test('highlights of several words, of none, and of letters beyond ASCII', async () => {
    const { data } = await search({ q: 'Größe 7', highlight: true });
    expect(
      data[0].highlights.map(({ content_id, fragments }: Json) => [
        content_id,
        fragments[0].marks.map(([start, end]: [number, number]) => fragments[0].text.slice(start, end)),
      ]),
    ).toEqual([['c_2', ['Größe', '7']]]);
    expect((await search({ q: 'kettle' })).data[0].highlights).toBeUndefined();
    expect((await search({ q: 'teapot', highlight: true })).data).toEqual([]);
  });
  test('the engine cuts as the pattern means it: no word is lost between two pieces, and half a word is none', async () => {
    const filler = (length: number): string => 'z'.repeat(length);
    const edges = Array.from(
      { length: 12 },
      (_, index) =>
        `kettle ${filler(66 + index)} kettle${index % 2 === 0 ? '\\nkettle' : 'x'} ${filler(70)} teakettle ${filler(300)}`,
    );
    edges.push('kettle '.repeat(10_000), 'größe '.repeat(10_000));
    await content.insertBodies(
      edges.map((text, index) => ({ content_id: `c_edge ${index}`, body: text, offset: 30 + index })),
    );
    const engine = contentEngine(content.run, content.database);
    const pieces = await engine.fragments(
      'default',
      ['kettle', 'größe'],
      edges.map((_, index) => `c_edge ${index}`),
      { 'audit.content.v1': [50] },
    );
    for (const [index, text] of edges.entries()) {
      const of = pieces.get(`c_edge ${index}`) ?? [];
      if (index < 12)
        expect([index, of.reduce((sum, { marks }) => sum + marks.length, 0)]).toEqual([index, index % 2 === 0 ? 3 : 1]);
      else
        expect([of.length, of[0]?.text.length, of[0]?.marks.length]).toEqual(
          index === 12 ? [1, 595, 85] : [1, 600, 100],
        );
      for (const piece of of) {
        expect(text).toContain(piece.text);
        for (const [start, end] of piece.marks)
          expect(piece.text.slice(start, end)).toBe(index === 13 ? 'größe' : 'kettle');
      }
    }
  });
  test('who may not read content gets no piece of it, and that somebody did is on record', async () => {
    expect((await api.post('/v1/search', { q: 'kettle', highlight: true }, 'data_team')).status).toBe(403);
    expect((await api.post('/v1/search', { highlight: true }, 'investigator')).body.code).toBe('invalid_parameter');
    expect((await api.post('/v1/search', { q: 'kettle', highlight: 'yes' })).body.code).toBe('invalid_parameter');
    api.recorded.length = 0;
    await search({ q: 'kettle', highlight: true, facets: ['event_type'] });
    expect(api.recorded).toEqual([
      expect.objectContaining({
        details: expect.objectContaining({ filters: 'facets,highlight,q' }),
        content: [
          expect.objectContaining({ json: expect.objectContaining({ highlight: true, facets: ['event_type'] }) }),
        ],
      }),
    ]);
  });
});
