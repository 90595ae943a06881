import { eventColumns } from '@affidavit/contracts';
import { columnKinds } from '../src/search/column-type.ts';
import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

/** A distinct value per field: what comes back in the wrong place is seen at once. */
let counter = 0;
function filled(kind: string, path: string, members?: ReadonlyMap<string, { kind: string }>): unknown {
  counter += 1;
  switch (kind) {
    case 'integer':
      return counter;
    case 'float':
      return counter + 0.5;
    case 'decimal':
      return path.endsWith('usage.cost') ? `${counter}.250000000000` : `${counter}.250000`;
    case 'bool':
      return true;
    case 'time':
      return `2026-11-22T06:00:00.${String(counter).padStart(6, '0')}Z`;
    case 'texts':
      return [`${path}.0`, `${path}.1`];
    case 'map':
      return { x_key: path };
    case 'elements':
      return [0, 1].map((index) =>
        Object.fromEntries(
          [...(members ?? [])].map(([member, { kind: inner }]) => [
            member,
            filled(inner, `${path}.${index}.${member}`),
          ]),
        ),
      );
    default:
      return path;
  }
}

/** What a test cannot choose: the tenant, the hash, and people's ids, which are as they are. */
const fixed: Readonly<Record<string, unknown>> = { tenant_id: 'default', event_type: 'tool.call.completed' };

describe('every field of the record', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  const event: Record<string, Json> = {};
  for (const { name } of eventColumns) {
    const kind = columnKinds.get(name);
    if (kind === undefined || kind.kind === 'hash') continue;
    const value = fixed[name] ?? filled(kind.kind, name, 'members' in kind ? kind.members : undefined);
    const [section, field] = name.split('.') as [string, string | undefined];
    if (field === undefined) event[section] = value;
    else event[section] = { ...event[section], [field]: value };
  }

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    await events.insert([{ event, place: { offset: 0 } }]);
    await events.projected({ 'audit.activity.v1': [1] });
  }, 60_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  const withoutPlace = ({
    kafka: _kafka,
    record_hash: _hash,
    fact_hash: _fact,
    late: _late,
    order_uncertain: _order,
    duplicates: _duplicates,
    conflict: _conflict,
    roles: _roles,
    ...rest
  }: Json): Json => rest;

  test('comes back from a timeline, a search and by its id, where it was', async () => {
    const timeline = await api.get(`/v1/cases/-/timeline?system=case_refs.0.system&id=case_refs.0.id`);
    const search = await api.post('/v1/search', { event_id: 'event_id' });
    const {
      copies: _copies,
      copies_cap_reached: _cap,
      as_of: _asOf,
      schema_id: _schema,
      ...one
    } = (await api.get('/v1/events/event_id')).body;
    for (const row of [timeline.body.data[0], search.body.data[0], one]) expect(withoutPlace(row)).toEqual(event);
  });
  test('finds the event as a filter', async () => {
    const fields = Object.entries(event);
    for (let at = 0; at < fields.length; at += 4) {
      const filters = Object.fromEntries(fields.slice(at, at + 4));
      const { status, body } = await api.post('/v1/search', { ...filters, limit: 1 });
      expect([Object.keys(filters), status, body.data?.length]).toEqual([Object.keys(filters), 200, 1]);
    }
  }, 120_000);
});
