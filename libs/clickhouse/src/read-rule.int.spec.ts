import { eventBody, GenerationRig } from './testing/generation-rig.ts';

const person = (letter: string): string => `p_${letter.repeat(52)}`;

describe('views fan out', () => {
  const rig = new GenerationRig();
  beforeAll(async () => {
    await rig.migrate();
    const body = eventBody({
      event_id: 'fan',
      event_type: 'object.changed',
      stream_id: 's',
      run_id: 'r',
      actor: { type: 'human', id: person('a') },
      approval: { approver: person('b') },
      on_behalf_of: [
        { type: 'human', id: person('c'), issuer: 'i', relation: 'customer', grant_id: '' },
        { type: 'agent', id: 'robot', issuer: '', relation: 'unknown', grant_id: '' },
      ],
      subject_refs: [{ id: person('a'), issuer: 'i', role: 'data_subject' }],
      case_refs: [
        { system: 'helpdesk', type: 'ticket', id: '#7', role: '' },
        { system: 'crm', type: 'case', id: '7', role: 'related' },
      ],
      object_refs: [
        { system: 'shop', instance: '', type: 'order', id: '#W1', role: 'read', version_before: '', version_after: '' },
        {
          system: 'shop',
          instance: '',
          type: 'order',
          id: 'W1',
          role: 'updated',
          version_before: '1',
          version_after: '2',
        },
        {
          system: 'shop',
          instance: '',
          type: 'customer',
          id: person('d'),
          role: 'subject',
          version_before: '',
          version_after: '',
        },
      ],
      message: {
        message_id: 'm-1',
        recipients: [{ id: person('e'), issuer: 'mail', domain: 'd', kind: 'to', external: true }],
      },
      effect: { document_no: '5100000001' },
    });
    const access = eventBody({
      event_id: 'look',
      event_type: 'audit.query.executed',
      case_refs: [{ system: 'helpdesk', type: 'ticket', id: '7', role: '' }],
      actor: { type: 'human', id: person('z') },
      query: { kind: 'timeline', rows: 3 },
    });
    const link = eventBody({
      event_id: 'link',
      event_type: 'link.asserted',
      link: { link_id: 'l', kind: 'run_user', from_kind: 'run', from_id: 'r', to_kind: 'person', to_id: person('f') },
    });
    await rig.insert([
      rig.record({ offset: 0 }, body),
      rig.record({ offset: 0, topic: 'audit.access.v1' }, access),
      rig.record({ offset: 1 }, link),
    ]);
    await rig.reach({ 0: 2 });
    await rig.reach({ 0: 1 }, 'audit.access.v1');
  });
  afterAll(() => rig.close());

  test('a row per case, and none for somebody who looked', async () => {
    const rows = await rig.read(
      'SELECT case_key, case_id, role, event_id FROM $public.timeline_by_case ORDER BY case_key',
    );
    expect(rows).toEqual([
      { case_key: 'crm:7', case_id: '7', role: 'related', event_id: 'fan' },
      { case_key: 'helpdesk:7', case_id: '#7', role: '', event_id: 'fan' },
    ]);
  });

  test('a row per person and role; agents and lookers are in none', async () => {
    const rows = await rig.read<{ user_key: string; role: string }>(
      'SELECT user_key, role FROM $public.timeline_by_user ORDER BY user_key, role',
    );
    expect(rows.map(({ user_key, role }) => `${user_key[2]} ${role}`)).toEqual([
      'a actor',
      'a subject',
      'b approver',
      'c on_behalf_of',
      'd subject',
      'e recipient',
      'f subject',
    ]);
  });

  test('one object in two roles is two rows of one key', async () => {
    const rows = await rig.read(
      `SELECT object_key, role, object_version_after FROM $public.timeline_by_object WHERE object_type = 'order' ORDER BY role`,
    );
    expect(rows).toEqual([
      { object_key: 'shop:order:W1', role: 'read', object_version_after: '' },
      { object_key: 'shop:order:W1', role: 'updated', object_version_after: '2' },
    ]);
  });

  test('ids of every kind lead to the event', async () => {
    const rows = await rig.read<{ kind: string; id: string; key: string }>(
      `SELECT kind, id, key FROM $generation.ids WHERE event_key = ':fan'`,
    );
    const found = rows.map(({ kind, id, key }) => `${kind} ${id} ${key}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'event fan ',
        'run r ',
        'case 7 helpdesk:7',
        'case 7 crm:7',
        'object W1 shop:order:W1',
        `person ${person('d')} ${person('d')}`,
        'document_no 5100000001 ',
        'message m-1 ',
      ]),
    );
  });

  test('looking is in the access log and makes no case', async () => {
    expect(
      await rig.read('SELECT event_id, `query.kind` AS kind, `query.rows` AS rows FROM $generation.access_log'),
    ).toEqual([{ event_id: 'look', kind: 'timeline', rows: 3 }]);
    expect(
      await rig.read(
        `SELECT kind FROM $generation.ids WHERE event_key = ':look' AND kind IN ('case', 'person', 'object')`,
      ),
    ).toEqual([]);
    expect(await rig.read('SELECT event_id FROM $public.events ORDER BY event_id')).toEqual([
      { event_id: 'fan' },
      { event_id: 'link' },
      { event_id: 'look' },
    ]);
  });

  test('a link is found from either end', async () => {
    const rows = await rig.read(
      `SELECT entry_key, entry FROM $generation.link_statements WHERE entry IN ('from', 'to') AND kind = 'run_user' ORDER BY entry`,
    );
    expect(rows).toEqual([
      { entry_key: 'r', entry: 'from' },
      { entry_key: person('f'), entry: 'to' },
    ]);
  });
});

describe('the read rule', () => {
  const rig = new GenerationRig();
  beforeAll(() => rig.migrate());
  afterAll(() => rig.close());
  const event = (id: string, part: Record<string, unknown> = {}) =>
    eventBody({ event_id: id, run_id: 'r', case_refs: [{ system: 'h', type: 't', id: 'c', role: '' }], ...part });
  const shown = (where = '1') =>
    rig.read<{ event_id: string; kafka_offset: number; duplicates: number; conflict: boolean }>(
      `SELECT event_id, kafka_partition, kafka_offset, duplicates, conflict FROM $public.events WHERE ${where} ORDER BY event_id`,
    );

  test('nothing is seen before the watermark says so, and then whole', async () => {
    await rig.insert([0, 1, 2].map((offset) => rig.record({ offset }, event(`w${offset}`))));
    expect(await shown()).toEqual([]);
    await rig.reach({ 0: 2 });
    expect((await shown()).map(({ event_id }) => event_id)).toEqual(['w0', 'w1']);
    await rig.reach({ 0: 3 });
    await rig.reach({ 0: 1 });
    expect((await shown()).map(({ event_id }) => event_id)).toEqual(['w0', 'w1', 'w2']);
  });

  test('a re-insert of the same record is no duplicate, merged or not', async () => {
    const record = rig.record({ offset: 10 }, event('again'));
    await rig.insert([record]);
    await rig.insert([record]);
    await rig.reach({ 0: 11 });
    expect(await shown(`event_id = 'again'`)).toEqual([
      { event_id: 'again', kafka_partition: 0, kafka_offset: 10, duplicates: 0, conflict: false },
    ]);
    await rig.client.command({ query: `OPTIMIZE TABLE ${rig.generation}.events FINAL` });
    expect(await rig.read(`SELECT count() AS n FROM $generation.events WHERE event_id = 'again'`)).toEqual([{ n: 1 }]);
  });

  test('of copies the first by broker time is shown, with their number; other facts are a conflict', async () => {
    await rig.insert([
      rig.record({ offset: 20, partition: 1, timestamp_ms: 1_000 }, event('twice')),
      rig.record({ offset: 5, partition: 2, timestamp_ms: 900 }, event('twice', { seq: 9, stream_id: 'other' })),
      rig.record({ offset: 21, partition: 1, timestamp_ms: 1_000 }, event('liar', { fact_hash: Buffer.alloc(32, 1) })),
      rig.record({ offset: 22, partition: 1, timestamp_ms: 1_000 }, event('liar', { fact_hash: Buffer.alloc(32, 2) })),
    ]);
    await rig.reach({ 1: 23, 2: 6 });
    expect(await shown(`event_id IN ('twice', 'liar')`)).toEqual([
      { event_id: 'liar', kafka_partition: 1, kafka_offset: 21, duplicates: 1, conflict: true },
      { event_id: 'twice', kafka_partition: 2, kafka_offset: 5, duplicates: 1, conflict: false },
    ]);
    const rows = await rig.read(
      `SELECT event_id, duplicates FROM $public.timeline_by_case WHERE case_key = 'h:c' AND event_id IN ('twice', 'liar')
        ORDER BY event_id`,
    );
    expect(rows).toEqual([
      { event_id: 'liar', duplicates: 1 },
      { event_id: 'twice', duplicates: 1 },
    ]);
  });

  test('a copy beyond the watermark does not count yet', async () => {
    await rig.insert([rig.record({ offset: 40 }, event('later')), rig.record({ offset: 41 }, event('later'))]);
    await rig.reach({ 0: 41 });
    expect(await shown(`event_id = 'later'`)).toMatchObject([{ duplicates: 0 }]);
    await rig.reach({ 0: 42 });
    expect(await shown(`event_id = 'later'`)).toMatchObject([{ duplicates: 1, kafka_offset: 40 }]);
  });

  test('a tenant sees its own, whoever else used the same ids', async () => {
    await rig.insert([rig.record({ offset: 50, timestamp_ms: 1 }, event('w0', { tenant_id: 'other' }))]);
    await rig.reach({ 0: 51 });
    expect(await shown(`event_id = 'w0'`)).toMatchObject([{ kafka_offset: 0, duplicates: 0 }]);
    expect(await rig.read('SELECT event_id FROM $public.events', 'other')).toEqual([{ event_id: 'w0' }]);
    expect(await rig.read('SELECT event_id FROM $public.events', '')).toEqual([]);
  });

  test('a page of a case is read by key, not by scanning', async () => {
    const plan = await rig.read<{ explain: string }>(
      `EXPLAIN indexes = 1 SELECT event_id FROM $public.timeline_by_case WHERE case_key = 'h:nothing'`,
    );
    const text = plan.map(({ explain }) => explain).join('\n');
    expect(text).toMatch(/Condition: [^\n]*entity_key in/);
  });
});
