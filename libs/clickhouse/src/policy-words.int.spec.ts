import { GenerationRig } from './testing/generation-rig.ts';
import { CONTROL, insertStory, Story } from './testing/story.ts';

const rig = new GenerationRig();
const story = new Story();

const DAY = 86_400;
const agent = { actor: { type: 'agent', id: 'bot' }, agent: { id: 'bot' }, run_id: 'r1' };
const rule = (policy_id: string, rule_id: string, decision: string, enforcement = 'enforced') => ({
  policy: { policy_id, policy_version: '1', rule_id, decision, enforcement },
});

function does(call_id: string, seconds: number, more: object = {}): void {
  story.tell(`${call_id}-done`, 'tool.call.completed', seconds, {
    ...agent,
    call_id,
    tool: { name: 'look', tier: 'read' },
    outcome: { status: 'success' },
    ...more,
  });
}
function says(id: string, seconds: number, part: object): void {
  story.tell(id, 'policy.evaluated', seconds, { source: { system: 'gate' }, ...part }, CONTROL);
}

// Denied first, allowed on second thoughts: the newest word of the policy counts.
says('again-1', 0, { ...agent, call_id: 'again', ...rule('p', 'no', 'deny') });
says('again-2', 10, { ...agent, call_id: 'again', ...rule('p', 'yes', 'allow') });
does('again', 11);
// Two policies: of their newest words the strictest that binds.
says('two-p', 20, { ...agent, call_id: 'two', ...rule('p', 'yes', 'allow') });
says('two-q', 21, { ...agent, call_id: 'two', ...rule('q', 'no', 'deny') });
says('two-advice', 22, { ...agent, call_id: 'two', ...rule('advice', 'never', 'deny', 'advisory') });
does('two', 23);
// The second thought names the decision alone, a day later than the first.
says('later-1', 30, { ...agent, call_id: 'later', decision_id: 'd-later', ...rule('p', 'yes', 'allow') });
says('later-2', 30 + DAY, { decision_id: 'd-later', ...rule('p', 'no', 'deny') });
story.tell('later-failed', 'tool.call.failed', 31 + DAY, {
  ...agent,
  call_id: 'later',
  decision_id: 'd-later',
  tool: { name: 'look', tier: 'read' },
  outcome: { status: 'denied' },
});
// Denied, and a human overrode it.
says('over-1', 40, { ...agent, call_id: 'over', ...rule('p', 'no', 'deny') });
story.tell(
  'over-ride',
  'oversight.override.applied',
  41,
  { ...agent, call_id: 'over', actor: { type: 'human', id: '' } },
  CONTROL,
);
does('over', 42);
// Two calls name one decision, each with a word of its own: the other's is not theirs. A third has none, and gets none
// of theirs.
says('mine-1', 50, { ...agent, call_id: 'mine', decision_id: 'd-shared', ...rule('p', 'no', 'deny') });
says('yours-1', 51, { ...agent, call_id: 'yours', decision_id: 'd-shared', ...rule('p', 'yes', 'allow') });
for (const [index, call] of ['mine', 'yours', 'theirs'].entries()) does(call, 52 + index, { decision_id: 'd-shared' });
// A word that says nothing takes an earlier one's place, and decides nothing.
says('mute-1', 60, { ...agent, call_id: 'mute', ...rule('p', 'no', 'deny') });
says('mute-2', 61, { ...agent, call_id: 'mute', ...rule('p', '', 'unknown') });
does('mute', 62);
// What was stopped names the policy and no decision of its own: the denial stands.
says('stop-1', 70, { ...agent, call_id: 'stop', ...rule('r', 'no', 'deny') });
story.tell(
  'stop-2',
  'content.blocked',
  71,
  { ...agent, call_id: 'stop', ...rule('r', '', 'unknown'), inspection: { detector_id: 'x' } },
  CONTROL,
);

const actions = [
  ['again', 'matched', 'allow', 'yes'],
  ['later', 'denied_nothing_executed', 'deny', 'no'],
  ['mine', 'mismatched', 'deny', 'no'],
  ['mute', 'executed_without_decision', '', ''],
  ['over', 'matched', 'deny', 'no'],
  ['stop', 'denied_nothing_executed', 'deny', 'no'],
  ['theirs', 'executed_without_decision', '', ''],
  ['two', 'mismatched', 'deny', 'no'],
  ['yours', 'matched', 'allow', 'yes'],
];
/**
 * day, policy, rule, decision, enforcement, evaluations, superseded, actions, executed, denied_nothing_executed,
 * executed_against_decision, overridden.
 */
const report = [
  ['2026-11-22', 'advice', 'never', 'deny', 'advisory', 1, 0, 1, 1, 0, 1, 0],
  ['2026-11-22', 'p', 'no', 'deny', 'enforced', 4, 2, 2, 2, 0, 1, 1],
  ['2026-11-22', 'p', 'yes', 'allow', 'enforced', 4, 1, 3, 3, 0, 0, 0],
  ['2026-11-22', 'q', 'no', 'deny', 'enforced', 1, 0, 1, 1, 0, 1, 0],
  ['2026-11-22', 'r', 'no', 'deny', 'enforced', 1, 0, 1, 0, 1, 0, 0],
  ['2026-11-23', 'p', 'no', 'deny', 'enforced', 1, 0, 1, 0, 1, 0, 0],
];

const read = async (query: string): Promise<unknown[][]> => (await rig.read(query)).map((row) => Object.values(row));
const figures = (): Promise<unknown[][][]> =>
  Promise.all([
    read('SELECT call_id, agreement, decision, rule_id FROM $public.actions ORDER BY call_id'),
    read(`SELECT day, policy_id, rule_id, decision, enforcement, evaluations, superseded, actions, executed,
      denied_nothing_executed, executed_against_decision, overridden
    FROM $public.report_policy_enforcement ORDER BY day, policy_id, rule_id`),
  ]);

beforeAll(async () => {
  await rig.migrate();
  await insertStory(rig, story);
}, 90_000);
afterAll(() => rig.close());

test('of each policy the newest word counts, of these the strictest that binds; every rule that decided is in the report', async () => {
  expect(await figures()).toEqual([actions, report]);
});

test('figures stay with every record doubled', async () => {
  await rig.insert(story.records(rig).records);
  await insertStory(rig, story, 1_000);
  expect(await figures()).toEqual([actions, report]);
});
