import { createHash } from 'node:crypto';
import { causeKeys, eventKey } from '@affidavit/audit-model';
import { type AuditEvent, eventTypes } from '@affidavit/contracts';
import { type IntakePorts, runIntake, type Sender } from '@affidavit/intake';
import { connectorOf, connectors, parcels, scenarios, type StoryEvent } from './index.ts';

const all: readonly StoryEvent[] = scenarios.flatMap(({ events }) => events());

/** Everything is checked, nothing is sealed: what the collector does with `?validate_only=true`. */
const ports: IntakePorts = {
  settings: {
    default_tenant: 'default',
    environment: 'production',
    region: 'local',
    retention_class: 'standard',
    detector: { id: 'none', version: '1' },
    limits: { content_bytes: 524_288 } as IntakePorts['settings']['limits'],
  },
  clock: () => Date.UTC(2026, 10, 23) * 1_000,
  newId: () => {
    throw new Error('every event of a story has an id');
  },
  bytes: {
    utf8: (text) => Buffer.from(text),
    text: (bytes) => Buffer.from(bytes).toString(),
    fromBase64: () => null,
    sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
  },
  scanner: { scan: (texts) => Promise.resolve(texts.map(() => [])) },
  pseudonymiser: {
    pseudonym: (_tenant, issuer, id) =>
      `p_${createHash('sha256').update(`${issuer} ${id}`).digest('hex').slice(0, 52)}`,
  },
  vault: null,
  capturePolicy: () => 'full',
  personObjects: () => false,
  knowsPerson: () => true,
  streamSuffix: 'instance/boot',
};

async function through(events: readonly StoryEvent[], more: Partial<Sender> = {}) {
  const outcomes = await Promise.all(
    parcels(events).map(async ({ connector, events: sent }) =>
      runIntake(
        sent.map((value) => ({ status: 'read' as const, value })),
        { kind: 'connector', tenant_id: 'default', ...connector, ...more },
        ports,
      ),
    ),
  );
  return outcomes.flat();
}
async function records(events: readonly StoryEvent[]): Promise<AuditEvent[]> {
  return (await through(events)).map((outcome) => {
    if (outcome.status === 'rejected') throw new Error(`${outcome.event_id}: ${JSON.stringify(outcome.refusal)}`);
    return outcome.event.record;
  });
}
const of = (id: string): readonly StoryEvent[] => scenarios.find((one) => one.id === id)?.events() ?? [];

describe('the scenarios', () => {
  test.each(scenarios)(
    '$id: the collector takes every event of it from the connector of its source',
    async ({ events }) => {
      const taken = await records(events());
      expect(taken).toHaveLength(events().length);
      for (const record of taken)
        expect(record.evidence_grade).toBe(connectorOf(record.source.system).max_evidence_grade);
    },
  );

  test('a connector with a weaker grade is refused, so the grades are no decoration', async () => {
    const outcomes = await through(
      of('T02').filter(({ source }) => source.system === 'sap'),
      { max_evidence_grade: 'self_reported' },
    );
    expect(outcomes.length).toBeGreaterThan(0);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', refusal: { code: 'evidence_grade_too_high' } });
  });

  test('no connector may send types of services, and each sends something', () => {
    const sent = new Set(parcels(all).map(({ connector }) => connector.connector_id));
    expect([...sent].sort()).toEqual(connectors.map(({ connector_id }) => connector_id).sort());
    for (const { event_type } of all) expect(eventTypes[event_type].senders).toContain('connector');
  });

  test('ids are unique over all stories and named after theirs', () => {
    expect(new Set(all.map(({ event_id }) => event_id)).size).toBe(all.length);
    for (const { id, events } of scenarios)
      for (const event of events()) expect(event.event_id.startsWith(`${id.toLowerCase()}.`)).toBe(true);
  });

  test.each(scenarios)('$id: 15 to 60 events in time order', ({ events }) => {
    const times = events().map(({ occurred_at }) => Date.parse(occurred_at));
    expect(times.every(Number.isFinite)).toBe(true);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(times.length).toBeGreaterThanOrEqual(15);
    expect(times.length).toBeLessThanOrEqual(60);
  });

  test('told twice they are the same, so that a second load makes no conflict', async () => {
    expect(scenarios.map(({ events }) => events())).toEqual(scenarios.map(({ events }) => events()));
    const hashes = async (): Promise<string[]> => (await records(all)).map(({ fact_hash }) => fact_hash);
    expect(await hashes()).toEqual(await hashes());
  });

  test('what refers to an event or a run refers to one that is told before it, in the same story', () => {
    for (const { events } of scenarios) {
      const [told, ids] = [new Set<string>(), new Set<string>()];
      const runs = new Set<string>();
      for (const event of events()) {
        const { connector_id } = connectorOf(event.source.system);
        ids.add(event.event_id);
        told.add(eventKey(connector_id, event.event_id));
        if (event.event_type === 'run.started') runs.add(event.run_id);
        // By its own connector's id, or by the key of another's.
        if (event.causation_id !== undefined)
          expect([event.event_id, causeKeys(connector_id, event.causation_id).some((key) => told.has(key))]).toEqual([
            event.event_id,
            true,
          ]);
        if (event.run_id !== undefined) expect(runs).toContain(event.run_id);
        if (event.parent_run_id !== undefined) expect(runs).toContain(event.parent_run_id);
        if (event.details?.['target_event_id'] !== undefined) expect(ids).toContain(event.details['target_event_id']);
      }
    }
  });

  test('every call that is asked for is answered once, by the same call of the same tool or model', () => {
    const calls = (types: readonly string[]): string[] =>
      all
        .filter(({ event_type }) => types.includes(event_type))
        .map(({ call_id, tool, model }) => `${call_id ?? ''} ${tool?.name ?? ''} ${model?.request_model ?? ''}`)
        .sort();
    expect(calls(['tool.call.requested', 'model.call.requested'])).toEqual(
      calls(['tool.call.completed', 'tool.call.failed', 'model.call.completed', 'model.call.failed']),
    );
  });

  test('a run ends with the counts that are told, but for the one effect of T01 that nobody reports', () => {
    const ends = all.filter(({ event_type }) => event_type === 'run.completed');
    expect(ends).toHaveLength(10);
    for (const { run_id, run } of ends) {
      const count = (...types: string[]): number =>
        all.filter(
          (event) =>
            event.run_id === run_id && types.includes(event.event_type) && event.source.system !== 'salesforce',
        ).length;
      expect([run_id, run?.expected_model_calls, run?.expected_tool_calls, run?.expected_effects]).toEqual([
        run_id,
        count('model.call.requested'),
        count('tool.call.requested'),
        count('object.changed', 'message.sent', 'process.triggered') + (run_id === 'run-t01-sales' ? 1 : 0),
      ]);
    }
  });

  test('parcels hold every event once, in time order but for the late one, which comes last', () => {
    for (const { events } of scenarios) {
      const sent = parcels(events()).flatMap((parcel) => parcel.events);
      const late = (event: StoryEvent): boolean => event.time_basis === 'source';
      expect(sent).toEqual([...events().filter((event) => !late(event)), ...events().filter(late)]);
    }
    for (const { connector, events } of parcels(all))
      for (const { source } of events) expect(connector.sources).toContain(source.system);
  });

  test('the late event has a time of its source, all others have assigned ones', () => {
    expect(all.filter(({ time_basis }) => time_basis !== 'assigned').map(({ event_id }) => event_id)).toEqual([
      't01.mail-delivered',
    ]);
  });
});
