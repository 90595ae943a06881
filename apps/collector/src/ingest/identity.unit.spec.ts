import { examples } from '../examples/examples.ts';
import { CollectorKit, event } from '../testing/collector-kit.ts';

const kit = new CollectorKit();
const tokens: Record<string, string> = {};
beforeAll(async () => {
  await kit.start();
  for (const connector_id of ['narrow', 'sap'])
    tokens[connector_id] = await kit.token({
      name: connector_id,
      role: 'connector',
      connector_id,
      tenant_id: 'acme',
      ...(connector_id === 'narrow' && { event_types: ['tool.*'] }),
    });
}, 60_000);
afterAll(() => kit.stop());

const changed = (event_id: string): object =>
  event({
    event_id,
    event_type: 'object.changed',
    source: { system: 'sap' },
    effect: { kind: 'update' },
    object_refs: [{ system: 'sap', type: 'invoice', id: '7', role: 'updated' }],
  });
const called = (event_id: string, more: object = {}): object =>
  event({ event_id, source: { system: 'agent' }, ...more });
const say = async (connector: string, one: object) =>
  (await kit.send('/v1/events', { method: 'POST', body: JSON.stringify(one), token: tokens[connector] ?? '' })).body;

describe('one id of two connectors', () => {
  test.each([
    ['another was there before', ['narrow', 'sap']],
    ['another comes after', ['sap', 'narrow']],
  ])('%s: neither is a duplicate of the other', async (name, order) => {
    const id = `po-7/${name}`;
    for (const connector of order) {
      const { receipts } = await say(connector, connector === 'sap' ? changed(id) : called(id));
      expect(receipts).toEqual([expect.objectContaining({ event_id: id, duplicate: false })]);
      expect(receipts[0].conflict).toBeUndefined();
    }
  });
  test('at once', async () => {
    const answers = await Promise.all([say('sap', changed('at once')), say('narrow', called('at once'))]);
    expect(answers.map(({ receipts }) => [receipts[0].duplicate, receipts[0].conflict])).toEqual([
      [false, undefined],
      [false, undefined],
    ]);
  });
  test('each gets its own receipt', async () => {
    const [ours, theirs] = [await say('sap', changed('mine')), await say('narrow', called('mine'))];
    for (const [connector, { receipts }] of [
      ['sap', ours],
      ['narrow', theirs],
    ] as const) {
      const { body } = await kit.send('/v1/receipts/mine', { token: tokens[connector] ?? '' });
      expect(body).toMatchObject({ connector_id: connector, offset: receipts[0].offset, topic: receipts[0].topic });
    }
  });
  test('a connector cannot ask for the receipt of another', async () => {
    await say('sap', changed('of sap'));
    const asked = await kit.send('/v1/receipts/of%20sap?connector_id=sap', { token: tokens['narrow'] ?? '' });
    expect(asked.status).toBe(404);
  });
  test('what was masked in both is said of both', async () => {
    const secret = `ghp_${'aB3'.repeat(12)}`;
    const body = { content: [{ role: 'tool_result', media_type: 'text/plain', text: `the key ${secret}` }] };
    await say('sap', called('masked', body));
    await say('narrow', called('masked', body));
    const masked = kit.events('audit.control.v1').filter(({ event_id }) => event_id.endsWith('masked#masked'));
    expect(masked.map(({ event_id, causation_id }) => [event_id, causation_id])).toEqual([
      ['sap:masked#masked', 'sap:masked'],
      ['narrow:masked#masked', 'narrow:masked'],
    ]);
  });
});

describe('one connector, one id', () => {
  test('said again it is a duplicate; with other facts it is a conflict, and the receipt is of the first', async () => {
    const [first, again, other] = [
      await say('sap', changed('same')),
      await say('sap', changed('same')),
      await say('sap', { ...changed('same'), run_id: 'another run' }),
    ];
    expect([first, again, other].map(({ receipts }) => [receipts[0].duplicate, receipts[0].conflict])).toEqual([
      [false, undefined],
      [true, undefined],
      [false, true],
    ]);
    const { body } = await kit.send('/v1/receipts/same', { token: tokens['sap'] ?? '' });
    expect(body.offset).toBe(first.receipts[0].offset);
  });
});

test('a credential for tools alone says nothing of another kind, whatever it names', async () => {
  const others = Object.entries(examples).flatMap(([type, one]) => (type.startsWith('tool.') ? [] : [one]));
  expect(others.length).toBeGreaterThan(50);
  const body = await say('narrow', others);
  expect(body.accepted).toBe(0);
  expect(body.errors.filter(({ code }: { code: string }) => code !== 'event_type_not_allowed')).toEqual([]);
});
