import fc from 'fast-check';
import { type EventType } from '@affidavit/contracts';
import { diffOf } from './diff.ts';
import { diffSteps } from './diff-steps.ts';
import { type Digests } from './evidence.ts';
import { type GivenRow, rowsOf } from './testdata/rows.ts';

const nothing: Digests = { of: null, why: 'role_may_not_read_content' };
const tool = (name: string, more: GivenRow[1] = {}): GivenRow => [
  'tool.call.completed',
  { call_id: `${name}${JSON.stringify(more)}`, tool: { name }, outcome: { status: 'success' }, ...more },
];
const body = (
  role: 'tool_args' | 'tool_result' | 'output',
  content_id: string,
  capture: 'full' | 'masked' = 'full',
) => ({ content: [{ role, content_id, capture }] });
const noPause = (): Promise<void> => Promise.resolve();
const runs = (a: readonly GivenRow[], b: readonly GivenRow[], digests = nothing) =>
  diffOf(
    diffSteps(rowsOf(...a)),
    diffSteps(
      rowsOf(...b).map(
        (row) =>
          ({ ...row, run_id: row.run_id === 'r' ? 'q' : row.run_id, event_id: `q${row.event_id}` }) as typeof row,
      ),
    ),
    digests,
    noPause,
  );
const summary = (diff: Awaited<ReturnType<typeof runs>>) =>
  diff.entries.map(({ status, name, changes }) => [status, name, ...changes.map(({ what }) => what)]);

describe('two runs side by side', () => {
  test('inserted, removed, changed, and where they first part', async () => {
    const diff = await runs(
      [
        tool('look'),
        tool('check'),
        [
          'decision.recorded',
          { decision_id: 'd', details: { decision_kind: 'route', branch: 'manual', rule_id: 'r1' } },
        ],
        tool('pay'),
      ],
      [
        tool('look'),
        [
          'decision.recorded',
          { decision_id: 'd', details: { decision_kind: 'route', branch: 'automatic', rule_id: 'r2' } },
        ],
        tool('pay', { outcome: { status: 'failure', code: 'x' } }),
        tool('mail'),
      ],
    );
    expect(summary(diff)).toEqual([
      ['matched', 'look'],
      ['removed', 'check'],
      ['changed', 'route', 'rule', 'branch'],
      ['changed', 'pay', 'outcome', 'code'],
      ['inserted', 'mail'],
    ]);
    expect(diff).toMatchObject({
      summary: { matched: 1, changed: 2, inserted: 1, removed: 1 },
      first_divergence: 1,
      first_failure: { a: null, b: 3 },
    });
  });
  test('arguments: equal MACs are equal, unequal ones of two keys say nothing', async () => {
    const args = (args_mac: string): GivenRow => tool('pay', { tool: { name: 'pay', args_mac } });
    expect((await runs([args('x')], [args('x')])).entries[0]).toMatchObject({
      status: 'matched',
      arguments: { verdict: 'same', basis: 'mac' },
    });
    expect((await runs([args('x')], [args('y')])).entries[0]).toMatchObject({
      status: 'matched',
      arguments: { verdict: 'not_comparable', reason: 'keys_differ' },
    });
    const root = (args_mac: string): GivenRow => tool('pay', { root_run_id: 'root', tool: { name: 'pay', args_mac } });
    expect((await runs([root('x')], [root('y')])).entries[0]).toMatchObject({
      status: 'changed',
      arguments: { verdict: 'different', basis: 'mac' },
      changes: [{ what: 'arguments', a: null, b: null }],
    });
  });
  test('bodies: by digest, when the role may and they were kept whole', async () => {
    const digests: Digests = {
      of: new Map([
        ['c1', 'x'],
        ['c2', 'x'],
        ['c3', 'y'],
      ]),
      why: 'body_not_available',
    };
    const verdict = async (a: string, b: string, given = digests, capture: 'full' | 'masked' = 'full') =>
      (await runs([tool('pay', body('tool_args', a, capture))], [tool('pay', body('tool_args', b, capture))], given))
        .entries[0]?.arguments;
    expect(await verdict('c1', 'c2')).toMatchObject({ verdict: 'same', basis: 'content' });
    expect(await verdict('c1', 'c3')).toMatchObject({ verdict: 'different', basis: 'content' });
    expect(await verdict('c1', 'gone')).toMatchObject({ verdict: 'not_comparable', reason: 'body_not_available' });
    expect(await verdict('c1', 'c3', nothing)).toMatchObject({
      verdict: 'not_comparable',
      reason: 'role_may_not_read_content',
    });
    expect(await verdict('c1', 'c3', digests, 'masked')).toMatchObject({
      verdict: 'not_comparable',
      reason: 'not_kept_whole',
    });
  });
  test('a model is compared by what it is; its words are told and are no divergence', async () => {
    const digests: Digests = {
      of: new Map([
        ['c1', 'x'],
        ['c3', 'y'],
      ]),
      why: '',
    };
    const call = (model: string, id: string): GivenRow => [
      'model.call.completed',
      { call_id: 'm', model: { provider: 'acme', response_model: model }, ...body('output', id) },
    ];
    expect(await runs([call('big', 'c1')], [call('big', 'c3')], digests)).toMatchObject({
      first_divergence: null,
      entries: [{ status: 'matched', result: { verdict: 'different' } }],
    });
    expect(summary(await runs([call('big', 'c1')], [call('small', 'c1')], digests))).toEqual([
      ['changed', '', 'model'],
    ]);
  });
  test('of calls of one name those with equal arguments are one step', async () => {
    const digests: Digests = {
      of: new Map([
        ['c1', 'x'],
        ['c2', 'y'],
        ['c3', 'y'],
      ]),
      why: '',
    };
    const diff = await runs(
      [tool('look', body('tool_args', 'c1')), tool('look', body('tool_args', 'c2'))],
      [tool('look', body('tool_args', 'c3'))],
      digests,
    );
    expect(diff.entries.map(({ status }) => status)).toEqual(['removed', 'matched']);
  });

  const types: readonly EventType[] = [
    'tool.call.requested',
    'tool.call.completed',
    'model.call.completed',
    'policy.evaluated',
    'object.changed',
    'run.failed',
    'interaction.prompt.submitted',
    'link.asserted',
  ];
  const given = fc.array(
    fc.tuple(
      fc.constantFrom(...types),
      fc.record({
        call_id: fc.constantFrom('1', '2', '3'),
        tool: fc.record({ name: fc.constantFrom('a', 'b'), args_mac: fc.constantFrom('x', 'y') }),
        outcome: fc.record({ status: fc.constantFrom<('success' | 'failure')[]>('success', 'failure') }),
      }),
    ),
    { maxLength: 20 },
  );
  test('a run beside itself matches; every step of two runs stands in it exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(given, given, async (a, b) => {
        const steps = diffSteps(rowsOf(...a));
        expect(await diffOf(steps, steps, nothing, noPause)).toMatchObject({
          first_divergence: null,
          summary: { matched: steps.length, changed: 0, inserted: 0, removed: 0 },
        });
        const { entries } = await diffOf(steps, diffSteps(rowsOf(...b)), nothing, noPause);
        expect(entries.flatMap((entry) => entry.a?.event_ids ?? [])).toEqual(
          steps.flatMap(({ event_ids }) => event_ids),
        );
        expect(entries.flatMap((entry) => entry.b?.event_ids ?? [])).toEqual(
          diffSteps(rowsOf(...b)).flatMap(({ event_ids }) => event_ids),
        );
        expect(
          new Set(
            entries.map(({ a: one, b: other }) => `${one?.event_ids.join() ?? ''}|${other?.event_ids.join() ?? ''}`),
          ).size,
        ).toBe(entries.length);
      }),
    );
  });
});
