import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { type TestEvent } from './support/event-rows.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

/** More event keys than fit into one parameter: then the query that finds them stands in for them. */
const COUNT = 150;
const numbers = Array.from({ length: COUNT }, (_, number) => number);
const from = (connector_id: string): TestEvent => ({
  source: { connector_id, system: connector_id },
  stream_id: `${connector_id}/1/a`,
  occurred_at: '2026-11-22T06:00:10.000000Z',
});
const effectId = (number: number): string => `effect-with-a-rather-long-id-${number}`;

const told: readonly TestEvent[] = [
  ...numbers.map((number) => ({
    ...from('agent-runtime'),
    event_id: effectId(number),
    event_type: 'object.changed',
    run_id: 'long',
    effect_id: 'one effect',
    case_refs: [{ system: 'helpdesk', type: 'ticket', id: '1', role: '' }],
    effect: { kind: 'update', target_system: 'sap' },
  })),
  ...numbers.map((number) => ({
    ...from('sap-feed'),
    event_id: `reported-${number}`,
    event_type: 'object.change.confirmed',
    causation_id: `agent-runtime:${effectId(number)}`,
    effect: { kind: 'update', target_system: 'sap' },
  })),
  ...numbers.map((number) => ({
    ...from('affidavit'),
    event_id: `link-${number}`,
    event_type: 'link.asserted',
    link: {
      link_id: `link-${number}`,
      kind: 'effect_confirmation',
      from_kind: 'event',
      from_id: `agent-runtime:${effectId(number)}`,
      to_kind: 'event',
      to_id: `sap-feed:reported-${number}`,
      basis: 'rule',
    },
  })),
];

describe('more linked events than one parameter holds', () => {
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
    await events.insert(told.map((event, offset) => ({ event, place: { offset } })));
    await events.projected({ 'audit.activity.v1': [told.length] });
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });
  const confirmations = (rows: readonly Json[]): number =>
    rows.filter(({ event_type }) => event_type === 'object.change.confirmed').length;

  test('the case has all of them beside its effects', async () => {
    const { status, body } = await api.get('/v1/cases/-/timeline?system=helpdesk&id=1&limit=1000');
    expect([status, confirmations(body.data ?? []), body.total]).toEqual([200, COUNT, 2 * COUNT]);
  });
  test('the run has them', async () => {
    const { status, body } = await api.get('/v1/runs/-?id=long');
    expect([status, body.run?.counts.events]).toEqual([200, 2 * COUNT]);
  });
  test('the effect has them', async () => {
    const { status, body } = await api.get('/v1/effects/-?id=one%20effect');
    expect([status, body.effect?.status]).toEqual([200, 'confirmed']);
  });
});
