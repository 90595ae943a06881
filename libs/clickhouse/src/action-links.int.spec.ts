import { GenerationRig } from './testing/generation-rig.ts';
import { CONTROL, insertStory, person, Story } from './testing/story.ts';

const rig = new GenerationRig();
const story = new Story();

const shop = {
  source: { system: 'shop', connector_id: 'shop' },
  stream_id: 'shop/1/a',
  evidence_grade: 'system_of_record',
};
const agent = { source: { system: 'agent', connector_id: 'agent' }, actor: { type: 'agent', id: 'bot' }, run_id: 'r1' };
const allowed = { policy_id: 'orders', policy_version: '1', rule_id: 'ok', decision: 'allow', enforcement: 'enforced' };
const joins = (link_id: string, from_id: string, to_id: string) => ({
  link_id,
  kind: 'effect_confirmation',
  from_kind: 'event',
  from_id,
  to_kind: 'event',
  to_id,
  basis: 'rule',
  rule_id: 'effect_confirmation/1',
  confidence: 0.95,
});

/** An allowed call with an effect of its own id. */
function act(name: string, seconds: number, effect: object = {}): void {
  const call = { ...agent, call_id: `call-${name}` };
  story.tell(`${name}-rule`, 'policy.evaluated', seconds, { ...call, policy: allowed }, CONTROL);
  story.tell(`${name}-done`, 'tool.call.completed', seconds + 1, {
    ...call,
    tool: { name: 'update', tier: 'write' },
    outcome: { status: 'success' },
  });
  story.tell(`${name}-effect`, 'object.changed', seconds + 1, {
    ...call,
    effect_id: `eff-${name}`,
    effect: { kind: 'update', ...effect },
  });
}

// Joined to the call by a link alone; what shares the shop's own id with it belongs there, too.
act('known', 0, { amount: Buffer.from([0x07, 0xa1, 0x20]), currency: 'EUR' });
story.tell('known-reported', 'object.change.confirmed', 5, {
  ...shop,
  effect_id: 'shop-1',
  effect: { kind: 'update', amount: Buffer.from([0x07, 0xa1, 0x20]), currency: 'EUR' },
});
story.tell('known-booked', 'process.completed', 6, { ...shop, effect_id: 'shop-1', effect: { kind: 'update' } });
// The system of record says that it failed.
act('failed', 10);
story.tell('failed-reported', 'process.failed', 12, { ...shop, effect: { kind: 'update' } });
// Retracted again.
act('undone', 20);
story.tell('undone-reported', 'object.change.confirmed', 22, { ...shop, effect_id: 'shop-3' });
// One booking of two effects; one of them has no id and no call.
act('both', 30);
story.tell('naked-effect', 'object.changed', 31, { ...agent, effect: { kind: 'update' } });
story.tell('both-reported', 'object.change.confirmed', 32, shop);
// A link that names no confirmation, and one that names nothing on record, join nothing.
act('other', 40);

story.link('say-known', joins('l-known', 'agent:known-effect', 'shop:known-reported'));
story.link('say-failed', joins('l-failed', 'shop:failed-reported', 'agent:failed-done'));
story.link('say-undone', joins('l-undone', 'agent:undone-effect', 'shop:undone-reported'));
story.link('say-both', joins('l-both', 'agent:both-effect', 'shop:both-reported'));
story.link('say-naked', joins('l-naked', 'agent:naked-effect', 'shop:both-reported'));
story.link('say-effects', joins('l-effects', 'agent:other-effect', 'agent:both-effect'));
story.link('say-nothing', joins('l-nothing', 'agent:other-effect', 'agent:not-on-record'));
story.link('say-foreign', { ...joins('l-foreign', 'agent:other-effect', 'shop:undone-reported'), kind: 'case_run' });
story.link('take-undone', { link_id: 'l-undone', basis: 'rule' }, 'link.retracted');
story.tell(
  'accounts',
  'identity.account.linked',
  50,
  {
    link: {
      from_kind: 'account',
      from_id: person('a'),
      from_issuer: 'crm',
      to_kind: 'person',
      to_id: person('b'),
      to_issuer: 'hr',
    },
  },
  CONTROL,
);

const columns = 'action_key, kind, agreement, confirmed, confirmed_by, effects, event_ids';
const actions = async (session = 'default'): Promise<unknown[][]> =>
  (await rig.read(`SELECT ${columns} FROM $public.actions ORDER BY action_key`, session)).map((row) =>
    Object.values(row),
  );

const own = (name: string): string[] => [`${name}-done`, `${name}-effect`, `${name}-rule`];
const expected = [
  [
    'call/r1/call-both',
    'tool_call',
    'matched',
    true,
    'shop',
    1,
    ['both-done', 'both-effect', 'both-reported', 'both-rule'],
  ],
  [
    'call/r1/call-failed',
    'tool_call',
    'mismatched',
    true,
    'shop',
    1,
    ['failed-done', 'failed-effect', 'failed-reported', 'failed-rule'],
  ],
  [
    'call/r1/call-known',
    'tool_call',
    'matched',
    true,
    'shop',
    1,
    ['known-booked', 'known-done', 'known-effect', 'known-reported', 'known-rule'],
  ],
  ['call/r1/call-other', 'tool_call', 'matched', false, '', 1, own('other')],
  ['call/r1/call-undone', 'tool_call', 'matched', false, '', 1, own('undone')],
  ['effect/shop-3', 'confirmation', 'executed_without_decision', true, 'shop', 1, ['undone-reported']],
  [
    'event/agent:naked-effect',
    'effect',
    'executed_without_decision',
    true,
    'shop',
    1,
    ['both-reported', 'naked-effect'],
  ],
];

let first: Readonly<Record<string, number>>;
beforeAll(async () => {
  await rig.migrate();
  first = await insertStory(rig, story);
}, 90_000);
afterAll(() => rig.close());

test('a confirmation that only a link joins is in the row of its effect, and no action of its own', async () => {
  expect(await actions()).toEqual(expected);
  const [row] = await rig.read(
    `SELECT toString(confirmed_at) AS confirmed_at, run_id, effect_id, source_systems FROM $public.actions
      WHERE action_key = 'call/r1/call-known'`,
  );
  expect(row).toEqual({
    confirmed_at: '2026-11-22 10:00:05.000000',
    run_id: 'r1',
    effect_id: 'eff-known',
    source_systems: ['agent', 'shop'],
  });
});

test('links as a table: those that hold, with the ends of the last assertion', async () => {
  const links = await rig.read(
    `SELECT link_id, kind, from_key, to_key, rule_id, confidence, event_id FROM $public.links WHERE kind = 'effect_confirmation'
      ORDER BY link_id`,
  );
  expect(links.map(({ link_id }) => link_id)).toEqual([
    'l-both',
    'l-effects',
    'l-failed',
    'l-known',
    'l-naked',
    'l-nothing',
  ]);
  expect(links[3]).toEqual({
    link_id: 'l-known',
    kind: 'effect_confirmation',
    from_key: 'agent:known-effect',
    to_key: 'shop:known-reported',
    rule_id: 'effect_confirmation/1',
    confidence: 0.95,
    event_id: 'say-known',
  });
  expect(
    await rig.read(
      `SELECT kind, from_kind, from_key, from_issuer, to_kind, to_key, to_issuer FROM $public.links
        WHERE kind = 'account_person'`,
    ),
  ).toEqual([
    {
      kind: 'account_person',
      from_kind: 'person',
      from_key: person('a'),
      from_issuer: 'crm',
      to_kind: 'person',
      to_key: person('b'),
      to_issuer: 'hr',
    },
  ]);
  expect(await rig.read('SELECT * FROM $public.links', 'other')).toEqual([]);
  expect(await actions('other')).toEqual([]);
});

test('figures stay with every record doubled, and at an earlier moment whatever is said later', async () => {
  const links = await rig.read('SELECT * FROM $public.links ORDER BY link_id');
  await rig.insert(story.records(rig).records);
  await insertStory(rig, story, 1_000);
  expect(await actions()).toEqual(expected);
  expect(await rig.read('SELECT * FROM $public.links ORDER BY link_id')).toEqual(links);
  const later = new Story();
  later.link('say-undone-again', joins('l-undone', 'agent:undone-effect', 'shop:undone-reported'));
  later.link('take-known', { link_id: 'l-known', basis: 'rule' }, 'link.retracted');
  const next = await insertStory(rig, later, 2_000);
  const then = (vector: Readonly<Record<string, number>>): string =>
    `default\n${JSON.stringify(Object.entries(vector).map(([topic, offset]) => [topic, 0, offset]))}`;
  expect(await actions(then(first))).toEqual(expected);
  // Before anything was said of links, each confirmation stands alone.
  const unsaid = await rig.read<{ action_key: string }>(
    "SELECT action_key FROM $public.actions WHERE kind = 'confirmation' ORDER BY action_key",
    then({ ...first, [CONTROL]: 5 }),
  );
  expect(unsaid.map(({ action_key }) => action_key)).toEqual([
    'effect/shop-1',
    'effect/shop-3',
    'event/shop:both-reported',
    'event/shop:failed-reported',
  ]);
  expect(next).toEqual({ [CONTROL]: 2_002 });
  const now = await rig.read(
    `SELECT action_key, confirmed FROM $public.actions WHERE action_key IN ('call/r1/call-undone', 'call/r1/call-known',
      'effect/shop-1', 'effect/shop-3') ORDER BY action_key`,
  );
  expect(now).toEqual([
    { action_key: 'call/r1/call-known', confirmed: false },
    { action_key: 'call/r1/call-undone', confirmed: true },
    { action_key: 'effect/shop-1', confirmed: true },
  ]);
}, 60_000);
