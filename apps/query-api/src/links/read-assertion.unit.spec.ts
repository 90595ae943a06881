import fc from 'fast-check';
import { readLinkRequest } from './read-assertion.ts';

const ticket = { system: 'helpdesk', id: '#4711' };
const asserted = (body: object) => {
  const read = readLinkRequest(body);
  if (read.status !== 'assert') throw new Error(JSON.stringify(read));
  return [read.from.id, read.to.id];
};

describe('what a person says about links', () => {
  test.each([
    [{ kind: 'case_run', from: ticket, to: { id: 'r/1' } }, ['helpdesk:#4711', 'r/1']],
    [{ kind: 'case_run', from: 'helpdesk:4711:x', to: 'r' }, ['helpdesk:4711:x', 'r']],
    [
      { kind: 'case_run', from: { kind: 'run', id: 'r' }, to: { kind: 'case', ...ticket }, basis: 'person' },
      ['helpdesk:#4711', 'r'],
    ],
    [
      { kind: 'run_object', from: { id: 'r' }, to: { system: 'a:b', type: '100%', id: 'c:d' } },
      ['r', 'a%3Ab:100%25:c:d'],
    ],
    [
      { kind: 'run_user', from: 'r', to: { kind: 'user', id: 'ada@example.org', issuer: 'crm' } },
      ['r', 'ada@example.org'],
    ],
    [
      { kind: 'case_case', from: { kind: 'case', ...ticket }, to: { kind: 'case', system: 'jira', id: 'A-1' } },
      ['helpdesk:#4711', 'jira:A-1'],
    ],
  ])('%j', (body, ends) => expect(asserted(body)).toEqual(ends));

  test.each([
    [null],
    [[]],
    ['x'],
    [{}],
    [{ kind: 'friendship', from: 'a', to: 'b' }],
    [{ kind: '__proto__', from: 'a', to: 'b' }],
    [{ kind: 'constructor', from: 'a', to: 'b' }],
    [{ kind: 'case_run', from: '4711', to: 'r' }],
    [{ kind: 'case_run', from: ':4711', to: 'r' }],
    [{ kind: 'case_run', from: 'helpdesk:', to: 'r' }],
    [{ kind: 'case_run', from: ticket }],
    [{ kind: 'case_run', from: { ...ticket, tenant_id: 'other' }, to: 'r' }],
    [{ kind: 'case_run', from: { ...ticket, id: 7 }, to: 'r' }],
    [{ kind: 'case_run', from: { ...ticket, kind: 'object' }, to: 'r' }],
    [{ kind: 'run_object', from: 'r', to: 'sap:4711' }],
    [{ kind: 'trace_run', from: '  ', to: 'r' }],
    [{ kind: 'trace_run', from: 't\0', to: 'r' }],
    [{ kind: 'trace_run', from: '\ud800', to: 'r' }],
    [{ kind: 'trace_run', from: 'x'.repeat(3_000), to: 'r' }],
    [{ kind: 'trace_run', from: 't', to: 'r', basis: 'rule' }],
    [{ kind: 'trace_run', from: 't', to: 'r', link_id: 'mine' }],
    [{ kind: 'trace_run', from: 't', to: 'r', reason: 7 }],
    [{ retract: '' }],
    [{ retract: 'l', kind: 'case_run' }],
    [{ retract: ['l'] }],
    [{ retract: 'l', reason: 'x'.repeat(20_000) }],
  ])('%j is refused', (body) => expect(readLinkRequest(body)).toMatchObject({ status: 'invalid' }));

  test('whatever comes in, it is read or refused in words', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) =>
        expect(['assert', 'retract', 'invalid']).toContain(readLinkRequest(body).status),
      ),
    );
  });
});
