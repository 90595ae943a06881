import { Api } from './support/api.ts';
import { affidavit, eventually, readCredentials, readStack } from './support/stack.ts';

/** Written down by hand from libs/scenarios/README.md: events of each story. */
const EVENTS = { t01: 53, t02: 32, t03: 22, t04: 19, t05: 16, t06: 47, t07: 15, t08: 48 } as const;
const COUNT = 252;
const SYSTEMS = [
  'agent-runtime',
  'ai-gateway',
  'llm-host',
  'api-gateway',
  'policy-engine',
  'contract-desk',
  'model-bench',
  'salesforce',
  'sap',
  'exchange',
  'sharepoint',
  'servicenow',
  'entra',
];

describe('the example stories', () => {
  const api = new Api(readStack(), readCredentials());
  const told = () =>
    api.search({ source: { system: SYSTEMS }, from: '2026-02-01T00:00:00Z', to: '2026-04-01T00:00:00Z', limit: 1_000 });

  beforeAll(async () => {
    for (const time of ['first', 'second']) {
      const ran = await affidavit(['scenarios']);
      if (ran.code !== 0) throw new Error(`telling them the ${time} time ended with ${ran.code}:\n${ran.output}`);
      expect(ran.output).toContain(`Told 8 stories: ${COUNT} events acknowledged`);
    }
    await eventually(
      async () => ((await told()).data.filter(({ duplicates }) => duplicates > 0).length === COUNT ? true : undefined),
      'the second copies are projected',
      120,
    );
  }, 300_000);

  test('told twice, each event is there once, and none conflicts', async () => {
    const list = await told();
    const rows = list.data.filter(({ event_id }) => /^t0\d\./.test(event_id));
    expect(rows).toHaveLength(COUNT);
    expect(new Set(rows.map(({ event_id }) => event_id)).size).toBe(COUNT);
    expect(rows.filter(({ conflict }) => conflict)).toEqual([]);
    const counts: Record<string, number> = {};
    for (const { event_id } of rows) counts[event_id.slice(0, 3)] = (counts[event_id.slice(0, 3)] ?? 0) + 1;
    expect(counts).toEqual(EVENTS);
  });

  test('only what a source reported late is late, and each system vouches as strongly as it may', async () => {
    const rows = (await told()).data;
    expect(rows.filter(({ late }) => late === true).map(({ event_id }) => event_id)).toEqual(['t01.mail-delivered']);
    const grades = new Map(
      rows.map(({ source, evidence_grade }) => [(source as { system: string }).system, evidence_grade]),
    );
    expect(Object.fromEntries(grades)).toMatchObject({
      'agent-runtime': 'self_reported',
      'ai-gateway': 'gateway_observed',
      sap: 'system_of_record',
      salesforce: 'system_of_record',
      entra: 'system_of_record',
    });
  });

  test('nothing in them was taken for a secret', async () => {
    const { data } = await api.search({
      event_type: 'content.transformed',
      from: '2026-02-01T00:00:00Z',
      to: '2026-04-01T00:00:00Z',
      limit: 1_000,
    });
    const ours = data.map(({ event_id }) => event_id).filter((event_id) => /^t0\d\./.test(event_id));
    expect(ours).toEqual(['t02.score-masked', 't03.masked', 't08.1.masked', 't08.2.masked']);
  });
});
