import { dataUsedOf } from './data-used.ts';
import { approvalsOf } from './run-approvals.ts';
import { rowsOf } from './testdata/rows.ts';
import { atOnce } from './turns.ts';

const account = { object_refs: [{ system: 'crm', type: 'account', id: '7' }] };

test('documents, fields of objects, memory, and tools that read where the system itself says nothing', () => {
  const rows = rowsOf(
    ['tool.call.requested', { call_id: 'c1', tool: { name: 'read', tier: 'read', server: 'crm' } }],
    ['object.read', { call_id: 'c1', ...account, access: { row_count: 1, paths: ['Name', 'Iban'] } }],
    ['tool.call.completed', { call_id: 'c1', tool: { name: 'read', tier: 'read', server: 'crm' }, ...account }],
    [
      'retrieval.performed',
      { retrieval: { source_id: 'handbook', results: [{ doc_id: 'A', version: '7' }, { doc_id: 'B' }] } },
    ],
    ['tool.call.completed', { call_id: 'c2', tool: { name: 'look', tier: 'read', server: 'erp' } }],
    [
      'tool.call.failed',
      { call_id: 'c3', tool: { name: 'look', tier: 'read', server: 'erp' }, outcome: { status: 'timeout' } },
    ],
    ['tool.call.completed', { call_id: 'c4', tool: { name: 'pay', tier: 'write' } }],
    ['memory.read'],
    ['memory.written'],
  );
  expect(
    atOnce(dataUsedOf(rows)).map(({ kind, source, documents, objects, fields, row_count, event_ids }) => [
      kind,
      source,
      documents,
      objects.map(({ id }) => id),
      fields,
      row_count,
      event_ids,
    ]),
  ).toEqual([
    ['read', 'crm', [], ['7'], ['Name', 'Iban'], 1, ['e1']],
    [
      'retrieval',
      'handbook',
      [
        { doc_id: 'A', version: '7' },
        { doc_id: 'B', version: null },
      ],
      [],
      [],
      null,
      ['e3'],
    ],
    ['tool_call', 'erp', [], [], [], null, ['e4']],
    ['memory', null, [], [], [], null, ['e7']],
  ]);
});

test('approvals: the newest word of each, and what was only asked', () => {
  const rows = rowsOf(
    [
      'approval.requested',
      {
        approval_id: 'a',
        effect_id: 'f',
        approval: { approver: 'p_1', approver_issuer: 'idp', threshold: 100, value: 250, unit: 'EUR' },
      },
    ],
    ['approval.requested', { approval_id: 'b' }],
    [
      'approval.decided',
      { approval_id: 'a', approval: { decision: 'rejected', approver: 'p_2', approver_issuer: 'idp' } },
    ],
  );
  expect(atOnce(approvalsOf(rows))).toMatchObject([
    {
      approval_id: 'a',
      effect_id: 'f',
      status: 'rejected',
      approver: { id: 'p_2', issuer: 'idp' },
      threshold: 100,
      value: 250,
      unit: 'EUR',
      event_ids: ['e0', 'e2'],
    },
    { approval_id: 'b', status: 'pending', approver: null, decided_at: null, event_ids: ['e1'] },
  ]);
});
