import { confirmations, type EffectFacts, NEAR_US } from '../rules/effect-confirmation.ts';
import { reconcile } from '../rules/reconcile.ts';
import { effectFacts } from './effect-facts.ts';
import { type Parameters, type Read } from './engine.ts';
import { touchedBy } from './touched.ts';

const at = (time: string): number => Date.parse(`2026-11-22T${time}Z`) * 1_000;
const one = (event_key: string, confirmation: boolean, time: string, more: Partial<EffectFacts> = {}): EffectFacts => ({
  tenant_id: 't',
  event_key,
  confirmation,
  occurred_at: at(time),
  effect_id: '',
  system: 'sap',
  objects: ['sap:invoice:1'],
  executed_as: 'RFC_AI',
  idempotency_key: '',
  transaction_key: '',
  document_no: '',
  ...more,
});

/** Answers the two queries as the tables would. */
function reader(all: readonly EffectFacts[]): Read {
  return <Row>(query: string, given: Parameters = {}) => {
    const ids = new Set((given['keys'] ?? given['ids']) as readonly string[]);
    if (!query.includes('SELECT DISTINCT event_key'))
      return Promise.resolve(all.filter(({ event_key }) => ids.has(event_key)) as readonly unknown[] as readonly Row[]);
    const [low, high] = [Number(given['low'] ?? -Infinity), Number(given['high'] ?? Infinity)];
    const keys = (fact: EffectFacts): readonly string[] =>
      (given['kinds'] as readonly string[]).includes('object')
        ? fact.objects
        : [fact.idempotency_key, fact.transaction_key, fact.document_no, fact.effect_id];
    const found = all.filter(
      (fact) => keys(fact).some((key) => ids.has(key)) && fact.occurred_at >= low && fact.occurred_at <= high,
    );
    return Promise.resolve(
      found
        .slice(0, Number(given['most']))
        .map(({ event_key }) => ({ event_key })) as readonly unknown[] as readonly Row[],
    );
  };
}

const finds = async (all: readonly EffectFacts[], ...ids: readonly string[]) =>
  confirmations(await effectFacts(reader(all), 'g', 't', ids, []));
const pairs = async (all: readonly EffectFacts[], ...ids: readonly string[]): Promise<unknown> =>
  (await finds(all, ...ids)).map(({ subject, link }) => [subject.id, link?.from.id ?? null]);

describe('one object, one technical user', () => {
  const [e0, c0] = [
    one('E0', false, '07:00:00', { transaction_key: 'V0' }),
    one('C0', true, '08:00:00', { transaction_key: 'V0' }),
  ];
  const [c1, c2, e1] = [one('C1', true, '08:01:40'), one('C2', true, '08:01:50'), one('E1', false, '08:03:30')];
  const said = [
    { link_id: 'rule_v0', event_key: 'rule_v0/0', asserted: true, basis: 'rule', rule_id: 'effect_confirmation/1' },
  ];

  test('a link by key stands, whatever comes later nearby', async () => {
    expect(await pairs([e0, c0], 'C0')).toEqual([['C0', 'E0']]);
    for (const [log, ...fresh] of [
      [[e0, c0, c1, c2], 'C1', 'C2'],
      [[e0, c0, c1, c2, e1], 'E1'],
      [[e0, c0, c1, c2, one('E1', false, '08:01:30')], 'E1'],
    ] as const) {
      const found = await finds(log, ...fresh);
      const ofC0 = found.filter(({ subject }) => subject.id === 'C0');
      expect(ofC0.map(({ link }) => link?.from.id).filter((from) => from !== 'E0')).toEqual([]);
      expect(
        found.flatMap(({ link }) => link ?? []).filter(({ from, to }) => from.id === 'E1' && to.id === 'C0'),
      ).toEqual([]);
      expect(
        ofC0.flatMap((finding) => reconcile(() => 'v0', finding, said)).filter(({ what }) => what.status === 'retract'),
      ).toEqual([]);
    }
  });
  test('a competitor that has an effect of its own by key is none, however far away that lies', async () => {
    const [effect, mine] = [one('E', false, '08:01:30'), one('C', true, '08:03:00')];
    expect(await pairs([e0, c0, effect, mine], 'C')).toEqual(expect.arrayContaining([['C', 'E']]));
    expect(await pairs([c0, effect, mine], 'C')).toEqual(expect.arrayContaining([['C', null]]));
  });
});

describe('more neighbours than are read', () => {
  const crowd = Array.from({ length: 5_000 }, (_, index) =>
    one(`crowd${index}`, true, '08:00:00', { executed_as: `user ${index}` }),
  );
  const [effect, mine] = [one('e', false, '08:00:00'), one('c', true, '08:00:01')];
  test('nothing is said of that subject', async () =>
    expect(await pairs([...crowd, effect, mine], 'c', 'e')).toEqual([]));
  test('others of the same round do not suffer', async () => {
    const other = { objects: ['sap:invoice:2'] };
    expect(
      await pairs(
        [...crowd, effect, mine, one('e2', false, '08:00:00', other), one('c2', true, '08:00:01', other)],
        'c',
        'c2',
      ),
    ).toEqual([['c2', 'e2']]);
  });
  test('as many as can be told apart are read', async () =>
    expect(await pairs([...crowd.slice(2, 5_000 - 1), effect, mine], 'e')).toEqual(
      expect.arrayContaining([['c', 'e']]),
    ));
});

test('the border of two minutes lies within what is read', async () => {
  const late = { ...one('c', true, '08:00:00'), occurred_at: at('08:00:00') + NEAR_US };
  expect(await pairs([one('e', false, '08:00:00'), late], 'e')).toEqual([['c', 'e']]);
});

test('what rules took back is looked at again, by tenant, together with what is new', async () => {
  const asked: string[] = [];
  const read: Read = <Row>(query: string) => {
    asked.push(query);
    const ofRetractions = query.includes('link_statements');
    return Promise.resolve(
      (ofRetractions
        ? [
            { tenant_id: 'a', runs: ['r'], traces: [], effects: ['c', 'd'] },
            { tenant_id: 'b', runs: [], traces: ['x'], effects: [] },
          ]
        : [{ tenant_id: 'a', runs: [], traces: [], effects: ['c'] }]) as readonly unknown[] as readonly Row[],
    );
  };
  const found = await touchedBy(read, 'g', [
    { topic: 'audit.control.v1', partition: 0, from: 0, to: 1, since: '1970-01-01 00:00:00.000' },
  ]);
  expect(asked).toHaveLength(2);
  expect(
    found.map(({ tenant_id, runs, traces, effects }) => [tenant_id, [...runs], [...traces], [...effects].sort()]),
  ).toEqual([
    ['a', ['r'], [], ['c', 'd']],
    ['b', [], ['x'], []],
  ]);
});
