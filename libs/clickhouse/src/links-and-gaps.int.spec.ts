import { eventBody, GenerationRig } from './testing/generation-rig.ts';

const rig = new GenerationRig();
beforeAll(() => rig.migrate());
afterAll(() => rig.close());

const person = (letter: string): string => `p_${letter.repeat(52)}`;
let offset = 0;
const put = (parts: readonly Readonly<Record<string, unknown>>[], topic: string) =>
  rig.insert(
    parts.map((part) => rig.record({ offset: offset++, topic }, eventBody({ event_id: `e${offset}`, ...part }))),
  );

test('an end of a link is the key of a timeline, whatever its spelling', async () => {
  const [row] = await rig.read(`SELECT
    audit_link_end_key('case', 'helpdesk:#4711') = audit_case_key('helpdesk', '4711') AS hash_sign,
    audit_link_end_key('case', 'we%3Aird:a:b') = audit_case_key('we:ird', 'a:b') AS colons,
    audit_link_end_key('case', '100%2525:x') = audit_case_key('100%25', 'x') AS percent,
    audit_link_end_key('object', 'SAP-P01:invoice:0000004711') = audit_object_key('SAP-P01', 'invoice', '4711') AS zeros,
    audit_link_end_key('object', 's:t:a:b:ü') = audit_object_key('s', 't', 'a:b:ü') AS more,
    audit_link_end_key('case', '4711') AS bare, audit_link_end_key('object', 'a:b') AS short, audit_link_end_key('run',
    'a:b') AS run`);
  expect(row).toEqual({
    hash_sign: 1,
    colons: 1,
    percent: 1,
    zeros: 1,
    more: 1,
    bare: '4711',
    short: 'a:b',
    run: 'a:b',
  });
});

test('each statement stands under both ends, its link and its kind; a retraction that names only the link stands under that', async () => {
  const link = {
    link_id: 'l1',
    kind: 'case_run',
    from_kind: 'case',
    from_id: 'helpdesk:#1',
    to_kind: 'run',
    to_id: 'r1',
    basis: 'person',
    confidence: 0.5,
  };
  await put(
    [
      { event_type: 'link.asserted', link },
      { event_type: 'link.retracted', source: { system: 'crm' }, link: { link_id: 'l1' } },
      { event_type: 'run.started', run_id: 'r1' },
    ],
    'links',
  );
  const rows = await rig.read(
    `SELECT entry_kind, entry_key, asserted, kind, confidence FROM $generation.link_statements WHERE kafka_topic = 'links'
      ORDER BY kafka_offset, entry`,
  );
  expect(rows).toEqual([
    { entry_kind: 'case', entry_key: 'helpdesk:1', asserted: true, kind: 'case_run', confidence: 0.5 },
    { entry_kind: 'kind', entry_key: 'case_run', asserted: true, kind: 'case_run', confidence: 0.5 },
    { entry_kind: 'link', entry_key: 'l1', asserted: true, kind: 'case_run', confidence: 0.5 },
    { entry_kind: 'run', entry_key: 'r1', asserted: true, kind: 'case_run', confidence: 0.5 },
    { entry_kind: 'link', entry_key: 'l1', asserted: false, kind: '', confidence: null },
  ]);
  // A case that only a link names can be looked up.
  expect(
    await rig.read(
      `SELECT kind, id, key FROM $generation.ids WHERE kafka_topic = 'links' AND kind IN ('case', 'object')`,
    ),
  ).toEqual([{ kind: 'case', id: '1', key: 'helpdesk:1' }]);
});

test('the id of a case or an object that a link names may have colons of its own', async () => {
  const link = {
    link_id: 'colons',
    kind: 'run_object',
    from_kind: 'case',
    from_id: 'we%3Aird:a:b:',
    to_kind: 'object',
    to_id: 's:t:c:d',
  };
  await put([{ event_type: 'link.asserted', link }], 'colons');
  const read = () =>
    rig.read(
      `SELECT kind, id, key FROM $generation.ids FINAL WHERE kafka_topic = 'colons' AND kind IN ('case', 'object') ORDER BY kind`,
    );
  const expected = [
    { kind: 'case', id: 'a:b:', key: 'we%3Aird:a:b:' },
    { kind: 'object', id: 'c:d', key: 's:t:c:d' },
  ];
  expect(await read()).toEqual(expected);
  // As the first definition of the view had it.
  await rig.client.command({
    query: `ALTER TABLE ${rig.generation}.ids DELETE WHERE kafka_topic = 'colons' SETTINGS mutations_sync = 1`,
  });
  await rig.client.command({
    query:
      `INSERT INTO ${rig.generation}.ids (tenant_id, kind, id, key, event_type, event_key, kafka_topic) VALUES ('default', ` +
      `'object', 'd', 's:t:c:d', 'link.asserted', 'x', 'colons')`,
  });
  await rig.client.command({
    query: `DELETE FROM audit_meta.migrations WHERE target = '${rig.generation}' AND name = '0013_link_sources_and_ids.sql'`,
  });
  await rig.migrate();
  expect(await read()).toEqual(expected);
});

test('two accounts are one link, whichever is named first and whoever unlinks them', async () => {
  const ends = (from: string, to: string) => ({
    from_kind: '',
    from_id: person(from),
    to_kind: 'account',
    to_id: person(to),
  });
  await put(
    [
      { event_type: 'identity.account.linked', link: ends('a', 'b') },
      { event_type: 'identity.account.unlinked', link: ends('b', 'a') },
      { event_type: 'identity.account.linked', link: ends('a', 'c') },
    ],
    'accounts',
  );
  const rows = await rig.read<{ link_id: string; entry_kind: string; asserted: boolean; kind: string }>(
    `SELECT link_id, entry_kind, asserted, kind FROM $generation.link_statements WHERE kafka_topic = 'accounts'
      AND entry = 'from' ORDER BY kafka_offset`,
  );
  expect(rows.map((row) => [row.entry_kind, row.asserted, row.kind])).toEqual([
    ['person', true, 'account_person'],
    ['person', false, 'account_person'],
    ['person', true, 'account_person'],
  ]);
  expect([rows[0]?.link_id === rows[1]?.link_id, rows[0]?.link_id === rows[2]?.link_id]).toEqual([true, false]);
});

test('gaps and numbers have tables of their own, and a migration over older rows finds the same', async () => {
  await put(
    [
      {
        event_type: 'collector.gap.detected',
        gap: { stream_id: 's', from_seq: 2, to_seq: 3, kind: 'sequence' },
        details: { cause: 'x' },
      },
      { event_type: 'collector.gap.closed', gap: { stream_id: 's', from_seq: 2, to_seq: 3 } },
      { stream_id: 's', seq: 1, tool: { idempotency_key: 'once' } },
      { stream_id: 's', seq: 4 },
    ],
    'gaps',
  );
  const read = async () => [
    await rig.read(
      `SELECT from_seq, to_seq, kind, closed, cause FROM $generation.gaps FINAL WHERE kafka_topic = 'gaps' ORDER BY kafka_offset`,
    ),
    await rig.read(`SELECT seq FROM $generation.stream_numbers FINAL WHERE stream_id = 's' ORDER BY seq`),
    await rig.read(
      `SELECT source_system, count() AS rows FROM $generation.link_statements FINAL GROUP BY source_system
        ORDER BY source_system`,
    ),
    await rig.read(`SELECT kind, id FROM $generation.ids FINAL WHERE kafka_topic = 'gaps' AND kind = 'idempotency'`),
  ];
  const before = await read();
  expect(before.slice(0, 2)).toEqual([
    [
      { from_seq: 2, to_seq: 3, kind: 'sequence', closed: false, cause: 'x' },
      { from_seq: 2, to_seq: 3, kind: 'unknown', closed: true, cause: '' },
    ],
    [{ seq: 1 }, { seq: 4 }],
  ]);
  expect(before[3]).toEqual([{ kind: 'idempotency', id: 'once' }]);
  for (const table of ['gaps', 'stream_numbers', 'link_statements'])
    await rig.client.command({ query: `TRUNCATE TABLE ${rig.generation}.${table}` });
  await rig.client.command({ query: `ALTER TABLE ${rig.generation}.link_statements DROP COLUMN source_system` });
  await rig.client.command({
    query:
      `DELETE FROM audit_meta.migrations WHERE target = '${rig.generation}' AND name IN ('0006_links_and_completeness.sql', ` +
      `'0013_link_sources_and_ids.sql')`,
  });
  await rig.migrate();
  expect(await read()).toEqual(before);
});
