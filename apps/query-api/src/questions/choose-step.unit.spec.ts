import { AffidavitError } from '@affidavit/audit-model';
import { type FoundStep } from '../store/step-scopes.ts';
import { chooseStep } from './choose-step.ts';

const found = (
  kind: FoundStep['kind'],
  scope: Partial<Pick<FoundStep, 'id' | 'run_id' | 'session_id' | 'stream_id'>>,
): FoundStep => ({
  kind,
  id: 'id',
  run_id: '',
  session_id: '',
  stream_id: '',
  run_keys: ['k'],
  events: 1,
  trace_ids: [],
  ...scope,
});
const [run, another, session, stream] = [{ run_id: 'r/1' }, { run_id: 'r/2' }, { session_id: 's' }, { stream_id: 't' }];

function chosen(kind: FoundStep['kind'], scopes: readonly Parameters<typeof found>[1][], capped = false): unknown {
  try {
    const { step, elsewhere } = chooseStep({ found: scopes.map((scope) => found(kind, scope)), capped });
    return [step.run_id || step.session_id || step.stream_id, elsewhere.map(({ link }) => link.path)];
  } catch (error) {
    return error instanceof AffidavitError ? error.code : error;
  }
}

describe('which of the things with an id is meant', () => {
  const elsewhere = ['/v1/steps/-?id=id&stream_id=t'];
  test.each([
    ['call', [run], ['r/1', []]],
    ['call', [session], ['s', []]],
    ['step', [stream], ['t', []]],
    ['call', [], 'not_found'],
    ['call', [run, another], 'ambiguous'],
    ['step', [session, { session_id: 'z' }], 'ambiguous'],
    ['call', [run, session], 'ambiguous'],
    ['call', [stream, { stream_id: 'u' }], 'ambiguous'],
    // What names neither run nor session does not make an id ambiguous, and is not hidden.
    ['call', [run, stream], ['r/1', elsewhere]],
    ['step', [session, stream], ['s', elsewhere]],
    // An effect or an event is one thing; reports of no run belong to the run.
    ['effect', [run, session, stream], ['r/1', []]],
    ['event', [session, stream], ['s', []]],
    ['effect', [run, another], 'ambiguous'],
  ] as const)('%s in %j: %j', (kind, scopes, answer) => expect(chosen(kind, scopes)).toEqual(answer));
  test('of more than are told apart nobody can say that it is the only one', () => {
    expect(chosen('call', [run], true)).toBe('ambiguous');
  });
});
