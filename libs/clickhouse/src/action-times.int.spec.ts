import { GenerationRig } from './testing/generation-rig.ts';
import { CONTROL, insertStory, Story } from './testing/story.ts';

const rig = new GenerationRig();
const story = new Story();

/** The same cases as in apps/query-api/src/runs/agreement.unit.spec.ts: API and tables must agree. */
const cases: Record<string, string> = {};
let second = 0;

function tell(call: string, event_type: string, part: object = {}, topic = CONTROL): void {
  second += 1;
  story.tell(`${call}-${second}`, event_type, second, { actor: { type: 'agent', id: 'bot' }, agent: { id: 'bot' }, run_id: 'r1', call_id: call, ...part }, topic);
}
function of(call: string, agreement: string, ...steps: readonly ((call: string) => void)[]): void {
  cases[call] = agreement;
  for (const step of steps) step(call);
}
const says = (decision: string) => (call: string) => tell(call, 'policy.evaluated', { policy: { policy_id: 'p', policy_version: '1', rule_id: decision, decision, enforcement: 'enforced' } });
const done = (call: string): void => tell(call, 'tool.call.completed', { tool: { name: 'pay', tier: 'read' }, effect: { amount: Buffer.from([0x05, 0xf5, 0xe1, 0x00]), currency: 'EUR' }, outcome: { status: 'success' } }, 'audit.activity.v1');
const override = (call: string): void => tell(call, 'oversight.override.applied', { actor: { type: 'human', id: '' } });
const masked = (call: string): void => tell(call, 'content.transformed', { transformation: { method: 'mask' } });
const asked = (id: string) => (call: string) => tell(call, 'approval.requested', { approval_id: `${call}/${id}`, approval: { value: 100, unit: 'EUR' } });
const answered = (id: string, decision: string, more: object = {}) => (call: string) => tell(call, 'approval.decided', { approval_id: `${call}/${id}`, approval: { decision, approver: 'p_x', ...more } });

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
of('refused and asked again', 'matched', asked('a'), answered('a', 'rejected'), asked('b'), answered('b', 'approved'), done);
of('refused by one of two', 'mismatched', asked('a'), asked('b'), answered('a', 'rejected'), answered('b', 'approved'), done);
of('one of two has not answered', 'mismatched', asked('a'), asked('b'), answered('b', 'approved'), done);
of('approval had expired', 'mismatched', asked('a'), answered('a', 'approved', { expires_at: Story.at(0) }), done);
of('approval still held', 'matched', asked('a'), answered('a', 'approved', { expires_at: Story.at(86_400) }), done);
of('refused, nothing done', 'denied_nothing_executed', asked('a'), answered('a', 'rejected'));

const figures = async (): Promise<unknown> => Object.fromEntries((await rig.read('SELECT call_id, agreement FROM $public.actions')).map(({ call_id, agreement }) => [call_id, agreement]));

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
