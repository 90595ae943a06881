import { readFileSync } from 'node:fs';
import { storyRecords } from './testing/data-team-story.ts';
import { GenerationRig } from './testing/generation-rig.ts';
import { insertStory, person, Story } from './testing/story.ts';

const page = readFileSync(new URL('../../../schemas/clickhouse/README.md', import.meta.url), 'utf8');
const samples = [...page.matchAll(/```sql\n-- (.+)\n([^`]+)```/g)].map(([, name = '', sql = '']) => ({ name, sql }));

/** What links join: one person's two accounts, and a case with a run; another link of the case was taken back. */
const linked = new Story();
for (const [index, account] of ['f', 'h', 'i'].entries())
  linked.tell(`asked-${account}`, 'interaction.prompt.submitted', 100 + index, {
    source: { system: 'chat' },
    actor: { type: 'human', id: person(account) },
  });
linked.tell('about-77', 'interaction.prompt.submitted', 120, {
  source: { system: 'chat' },
  case_refs: [{ system: 'helpdesk', type: 'ticket', id: '#77', role: 'subject' }],
});
// The same connector says another thing under an id that it had used: no count changes, and it is on record.
linked.tell('about-77', 'interaction.prompt.submitted', 130, {
  source: { system: 'chat' },
  case_refs: [{ system: 'helpdesk', type: 'ticket', id: '#78', role: 'subject' }],
  fact_hash: Buffer.alloc(32, 7),
});
linked.link(
  'one-person',
  { from_kind: 'account', from_id: person('f'), to_kind: 'person', to_id: person('h') },
  'identity.account.linked',
);
for (const run of ['r1', 'r2'])
  linked.link(`case-${run}`, {
    link_id: `case-${run}`,
    kind: 'case_run',
    from_kind: 'case',
    from_id: 'helpdesk:#77',
    to_kind: 'run',
    to_id: run,
  });
linked.link('not-r1', { link_id: 'case-r1' }, 'link.retracted');

/** What each sample answers over the story, worked out by hand. */
const expected: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'cost per workspace and month': [
    ['finance', '2026-11-01', '', 0, 1],
    ['finance', '2026-11-01', 'EUR', 0.5, 0],
  ],
  'distinct persons per use case over a whole quarter': [['refunds', 1, 2]],
  'done against a decision, with the rule': [
    ['call/r1/t4', 'export_orders', 'deny', 'exports', 'off', 'enforced', '2026-11-22 10:00:17.000000'],
  ],
  "done on nobody's word": [['2026-11-22', 'bot', 'send_mail', '', 'call/r1/t2']],
  'how long humans are waited for, and how often they say no': [['approval', 'approved', 1, 2_000]],
  'how runs of each agent end': [
    ['bot', 'conf-1', 'completed', 1, 0],
    ['bot', 'conf-1', 'open', 1, 1],
  ],
  'time that models take': [['openai', 'gpt-x', 1, 2_000]],
  'sessions over several providers': [['s1', ['openai', 'anthropic'], 0]],
  'everything about one order': [
    ['2026-11-22 10:00:04.500000', 'read', 'object.read', 'agent', '', false],
    ['2026-11-22 10:00:10.000000', 'updated', 'object.changed', 'agent', '', false],
    ['2026-11-22 10:00:11.000000', 'updated', 'object.change.confirmed', 'shop', '', false],
  ],
  'how AI is used': [
    ['refunds', 'claude-x', 1, 1],
    ['refunds', 'gpt-x-1', 1, 0],
  ],
  'what somebody other than the agent vouches for': [
    ['gateway', 'gateway_observed', 1],
    ['shop', 'system_of_record', 1],
  ],
  'everything about one case': [['2026-11-22 10:02:00.000000', 'subject', 'interaction.prompt.submitted', 'chat']],
  'what was masked': [
    ['iban', 2],
    ['person', 1],
  ],
  'which data AI read': [
    ['handbook', 'document', 1],
    ['shop', 'order', 1],
  ],
  'calls asked and answered, and numbers that are missing': [
    ['agent', 5, 6, 4],
    ['gateway', 0, 1, 0],
  ],
  'who looked, by role': [
    ['data_team', 1, 1],
    ['investigator', 1, 0],
  ],
  'everything about one person, whatever account it was': [
    ['2026-11-22 10:01:40.000000', 'interaction.prompt.submitted', person('f')],
    ['2026-11-22 10:01:41.000000', 'interaction.prompt.submitted', person('h')],
  ],
  'what contradicts an event that was recorded first': [
    ['about-77', 'interaction.prompt.submitted', ['helpdesk:78'], 2],
  ],
  'runs of one case, also those that only a link joins to it': [['r2', 'open']],
  'denials that held, and those that a human overrode': [
    ['exports', 1, 0, 0, 1, 0],
    ['models', 1, 0, 1, 0, 0],
    ['orders', 1, 0, 1, 0, 0],
  ],
  'what left the house, by domain': [['example.org', 1, 1]],
  'what is missing, and how late sources report': [['agent', 'agent/1/a', 60, 63, 4, 'not_acknowledged']],
};

describe('the page for data teams', () => {
  const rig = new GenerationRig();
  beforeAll(async () => {
    await rig.migrate();
    // Twice, since samples are what people start from.
    for (const { records, next } of [storyRecords(rig), storyRecords(rig, 1_000)]) {
      await rig.insert(records);
      for (const [topic, offset] of Object.entries(next)) await rig.reach({ 0: offset }, topic);
    }
    for (const offset of [500, 1_500]) await insertStory(rig, linked, offset);
  }, 60_000);
  afterAll(() => rig.close());

  test('has samples, and each has an answer here', () => {
    expect(samples.length).toBeGreaterThan(10);
    expect(samples.map(({ name }) => name).filter((name) => !Object.hasOwn(expected, name))).toEqual([
      'sources that were not heard of for a day',
    ]);
  });

  test.each(samples.map(({ name, sql }) => [name, sql]))('%s', async (name, sql) => {
    const rows = await rig.read(sql.replaceAll('audit.', '$public.').replaceAll(`'p_hr'`, `'${person('h')}'`));
    const answer = expected[name];
    // How long ago something was depends on the day on which this runs.
    if (answer === undefined) expect(rows.map((row) => row['source_system'])).toContain('agent');
    else expect(rows.map((row) => Object.values(row))).toEqual(answer);
  });

  test('names every view of the database and no other, with a grain and a key that tells its rows apart', async () => {
    const views = (
      await rig.read<{ name: string }>(`SELECT name FROM system.tables WHERE database = '$public' ORDER BY name`)
    ).map(({ name }) => name);
    const stated = [...page.matchAll(/^\| `(\w+)` \| [^|]+ \| ((?:`\w+`(?:, )?)+) \| [^|]+ \|$/gm)].map(
      ([, name = '', keys = '']) => ({ name, keys: keys.replaceAll('`', '') }),
    );
    expect(stated.map(({ name }) => name).sort()).toEqual(views);
    for (const { name, keys } of stated) {
      const [row] = await rig.read<{ rows: number; keys: number }>(
        `SELECT count() AS rows, uniqExact(tuple(${keys})) AS keys FROM $public.${name}`,
      );
      expect([name, row?.rows]).toEqual([name, row?.keys]);
      expect([name, Number(row?.rows) > 0]).toEqual([name, true]);
    }
    // Whatever is shown can be asked for by example.
    expect(views.filter((name) => !samples.some(({ sql }) => new RegExp(`audit\\.${name}\\s`).test(sql)))).toEqual([]);
  });
});
