import { type Api } from './support/api.ts';
import { type Json, withStories } from './support/questions.ts';

/**
 * Questions that a report answers, and what is not on record. One request each; answers by hand from
 * libs/scenarios/README.md. Other specs tell events of 2 March.
 */
const MARCH = 'from=2026-03-03&to=2026-04-01';
const [GPT, CLAUDE, LLAMA] = ['gpt-4.1-2025-04-14', 'claude-sonnet-4-5-20250929', 'llama-3.3-70b-instruct-awq'];

describe('questions that reports answer', () => {
  let api: Api;
  beforeAll(async () => {
    api = await withStories();
  }, 300_000);

  test('Q18: how AI is used, by workspace, use case and model', async () => {
    const report: Json = await api.get(`/v1/reports/ai_use?${MARCH}`, 'data_team');
    expect(report).toMatchObject({
      report: 'ai_use',
      parameters: { from: '2026-03-03', to: '2026-04-01' },
      rows: 18,
      cap_reached: false,
      known_gaps: { open: 1, numbers_missing: 2 },
    });
    expect(
      report.data.map(({ day, workspace_id, use_case, model, completed, failed }: Json) => [
        day.slice(8),
        workspace_id,
        use_case,
        model,
        completed,
        failed,
      ]),
    ).toEqual([
      ['03', 'sales-emea', 'customer-service', GPT, 3, 0],
      ['04', 'sales-emea', 'customer-service', GPT, 1, 0],
      ['09', 'finance-ar', 'receivables', CLAUDE, 1, 0],
      ['11', 'legal', 'contract-review', CLAUDE, 2, 0],
      ['13', 'research', 'literature-review', CLAUDE, 2, 0],
      ['13', 'research', 'literature-review', 'mistral-large-2411', 1, 0],
      ['13', 'research', 'literature-review', GPT, 1, 0],
      ['16', 'engineering', 'general-chat', GPT, 2, 0],
      ['17', 'finance-ap', 'invoice-release', GPT, 1, 0],
      ['19', 'finance-ap', 'invoice-release', GPT, 1, 0],
      ['20', 'finance-restricted', 'general-chat', 'gpt-4.1', 0, 1],
      ['20', 'finance-restricted', 'general-chat', LLAMA, 1, 0],
      ['23', 'service-desk', 'ticket-drafts', GPT, 1, 0],
      ['24', 'service-desk', 'ticket-drafts', GPT, 1, 0],
      ['25', 'service-desk', 'general-chat', GPT, 1, 0],
      ['25', 'service-desk', 'general-chat', LLAMA, 1, 0],
      ['25', 'service-desk', 'ticket-drafts', LLAMA, 1, 0],
      ['26', 'service-desk', 'ticket-drafts', LLAMA, 1, 0],
    ]);
  });

  test('Q20: are policies enforced, not only written', async () => {
    const report: Json = await api.get(`/v1/reports/policy_enforcement?${MARCH}`, 'auditor');
    const strict = report.data.filter(({ decision }: Json) => decision === 'deny' || decision === 'require_approval');
    expect(
      strict.map(
        ({
          day,
          policy_id,
          rule_id,
          decision,
          enforcement,
          actions,
          executed,
          denied_nothing_executed: denied,
          executed_against_decision: against,
          decided_by_human: human,
        }: Json) => [day, policy_id, rule_id, decision, enforcement, actions, executed, denied, against, human],
      ),
    ).toEqual([
      ['2026-03-09', 'erp-writes', 'amount-over-5000-needs-approval', 'require_approval', 'enforced', 1, 1, 0, 0, 1],
      ['2026-03-16', 'sensitive-terms', 'export-control-terms', 'deny', 'advisory', 1, 1, 0, 1, 0],
      ['2026-03-19', 'payment-release', 'above-limit-needs-approval', 'require_approval', 'enforced', 1, 1, 0, 0, 1],
      ['2026-03-20', 'workspace-models', 'finance-restricted-self-hosted-only', 'deny', 'enforced', 1, 0, 1, 0, 0],
    ]);
  });

  test('Q21: what is not logged: numbers that are missing, and what came late', async () => {
    const answer: Json = await api.get('/v1/completeness?from=2026-03-03T00:00:00Z&to=2026-04-01T00:00:00Z');
    expect([answer.no_known_gaps, answer.totals.missing_numbers]).toEqual([false, 2]);
    expect(answer.gaps).toEqual([
      expect.objectContaining({
        stream_id: 'salesforce-feed/cdc/2026-03-03',
        from_seq: 2,
        to_seq: 3,
        kind: 'source_declared',
        status: 'missing',
        missing: 2,
        declared_by: ['t01.feed-gap'],
        cause: 'replay_window_exceeded',
      }),
    ]);
    const counts = Object.fromEntries(
      answer.sources.map(({ system, events, late, conflicts }: Json) => [system, [events, late, conflicts]]),
    );
    expect(counts).toMatchObject({
      exchange: [1, 1, 0],
      salesforce: [4, 0, 0],
      sap: [8, 0, 0],
      sharepoint: [2, 0, 0],
      'api-gateway': [1, 0, 0],
      'llm-host': [8, 0, 0],
    });
  });

  test('Q21: what is not logged: an effect that its tool claims and nobody reports', async () => {
    const { effect, agreement, agreement_reasons }: Json = await api.get('/v1/effects/eff-t01-address');
    expect([effect.status, agreement, agreement_reasons]).toEqual([
      'unobserved',
      'unobserved',
      ['effect_not_recorded'],
    ]);
  });
});
