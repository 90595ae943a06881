import { type Api } from './support/api.ts';
import { clock, eventIds, type Json, pseudonymOf, withStories } from './support/questions.ts';

/**
 * Questions about rules, approvals and permissions. One request each; answers by hand from libs/scenarios/README.md.
 */
describe('questions about controls', () => {
  let api: Api;
  const who: Record<string, string> = {};
  beforeAll(async () => {
    api = await withStories();
    for (const name of ['jonas.weber', 'priya.nair', 'henrik.dahl', 'emil.sorensen', 'helene.vogt', 'nadia.haddad'])
      who[name] = await pseudonymOf(api, `${name}@halden.example`);
  }, 300_000);
  const workflow = (): Promise<Json> => api.get('/v1/effects/eff-t02-workflow');

  test('Q11: why this transaction occurred, and which controls were applied', async () => {
    const answer = await workflow();
    expect(answer.effect).toMatchObject({
      transaction_key: 'SAP/PRD/WF-000081234',
      document_no: 'WF-000081234',
      target_system: 'sap',
      executed_as: 'RFC_AI_AR',
      tool: 'start_instalment_workflow',
      amount: '7340.000000',
      currency: 'EUR',
    });
    expect(answer.caused_by).toEqual(['t02.run', 't02.prompt']);
    expect(answer.delegation).toMatchObject({
      acted: { type: 'agent', id: 'collections-agent' },
      on_behalf_of: [{ id: who['jonas.weber'], grant_id: 'grant-ar-77' }],
    });
    const own = answer.controls.filter(({ applies_to }: Json) => applies_to === 'action');
    expect(
      own.map(({ event_id, policy, approval, by }: Json) => [
        event_id,
        policy?.policy_id,
        policy?.policy_version,
        policy?.rule_id,
        policy?.decision,
        policy?.enforcement,
        approval?.decision,
        approval?.approver,
        by.type,
      ]),
    ).toEqual([
      [
        't02.policy-workflow',
        'erp-writes',
        '14',
        'amount-over-5000-needs-approval',
        'require_approval',
        'enforced',
        undefined,
        undefined,
        'service',
      ],
      [
        't02.approval-asked',
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        'unknown',
        who['priya.nair'],
        'service',
      ],
      [
        't02.approval-given',
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        'approved',
        who['priya.nair'],
        'human',
      ],
    ]);
  });

  test('Q12: can this action be defended: permission, policy, approval, evidence', async () => {
    const { chain, agreement, agreement_reasons, effect, policy_in_force }: Json = await workflow();
    expect([agreement, agreement_reasons, effect.status]).toEqual(['matched', [], 'confirmed']);
    expect(Object.entries(chain).map(([part, { status, reasons }]: Json) => [part, status, reasons])).toEqual([
      ['intent', 'recorded', []],
      ['delegation', 'recorded', []],
      ['policy_in_force', 'recorded', []],
      ['decision', 'recorded', []],
      ['approval', 'recorded', []],
      ['execution', 'recorded', []],
      ['confirmation', 'recorded', []],
      ['reverted', 'not_needed', []],
    ]);
    expect([chain.decision.event_ids, chain.approval.event_ids, chain.confirmation.event_ids]).toEqual([
      ['t02.policy-workflow'],
      ['t02.approval-asked', 't02.approval-given'],
      ['t02.workflow-confirmed', 't02.workflow-done'],
    ]);
    expect(effect.evidence_grades).toEqual(['self_reported', 'system_of_record']);
    expect(policy_in_force.policies).toMatchObject([{ policy_id: 'erp-writes', policy_version: '14' }]);
  });

  test('Q13: did the agent act under approved permissions at that time', async () => {
    const { permission, delegation, policy_in_force }: Json = await workflow();
    expect(permission).toEqual({ at: '2026-03-09T13:25:49.810000Z', permitted: 'yes', reasons: [] });
    expect(delegation.grants).toMatchObject([
      {
        grant_id: 'grant-ar-77',
        scope: 'crm.read,ar.note,ar.workflow',
        granted_at: '2026-02-27T10:15:00.000000Z',
        granted_by: { id: who['jonas.weber'] },
        revoked_at: '2026-03-12T08:00:00.000000Z',
        in_force: 'yes',
      },
    ]);
    expect(policy_in_force.policy_sets).toMatchObject([
      { policy_set: 'halden-ai', version: '2026.2', hash: 'sha256:5f2b7c' },
    ]);
  });

  test('Q14: which fields were masked', async () => {
    const { allowed }: Json = await api.get('/v1/steps/call-t02-3');
    expect(allowed.masked).toEqual([
      { path: '$.customer.iban', category: 'iban', count: 1, method: 'mask', event_id: 't02.score-masked' },
      {
        path: '$.customer.contact.email',
        category: 'email_address',
        count: 1,
        method: 'mask',
        event_id: 't02.score-masked',
      },
      {
        path: '$.customer.contact.birth_date',
        category: 'date_of_birth',
        count: 1,
        method: 'mask',
        event_id: 't02.score-masked',
      },
    ]);
    expect(allowed.rules).toMatchObject([
      {
        policy_id: 'third-party-disclosure',
        policy_version: '9',
        rule_id: 'mask-personal-fields',
        decision: 'mask',
        enforcement: 'enforced',
      },
    ]);
  });

  test.each([
    [
      'appr-t06-good',
      'henrik.dahl',
      10_000,
      18_400,
      10_044_000,
      ['invoice', 'vendor', 'amount', 'purchase_order', 'match'],
    ],
    [
      'appr-t02-31',
      'priya.nair',
      5_000,
      7_340,
      1_410_600,
      ['document', 'customer', 'amount', 'instalments', 'score_band'],
    ],
  ] as const)(
    'Q15: did a human review this threshold, and what did they see: %s',
    async (id, approver, threshold, value, waited_ms, fields) => {
      const { approval, executed }: Json = await api.get(`/v1/approvals/${id}`);
      expect(approval).toMatchObject({
        status: 'approved',
        approver: { id: who[approver], issuer: 'entra' },
        independent: true,
        threshold,
        value,
        unit: 'EUR',
        over_threshold: true,
        waited_ms,
        waited_basis: 'measured',
      });
      expect([approval.shown.fields, approval.shown.content.length]).toEqual([[...fields], 2]);
      expect(executed.status).toBe('as_approved');
    },
  );

  test('Q16: was a policy exception triggered', async () => {
    const { total, data }: Json = await api.search({
      event_type: ['policy.exception.raised', 'policy.exception.closed'],
      from: '2026-03-01T00:00:00Z',
      to: '2026-04-01T00:00:00Z',
    });
    expect(total).toBe(4);
    expect(
      data.map(({ occurred_at, event_type, policy, details, actor, outcome }: Json) => [
        occurred_at.slice(0, 10),
        event_type,
        details.exception_id,
        policy.policy_id,
        details.reason,
        actor.id,
        outcome?.status,
      ]),
    ).toEqual([
      [
        '2026-03-20',
        'policy.exception.raised',
        'exc-t07-1',
        'workspace-models',
        'better_model_wanted',
        who['emil.sorensen'],
        undefined,
      ],
      [
        '2026-03-20',
        'policy.exception.closed',
        'exc-t07-1',
        'workspace-models',
        'refused',
        who['helene.vogt'],
        'denied',
      ],
      [
        '2026-03-25',
        'policy.exception.raised',
        'exc-t08-1',
        'approved-models',
        'model_not_registered_yet',
        who['nadia.haddad'],
        'success',
      ],
      [
        '2026-03-27',
        'policy.exception.closed',
        'exc-t08-1',
        'approved-models',
        'model_registered',
        who['helene.vogt'],
        'success',
      ],
    ]);
  });

  test('Q23: what the AI attempted, what it was allowed, what it did, what happened next', async () => {
    const {
      attempted,
      allowed,
      did,
      what_happened_next: next,
      agreement,
    }: Json = await api.get('/v1/steps/call-t07-1');
    expect(
      attempted.events.map(({ event_id, model }: Json) => [event_id, model.provider, model.request_model]),
    ).toEqual([['t07.asked', 'openai', 'gpt-4.1']]);
    expect(eventIds(allowed.events)).toEqual(['t07.denied', 't07.blocked']);
    expect(allowed.rules).toEqual([
      {
        policy_id: 'workspace-models',
        policy_version: '21',
        rule_id: 'finance-restricted-self-hosted-only',
        decision: 'deny',
        enforcement: 'enforced',
      },
    ]);
    // The call failed by the denial, and the user was told.
    expect(did.events.map(({ event_id, outcome }: Json) => [event_id, outcome.status, outcome.code])).toEqual([
      ['t07.failed', 'denied', 'policy_denied'],
      ['t07.answer', 'denied', 'policy_denied'],
    ]);
    expect(agreement).toBe('denied_nothing_executed');
    expect(eventIds(next.answered)).toEqual(['t07.exception-asked', 't07.exception-refused']);
    expect(
      next.next_in_session.map(({ event_id, occurred_at, call_id }: Json) => [event_id, clock(occurred_at), call_id]),
    ).toEqual([
      ['t07.prompt-2', '14:22:30.000', undefined],
      ['t07.allowed', '14:22:30.040', 'call-t07-2'],
      ['t07.variance.requested', '14:22:30.100', 'call-t07-2'],
      ['t07.variance.completed', '14:22:34.300', 'call-t07-2'],
      ['t07.answer-2', '14:22:34.400', 'call-t07-2'],
      ['t07.session-end', '16:30:00.000', undefined],
    ]);
  });
});
