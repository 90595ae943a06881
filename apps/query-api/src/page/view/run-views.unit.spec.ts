import { type Completeness } from '../../reading/completeness.ts';
import { FrameMaker } from '../../runs/frames.ts';
import { diffOf } from '../../runs/diff.ts';
import { diffSteps } from '../../runs/diff-steps.ts';
import { headerOf } from '../../runs/run-header.ts';
import { runAnswer } from '../../runs/run-answer.ts';
import { atOnce } from '../../runs/turns.ts';
import { stepParts } from '../../runs/step-parts.ts';
import { type GivenRow, rowsOf } from '../../runs/testdata/rows.ts';
import { render } from '../renderer.ts';
import { completenessView } from './completeness-view.ts';
import { diffView } from './diff-view.ts';
import { placeOf, replayView } from './replay-view.ts';
import { runCompleteness } from './run-parts.ts';
import { runView } from './run-view.ts';
import { plain } from './pieces.ts';
import { stepView } from './step-view.ts';

const noPause = (): Promise<void> => Promise.resolve();
const nobody = new Map<string, never>();
const completeness: Completeness = {
  no_known_gaps: true,
  range: { from: null, to: null },
  projected: [],
  gaps: { count: 0, listed: [] },
  cap_reached: false,
  caps: [],
  dead_letters: 0,
};
const reader = { name: 'Ada', role: 'investigator', tenant_id: 'default' } as const;
const hostile = '"><script>alert(1)</script>\u202e';

const person = `p_${'a'.repeat(51)}b`;
const story = (approved: boolean, limit = 'limit_10'): GivenRow[] => [
  ['run.started', { agent: { name: 'clerk' }, on_behalf_of: [{ type: 'human', id: person, relation: 'workforce' }] }],
  [
    'tool.call.requested',
    {
      step_id: 's1',
      call_id: 'look',
      actor: { type: 'agent', id: 'clerk' },
      tool: { name: 'get_limit', server: 'sap', tier: 'read' },
    },
  ],
  [
    'tool.call.completed',
    {
      step_id: 's1',
      call_id: 'look',
      tool: { name: 'get_limit', server: 'sap', tier: 'read' },
      outcome: { status: 'success', code: limit },
    },
  ],
  [
    'tool.call.requested',
    {
      step_id: 's2',
      call_id: 'pay',
      actor: { type: 'agent', id: 'clerk' },
      tool: { name: 'release', server: 'sap', tier: 'write' },
    },
  ],
  [
    'policy.evaluated',
    {
      step_id: 's2',
      call_id: 'pay',
      policy: {
        policy_id: 'limits',
        policy_version: '3',
        rule_id: 'over-ten',
        decision: approved ? 'require_approval' : 'deny',
      },
    },
  ],
  ...(approved
    ? ([
        [
          'approval.requested',
          {
            call_id: 'pay',
            approval_id: 'a',
            actor: { type: 'service', id: 'engine' },
            approval: { threshold: 10, value: 18_400, unit: 'EUR' },
          },
        ],
        [
          'approval.decided',
          {
            call_id: 'pay',
            approval_id: 'a',
            approval: {
              decision: 'approved',
              approver: person,
              wait_ms: 7_200_000,
              threshold: 10,
              value: 18_400,
              unit: 'EUR',
            },
          },
        ],
        [
          'tool.call.completed',
          {
            step_id: 's2',
            call_id: 'pay',
            tool: { name: 'release', server: 'sap', tier: 'write' },
            outcome: { status: 'success' },
          },
        ],
        [
          'object.changed',
          {
            step_id: 's2',
            call_id: 'pay',
            effect_id: 'f',
            actor: { type: 'agent', id: 'clerk' },
            effect: { kind: 'update', target_system: 'sap', amount: '18400.000000', currency: 'EUR' },
            object_refs: [{ system: 'sap', type: 'invoice', id: '51' }],
          },
        ],
      ] as GivenRow[])
    : []),
  ['run.completed', { agent: { name: 'clerk' }, outcome: { status: 'success' } }],
];

const bodyOf = (rows: ReturnType<typeof rowsOf>) => ({
  ...atOnce(runAnswer(rows, 'r', completeness)).answer,
  as_of: 'v',
  completeness,
});
const stepOf = (events: GivenRow[], id: string) => {
  const { answered, ...parts } = stepParts(rowsOf(...events), id, 'call') as NonNullable<ReturnType<typeof stepParts>>;
  return stepView(
    {
      ...parts,
      what_happened_next: { answered, caused: [], next_in_run: [], later_on_objects: [] },
      links: [],
      as_of: 'v',
      completeness,
    } as unknown as Parameters<typeof stepView>[0],
    nobody,
  );
};

describe('a run', () => {
  const run = runView(bodyOf(rowsOf(...story(true))), nobody, 1);
  test('is told in a sentence, with its tree, lanes and parts', () => {
    expect(run.summary).toBe('clerk finished after 9 s, with 0 model calls, 2 tool calls and 1 effect.');
    expect(run.nodes.items.map(({ kind, title, depth }) => `${'-'.repeat(depth)}${kind} ${title}`)).toEqual([
      'Run clerk',
      '-Step s1',
      '--Tool call get_limit',
      '-Step s2',
      '--Tool call release',
      '---Policy limits require_approval',
      '---Approval approved',
      '---Effect update sap invoice 51',
    ]);
    expect(run.picture.lanes.map(({ label }) => label)).toEqual(['clerk', 'sap', 'Controls', 'unknown', 'People']);
    expect(run.coverage.map(({ name, status }) => [name, status])).toHaveLength(8);
    expect(run.actions).toMatchObject([{ title: 'release', verdict: { text: 'matched' } }]);
  });
  test('each mark leads to the row of its step', () => {
    const anchors = new Set(run.nodes.items.map(({ anchor }) => `#${anchor}`));
    expect(run.picture.marks.length).toBeGreaterThan(4);
    for (const { href } of run.picture.marks) expect(anchors).toContain(href);
  });
  test('a part that is missing is said at the top', () => {
    const [first] = run.coverage;
    if (first === undefined) throw new Error('no parts');
    const view = runCompleteness({ ...run, coverage: [{ ...first, tone: 'bad' }] }, completenessView(1, completeness));
    expect(view).toMatchObject({ complete: false, verdict: 'Known to be incomplete: user request' });
  });
  test('of many steps one part is shown, and links lead into the right one', () => {
    const rows = rowsOf(
      ...Array.from({ length: 1_200 }, (_, index): GivenRow => [
        'tool.call.completed',
        { call_id: `c${index}`, tool: { name: 't' } },
      ]),
    );
    const second = runView(bodyOf(rows), nobody, 2);
    expect([second.nodes.from, second.nodes.to, second.nodes.parts]).toEqual([501, 1_000, 3]);
    expect(second.picture.gathered).toBe(true);
    expect(second.picture.marks.length).toBeLessThanOrEqual(240);
    expect(new Set(second.picture.marks.map(({ href }) => href.replace(/#.*/, '')))).toEqual(
      new Set(['/runs/-?id=r&part=1', '', '/runs/-?id=r&part=3']),
    );
  });
});

describe('what is of a run by links alone', () => {
  test('bears a badge, and leads to what the run is linked to', () => {
    const body = bodyOf(rowsOf(['run.started'], ['object.change.confirmed', { effect_id: 'f' }]));
    const [top] = body.steps;
    if (top === undefined) throw new Error('no steps');
    const linked = [
      { kind: 'case', id: 'C-1', issuer: 'desk', link_id: 'l' },
      { kind: 'session', id: 's/1', issuer: '', link_id: 'm' },
      { kind: 'tomorrow', id: 'x', issuer: '', link_id: 'n' },
    ];
    const view = runView(
      { ...body, run: { ...body.run, linked }, steps: [Object.assign({ via: ['l'] }, top)] },
      nobody,
      1,
    );
    expect(view.nodes.items[0]?.badges).toEqual([expect.objectContaining({ text: 'via link' })]);
    expect(
      view.links.find(({ label }) => label === 'by links')?.links.map(({ text, detail }) => [text, detail]),
    ).toEqual([
      ['C-1', 'case'],
      ['s/1', 'session'],
    ]);
  });
});

describe('a step in four parts', () => {
  test('is told in plain sentences', () => {
    expect(stepOf(story(true), 'pay').parts.map(({ name, sentences }) => [name, ...sentences.map(plain)])).toEqual([
      ['Attempted', 'clerk asked to call release at sap, which writes.'],
      [
        'Allowed',
        'Policy limits 3, rule over-ten, asked for an approval.',
        'engine asked for an approval for 18,400 EUR, over the threshold of 10 EUR.',
        'p_aaaaaa…aaab approved it for 18,400 EUR, over the threshold of 10 EUR, after 2 h.',
      ],
      ['Did', 'clerk changed invoice 51 in sap over 18,400 EUR.', 'The tool release at sap came back: success.'],
      ['Then', 'Nothing further is on record.'],
    ]);
  });
  test('what was denied and not done says so', () => {
    const step = stepOf(story(false), 'pay');
    expect(step.verdict).toMatchObject({ text: 'denied, nothing done' });
    expect(step.parts.flatMap(({ sentences }) => sentences.map(plain))).toEqual(
      expect.arrayContaining(['Policy limits 3, rule over-ten, denied it.', 'Nothing was done.']),
    );
  });
  test('its details hold ids and the place in Kafka', () => {
    const [attempted] = stepOf(story(true), 'pay').parts;
    expect(attempted?.details[0]?.entries).toEqual(
      expect.arrayContaining([
        { label: 'call', text: 'pay' },
        { label: 'Kafka', text: 'audit.activity.v1 / 0 / 3' },
      ]),
    );
  });
});

describe('replay and diff', () => {
  test('a frame knows what was there, what is open, and its neighbours', () => {
    const rows = rowsOf(...story(true));
    const maker = new FrameMaker();
    const frames = rows.map((row) => maker.frame(row));
    const at = (number: number) =>
      replayView(
        {
          runId: 'r',
          frame: frames[number - 1] as (typeof frames)[number],
          places: frames.map(placeOf),
          from: 1,
          frames: frames.length,
          asOf: 'v',
        },
        nobody,
      );
    expect(plain(at(4).sentence)).toBe('clerk asked to call release at sap, which writes.');
    expect(at(4).state[0]).toEqual({ label: 'calls under way', text: 'release', code: true });
    expect([at(1).previous, at(1).next, at(10).next]).toEqual([null, '/runs/-/replay?id=r&frame=2&as_of=v', null]);
    expect(at(4).picture.marks.map(({ state }) => state)).toEqual([
      'past',
      'past',
      'past',
      'now',
      ...Array.from({ length: 6 }, () => 'future'),
    ]);
  });
  test('the first divergence is named and linked', async () => {
    const [a, b] = [rowsOf(...story(false)), rowsOf(...story(true, 'limit_25'))];
    const diff = await diffOf(diffSteps(a), diffSteps(b), { of: null, why: 'role_may_not_read_content' }, noPause);
    const side = (rows: typeof a) => ({ ...atOnce(headerOf(rows, 'r')), completeness });
    const view = diffView(
      {
        ...diff,
        a: side(a),
        b: side(b),
        content_compared: false,
        content_reason: 'role_may_not_read_content',
        as_of: 'v',
      },
      null,
    );
    expect(view).toMatchObject({
      verdict: 'After 0 equal steps they part at tool call get_limit.',
      first: '#first-divergence',
    });
    expect(view.rows.items[0]).toMatchObject({
      first: true,
      status: 'changed',
      changes: [{ what: 'code', a: 'limit_10', b: 'limit_25' }],
    });
    const same = diffView(
      {
        ...(await diffOf(diffSteps(a), diffSteps(a), { of: null, why: '' }, noPause)),
        a: side(a),
        b: side(a),
        content_compared: false,
        content_reason: null,
        as_of: 'v',
      },
      null,
    );
    expect(same).toMatchObject({ same: true, first: null });
  });
});

describe('hostile names', () => {
  const rows = rowsOf(...story(true)).map((row) => ({
    ...row,
    run_id: hostile,
    event_id: `${hostile}${row.event_id}`,
    tool: { name: hostile, server: hostile },
    agent: { name: hostile, id: hostile },
    task_id: hostile,
    outcome: { status: 'failure' as const, code: hostile },
  }));
  const body = { ...atOnce(runAnswer(rows, hostile, completeness)).answer, as_of: 'v', completeness };
  const maker = new FrameMaker();
  const frames = rows.map((row) => maker.frame(row));
  const pages: readonly (readonly [string, object])[] = [
    ['run', { run: runView(body, nobody, 1), path: '/runs/x', completeness: completenessView(1, completeness) }],
    [
      'replay',
      {
        replay: replayView(
          {
            runId: hostile,
            frame: frames[3] as (typeof frames)[number],
            places: frames.map(placeOf),
            from: 1,
            frames: frames.length,
            asOf: hostile,
          },
          nobody,
        ),
        asOf: hostile,
      },
    ],
    [
      'compare',
      {
        id: hostile,
        task: hostile,
        suggestions: [{ href: '/x', name: hostile, detail: hostile, stamp: '', status: null }],
      },
    ],
  ];
  test.each(pages)('are escaped in %s', (template, data) => {
    const html = render(template, { title: hostile, reader }, data);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toMatch(/undefined|\[object|\sstyle=|\son\w+=/);
  });
});
