import { eventColumns, leadingColumns } from '@affidavit/contracts';
import avro from 'avsc';
import { eventBody, eventSchema, GenerationRig } from './testing/generation-rig.ts';
import { filledValue, flattenValue } from './testing/filled-event.ts';
import { flattenFields, missingColumns } from './schema-fit.ts';

const rig = new GenerationRig();
beforeAll(() => rig.migrate());
afterAll(() => rig.close());

describe('the tables are what the contract says', () => {
  // The tables hold plain strings: a LowCardinality column each writes a dictionary per block, which made inserts four
  // times dearer.
  const plain = (type: string): string => type.replace(/LowCardinality\(String\)/g, 'String');
  const contract = new Map(
    [...leadingColumns, ...eventColumns].map(({ name, type, comment }) => [name, { type: plain(type), comment }]),
  );

  test.each(['events', 'timelines'])('%s has every column with its type and comment', async (table) => {
    const columns = await rig.read<{ name: string; type: string; comment: string }>(
      `SELECT name, type, comment FROM system.columns WHERE database = '$generation' AND table = '${table}'`,
    );
    const found = new Map(columns.map(({ name, type, comment }) => [name, { type, comment }]));
    for (const [name, column] of contract) expect([name, found.get(name)]).toEqual([name, column]);
  });

  test.each(['timeline_by_case', 'timeline_by_user', 'timeline_by_object'])(
    '%s shows every column of the one table behind all three',
    async (view) => {
      const columns = await rig.read<{ name: string; type: string }>(
        `SELECT name, type FROM system.columns WHERE database = '$generation' AND table IN ('${view}', '${view}_rows')`,
      );
      for (const [name, { type }] of contract)
        expect([name, columns.filter((column) => column.name === name)]).toEqual([
          name,
          [
            { name, type },
            { name, type },
          ],
        ]);
    },
  );

  test('every column of the public views has a comment, and its name is flat', async () => {
    const columns = await rig.read<{ table: string; name: string; comment: string }>(
      `SELECT table, name, comment FROM system.columns WHERE database = '$public'`,
    );
    expect([...new Set(columns.map(({ table }) => table))]).toEqual(
      expect.arrayContaining([
        'events',
        'timeline_by_case',
        'timeline_by_user',
        'timeline_by_object',
        'actions',
        'report_readers',
      ]),
    );
    expect(columns.filter(({ name, comment }) => comment === '' || !/^[a-z0-9_]+$/.test(name))).toEqual([]);
    const names = columns.filter(({ table }) => table === 'events').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(flattenFields(eventSchema).map((name) => name.replaceAll('.', '_'))));
  });

  test('no field of the schema lacks a column, and one that does is found', async () => {
    expect(await missingColumns(rig.client, rig.generation, 'events', flattenFields(eventSchema))).toEqual([]);
    expect(await missingColumns(rig.client, rig.generation, 'events', ['event_id', 'tool.colour'])).toEqual([
      'tool.colour',
    ]);
  });
});

test('every field, filled with a value of its own, comes back from the table and from the public view', async () => {
  const filled = filledValue(eventSchema) as Record<string, unknown>;
  const body = avro.Type.forSchema(eventSchema as unknown as avro.Schema, { wrapUnions: false }).toBuffer(filled);
  await rig.insert([rig.record({ offset: 0, topic: 'filled' }, body)]);
  await rig.reach({ 0: 1 }, 'filled');
  const expected = flattenValue(filled);
  const columns = [...expected.keys()].map((name) =>
    name === 'fact_hash' ? 'lower(hex(fact_hash)) AS fact_hash' : `\`${name}\``,
  );
  const [row] = await rig.read(`SELECT ${columns.join(', ')} FROM $generation.events WHERE kafka_topic = 'filled'`);
  for (const [name, value] of expected) expect([name, row![name]]).toEqual([name, value]);
  const [shown] = await rig.read(`SELECT * FROM $public.events WHERE kafka_topic = 'filled'`, String(filled.tenant_id));
  for (const [name, value] of expected) expect([name, shown![name.replaceAll('.', '_')]]).toEqual([name, value]);
});

test('run key: root run, else run, else session, else stream', async () => {
  const cases = [
    { root_run_id: 'root', run_id: 'run', session_id: 'session', stream_id: 's' },
    { run_id: 'run', session_id: 'session', stream_id: 's' },
    { session_id: 'session', stream_id: 's' },
    { stream_id: 's' },
  ];
  await rig.insert(
    cases.map((ids, offset) => rig.record({ offset, topic: 'keys' }, eventBody({ event_id: `k${offset}`, ...ids }))),
  );
  const rows = await rig.read<{ run_key: string }>(
    `SELECT run_key FROM $generation.events WHERE kafka_topic = 'keys' ORDER BY kafka_offset`,
  );
  expect(rows.map(({ run_key }) => run_key)).toEqual(['root', 'run', 'session', 's']);
});

test('late: dated by the source and observed more than five minutes after', async () => {
  const at = 1_795_327_200_000_000;
  const late = (time_basis: string, seconds: number) =>
    eventBody({
      event_id: `l-${time_basis}-${seconds}`,
      time_basis,
      occurred_at: at,
      observed_at: at + seconds * 1_000_000,
    });
  await rig.insert(
    [late('source', 300), late('source', 301), late('assigned', 900)].map((body, offset) =>
      rig.record({ offset, topic: 'late' }, body),
    ),
  );
  const rows = await rig.read<{ late: boolean }>(
    `SELECT late FROM $generation.events WHERE kafka_topic = 'late' ORDER BY kafka_offset`,
  );
  expect(rows.map((row) => row.late)).toEqual([false, true, false]);
});

test('identity: one order however it is written, two systems two objects, no two keys alike', async () => {
  const [row] = await rig.read(`SELECT
    audit_object_key('shop', 'order', ' #W2378156 ') = audit_object_key('shop', 'order', 'W2378156') AS hash_sign,
    audit_object_key('shop', 'order', 'A') != audit_object_key('erp', 'order', 'A') AS systems,
    audit_object_key('a:b', 'c', 'd') != audit_object_key('a', 'b:c', 'd') AS colons,
    audit_entity_id('SAP-P01', '0000004711') AS sap, audit_entity_id('shop', '0000004711') AS not_sap,
    audit_entity_id('salesforce', '0015g00000XyZabAAF') AS salesforce,
    audit_case_key('helpdesk', 'e\u0301') = audit_case_key('helpdesk', '\u00e9') AS nfc,
    audit_user_key('sara@example.com') AS raw, audit_user_key(concat('p_', repeat('a', 52))) != '' AS pseudonym`);
  expect(row).toEqual({
    hash_sign: 1,
    systems: 1,
    colons: 1,
    sap: '4711',
    not_sap: '0000004711',
    salesforce: '0015g00000XyZab',
    nfc: 1,
    raw: '',
    pseudonym: 1,
  });
});
