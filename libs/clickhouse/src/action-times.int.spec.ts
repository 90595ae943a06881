import { GenerationRig } from './testing/generation-rig.ts';
import { CONTROL, insertStory, Story } from './testing/story.ts';

const rig = new GenerationRig();
const story = new Story();

/** The same cases as in apps/query-api/src/runs/agreement.unit.spec.ts: API and tables must agree. */
const cases: Record<string, string> = {};
let second = 0;
let marking = '';

function tell(call: string, event_type: string, part: object = {}, topic = CONTROL): void {
  second += 1;
  story.tell(
    `${call}-${second}`,
    event_type,
    second,
    {
      actor: { type: 'agent', id: 'bot' },
      agent: { id: 'bot' },
      run_id: 'r1',
      call_id: call,
      ...(marking !== '' && { action_mac: marking }),
      ...part,
    },
    topic,
  );
}
function of(call: string, agreement: string, ...steps: readonly ((call: string) => void)[]): void {
  cases[call] = agreement;
  for (const step of steps) step(call);
}
const says = (decision: string) => (call: string) =>
  tell(call, 'policy.evaluated', {
    policy: { policy_id: 'p', policy_version: '1', rule_id: decision, decision, enforcement: 'enforced' },
  });
const done = (call: string): void =>
  tell(
    call,
    'tool.call.completed',
    {
      tool: { name: 'pay', tier: 'read' },
      effect: { amount: Buffer.from([0x05, 0xf5, 0xe1, 0x00]), currency: 'EUR' },
      outcome: { status: 'success' },
    },
    'audit.activity.v1',
  );
const override = (call: string): void => tell(call, 'oversight.override.applied', { actor: { type: 'human', id: '' } });
const masked = (call: string): void => tell(call, 'content.transformed', { transformation: { method: 'mask' } });
const asked = (id: string) => (call: string) =>
  tell(call, 'approval.requested', { approval_id: `${call}/${id}`, approval: { value: 100, unit: 'EUR' } });
const answered =
  (id: string, decision: string, more: object = {}) =>
  (call: string) =>
    tell(call, 'approval.decided', { approval_id: `${call}/${id}`, approval: { decision, approver: 'p_x', ...more } });

of('allowed', 'matched', says('allow'), done);
of('overridden', 'matched', says('deny'), override, done);
of('overridden late', 'mismatched', says('deny'), done, override);
of('allowed late', 'mismatched', done, says('allow'));
of('denied late', 'matched', says('allow'), done, says('deny'));
of('masked', 'matched', says('mask'), masked, done);
of('masked late', 'mismatched', says('mask'), done, masked);
of('approved', 'matched', asked('a'), answered('a', 'approved'), done);
of('approved late', 'mismatched', asked('a'), done, answered('a', 'approved'));
of('approved for less', 'mismatched', asked('a'), answered('a', 'approved', { value: 60, unit: 'EUR' }), done);
of('refused', 'mismatched', asked('a'), answered('a', 'rejected'), done);
of('refused late', 'matched', asked('a'), answered('a', 'approved'), done, answered('a', 'rejected'));
of(
  'refused and asked again',
  'matched',
  asked('a'),
  answered('a', 'rejected'),
  asked('b'),
  answered('b', 'approved'),
  done,
);
of(
  'refused by one of two',
  'mismatched',
  asked('a'),
  asked('b'),
  answered('a', 'rejected'),
  answered('b', 'approved'),
  done,
);
of('one of two has not answered', 'mismatched', asked('a'), asked('b'), answered('b', 'approved'), done);
of('approval had expired', 'mismatched', asked('a'), answered('a', 'approved', { expires_at: Story.at(0) }), done);
of('approval still held', 'matched', asked('a'), answered('a', 'approved', { expires_at: Story.at(86_400) }), done);
of('allowed, and again late', 'matched', says('allow'), done, says('allow'));
of('overridden late, nobody had decided', 'mismatched', done, override);
of('approved, denied late', 'matched', asked('a'), answered('a', 'approved'), done, says('deny'));
of('approved, to be masked late', 'matched', asked('a'), answered('a', 'approved'), done, says('mask'));
of(
  'refused, given by another, asked for again',
  'mismatched',
  asked('a'),
  asked('b'),
  answered('b', 'approved'),
  answered('a', 'rejected'),
  asked('a'),
  done,
);
of(
  'lapsed',
  'mismatched',
  asked('a'),
  (call) => tell(call, 'approval.expired', { approval_id: `${call}/a`, approval: { decision: 'approved' } }),
  done,
);
of('failed', 'matched', says('allow'), (call) =>
  tell(
    call,
    'tool.call.failed',
    { tool: { name: 'pay', tier: 'read' }, outcome: { status: 'failure' } },
    'audit.activity.v1',
  ),
);
of('nobody knows how it ended', 'unobserved', says('allow'), (call) =>
  tell(call, 'tool.call.completed', { tool: { name: 'pay', tier: 'read' } }, 'audit.activity.v1'),
);
// The same policy speaks twice under the decision's id alone: before and after.
const underId = (decision: string) => (call: string) =>
  tell(call, 'policy.evaluated', {
    call_id: '',
    decision_id: `d ${call}`,
    policy: { policy_id: 'p', policy_version: '1', rule_id: decision, decision, enforcement: 'enforced' },
  });
const doneUnderId = (call: string): void =>
  tell(
    call,
    'tool.call.completed',
    { decision_id: `d ${call}`, tool: { name: 'pay', tier: 'read' }, outcome: { status: 'success' } },
    'audit.activity.v1',
  );
of('by id, allowed twice', 'matched', underId('allow'), doneUnderId, underId('allow'));
of('by id, denied, then allowed', 'mismatched', underId('deny'), doneUnderId, underId('allow'));
const paid = (effect: string, topic: string, event_type: string, bytes: readonly number[]) => (call: string) =>
  tell(
    call,
    event_type,
    { effect_id: `${call}/${effect}`, effect: { kind: 'create', amount: Buffer.from(bytes), currency: 'EUR' } },
    topic,
  );
of(
  'two effects with an amount each',
  'matched',
  says('allow'),
  paid('e', 'audit.activity.v1', 'object.changed', [1]),
  paid('f', 'audit.activity.v1', 'object.changed', [2]),
  paid('e', 'audit.activity.v1', 'object.change.confirmed', [1]),
  paid('f', 'audit.activity.v1', 'object.change.confirmed', [2]),
);
of(
  'two effects, one confirmed otherwise',
  'mismatched',
  says('allow'),
  paid('e', 'audit.activity.v1', 'object.changed', [1]),
  paid('f', 'audit.activity.v1', 'object.changed', [2]),
  paid('f', 'audit.activity.v1', 'object.change.confirmed', [3]),
);
const mac = (action_mac: string) => (step: (call: string) => void) => (call: string) => {
  marking = action_mac;
  step(call);
  marking = '';
};
of('the decided action', 'matched', mac('x')(says('deny')), mac('y')(says('allow')), mac('y')(done));
of('another action', 'mismatched', mac('x')(says('allow')), mac('y')(done));
of('refused, nothing done', 'denied_nothing_executed', asked('a'), answered('a', 'rejected'));

const figures = async (): Promise<unknown> =>
  Object.fromEntries(
    (await rig.read('SELECT call_id, agreement FROM $public.actions')).map(({ call_id, agreement }) => [
      call_id,
      agreement,
    ]),
  );

beforeAll(async () => {
  await rig.migrate();
  await insertStory(rig, story);
}, 90_000);
afterAll(() => rig.close());

test('only what was on record before the act permits, forbids or masks', async () => {
  expect(await figures()).toEqual(cases);
});

test('figures stay with every record doubled', async () => {
  await insertStory(rig, story, 1_000);
  expect(await figures()).toEqual(cases);
});
