import { AffidavitError } from '@affidavit/audit-model';
import { EngineRig, newId } from './testing/engine-rig.ts';

describe('records of every kind end where they belong', () => {
  const rig = new EngineRig();
  beforeAll(() => rig.open());
  afterAll(() => rig.close());

  test('events, looks, bodies, people; what cannot be read is a dead letter with its sealed bytes', async () => {
    const good = newId();
    const body = rig.events.encode(rig.event({ event_id: 'smuggler', run_id: 'r' }));
    const forged = rig.events.encode(rig.event({ event_id: 'forged', run_id: 'r' })).subarray(5);
    const unknownSchema = Buffer.from(body);
    unknownSchema.writeInt32BE(2_000_000_000, 1);
    await rig.send([
      rig.event({ event_id: good, run_id: 'r', case_refs: [{ system: 'h', type: 't', id: 'c', role: '' }] }),
      { raw: Buffer.concat([body, forged]), run: 'r' },
      { raw: unknownSchema, run: 'r' },
      { raw: Buffer.from('hello'), run: 'r' },
    ]);
    await rig.send(
      [rig.event({ event_id: 'look', event_type: 'audit.query.executed', run_id: 'q' })],
      rig.topics.access,
    );
    await rig.seal('The quick brown fox', 'r');
    const person = await rig.vault.seal({
      tenant_id: 'default',
      scope: { kind: 'person', id: `p_${'a'.repeat(52)}` },
      media_type: 'application/vnd.affidavit.person+json',
      bytes: Buffer.from('{"issuer":"shop","raw_id":"sara","display_name":"Sara"}'),
      subjects: [],
    });
    await rig.send(
      [
        {
          raw: rig.contents.encode({
            ...person,
            nonce: Buffer.from(person.nonce),
            ciphertext: Buffer.from(person.ciphertext),
          }),
          run: 'p',
        },
      ],
      rig.topics.content,
    );
    const { lanes } = await rig.projector();

    const events = await rig.until(
      () => rig.read<{ event_id: string }>('SELECT event_id FROM $public.events ORDER BY event_id'),
      (rows) => rows.length === 2,
    );
    expect(events.map(({ event_id }) => event_id)).toEqual([good, 'look'].sort());
    expect(await rig.read('SELECT event_id FROM $public.timeline_by_case')).toEqual([{ event_id: good }]);
    expect(await rig.read('SELECT event_id FROM $generation.access_log')).toEqual([{ event_id: 'look' }]);

    const letters = await rig.until(
      () =>
        rig.read<{ code: string; content_id: string; tenant_id: string }>(
          'SELECT code, content_id, tenant_id FROM $generation.dead_letters ORDER BY code',
        ),
      (rows) => rows.length === 3,
    );
    expect(letters.map(({ code }) => code)).toEqual(['frame_invalid', 'record_undecodable', 'schema_unknown']);
    expect(letters.every(({ content_id, tenant_id }) => content_id.startsWith('c_') && tenant_id === 'default')).toBe(
      true,
    );

    const bodies = await rig.until(
      () =>
        rig.read(
          `SELECT body, scope_id FROM $content.bodies WHERE hasAllTokens(body, 'quick fox')`,
          rig.contentClickhouse,
        ),
      (rows) => rows.length === 1,
    );
    expect(bodies).toEqual([{ body: 'The quick brown fox', scope_id: 'r' }]);
    expect(
      await rig.read('SELECT issuer, raw_id, display_name FROM $content.directory', rig.contentClickhouse),
    ).toEqual([{ issuer: 'shop', raw_id: 'sara', display_name: 'Sara' }]);
    await rig.until(
      () => Promise.resolve(lanes.every((lane) => lane.ready)),
      (ready) => ready,
    );
    expect(lanes.map((lane) => lane.ready)).toEqual([true, true, true]);
  });
});

describe('records that no collector of ours wrote', () => {
  const rig = new EngineRig();
  beforeAll(() => rig.open());
  afterAll(() => rig.close());

  test('without a key, without a value, with a key of another form: dead letters without a tenant, and the events behind them come through', async () => {
    const producer = rig.kafka.producer();
    await producer.connect();
    await producer.send({
      topic: rig.topics.activity,
      messages: [
        { key: null, value: 'hello' },
        { key: 'garbage', value: 'hello again' },
        { key: null, value: null },
      ].map((one) => ({ ...one, partition: 0 })),
    });
    await producer.disconnect();
    const ids = Array.from({ length: 12 }, (_, i) => `e${i}`);
    await rig.send(ids.map((event_id, i) => rig.event({ event_id, run_id: `r${i}` })));
    await rig.projector();
    await rig.until(
      () => rig.read('SELECT event_id FROM $public.events'),
      (rows) => rows.length === ids.length,
    );
    const letters = await rig.until(
      () =>
        rig.read<object>(
          "SELECT code, tenant_id, size_bytes, content_id != '' AS kept FROM $generation.dead_letters ORDER BY origin_offset",
        ),
      (rows) => rows.length === 3,
    );
    expect(letters).toMatchObject([
      { code: 'frame_invalid', tenant_id: '', kept: 1 },
      { code: 'frame_invalid', tenant_id: '', kept: 1 },
      { code: 'frame_invalid', tenant_id: '', kept: 0 },
    ]);
  });
});

describe('killed between the steps, on the real engines', () => {
  const rig = new EngineRig();
  beforeAll(() => rig.open());
  afterAll(() => rig.close());
  class Killed extends Error {}

  test('after the insert, before the position; and after the position, before the commit: every event once', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `e${i}`);
    await rig.send(ids.map((event_id, i) => rig.event({ event_id, run_id: `r${i % 5}` })));
    await rig.send([rig.event({ event_id: 'e3', run_id: 'r3' })]);

    const first = await rig.projector(({ sinks }) => {
      const project = sinks.events.project.bind(sinks.events);
      sinks.events.project = async (records) => {
        await project(records);
        throw new Killed('inserted, position not written');
      };
    });
    expect(await first.failed).toBeInstanceOf(Killed);
    await first.stop();
    expect(await rig.read('SELECT count() AS n FROM $generation.events')).not.toEqual([{ n: 0 }]);
    expect(await rig.read('SELECT count() AS n FROM $public.events')).toEqual([{ n: 0 }]);

    const second = await rig.projector();
    await rig.until(
      () => rig.read<{ n: number }>('SELECT count() AS n FROM $public.events'),
      ([row]) => row!.n === 40,
    );
    await second.stop();
    // The group's committed offsets are put back to the start, as if the commit had been lost: the table knows better.
    const admin = rig.kafka.admin();
    await admin.connect();
    await admin.setOffsets({
      groupId: `affidavit-projector-${rig.generation}`,
      topic: rig.topics.activity,
      partitions: [0, 1, 2].map((partition) => ({ partition, offset: '0' })),
    });
    await admin.disconnect();
    await rig.send([rig.event({ event_id: 'last', run_id: 'r1' })]);
    let again = 0;
    await rig.projector(({ sinks }) => {
      const project = sinks.events.project.bind(sinks.events);
      sinks.events.project = (records) => {
        again += records.length;
        return project(records);
      };
    });
    const rows = await rig.until(
      () =>
        rig.read<{ event_id: string; duplicates: number }>(
          'SELECT event_id, duplicates FROM $public.events ORDER BY event_id',
        ),
      (found) => found.length === 41,
    );
    expect(rows.map(({ event_id }) => event_id)).toEqual([...ids, 'last'].sort());
    expect(rows.filter(({ duplicates }) => duplicates > 0)).toEqual([{ event_id: 'e3', duplicates: 1 }]);
    expect(again).toBe(1);
  });
});

describe('one engine away', () => {
  const rig = new EngineRig();
  beforeAll(() => rig.open(1));
  afterAll(() => rig.close());

  test('events go on while bodies wait, and bodies come when their engine is back', async () => {
    let away = true;
    const { lanes } = await rig.projector(({ sinks }) => {
      const project = sinks.content.project.bind(sinks.content);
      sinks.content.project = (records) =>
        away ? Promise.reject(new AffidavitError('store_unavailable', 'away', { retryable: true })) : project(records);
    });
    await rig.seal('a body that waits', 'r');
    await rig.send([rig.event({ event_id: 'on', run_id: 'r' })]);
    expect(
      await rig.until(
        () => rig.read('SELECT event_id FROM $public.events'),
        (rows) => rows.length === 1,
      ),
    ).toEqual([{ event_id: 'on' }]);
    const ready = (name: string) => lanes.find((lane) => lane.name === name)!.ready;
    await rig.until(
      () => Promise.resolve(ready('events') && !ready('content')),
      (told) => told,
    );
    expect([ready('events'), ready('content')]).toEqual([true, false]);
    away = false;
    const bodies = await rig.until(
      () => rig.read('SELECT body FROM $content.bodies', rig.contentClickhouse),
      (rows) => rows.length === 1,
    );
    expect(bodies).toEqual([{ body: 'a body that waits' }]);
  });
});

describe('what must stop it', () => {
  const rig = new EngineRig();
  beforeAll(() => rig.open(1));
  afterAll(() => rig.close());

  test('a log whose start is behind the next record: loud, and said in the dead letters', async () => {
    await rig.send(Array.from({ length: 10 }, (_, i) => rig.event({ event_id: `e${i}`, run_id: 'r' })));
    const admin = rig.kafka.admin();
    await admin.connect();
    // kafkajs deletes only in topics that it has looked at.
    await admin.fetchTopicOffsets(rig.topics.activity);
    await admin.deleteTopicRecords({ topic: rig.topics.activity, partitions: [{ partition: 0, offset: '4' }] });
    await admin.disconnect();
    const { failed } = await rig.projector();
    expect(await failed).toMatchObject({ code: 'log_truncated', retryable: false });
    const letters = await rig.until(
      () => rig.read<{ code: string; reason: string }>('SELECT code, reason FROM $generation.dead_letters'),
      (rows) => rows.length > 0,
    );
    expect(letters[0]).toEqual({ code: 'log_truncated', reason: 'offsets 0 to 3 are not in the log' });
    expect(await rig.read('SELECT count() AS n FROM $generation.events')).toEqual([{ n: 0 }]);
  });
});
