import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { caseRun } from './case-run.ts';
import { confirmations, type EffectFacts } from './effect-confirmation.ts';
import { foldStatements, linkIdOf, reconcile, type Statement } from './reconcile.ts';
import { type Finding, type RunFacts } from './rule.ts';
import { runSession } from './run-session.ts';
import { runUser } from './run-user.ts';
import { traceRun } from './trace-run.ts';

const facts: RunFacts = {
  tenant_id: 't',
  run: 'r',
  sessions: ['s'],
  people: [{ id: 'p_a', issuer: 'crm' }],
  cases: ['helpdesk:1'],
  without_session: 1,
  without_person: 1,
  without_case: 1,
};
const ends = ({ link }: Finding): unknown => (link === null ? null : [link.kind, link.from.id, link.to.id]);

describe('rules about runs and traces', () => {
  test('one answer is a link, where some events do not say it themselves', () => {
    expect(
      [
        caseRun(facts),
        runSession(facts),
        runUser(facts),
        traceRun({ tenant_id: 't', trace: 'x', runs: ['r'], without_run: 1 }),
      ].map(ends),
    ).toEqual([
      ['case_run', 'helpdesk:1', 'r'],
      ['run_session', 'r', 's'],
      ['run_user', 'r', 'p_a'],
      ['trace_run', 'x', 'r'],
    ]);
  });
  test.each([
    ['nothing to add', { without_session: 0, without_person: 0, without_case: 0 }],
    ['none', { sessions: [], people: [], cases: [] }],
    [
      'two',
      {
        sessions: ['s', 's2'],
        people: [
          { id: 'p_a', issuer: 'crm' },
          { id: 'p_b', issuer: 'crm' },
        ],
        cases: ['helpdesk:1', 'helpdesk:2'],
      },
    ],
  ])('%s: no link', (_name, change) => {
    for (const rule of [caseRun, runSession, runUser]) expect(rule({ ...facts, ...change }).link).toBeNull();
  });
  test("a trace of two runs, or with nothing left over, is nobody's", () => {
    expect(traceRun({ tenant_id: 't', trace: 'x', runs: ['r', 'q'], without_run: 1 }).link).toBeNull();
    expect(traceRun({ tenant_id: 't', trace: 'x', runs: ['r'], without_run: 0 }).link).toBeNull();
  });
});

describe('effects and their confirmations', () => {
  const one = (event_key: string, confirmation: boolean, more: Partial<EffectFacts> = {}): EffectFacts => ({
    tenant_id: 't',
    event_key,
    confirmation,
    occurred_at: 0,
    effect_id: '',
    system: 'sap',
    objects: ['sap:invoice:1'],
    executed_as: 'RFC_AI',
    idempotency_key: '',
    transaction_key: '',
    document_no: '',
    ...more,
  });
  const found = (list: readonly EffectFacts[], ...rim: readonly EffectFacts[]): readonly Finding[] =>
    confirmations({ facts: [...list, ...rim], whole: new Set(list.map(({ event_key }) => event_key)) });
  const matched = (...list: readonly EffectFacts[]): unknown =>
    found(list).map(({ subject, link }) => [subject.id, link?.from.id ?? null]);
  const s = 1_000_000;

  test.each([
    [
      'by idempotency key, whenever and wherever',
      [
        one('e', false, { idempotency_key: 'k', system: 'x', occurred_at: 0 }),
        one('c', true, { idempotency_key: 'k', occurred_at: 9_000 * s, objects: [] }),
      ],
      [['c', 'e']],
    ],
    [
      'by transaction',
      [
        one('e', false, { transaction_key: 'LUW1', objects: [] }),
        one('c', true, { transaction_key: 'LUW1', system: 'SAP' }),
      ],
      [['c', 'e']],
    ],
    [
      'by document number, in the same system only',
      [
        one('e', false, { document_no: '42', system: 'oracle', executed_as: '' }),
        one('c', true, { document_no: '42' }),
      ],
      [['c', null]],
    ],
    [
      'by object and technical user, within two minutes',
      [one('e', false), one('c', true, { occurred_at: 120 * s })],
      [['c', 'e']],
    ],
    ['not later', [one('e', false), one('c', true, { occurred_at: 121 * s })], [['c', null]]],
    ['not as somebody else', [one('e', false), one('c', true, { executed_as: 'ADA' })], [['c', null]]],
    [
      'two effects: ambiguous',
      [one('e', false), one('e2', false, { occurred_at: s }), one('c', true, { occurred_at: 2 * s })],
      [['c', null]],
    ],
    [
      'two confirmations: ambiguous',
      [one('e', false), one('c', true), one('c2', true)],
      [
        ['c', null],
        ['c2', null],
      ],
    ],
    [
      'a key decides between two near ones',
      [
        one('e', false, { document_no: '42' }),
        one('e2', false),
        one('c', true, { document_no: '42' }),
        one('c2', true, { document_no: '43', occurred_at: 500 * s }),
      ],
      [
        ['c', 'e'],
        ['c2', null],
      ],
    ],
    [
      'two effects with one key: ambiguous',
      [
        one('e', false, { idempotency_key: 'k' }),
        one('e2', false, { idempotency_key: 'k' }),
        one('c', true, { idempotency_key: 'k' }),
      ],
      [['c', null]],
    ],
    [
      'one that names its effect needs no link',
      [one('e', false, { effect_id: 'x' }), one('c', true, { effect_id: 'x' })],
      [['c', null]],
    ],
    [
      'nothing empty joins anything',
      [one('e', false, { executed_as: '', objects: [] }), one('c', true, { executed_as: '', objects: [] })],
      [['c', null]],
    ],
  ] as const)('%s', (_name, list, expected) => expect(matched(...list)).toEqual(expected));

  test('nothing is found of what lies at the rim, nor where the rim could decide otherwise', () => {
    const [effect, mine] = [one('e', false), one('c', true, { occurred_at: s })];
    expect(found([effect], mine)).toEqual([]);
    // The effect's other confirmations were not read.
    expect(found([mine], effect)).toEqual([]);
    // The other one may carry the key of an effect that was not read.
    expect(found([effect, mine], one('c2', true, { transaction_key: 'V0' }))).toEqual([]);
    expect(found([effect, mine], one('c2', true, { occurred_at: 121 * s })).map(({ link }) => link?.from.id)).toEqual([
      'e',
    ]);
    expect(found([effect, mine], one('e2', false)).map(({ link }) => link)).toEqual([null]);
  });

  test('whatever there is, in whatever order: no effect twice by place, and the same answer', () => {
    const key = fc.constantFrom('', 'a', 'b');
    const list = fc.array(
      fc.record({
        confirmation: fc.boolean(),
        at: fc.integer({ min: 0, max: 300 }),
        object: fc.constantFrom('o', 'p'),
        executed_as: key,
        idempotency_key: key,
        document_no: key,
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(list, fc.integer(), (drawn, turn) => {
        const all = drawn.map(({ at, object, ...more }, index) =>
          one(`e${index}`, more.confirmation, { ...more, occurred_at: at * s, objects: [object] }),
        );
        const links = found(all).flatMap(({ link }) => link ?? []);
        const near = links.filter(({ confidence }) => confidence === 0.7).map(({ from }) => from.id);
        expect(new Set(near).size).toBe(near.length);
        const turned = all.map((_, index) => all[(index + Math.abs(turn)) % all.length] as EffectFacts);
        const sorted = (list: readonly { from: { id: string }; to: { id: string } }[]) =>
          list.map(({ from, to }) => `${from.id} ${to.id}`).sort();
        expect(sorted(found(turned).flatMap(({ link }) => link ?? []))).toEqual(sorted(links));
      }),
    );
  });
});

describe('what is said', () => {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  const found = caseRun(facts);
  const id = linkIdOf(digest, found, found.link as NonNullable<Finding['link']>);
  const none: Finding = { ...found, link: null };
  const statement = (event_key: string, asserted: boolean, more: Partial<Statement> = {}): Statement => ({
    link_id: id,
    event_key,
    asserted,
    basis: 'rule',
    rule_id: 'case_run/1',
    ...more,
  });
  const said = (finding: Finding, ...list: readonly Statement[]) =>
    reconcile(digest, finding, list).map(({ event_id, what }) => [event_id, what.status]);

  test('what is new, once; what no longer holds is taken back; what holds is left', () => {
    expect(said(found)).toEqual([[`${id}/0`, 'assert']]);
    expect(said(found, statement(`${id}/0`, true))).toEqual([]);
    expect(said(none, statement(`${id}/0`, true))).toEqual([[`${id}/1`, 'retract']]);
    expect(said(none, statement(`${id}/0`, true), statement(`${id}/1`, false))).toEqual([]);
    expect(said(found, statement(`${id}/0`, true), statement(`${id}/1`, false), statement(`${id}/0`, true))).toEqual([
      [`${id}/2`, 'assert'],
    ]);
  });
  test('a rule does not argue with a person, and does not touch what others said', () => {
    expect(
      said(found, statement(`${id}/0`, true), statement('by hand', false, { basis: 'person', rule_id: '' })),
    ).toEqual([]);
    expect(
      said(
        none,
        statement('x', true, { link_id: 'another', rule_id: 'run_user/1' }),
        statement('y', true, { link_id: 'by hand', rule_id: '', basis: 'person' }),
      ),
    ).toEqual([]);
  });
  test('another answer takes back the one before', () => {
    const other = caseRun({ ...facts, cases: ['helpdesk:2'] });
    expect(said(other, statement(`${id}/0`, true)).map(([, what]) => what)).toEqual(['retract', 'assert']);
  });
  test('copies of statements change nothing; the last one decides', () => {
    const log = fc.array(fc.record({ event: fc.integer({ min: 0, max: 5 }), asserted: fc.boolean() }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(log, (drawn) => {
        const list = drawn.map(({ event, asserted }) => statement(`e${event}`, asserted));
        const firsts = list.filter(
          (one, index) => list.findIndex(({ event_key }) => event_key === one.event_key) === index,
        );
        expect(foldStatements(list)).toEqual(foldStatements(firsts));
        expect(foldStatements(list).get(id)?.asserted).toEqual(firsts.at(-1)?.asserted);
      }),
    );
  });
});
