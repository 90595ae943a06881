import { scenarios, type StoryEvent } from './index.ts';

/**
 * The tables of README.md, counted by hand there and by code here: whoever changes a story sees which answers change
 * with it.
 */
const all: readonly StoryEvent[] = scenarios.flatMap(({ events }) => events());

test('Q17: both runs of T06 do the same until the release limit is looked up', () => {
  const requests = (run: string) =>
    all.filter(
      ({ run_id, event_type }) =>
        run_id === run && ['tool.call.requested', 'model.call.requested'].includes(event_type),
    );
  const names = (run: string): string[] =>
    requests(run).map(({ tool, model }) => tool?.name ?? model?.request_model ?? '');
  expect(names('run-t06-bad')).toEqual([
    'read_invoice',
    'match_purchase_order',
    'gpt-4.1',
    'get_release_limit',
    'release_payment',
  ]);
  expect(names('run-t06-good')).toEqual([
    'read_invoice',
    'match_purchase_order',
    'gpt-4.1',
    'get_release_limit',
    'request_approval',
    'release_payment',
  ]);
  const said = (run: string) =>
    requests(run).map(({ call_id, content }) => {
      const answer = all.find(
        (event) => event.call_id === call_id && /^(?:tool|model)\.call\.completed$/.test(event.event_type),
      );
      return { asked: content, outcome: answer?.outcome, answered: answer?.content };
    });
  const [bad, good] = [said('run-t06-bad'), said('run-t06-good')];
  expect(bad.slice(0, 3)).toEqual(good.slice(0, 3));
  expect(bad[3]).toMatchObject({
    asked: [{ role: 'tool_args', json: { company_code: '2000' } }],
    outcome: { code: 'limit_25000' },
  });
  expect(good[3]).toMatchObject({
    asked: [{ role: 'tool_args', json: { company_code: '1000' } }],
    outcome: { code: 'limit_10000' },
  });
});

test('Q18: answered model calls by workspace, use case and model', () => {
  const counts: Record<string, number> = {};
  for (const { event_type, workspace_id, use_case, model } of all) {
    const row = `${workspace_id ?? ''} / ${use_case ?? ''} / ${model?.response_model ?? ''}`;
    if (event_type === 'model.call.completed') counts[row] = (counts[row] ?? 0) + 1;
  }
  expect(counts).toEqual({
    'sales-emea / customer-service / gpt-4.1-2025-04-14': 4,
    'finance-ar / receivables / claude-sonnet-4-5-20250929': 1,
    'legal / contract-review / claude-sonnet-4-5-20250929': 2,
    'research / literature-review / mistral-large-2411': 1,
    'research / literature-review / claude-sonnet-4-5-20250929': 2,
    'research / literature-review / gpt-4.1-2025-04-14': 1,
    'engineering / general-chat / gpt-4.1-2025-04-14': 2,
    'finance-ap / invoice-release / gpt-4.1-2025-04-14': 2,
    'finance-restricted / general-chat / llama-3.3-70b-instruct-awq': 1,
    'service-desk / ticket-drafts / gpt-4.1-2025-04-14': 2,
    'service-desk / ticket-drafts / llama-3.3-70b-instruct-awq': 2,
    'service-desk / general-chat / gpt-4.1-2025-04-14': 1,
    'service-desk / general-chat / llama-3.3-70b-instruct-awq': 1,
  });
});

test('Q08: what happened to the invoice, in order, whoever wrote its id', () => {
  const rows = all.filter(({ object_refs }) =>
    object_refs?.some(
      ({ system, type, id }) => system === 'sap' && type === 'invoice' && id.replace(/^0+/, '') === '5105600231',
    ),
  );
  expect(rows.map(({ event_id }) => event_id)).toEqual([
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
});

test('Q06, Q09: the case, with the run that only a link joins to it', () => {
  const named = all.filter(({ case_refs }) =>
    case_refs?.some(({ system, id }) => system === 'salesforce' && id.startsWith('5008d00000A1bCd')),
  );
  const linked = all.filter(({ run_id }) => run_id === 'run-t01-reply');
  expect([named.length, linked.length, named.filter((event) => linked.includes(event)).length]).toEqual([38, 6, 0]);
  const asked = (type: string): number => [...named, ...linked].filter(({ event_type }) => event_type === type).length;
  expect([asked('tool.call.requested'), asked('model.call.requested'), asked('run.completed')]).toEqual([8, 4, 3]);
});

test('Q11 to Q13: the workflow has one action from policy to effect, within the delegation, after the approval', () => {
  const action = all.filter(({ effect_id }) => effect_id === 'eff-t02-workflow');
  expect(action.map(({ event_type }) => event_type)).toEqual([
    'tool.call.requested',
    'policy.evaluated',
    'approval.requested',
    'approval.decided',
    'tool.call.completed',
    'process.triggered',
  ]);
  expect(new Set(action.map(({ action_mac }) => action_mac)).size).toBe(1);
  const at = (type: string): string =>
    all.find((event) => event.event_type === type && event.event_id.startsWith('t02.'))?.occurred_at ?? '';
  const order = [
    at('identity.delegation.granted'),
    at('approval.decided'),
    action.at(-1)?.occurred_at ?? '',
    at('identity.delegation.revoked'),
  ];
  expect(order).toEqual([...order].sort());
});

test('Q21: the change feed of Salesforce lacks two numbers, and says which', () => {
  const stream = 'salesforce-feed/cdc/2026-03-03';
  expect(all.filter(({ stream_id }) => stream_id === stream).map(({ seq }) => seq)).toEqual([1, 4]);
  expect(all.find(({ event_type }) => event_type === 'collector.gap.detected')?.gap).toEqual({
    stream_id: stream,
    from_seq: 2,
    to_seq: 3,
    kind: 'source_declared',
  });
});

test('every id of README.md is an id of a story', async () => {
  const { readFile } = await import('node:fs/promises');
  const page = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const told = JSON.stringify(all);
  const named = [
    ...page.matchAll(/`((?:run|call|eff|dec|appr|art|cmp|exc|esc|sess|chat|grant|link|step|idem)-[a-z0-9-]+)`/g),
  ].map(([, id]) => id ?? '');
  expect(named.length).toBeGreaterThan(30);
  for (const id of named) expect([id, told.includes(`"${id}"`)]).toEqual([id, true]);
  const events = [...page.matchAll(/`(t0\d\.[a-z0-9.-]+)`/g)].map(([, id]) => id ?? '');
  expect(events.length).toBeGreaterThan(4);
  for (const id of events) expect([id, all.some(({ event_id }) => event_id === id)]).toEqual([id, true]);
});
