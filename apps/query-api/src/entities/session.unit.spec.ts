import { type GivenRow, rowsOf } from '../runs/testdata/rows.ts';
import { sessionOf } from './session.ts';

type Given = GivenRow;
const found = (category: string) => [{ category, count: 2, score: 0.9, path: '$.text' }];
const span = (category: string) => [{ path: '$.text', category, count: 2 }];
const prompt = (turn_id: string, more: object = {}): Given => [
  'interaction.prompt.submitted',
  { session_id: 's1', turn_id, actor: { type: 'human', id: 'p_ada', issuer: 'idp' }, ...more },
];
const inspected = (turn_id: string, category: string | null, more: object = {}): Given => [
  'content.inspected',
  {
    session_id: 's1',
    turn_id,
    inspection: {
      detector_id: 'dlp',
      detector_version: '3',
      direction: 'prompt',
      verdict: category === null ? 'allowed' : 'detected',
      ...(category !== null && { findings: found(category) }),
    },
    ...more,
  },
];
const masked = (turn_id: string, category: string, more: object = {}): Given => [
  'content.transformed',
  { session_id: 's1', turn_id, transformation: { method: 'mask', spans: span(category) }, ...more },
];
const asked = (turn_id: string, call_id: string, provider: string, more: object = {}): Given => [
  'model.call.requested',
  { session_id: 's1', turn_id, call_id, model: { provider, request_model: `${provider}-1` }, ...more },
];
const answered = (turn_id: string, call_id: string, provider: string, more: object = {}): Given => [
  'model.call.completed',
  {
    session_id: 's1',
    turn_id,
    call_id,
    model: { provider, response_model: `${provider}-1b` },
    usage: { input_tokens: 10, output_tokens: 5 },
    ...more,
  },
];
const session = (...events: Given[]) => sessionOf('s1', rowsOf(...events));

describe('a session', () => {
  test('turns, providers in order, and the sequence in which they answered', () => {
    const answer = session(
      ['identity.session.started', { session_id: 's1', actor: { type: 'human', id: 'p_ada', issuer: 'idp' } }],
      prompt('t1'),
      asked('t1', 'c1', 'openai'),
      answered('t1', 'c1', 'openai'),
      ['interaction.response.delivered', { session_id: 's1', turn_id: 't1' }],
      prompt('t2'),
      asked('t2', 'c2', 'anthropic'),
      ['model.call.failed', { session_id: 's1', turn_id: 't2', call_id: 'c2', model: { provider: 'anthropic' } }],
      asked('t2', 'c3', 'openai'),
      answered('t2', 'c3', 'openai'),
      ['identity.session.ended', { session_id: 's1', details: { end_reason: 'logout' } }],
    );
    expect(answer).toMatchObject({ status: 'ended', end_reason: 'logout', people: [{ id: 'p_ada', issuer: 'idp' }] });
    expect(
      answer.turns.map(({ turn_id, position, prompts, responses, model_calls }) => [
        turn_id,
        position,
        prompts,
        responses,
        model_calls.map(({ call_id, provider, status }) => [call_id, provider, status]),
      ]),
    ).toEqual([
      ['t1', 1, ['e1'], ['e4'], [['c1', 'openai', 'completed']]],
      [
        't2',
        2,
        ['e5'],
        [],
        [
          ['c2', 'anthropic', 'failed'],
          ['c3', 'openai', 'completed'],
        ],
      ],
    ]);
    expect(
      answer.providers.map(({ position, provider, models, calls, failed, input_tokens }) => [
        position,
        provider,
        models,
        calls,
        failed,
        input_tokens,
      ]),
    ).toEqual([
      [1, 'openai', ['openai-1b'], 2, 0, 20],
      [2, 'anthropic', ['anthropic-1'], 1, 1, 0],
    ]);
    expect(answer.provider_sequence.map(({ provider, calls }) => [provider, calls])).toEqual([
      ['openai', 1],
      ['anthropic', 1],
      ['openai', 1],
    ]);
  });
  test('without turn ids a turn begins with each prompt', () => {
    const bare = (type: Given[0], more: object = {}): Given => [type, { session_id: 's1', ...more }];
    const { turns } = session(
      bare('identity.session.started'),
      bare('interaction.prompt.submitted'),
      bare('model.call.requested', { call_id: 'a' }),
      bare('interaction.prompt.submitted'),
      bare('model.call.requested', { call_id: 'b' }),
    );
    expect(turns.map(({ turn_id, event_ids }) => [turn_id, event_ids])).toEqual([
      [null, ['e1', 'e2']],
      [null, ['e3', 'e4']],
    ]);
  });
  test('the same call id in two runs is two calls', () => {
    const { model_calls } = session(
      asked('t1', 'call_0', 'x', { run_id: 'r1' }),
      asked('t2', 'call_0', 'x', { run_id: 'r2' }),
    );
    expect(model_calls.map(({ run_id, event_ids }) => [run_id, event_ids])).toEqual([
      ['r1', ['e0']],
      ['r2', ['e1']],
    ]);
  });
});

describe('masked before submission', () => {
  const verdict = (...events: Given[]) => {
    const { masking, model_calls } = session(...events);
    return [masking.masked_before_submission, ...model_calls.map(({ protection }) => protection.status)];
  };
  test.each<[string, Given[], string[]]>([
    [
      'found and masked',
      [prompt('t1'), inspected('t1', 'iban'), masked('t1', 'iban'), asked('t1', 'c', 'x')],
      ['yes', 'masked'],
    ],
    [
      'found and submitted',
      [prompt('t1'), inspected('t1', 'iban'), asked('t1', 'c', 'x')],
      ['no', 'detected_not_masked'],
    ],
    [
      'of two categories one',
      [inspected('t1', 'iban'), inspected('t1', 'name'), masked('t1', 'iban'), asked('t1', 'c', 'x')],
      ['partly', 'partly_masked'],
    ],
    [
      'masked too late',
      [inspected('t1', 'iban'), asked('t1', 'c', 'x'), masked('t1', 'iban', { call_id: 'c' })],
      ['no', 'detected_not_masked'],
    ],
    ['nothing found', [inspected('t1', null), asked('t1', 'c', 'x')], ['nothing_detected', 'nothing_detected']],
    ['nobody looked', [prompt('t1'), asked('t1', 'c', 'x')], ['not_inspected', 'not_inspected']],
    [
      'blocked, and nothing went out',
      [
        prompt('t1'),
        inspected('t1', 'iban'),
        ['content.blocked', { session_id: 's1', turn_id: 't1', inspection: { detector_id: 'dlp' } }],
      ],
      ['no_submission'],
    ],
    [
      'masked in another turn',
      [
        inspected('t1', 'iban'),
        masked('t1', 'iban'),
        asked('t1', 'c1', 'x'),
        inspected('t2', 'iban'),
        asked('t2', 'c2', 'x'),
      ],
      ['partly', 'masked', 'detected_not_masked'],
    ],
    [
      'an answer that was inspected says nothing of the submission',
      [
        asked('t1', 'c', 'x'),
        inspected('t1', 'iban', { inspection: { detector_id: 'd', direction: 'response', findings: found('iban') } }),
        asked('t1', 'c2', 'x'),
      ],
      ['not_inspected', 'not_inspected', 'not_inspected'],
    ],
    [
      'by the step, though the turn is the same',
      [
        inspected('t1', 'iban', { step_id: 'b' }),
        masked('t1', 'iban', { step_id: 'b' }),
        asked('t1', 'c1', 'x', { step_id: 'a' }),
        asked('t1', 'c2', 'x', { step_id: 'b' }),
      ],
      ['yes', 'not_inspected', 'masked'],
    ],
    [
      'a tool call’s is not a model’s',
      [inspected('t1', 'iban', { call_id: 'tool' }), asked('t1', 'c1', 'x')],
      ['not_inspected', 'not_inspected'],
    ],
  ])('%s', (_name, events, expected) => expect(verdict(...events)).toEqual(expected));
  test('categories, fields and detectors are named', () => {
    const { masking, model_calls } = session(
      inspected('t1', 'iban'),
      masked('t1', 'iban'),
      asked('t1', 'c', 'x'),
      prompt('t2'),
      asked('t2', 'd', 'x'),
    );
    expect(masking).toMatchObject({
      categories: ['iban'],
      fields: ['$.text'],
      detectors: ['dlp'],
      calls_not_inspected: ['d'],
      other: [],
    });
    expect(
      model_calls[0]?.protection.events.map(({ kind, detector, method, before_submission }) => [
        kind,
        detector?.id ?? null,
        method,
        before_submission,
      ]),
    ).toEqual([
      ['inspected', 'dlp', null, true],
      ['transformed', null, 'mask', true],
    ]);
  });
});
