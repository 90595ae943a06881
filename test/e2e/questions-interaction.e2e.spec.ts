import { type Api } from './support/api.ts';
import { clock, type Json, pseudonymOf, withStories } from './support/questions.ts';

/**
 * Questions about people and models. One request each; the answers were worked out by hand from
 * libs/scenarios/README.md.
 */
describe('questions about people and models', () => {
  let api: Api;
  const who: Record<string, string> = {};
  beforeAll(async () => {
    api = await withStories();
    for (const name of ['ines.moreau', 'daniel.frey', 'aiko.tanaka'])
      who[name] = await pseudonymOf(api, `${name}@halden.example`);
    who['castellano'] = await pseudonymOf(api, 'r.castellano@lexpartner.example');
  }, 300_000);

  test('Q01: who entered what, into which model, and what came back', async () => {
    const list: Json = await api.get(
      '/v1/users/ines.moreau@halden.example/timeline?from=2026-03-11T00:00:00Z&to=2026-03-12T00:00:00Z&event_type=interaction.prompt.submitted,model.call.*,interaction.response.delivered',
    );
    const ines = who['ines.moreau'];
    const model = ['anthropic', 'claude-sonnet-4-5', 'vendor'];
    expect(
      list.data.map(
        ({
          occurred_at,
          event_type,
          event_id,
          actor,
          model: { provider, request_model, hosted },
          call_id,
          content,
        }: Json) => [
          clock(occurred_at),
          event_type,
          event_id,
          actor.id,
          provider,
          request_model,
          hosted,
          call_id,
          ...content.map(({ role, capture }: Json) => `${role} ${capture}`),
        ],
      ),
    ).toEqual([
      ['17:42:05.010', 'interaction.prompt.submitted', 't03.prompt', ines, ...model, undefined, 'input full'],
      ['17:42:05.400', 'model.call.requested', 't03.review.requested', ines, ...model, 'call-t03-1', 'input full'],
      ['17:42:11.520', 'model.call.completed', 't03.review.completed', ines, ...model, 'call-t03-1', 'output full'],
      ['17:42:11.800', 'interaction.response.delivered', 't03.answer', ines, ...model, 'call-t03-1', 'output full'],
      ['17:44:30.500', 'interaction.prompt.submitted', 't03.prompt-2', ines, ...model, undefined, 'input full'],
      ['17:44:31.000', 'model.call.requested', 't03.memo.requested', ines, ...model, 'call-t03-2', 'input full'],
      ['17:44:40.400', 'model.call.completed', 't03.memo.completed', ines, ...model, 'call-t03-2', 'output full'],
      ['17:44:40.900', 'interaction.response.delivered', 't03.answer-2', ines, ...model, 'call-t03-2', 'output full'],
    ]);
    expect(
      list.data
        .filter(({ event_type }: Json) => event_type === 'interaction.prompt.submitted')
        .map(({ details }: Json) => details.input_kind),
    ).toEqual(['text', 'voice']);
    expect(
      list.data
        .filter(({ event_type }: Json) => event_type === 'model.call.completed')
        .map(({ model: { response_model }, outcome }: Json) => [response_model, outcome.status]),
    ).toEqual([
      ['claude-sonnet-4-5-20250929', 'success'],
      ['claude-sonnet-4-5-20250929', 'success'],
    ]);
  });

  test('Q01: the words themselves, where they may be read', async () => {
    const found: Json = await api.search({ q: 'mutual', session_id: 'sess-t03-mobile', highlight: true });
    const said = found.data.flatMap(({ event_id, highlights }: Json) =>
      highlights.flatMap(({ fragments }: Json) => fragments.map(({ text }: Json) => [event_id, text])),
    );
    expect(said).toEqual(
      expect.arrayContaining([
        ['t03.prompt', expect.stringContaining('shift liability to us, and is the cap in 14.2 mutual?')],
        [
          't03.answer',
          expect.stringContaining('14.2 and 17.1. The cap in 14.2 protects the supplier only: it is not mutual.'),
        ],
      ]),
    );
  });

  test('Q02: which model generated this draft, in which version, with which configuration', async () => {
    const { artifact }: Json = await api.get('/v1/artifacts/art-t03-memo');
    expect(artifact.versions.map(({ version }: Json) => version)).toEqual(['1']);
    expect(artifact.produced_by).toMatchObject({
      call_id: 'call-t03-2',
      basis: 'produced_by_call_id',
      call_on_record: true,
      session_id: 'sess-t03-mobile',
      event_ids: ['t03.memo.requested', 't03.memo.completed'],
      model: {
        provider: 'anthropic',
        request_model: 'claude-sonnet-4-5',
        response_model: 'claude-sonnet-4-5-20250929',
        hosted: 'vendor',
        region: 'eu',
      },
      configuration: {
        agent: { id: 'contract-desk', version: '5.2.0', config_id: 'contract-desk/cfg-12' },
        temperature: '0.2',
        api: 'chat',
        policy_context: { policy_set: 'halden-ai', version: '2026.2' },
      },
    });
    expect(artifact.parents.map(({ artifact_id }: Json) => artifact_id)).toEqual(['art-t03-redacted']);
  });

  test('Q03: was confidential information masked before submission, which categories, by which detector', async () => {
    const { session }: Json = await api.get('/v1/sessions/sess-t03-mobile');
    const [contract, memo] = session.model_calls;
    expect([
      contract.call_id,
      contract.protection.status,
      contract.protection.categories,
      contract.protection.not_masked,
    ]).toEqual(['call-t03-1', 'masked', ['person_name', 'iban'], []]);
    expect(
      contract.protection.events.map(({ event_id, at, before_submission, detector, method, findings, spans }: Json) => [
        event_id,
        clock(at),
        before_submission,
        detector,
        method,
        [...findings, ...spans].map(({ category, count }: Json) => [category, count]),
      ]),
    ).toEqual([
      [
        't03.inspected',
        '17:41:17.300',
        true,
        { id: 'presidio', version: '2.2.358' },
        null,
        [
          ['person_name', 6],
          ['iban', 1],
        ],
      ],
      [
        't03.masked',
        '17:41:17.520',
        true,
        null,
        'tokenise',
        [
          ['person_name', 6],
          ['iban', 1],
        ],
      ],
    ]);
    expect(clock(contract.requested_at)).toBe('17:42:05.400');
    expect([memo.call_id, memo.protection.status]).toEqual(['call-t03-2', 'not_inspected']);
    expect(session.masking).toMatchObject({
      masked_before_submission: 'yes',
      categories: ['person_name', 'iban'],
      detectors: ['presidio'],
      calls_not_inspected: ['call-t03-2'],
    });
  });

  test('Q04: did the user compare outputs before choosing one, which providers, in what order', async () => {
    const { comparison }: Json = await api.get('/v1/comparisons/cmp-t04-1');
    expect([comparison.compared_before_choosing, comparison.blind, comparison.by.id]).toEqual([
      'yes',
      true,
      who['aiko.tanaka'],
    ]);
    expect(
      comparison.candidates.map(({ position, provider, model, call_id, chosen }: Json) => [
        position,
        provider,
        model,
        call_id,
        chosen,
      ]),
    ).toEqual([
      [1, 'mistral_ai', 'mistral-large-2411', 'call-t04-1', false],
      [2, 'anthropic', 'claude-sonnet-4-5-20250929', 'call-t04-2', true],
      [3, 'openai', 'gpt-4.1-2025-04-14', 'call-t04-3', false],
    ]);
    expect(comparison.selection).toMatchObject({
      chosen_call_id: 'call-t04-2',
      provider: 'anthropic',
      at: '2026-03-13T10:06:41.700000Z',
      after_ms: 207_700,
      by: { id: who['aiko.tanaka'] },
    });
  });

  test('Q05: was the result exported or shared, with whom', async () => {
    const { artifact }: Json = await api.get('/v1/artifacts/art-t03-memo');
    expect(artifact.left).toBe(true);
    expect(
      artifact.moves.map(({ kind, event_id, at, by, destination, external, details }: Json) => [
        kind,
        event_id,
        clock(at),
        by.id,
        destination,
        external,
        details,
      ]),
    ).toEqual([
      ['exported', 't03.export', '17:46:02.100', who['ines.moreau'], 'sharepoint', null, { format: 'docx' }],
      [
        'shared',
        't03.share',
        '17:47:20.000',
        who['ines.moreau'],
        'lexpartner.example',
        true,
        { visibility: 'named_people' },
      ],
    ]);
    expect(artifact.moves[1].recipients.map(({ id, domain, external }: Json) => [id, domain, external])).toEqual([
      [who['daniel.frey'], 'halden.example', false],
      [who['castellano'], 'lexpartner.example', true],
    ]);
    expect(artifact.belongs_to.objects.map(({ system, id }: Json) => [system, id])).toContainEqual([
      'sharepoint',
      'legal/M-2026-0117/memo-v1.docx',
    ]);
  });

  test.each([
    [
      'sess-t08-switch',
      [
        ['openai', 'gpt-4.1-2025-04-14', '08:28:10.200', 1],
        ['vllm', 'llama-3.3-70b-instruct-awq', '08:33:00.200', 1],
      ],
    ],
    [
      'sess-t04-bench',
      [
        ['mistral_ai', 'mistral-large-2411', '10:03:10.300', 1],
        ['anthropic', 'claude-sonnet-4-5-20250929', '10:03:10.320', 1],
        ['openai', 'gpt-4.1-2025-04-14', '10:03:10.340', 1],
        ['anthropic', 'claude-sonnet-4-5-20250929', '10:08:00.200', 1],
      ],
    ],
  ])('Q19: which providers took part in %s, in what order', async (id, expected) => {
    const { session }: Json = await api.get(`/v1/sessions/${id}`);
    expect(
      session.provider_sequence.map(({ provider, model, from, calls }: Json) => [provider, model, clock(from), calls]),
    ).toEqual(expected);
    expect(session.providers.map(({ provider }: Json) => provider)).toEqual([
      ...new Set(expected.map(([provider]) => provider)),
    ]);
  });
});
