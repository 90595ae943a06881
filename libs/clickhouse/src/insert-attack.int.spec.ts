import { insertContainer } from './insert-container.ts';
import { BodyLength } from './body-length.ts';
import { eventBody, eventSchema, GenerationRig } from './testing/generation-rig.ts';

const rig = new GenerationRig();
beforeAll(() => rig.migrate());
afterAll(() => rig.close());

const ids = async (topic: string) =>
  (
    await rig.read<{ event_id: string }>(
      `SELECT event_id FROM $generation.events WHERE kafka_topic = '${topic}' ORDER BY kafka_offset`,
    )
  ).map(({ event_id }) => event_id);

test('a complete forged record behind a body makes no row and takes no neighbour', async () => {
  const smuggler = Buffer.concat([
    eventBody({ event_id: 'smuggler' }),
    eventBody({ event_id: 'forged', tenant_id: 'victim' }),
  ]);
  const bodies = [
    eventBody({ event_id: 'before' }),
    smuggler,
    eventBody({ event_id: 'after' }),
    eventBody({ event_id: 'last' }),
  ];
  await rig.insert(bodies.map((body, offset) => rig.record({ offset, topic: 'smuggle' }, body)));
  // The engine passes over what is left of a block: the forged row is not there, the genuine ones are.
  expect(await ids('smuggle')).toEqual(['before', 'smuggler', 'after', 'last']);
  // And the projector does not let it come so far.
  expect(new BodyLength(eventSchema).fits(smuggler)).toBe(false);
});

test('as the last of its batch, too', async () => {
  const smuggler = Buffer.concat([eventBody({ event_id: 'smuggler' }), eventBody({ event_id: 'forged' })]);
  await rig.insert(
    [eventBody({ event_id: 'before' }), smuggler].map((body, offset) =>
      rig.record({ offset, topic: 'smuggle-last' }, body),
    ),
  );
  expect(await ids('smuggle-last')).toEqual(['before', 'smuggler']);
});

test('a body that is cut short refuses the insert as data, and nothing of it is there', async () => {
  const whole = eventBody({ event_id: 'short' });
  const records = [eventBody({ event_id: 'before' }), whole.subarray(0, 60)].map((body, offset) =>
    rig.record({ offset, topic: 'short' }, body),
  );
  await expect(rig.insert(records)).rejects.toMatchObject({
    code: '1001',
    message: expect.stringContaining('avro::Exception') as string,
  });
  expect(await ids('short')).toEqual([]);
});

test('a table that is not there is an error with a code', async () => {
  const container = rig.container.encode(
    [rig.record({ offset: 0 }, eventBody({ event_id: 'x' }))],
    Buffer.alloc(16, 7),
  );
  await expect(insertContainer(rig.client, rig.generation, 'nothing', container)).rejects.toMatchObject({ code: '60' });
});
