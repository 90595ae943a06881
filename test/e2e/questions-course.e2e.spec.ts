import { type Api } from './support/api.ts';
import { clock, eventIds, type Json, pseudonymOf, withStories } from './support/questions.ts';

/**
 * Questions about the course of runs, cases and objects. One request each; answers by hand from
 * libs/scenarios/README.md.
 */
describe('questions about what happened', () => {
  let api: Api;
  let priya: string;
  beforeAll(async () => {
    api = await withStories();
    priya = await pseudonymOf(api, 'priya.nair@halden.example');
  }, 300_000);

  const all = (nodes: readonly Json[]): Json[] => nodes.flatMap((node) => [node, ...all(node.children)]);

  test('Q06: exactly what happened in this run, and what is not recorded of it', async () => {
    const { run, steps, coverage }: Json = await api.get('/v1/runs/run-t01-sales');
    expect(run).toMatchObject({
      status: 'completed',
      outcome: { status: 'success' },
      started_at: '2026-03-03T09:00:12.480000Z',
      duration_ms: 23_220,
      agent: { id: 'sales-assistant', config_id: 'sales-assistant/cfg-88' },
      counts: { model_calls: 3, tool_calls: 7, effects: 4 },
    });
    expect(run.sub_runs).toEqual([
      { run_id: 'run-t01-pricing', parent_run_id: 'run-t01-sales', agent: 'pricing-agent', status: 'completed' },
    ]);
    const calls = all(steps).filter(({ kind }) => kind === 'tool_call' || kind === 'model_call');
    expect(calls.map(({ call_id, title, run_id, outcome }) => [call_id, title, run_id, outcome.status])).toEqual([
      ['call-t01-1', 'gpt-4.1-2025-04-14', 'run-t01-sales', 'success'],
      ['call-t01-2', 'read_account', 'run-t01-sales', 'success'],
      ['call-t01-3', 'update_contact', 'run-t01-sales', 'success'],
      ['call-t01-4', 'update_account_address', 'run-t01-sales', 'success'],
      ['call-t01-5', 'simulate_price', 'run-t01-pricing', 'timeout'],
      ['call-t01-6', 'simulate_price', 'run-t01-pricing', 'success'],
      ['call-t01-7', 'gpt-4.1-2025-04-14', 'run-t01-pricing', 'success'],
      ['call-t01-8', 'gpt-4.1-2025-04-14', 'run-t01-sales', 'success'],
      ['call-t01-9', 'send_mail', 'run-t01-sales', 'success'],
      ['call-t01-10', 'add_case_note', 'run-t01-sales', 'success'],
    ]);
    const status = Object.fromEntries(Object.entries(coverage).map(([part, { status: found }]: Json) => [part, found]));
    expect(status).toEqual({
      user_request: 'recorded',
      agent_instruction: 'recorded',
      model_interaction: 'recorded',
      tool_invocation: 'recorded',
      retrieved_data: 'recorded',
      system_updates: 'missing',
      approvals: 'unknown',
      exceptions: 'recorded',
    });
    // Five effects are expected, four by the run and one by its sub-run; what became of the address nobody reports.
    expect(coverage.system_updates).toMatchObject({ events: 4, expected: 5 });
    expect(coverage.system_updates.reasons).toContainEqual({
      code: 'write_without_effect',
      count: 1,
      event_ids: ['t01.update-address.completed'],
    });
  });

  test('Q06: the whole case, with the gap named', async () => {
    const list: Json = await api.get('/v1/cases/salesforce:5008d00000A1bCdAAJ/timeline?limit=200');
    const own = list.data.filter(({ row_kind, via }: Json) => row_kind !== 'gap' && via === undefined);
    expect(eventIds(own)).toEqual(
      [
        'prompt',
        'run',
        'plan.requested',
        'plan.completed',
        'planned',
        'read-account.requested',
        'read-account.completed',
        'update-contact.requested',
        'policy-contact',
        'update-contact.completed',
        'contact-changed',
        'update-address.requested',
        'policy-address',
        'update-address.completed',
        'delegated',
        'sub-run',
        'price-list',
        'price-1.requested',
        'price-1.failed',
        'price-2.requested',
        'price-check',
        'price-2.completed',
        'price-text.requested',
        'price-text.completed',
        'sub-run-end',
        'draft.requested',
        'draft.completed',
        'send-mail.requested',
        'mail-inspected',
        'policy-mail',
        'send-mail.completed',
        'mail-sent',
        'add-note.requested',
        'add-note.completed',
        'note-added',
        'answer',
        'run-end',
        'cdc-case',
      ].map((name) => `t01.${name}`),
    );
    const gapRows = list.data.filter(({ row_kind }: Json) => row_kind === 'gap');
    expect(gapRows).toMatchObject([{ gap: { stream_id: 'salesforce-feed/cdc/2026-03-03', from_seq: 2, to_seq: 3 } }]);
    expect(list.completeness).toMatchObject({
      no_known_gaps: false,
      gaps: {
        count: 1,
        listed: [{ stream_id: 'salesforce-feed/cdc/2026-03-03', from_seq: 2, to_seq: 3, kind: 'source_declared' }],
      },
    });
  });

  test('Q07: which data was used, and who approved the action path', async () => {
    const run: Json = await api.get('/v1/runs/run-t02-collections');
    expect(
      run.data_used.map(({ kind, source, objects, fields, row_count, documents, event_ids }: Json) => [
        kind,
        source,
        objects.map(({ type, id }: Json) => `${type} ${id}`),
        fields,
        row_count,
        documents.map(({ doc_id, version }: Json) => `${doc_id}@${version}`),
        event_ids,
      ]),
    ).toEqual([
      [
        'read',
        'salesforce',
        ['account 0018d00000AqUaSAAV'],
        ['Name', 'Contact', 'BillingAddress', 'PaymentHistory__c'],
        1,
        [],
        ['t02.account-read'],
      ],
      ['retrieval', 'dunning-handbook', [], [], null, ['AR-HB-4.2@7', 'AR-HB-4.3@7'], ['t02.handbook']],
    ]);
    expect(run.approvals).toMatchObject([
      {
        approval_id: 'appr-t02-31',
        effect_id: 'eff-t02-workflow',
        status: 'approved',
        approver: { id: priya, issuer: 'entra' },
        decided_at: '2026-03-09T13:25:48.600000Z',
        threshold: 5_000,
        value: 7_340,
        unit: 'EUR',
      },
    ]);
    expect(run.approvals).toHaveLength(1);
  });

  test('Q08: all AI actions on this invoice, whoever wrote its id how', async () => {
    const list: Json = await api.get('/v1/objects/sap/invoice/5105600231/timeline');
    expect(list.total).toBe(23);
    expect(eventIds(list.data)).toEqual([
      't06.bad.read.requested',
      't06.bad.read.completed',
      't06.bad.match.requested',
      't06.bad.match.completed',
      't06.bad.policy',
      't06.bad.release.requested',
      't06.bad.release.completed',
      't06.bad.released',
      't06.bad.confirmed',
      't06.incident',
      't06.reverted',
      't06.good.read.requested',
      't06.good.read.completed',
      't06.good.match.requested',
      't06.good.match.completed',
      't06.good.policy',
      't06.good.approval-asked',
      't06.good.approval-given',
      't06.good.release.requested',
      't06.good.release.completed',
      't06.good.released',
      't06.good.confirmed',
      't06.paid',
    ]);
    const changes = list.data.filter(
      ({ event_type }: Json) => event_type === 'object.changed' || event_type === 'object.change.reverted',
    );
    expect(
      changes.map(({ event_id, actor, agent, run_id, effect }: Json) => [
        event_id,
        actor.type,
        agent?.config_id,
        run_id,
        effect.document_no,
      ]),
    ).toEqual([
      ['t06.bad.released', 'agent', 'payment-agent/cfg-13', 'run-t06-bad', '1500000871'],
      ['t06.reverted', 'human', undefined, undefined, '1500000872'],
      ['t06.good.released', 'agent', 'payment-agent/cfg-14', 'run-t06-good', '1500000893'],
    ]);
  });

  test('Q09: every agent step tied to this customer case, sub-agents included', async () => {
    const list: Json = await api.get('/v1/cases/salesforce:5008d00000A1bCdAAJ/timeline?limit=200');
    const asked = list.data.filter(
      ({ event_type }: Json) => event_type === 'tool.call.requested' || event_type === 'model.call.requested',
    );
    expect(
      asked.map(({ run_id, agent, tool, model, call_id, via }: Json) => [
        run_id,
        agent.id,
        tool?.name ?? model.request_model,
        call_id,
        via,
      ]),
    ).toEqual([
      ['run-t01-sales', 'sales-assistant', 'gpt-4.1', 'call-t01-1', undefined],
      ['run-t01-sales', 'sales-assistant', 'read_account', 'call-t01-2', undefined],
      ['run-t01-sales', 'sales-assistant', 'update_contact', 'call-t01-3', undefined],
      ['run-t01-sales', 'sales-assistant', 'update_account_address', 'call-t01-4', undefined],
      ['run-t01-pricing', 'pricing-agent', 'simulate_price', 'call-t01-5', undefined],
      ['run-t01-pricing', 'pricing-agent', 'simulate_price', 'call-t01-6', undefined],
      ['run-t01-pricing', 'pricing-agent', 'gpt-4.1', 'call-t01-7', undefined],
      ['run-t01-sales', 'sales-assistant', 'gpt-4.1', 'call-t01-8', undefined],
      ['run-t01-sales', 'sales-assistant', 'send_mail', 'call-t01-9', undefined],
      ['run-t01-sales', 'sales-assistant', 'add_case_note', 'call-t01-10', undefined],
      ['run-t01-reply', 'sales-assistant', 'read_inbox', 'call-t01-11', ['link-t01-reply']],
      ['run-t01-reply', 'sales-assistant', 'gpt-4.1', 'call-t01-12', ['link-t01-reply']],
    ]);
  });

  test('Q17: where exactly it went wrong: the first step that diverged', async () => {
    const diff: Json = await api.get('/v1/runs/run-t06-bad/diff/run-t06-good');
    expect([diff.first_divergence, diff.first_failure]).toEqual([4, { a: null, b: null }]);
    expect(diff.entries.slice(0, 8).map(({ status, kind, name }: Json) => [status, kind, name])).toEqual([
      ['matched', 'tool_call', 'read_invoice'],
      ['matched', 'tool_call', 'match_purchase_order'],
      ['matched', 'retrieval', expect.stringContaining('payment-handbook')],
      ['matched', 'model_call', expect.anything()],
      ['changed', 'tool_call', 'get_release_limit'],
      ['changed', 'policy', expect.stringContaining('payment-release')],
      ['changed', 'decision', 'workflow_branch'],
      ['inserted', 'tool_call', 'request_approval'],
    ]);
    const { a, b, changes, arguments: given } = diff.entries[4];
    expect([a.event_ids, b.event_ids]).toEqual([
      ['t06.bad.limit.requested', 't06.bad.limit.completed'],
      ['t06.good.limit.requested', 't06.good.limit.completed'],
    ]);
    expect(changes).toContainEqual({ what: 'code', a: 'limit_25000', b: 'limit_10000' });
    expect(given).toMatchObject({ verdict: 'different', basis: 'content' });
    expect(diff.entries[5].changes).toEqual(
      expect.arrayContaining([
        { what: 'decision', a: 'allow', b: 'require_approval' },
        { what: 'rule', a: 'below-limit-auto-release', b: 'above-limit-needs-approval' },
      ]),
    );
  });

  test('Q22: one agent task across several systems, in one timeline', async () => {
    const { run, lanes, steps }: Json = await api.get('/v1/runs/run-t01-sales');
    expect(run.task_id).toBe('answer-price-question');
    expect(lanes.map(({ id }: Json) => id)).toEqual([
      'people',
      'agent:sales-assistant',
      'model:openai',
      'system:salesforce',
      'control',
      'agent:pricing-agent',
      'system:price-lists',
      'system:sap',
      'system:exchange',
      'system:servicenow',
    ]);
    const tools = all(steps).filter(({ kind }) => kind === 'tool_call');
    expect(tools.map(({ started_at, lane, title }) => [clock(started_at), lane, title])).toEqual([
      ['09:00:15.410', 'system:salesforce', 'read_account'],
      ['09:00:17.020', 'system:salesforce', 'update_contact'],
      ['09:00:18.500', 'system:salesforce', 'update_account_address'],
      ['09:00:20.300', 'system:sap', 'simulate_price'],
      ['09:00:26.300', 'system:sap', 'simulate_price'],
      ['09:00:33.100', 'system:exchange', 'send_mail'],
      ['09:00:34.600', 'system:servicenow', 'add_case_note'],
    ]);
  });
});
