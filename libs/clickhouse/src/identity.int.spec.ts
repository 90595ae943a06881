import { eventBody, type EventPart, GenerationRig } from './testing/generation-rig.ts';
import { insertStory, Story } from './testing/story.ts';

/** Told at ten o'clock; the broker's time of each record is given, since it decides which copy is the first. */
const TOLD_AT_MS = 1_795_341_600_000;
const order = (id: string) => [
  { system: 'shop', instance: '', type: 'order', id, role: 'updated', version_before: '', version_after: '' },
];
const narrow = {
  event_type: 'tool.call.completed',
  source: { system: 'agent', connector_id: 'narrow' },
  stream_id: 'narrow/1',
  evidence_grade: 'self_reported',
};
const record = {
  event_type: 'object.changed',
  source: { system: 'shop', connector_id: 'shop' },
  stream_id: 'shop/1',
  evidence_grade: 'system_of_record',
  object_refs: order('W1'),
};
const fact = (letter: string): Buffer => Buffer.from(letter.repeat(32));

interface Told {
  readonly part: EventPart;
  readonly partition: number;
  readonly ms: number;
}

/** Each record at the next offset of its partition. */
async function tell(rig: GenerationRig, told: readonly Told[]): Promise<void> {
  const next = new Map<number, number>();
  await rig.insert(
    told.map(({ part, partition, ms }) => {
      const offset = next.get(partition) ?? 0;
      next.set(partition, offset + 1);
      const at = Story.at(0);
      return rig.record(
        { partition, offset, timestamp_ms: TOLD_AT_MS + ms },
        eventBody({ occurred_at: at, observed_at: at, seq: offset + 1, time_basis: 'source', ...part }),
      );
    }),
  );
  await rig.reach(Object.fromEntries(next));
}

describe.each<[string, readonly Told[]]>([
  [
    'another connector was there before',
    [
      { part: { ...narrow, event_id: 'po-7', fact_hash: fact('a') }, partition: 0, ms: 0 },
      { part: { ...record, event_id: 'po-7', fact_hash: fact('b') }, partition: 1, ms: 5 },
    ],
  ],
  [
    'another connector comes after',
    [
      { part: { ...record, event_id: 'po-7', fact_hash: fact('b') }, partition: 1, ms: 0 },
      { part: { ...narrow, event_id: 'po-7', fact_hash: fact('a') }, partition: 0, ms: 5 },
    ],
  ],
  [
    'at once, from a partition that sorts before, by the choice of a run',
    [
      { part: { ...record, event_id: 'po-7', run_id: 'r1', fact_hash: fact('b') }, partition: 1, ms: 0 },
      { part: { ...narrow, event_id: 'po-7', run_id: 'chosen', fact_hash: fact('a') }, partition: 0, ms: 0 },
    ],
  ],
])('one id of two connectors: %s', (_name, told) => {
  const rig = new GenerationRig();
  beforeAll(async () => {
    await rig.migrate();
    await tell(rig, told);
  });
  afterAll(() => rig.close());

  test('both are events, and neither is a copy of the other', async () => {
    expect(
      await rig.read(
        'SELECT source_connector_id, event_type, duplicates, conflict FROM $public.events ORDER BY source_connector_id',
      ),
    ).toEqual([
      { source_connector_id: 'narrow', event_type: 'tool.call.completed', duplicates: 0, conflict: false },
      { source_connector_id: 'shop', event_type: 'object.changed', duplicates: 0, conflict: false },
    ]);
    expect(await rig.read('SELECT count() AS n FROM $public.conflicts')).toEqual([{ n: 0 }]);
  });
  test('the object that the system of record names has its timeline', async () => {
    expect(await rig.read('SELECT object_key, source_connector_id FROM $public.timeline_by_object')).toEqual([
      { object_key: 'shop:order:W1', source_connector_id: 'shop' },
    ]);
  });
});

describe('one connector says another thing under one id', () => {
  const rig = new GenerationRig();
  beforeAll(async () => {
    await rig.migrate();
    const said = { ...record, event_id: 'po-7' };
    await tell(rig, [
      { part: { ...said, run_id: 'r1', fact_hash: fact('b') }, partition: 1, ms: 0 },
      { part: { ...said, run_id: 'r1', fact_hash: fact('b') }, partition: 1, ms: 1 },
      { part: { ...said, run_id: 'r2', object_refs: order('W2'), fact_hash: fact('c') }, partition: 2, ms: 2 },
      { part: { ...said, run_id: 'r2', object_refs: order('W2'), fact_hash: fact('c') }, partition: 2, ms: 3 },
      { part: { ...said, event_type: 'object.read', run_id: 'r3', fact_hash: fact('d') }, partition: 0, ms: 4 },
    ]);
  });
  afterAll(() => rig.close());

  test('it stays out of every count', async () => {
    expect(await rig.read('SELECT event_type, run_id, conflict FROM $public.events')).toEqual([
      { event_type: 'object.changed', run_id: 'r1', conflict: true },
    ]);
    expect(await rig.read('SELECT object_key FROM $public.timeline_by_object')).toEqual([
      { object_key: 'shop:order:W1' },
    ]);
    expect(await rig.read('SELECT run_id FROM $public.runs')).toEqual([{ run_id: 'r1' }]);
  });
  test('and is on record as what it is: each differing fact once, with what it contradicts', async () => {
    expect(
      await rig.read(`SELECT source_connector_id, event_id, event_type, run_id, object_keys, records, kafka_partition,
        event_partition, event_offset FROM $public.conflicts ORDER BY kafka_partition`),
    ).toEqual([
      {
        source_connector_id: 'shop',
        event_id: 'po-7',
        event_type: 'object.read',
        run_id: 'r3',
        object_keys: ['shop:order:W1'],
        records: 1,
        kafka_partition: 0,
        event_partition: 1,
        event_offset: 0,
      },
      {
        source_connector_id: 'shop',
        event_id: 'po-7',
        event_type: 'object.changed',
        run_id: 'r2',
        object_keys: ['shop:order:W2'],
        records: 2,
        kafka_partition: 2,
        event_partition: 1,
        event_offset: 0,
      },
    ]);
  });
});

test('a story without conflicts has none', async () => {
  const rig = new GenerationRig();
  await rig.migrate();
  const story = new Story();
  story.tell('e', 'object.changed', 0, { ...record });
  await insertStory(rig, story);
  await insertStory(rig, story, 10);
  expect(await rig.read('SELECT count() AS n FROM $public.conflicts')).toEqual([{ n: 0 }]);
  await rig.close();
});
