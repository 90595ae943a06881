import { type ApiHarness, type Json, openApi } from './support/api-harness.ts';
import { type TestEvent } from './support/event-rows.ts';
import { at, ada, boss, bot, human, invoice, EFFECT, APPROVAL, payment, research } from './support/entity-story.ts';
import { openContent, openGeneration, type TestContent, type TestGeneration } from './support/generation.ts';

describe('sessions, artifacts, effects, approvals, comparisons', () => {
  let events: TestGeneration;
  let content: TestContent;
  let api: ApiHarness;
  const get = async (path: string, id: string): Promise<Json> =>
    (await api.get(`/v1/${path}/-?id=${encodeURIComponent(id)}`)).body;
  const ids = (answer: Json): string[] => answer.events.map((row: Json) => row.event_id);

  beforeAll(async () => {
    [events, content] = await Promise.all([openGeneration(), openContent()]);
    api = await openApi({
      run: events.run,
      generation: events.generation,
      runContent: content.run,
      contentDatabase: content.database,
    });
    const all = [...payment, ...research];
    await events.insert(
      all.map((event, offset) => ({ event: { actor: { type: 'agent', id: 'bot' }, ...event }, place: { offset } })),
    );
    // Every record once more, as a sender that got no answer repeats it: no answer changes.
    await events.insert(
      all.map((event, offset) => ({
        event: { actor: { type: 'agent', id: 'bot' }, ...event },
        place: { offset: 100 + offset },
      })),
    );
    await events.projected({ 'audit.activity.v1': [200] });
  }, 120_000);
  afterAll(async () => {
    await api?.close();
    await Promise.all([events?.close(), content?.close()]);
  });

  test('why a payment was made, under which controls, and whether it might (Q11, Q12, Q13)', async () => {
    const answer = await get('effects', EFFECT);
    expect(answer.effect).toMatchObject({
      effect_id: EFFECT,
      status: 'confirmed',
      kind: 'update',
      target_system: 'sap',
      document_no: '51/0001',
      amount: '2500.000000',
      executed_at: at(31),
      confirmed_at: at(33),
      tool: 'post_payment',
    });
    expect(
      Object.fromEntries(
        Object.entries(answer.chain as Record<string, Json>).map(([part, { status, event_ids }]) => [
          part,
          [status, event_ids],
        ]),
      ),
    ).toEqual({
      intent: ['recorded', ['want']],
      delegation: ['recorded', ['grant']],
      policy_in_force: ['recorded', ['gate']],
      decision: ['recorded', ['gate']],
      approval: ['recorded', ['ask', 'ok']],
      execution: ['recorded', ['do']],
      confirmation: ['recorded', ['sap says']],
      reverted: ['not_needed', []],
    });
    expect([answer.agreement, answer.permission]).toEqual(['matched', { at: at(31), permitted: 'yes', reasons: [] }]);
    expect(answer.delegation).toMatchObject({
      acted: { type: 'agent', id: 'bot' },
      on_behalf_of: [{ id: ada }],
      grants: [{ grant_id: 'g/1', in_force: 'yes', scope: 'payments' }],
    });
    expect(answer.policy_in_force).toMatchObject({
      policy_sets: [{ policy_set: 'finance', version: '12' }],
      changes: [{ item_id: 'finance', item_version: '12', event_id: 'rules' }],
    });
    expect(answer.controls.map(({ event_id, kind }: Json) => [event_id, kind])).toEqual([
      ['gate', 'policy'],
      ['ask', 'approval'],
      ['ok', 'approval'],
    ]);
    expect([answer.caused_by, answer.belongs_to.runs]).toEqual([['prompt'], ['pay']]);
    expect(ids(answer)).toEqual(['grant', 'rules', 'prompt', 'want', 'gate', 'ask', 'ok', 'do', 'sap says']);
    expect(answer.completeness).toMatchObject({ no_known_gaps: true, cap_reached: false });
  });
  test('who approved it, what they saw, and whether it was that (Q07, Q15)', async () => {
    const answer = await get('approvals', APPROVAL);
    expect(answer.approval).toMatchObject({
      status: 'approved',
      requested_at: at(4),
      decided_at: at(30),
      approver: { id: boss },
      independent: true,
      waited_ms: 26_000,
      threshold: 1_000,
      value: 2_500,
      unit: 'EUR',
      over_threshold: true,
      shown: { recorded: true, fields: ['amount', 'vendor'], content: [{ content_id: 'c_shown' }] },
      tool: 'post_payment',
    });
    expect([answer.executed.status, answer.executed.event_ids, answer.agreement]).toEqual([
      'as_approved',
      ['do', 'sap says'],
      'matched',
    ]);
    expect(answer.then).toEqual(['do', 'sap says']);
    expect(ids(answer)).not.toContain('not this');
  });
  test('providers in order, what was masked, what was compared (Q03, Q04, Q14, Q19)', async () => {
    const { session, ...answer } = await get('sessions', 'sess');
    expect(session).toMatchObject({ status: 'ended', channels: ['mobile'], people: [{ id: ada }] });
    expect(
      session.providers.map(({ position, provider, models, calls }: Json) => [position, provider, models, calls]),
    ).toEqual([
      [1, 'openai', ['gpt-2026'], 1],
      [2, 'local', ['llama-3'], 1],
    ]);
    expect(session.masking).toMatchObject({
      masked_before_submission: 'yes',
      categories: ['customer_name'],
      fields: ['$.text'],
      detectors: ['dlp'],
    });
    expect(
      session.model_calls.map(({ call_id, protection }: Json) => [call_id, protection.status, protection.categories]),
    ).toEqual([
      ['m1', 'masked', ['customer_name']],
      ['m2', 'not_inspected', []],
    ]);
    expect(
      session.comparisons.map(({ comparison_id, compared_before_choosing }: Json) => [
        comparison_id,
        compared_before_choosing,
      ]),
    ).toEqual([['cmp', 'yes']]);
    expect(session.moves.map(({ kind, external }: Json) => [kind, external])).toEqual([['shared', true]]);
    expect(session.turns.map(({ turn_id, prompts }: Json) => [turn_id, prompts])).toEqual([['t1', ['s1']]]);
    expect(ids(answer)).toEqual(['s0', 's1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9', 'a1', 'a2', 's10']);
  });
  test('which of the outputs was chosen, after how long, and where it went (Q04)', async () => {
    const { comparison } = await get('comparisons', 'cmp');
    expect(comparison).toMatchObject({
      providers: ['openai', 'local'],
      compared_before_choosing: 'yes',
      selection: { chosen_call_id: 'm2', provider: 'local', after_ms: 4_000, by: { id: ada } },
    });
    expect(comparison.candidates.map(({ call_id, chosen, call }: Json) => [call_id, chosen, call.status])).toEqual([
      ['m1', false, 'completed'],
      ['m2', true, 'completed'],
    ]);
    expect(comparison.moves.map(({ event_id }: Json) => event_id)).toEqual(['a2']);
  });
  test('which model with which configuration made a draft, and with whom it was shared (Q02, Q05)', async () => {
    const { artifact } = await get('artifacts', 'draft');
    expect(artifact.produced_by).toMatchObject({
      basis: 'produced_by_call_id',
      call_id: 'm2',
      call_on_record: true,
      model: { provider: 'local', request_model: 'llama', response_model: 'llama-3', hosted: 'self' },
      configuration: { temperature: '0.1' },
      configuration_change: { item_version: '5', event_id: 'desk rules' },
      event_ids: ['s5', 's7'],
    });
    expect([artifact.parents.map(({ artifact_id }: Json) => artifact_id), artifact.left]).toEqual([['brief'], true]);
    expect(artifact.moves).toMatchObject([
      { kind: 'shared', recipients: [{ id: boss, domain: 'partner.example', external: true }] },
    ]);
    expect((await get('artifacts', 'brief')).artifact).toMatchObject({
      versions: [],
      children: [{ artifact_id: 'draft' }],
    });
  });

  test('doubled records change nothing, and rows say that there are two', async () => {
    for (const row of (await get('effects', EFFECT)).events)
      expect(row).toMatchObject({ duplicates: 1, conflict: false, kafka: { topic: 'audit.activity.v1' } });
  });
  test('what came later is not in an answer that is asked for as of before', async () => {
    const before = await get('effects', EFFECT);
    await events.insert([
      {
        event: {
          event_id: 'undo',
          event_type: 'object.change.reverted',
          run_id: 'undo',
          effect_id: 'undo/1',
          occurred_at: at(60),
          object_refs: [invoice('updated')],
          effect: { kind: 'revert', reverts_effect_id: EFFECT },
          actor: { type: 'human', id: ada, issuer: 'idp' },
        },
        place: { offset: 200 },
      },
    ]);
    await events.projected({ 'audit.activity.v1': [201] });
    expect((await get('effects', EFFECT)).effect).toMatchObject({ status: 'reverted', reverted_at: at(60) });
    // How far the projector is says something about now, as in every list.
    const again = (await api.get(`/v1/effects/-?id=${encodeURIComponent(EFFECT)}&as_of=${before.as_of}`)).body;
    expect({ ...again, completeness: null }).toEqual({ ...before, completeness: null });
  });
  test('a reversal that was reversed undoes nothing', async () => {
    expect((await get('effects', 'undo/1')).effect).toMatchObject({
      status: 'executed',
      executed_at: at(60),
      reverts_effect_id: EFFECT,
    });
    await events.insert([
      {
        event: {
          event_id: 'redo',
          event_type: 'object.change.reverted',
          run_id: 'undo',
          effect_id: 'redo/1',
          occurred_at: at(70),
          object_refs: [invoice('updated')],
          effect: { kind: 'revert', reverts_effect_id: 'undo/1' },
          actor: { type: 'human', id: ada, issuer: 'idp' },
        },
        place: { offset: 202 },
      },
    ]);
    await events.projected({ 'audit.activity.v1': [203] });
    expect((await get('effects', EFFECT)).effect).toMatchObject({ status: 'confirmed', reverted_at: null });
    expect((await get('effects', 'undo/1')).effect).toMatchObject({ status: 'reverted', reverted_at: at(70) });
  });
  test('a gap of a stream that the answer rests on is said', async () => {
    await events.insert([
      {
        event: {
          event_id: 'gap',
          event_type: 'collector.gap.detected',
          occurred_at: at(32),
          gap: { stream_id: 'approvals/1/b', from_seq: 1, to_seq: 2, kind: 'sequence' },
        },
        place: { offset: 203 },
      },
    ]);
    await events.projected({ 'audit.activity.v1': [204] });
    expect((await get('approvals', APPROVAL)).completeness).toMatchObject({ no_known_gaps: false, gaps: { count: 1 } });
    expect((await get('comparisons', 'cmp')).completeness.no_known_gaps).toBe(true);
  });

  test('links bring confirmations and runs that share no id, until they are taken back', async () => {
    const link = (event_id: string, event_type: string, link_id: string, more: object): TestEvent => ({
      event_id,
      event_type,
      occurred_at: at(500),
      link: { link_id, basis: 'rule', rule_id: 'r', ...more },
    });
    const confirms = {
      kind: 'effect_confirmation',
      from_kind: 'event',
      from_id: ':sent',
      to_kind: 'event',
      to_id: ':delivered',
    };
    const inSession = {
      kind: 'run_session',
      from_kind: 'run',
      from_id: 'nightly',
      to_kind: 'session',
      to_id: 'linked session',
    };
    await events.insert(
      [
        {
          event_id: 'sent',
          event_type: 'message.sent',
          run_id: 'mail',
          effect_id: 'mail/1',
          occurred_at: at(400),
          message: { channel: 'email' },
          effect: { kind: 'send', target_system: 'exchange' },
          ...bot,
        },
        {
          event_id: 'delivered',
          event_type: 'object.change.confirmed',
          stream_id: 'exchange/1/b',
          occurred_at: at(401),
          object_refs: [{ ...invoice('sent'), system: 'exchange' }],
          effect: { kind: 'send', target_system: 'exchange' },
          actor: { type: 'system', id: 'exchange' },
        },
        { event_id: 'night', event_type: 'run.started', run_id: 'nightly', occurred_at: at(410), ...bot },
        link('l1', 'link.asserted', 'L1', confirms),
        link('l2', 'link.asserted', 'L2', inSession),
      ].map((event, index) => ({ event, place: { offset: 400 + index } })),
    );
    await events.projected({ 'audit.activity.v1': [405] });
    const effect = await get('effects', 'mail/1');
    expect([
      effect.effect.status,
      effect.chain.confirmation.event_ids,
      effect.links.map(({ link_id }: Json) => link_id),
    ]).toEqual(['confirmed', ['delivered'], ['L1']]);
    const session = await get('sessions', 'linked session');
    expect([ids(session), session.session.belongs_to.runs, session.links.map(({ link_id }: Json) => link_id)]).toEqual([
      ['night'],
      ['nightly'],
      ['L2'],
    ]);
    await events.insert(
      [link('l3', 'link.retracted', 'L1', confirms), link('l4', 'link.retracted', 'L2', inSession)].map(
        (event, index) => ({ event, place: { offset: 405 + index } }),
      ),
    );
    await events.projected({ 'audit.activity.v1': [407] });
    expect((await get('effects', 'mail/1')).effect.status).toBe('executed');
    expect((await api.get('/v1/sessions/-?id=linked%20session')).status).toBe(404);
    expect((await api.get(`/v1/effects/-?id=mail%2F1&as_of=${effect.as_of}`)).body.effect.status).toBe('confirmed');
  });

  test.each(['sessions', 'artifacts', 'effects', 'approvals', 'comparisons'])(
    '%s: nothing of it, or of another tenant only, is the same answer; each is recorded',
    async (path) => {
      const foreign =
        {
          sessions: 'their session',
          artifacts: 'their artifact',
          effects: 'their effect',
          approvals: 'their approval',
          comparisons: 'their comparison',
        }[path] ?? '';
      await events.insert([
        {
          event: {
            event_id: `theirs ${path}`,
            event_type: 'interaction.comparison.started',
            tenant_id: 'other',
            session_id: 'their session',
            effect_id: 'their effect',
            approval_id: 'their approval',
            artifact: { artifact_id: 'their artifact' },
            comparison: { comparison_id: 'their comparison' },
            occurred_at: at(0),
          },
          place: { offset: 202 + path.length },
        },
      ]);
      await events.projected({ 'audit.activity.v1': [300] });
      api.recorded.length = 0;
      const [theirs, absent] = await Promise.all([
        api.get(`/v1/${path}/-?id=${encodeURIComponent(foreign)}`),
        api.get(`/v1/${path}/nothing`),
      ]);
      expect([theirs.status, theirs.body]).toEqual([404, absent.body]);
      expect(api.recorded).toHaveLength(2);
      expect((await api.get(`/v1/${path}/-?id=${encodeURIComponent(foreign)}`, 'investigator', 'other')).status).toBe(
        200,
      );
      for (const bad of ['?nonsense=1', '?id=', '?id=%00', '?as_of=x', '?reason=some%20prose'])
        expect([bad, (await api.get(`/v1/${path}/-${bad}`)).status]).toEqual([bad, 400]);
    },
  );
  test('a session of hundreds of runs with long ids is read whole', async () => {
    const runs = Array.from({ length: 400 }, (_, index) => `ün/${String(index).padStart(3, '0')}/${'x'.repeat(200)}`);
    await events.insert(
      runs.flatMap((run_id, index) => [
        {
          event: {
            event_id: `many ${index}`,
            event_type: 'run.started',
            session_id: 'many',
            run_id,
            occurred_at: at(1_000 + index),
            ...bot,
          },
          place: { offset: 500 + 2 * index },
        },
        {
          event: {
            event_id: `call ${index}`,
            event_type: 'model.call.requested',
            run_id,
            call_id: 'c',
            occurred_at: at(1_000 + index),
            ...bot,
          },
          place: { offset: 501 + 2 * index },
        },
      ]),
    );
    await events.projected({ 'audit.activity.v1': [1_400] });
    const { session, completeness } = await get('sessions', 'many');
    expect([session.belongs_to.runs.length, session.model_calls.length, completeness.cap_reached]).toEqual([
      400,
      400,
      false,
    ]);
  }, 120_000);
  test('gaps are looked for in fifty streams; of more it is said', async () => {
    await events.insert(
      Array.from({ length: 51 }, (_, index) => ({
        event: {
          event_id: `wide ${index}`,
          event_type: 'interaction.prompt.submitted',
          session_id: 'wide',
          stream_id: `wide/${index}`,
          occurred_at: at(2_000 + index),
          ...human(ada),
        },
        place: { offset: 1_400 + index },
      })),
    );
    await events.projected({ 'audit.activity.v1': [1_460] });
    expect((await get('sessions', 'wide')).completeness).toMatchObject({ caps: ['streams'], no_known_gaps: false });
  });
  test('a session in which a call id of another run is used does not mix them', async () => {
    expect((await get('sessions', 'sess')).session.belongs_to.runs).toEqual(['research']);
  });
  test('resolve leads to the view of each kind', async () => {
    const meanings = async (q: string): Promise<Json[]> =>
      (await api.get(`/v1/resolve?q=${encodeURIComponent(q)}`)).body.data;
    for (const [q, kind] of [
      [EFFECT, 'effect'],
      [APPROVAL, 'approval'],
      ['sess', 'session'],
      ['cmp', 'comparison'],
      ['draft', 'artifact'],
      ['pay', 'run'],
    ] as const) {
      const [meaning] = (await meanings(q)).filter((one) => one.kind === kind);
      const view = await api.get(meaning.link.path);
      expect([q, meaning.link.method, view.status]).toEqual([q, 'GET', 200]);
      const found = (await api.post(meaning.events.path, meaning.events.body)).body;
      expect([q, found.total]).toEqual([q, meaning.count]);
    }
    expect((await meanings('call_0'))[0]).toMatchObject({
      kind: 'call',
      link: { method: 'GET', path: '/v1/steps/-?id=call_0' },
      events: { body: { call_id: 'call_0' } },
    });
    expect((await meanings('51/0001')).map(({ kind, link }) => [kind, link.method])).toEqual([['document_no', 'POST']]);
  });
  test('resolve finds what is no id of its own, too: keys as links write them, names, grants, exceptions', async () => {
    await events.insert([
      {
        event: {
          event_id: 'named',
          event_type: 'policy.exception.raised',
          run_id: 'named',
          stream_id: 'named/stream',
          occurred_at: at(80),
          agent: { id: 'named-agent', config_id: 'named-agent/cfg-7' },
          source: { system: 'named-source', connector_id: 'named-connector' },
          on_behalf_of: [{ type: 'human', id: ada, issuer: 'idp', grant_id: 'named-grant' }],
          object_refs: [{ system: 'named:erp', type: 'order', id: '4:2', role: 'read' }],
          details: { exception_id: 'named-exception' },
        },
        place: { offset: 204 },
      },
    ]);
    await events.projected({ 'audit.activity.v1': [205] });
    const meanings = async (q: string): Promise<Json[]> =>
      (await api.get(`/v1/resolve?q=${encodeURIComponent(q)}`)).body.data;
    for (const [q, kind] of [
      ['named-agent', 'agent'],
      ['named-agent/cfg-7', 'agent_config'],
      ['named-source', 'source'],
      ['named-connector', 'connector'],
      ['named/stream', 'stream'],
      ['named-grant', 'grant'],
      ['named-exception', 'exception'],
    ] as const) {
      const found = await meanings(q);
      expect(found.map((one) => [one.kind, one.count])).toEqual([[kind, 1]]);
      expect(
        (await api.post(found[0].link.path, found[0].link.body)).body.data.map(({ event_id }: Json) => event_id),
      ).toEqual(['named']);
    }
    for (const q of ['named:erp:order:4:2', '4:2'])
      expect((await meanings(q)).map(({ kind, name }) => [kind, name])).toEqual([
        ['object', { system: 'named:erp', type: 'order', id: '4:2' }],
      ]);
    expect(await meanings('named-nothing')).toEqual([]);
  });
});
