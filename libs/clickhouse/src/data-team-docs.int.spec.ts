import { readFileSync } from 'node:fs';
import { storyRecords } from './testing/data-team-story.ts';
import { GenerationRig } from './testing/generation-rig.ts';

const page = readFileSync(new URL('../../../schemas/clickhouse/README.md', import.meta.url), 'utf8');
const samples = [...page.matchAll(/```sql\n-- (.+)\n([^`]+)```/g)].map(([, name = '', sql = '']) => ({ name, sql }));

/** What each sample answers over the story, worked out by hand. */
const expected: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'cost per workspace and month': [['finance', '2026-11-01', '', 0, 1], ['finance', '2026-11-01', 'EUR', 0.5, 0]],
  'distinct persons per use case over a whole quarter': [['refunds', 1, 2]],
  'done against a decision, with the rule': [['call/r1/t4', 'export_orders', 'deny', 'exports', 'off', 'enforced', '2026-11-22 10:00:17.000000']],
  "done on nobody's word": [['2026-11-22', 'bot', 'send_mail', '', 'call/r1/t2']],
  'how long humans are waited for, and how often they say no': [['approval', 'approved', 1, 2_000]],
  'how runs of each agent end': [['bot', 'conf-1', 'completed', 1, 0], ['bot', 'conf-1', 'open', 1, 1]],
  'time that models take': [['openai', 'gpt-x', 1, 2_000]],
  'sessions over several providers': [['s1', ['openai', 'anthropic'], 0]],
  'everything about one order': [
    ['2026-11-22 10:00:04.500000', 'read', 'object.read', 'agent', '', false], ['2026-11-22 10:00:10.000000', 'updated', 'object.changed', 'agent', '', false],
    ['2026-11-22 10:00:11.000000', 'updated', 'object.change.confirmed', 'shop', '', false],
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
  }, 60_000);
  afterAll(() => rig.close());

  test('has samples, and each has an answer here', () => {
    expect(samples.length).toBeGreaterThan(10);
    expect(samples.map(({ name }) => name).filter((name) => !Object.hasOwn(expected, name))).toEqual(['sources that were not heard of for a day']);
  });

  test.each(samples.map(({ name, sql }) => [name, sql]))('%s', async (name, sql) => {
    const rows = await rig.read(sql.replaceAll('audit.', '$public.'));
    const answer = expected[name];
    // How long ago something was depends on the day on which this runs.
    if (answer === undefined) expect(rows.map((row) => row['source_system'])).toContain('agent');
    else expect(rows.map((row) => Object.values(row))).toEqual(answer);
  });

  test('names every view of the database, and no other', async () => {
    const views = await rig.read<{ name: string }>(`SELECT name FROM system.tables WHERE database = '$public' ORDER BY name`);
    for (const { name } of views) expect(page).toContain(`\`${name}\``);
    const named = new Set([...page.matchAll(/`(report_[a-z_]+)`/g)].map(([, name]) => name).filter((name) => name !== 'report_'));
    expect([...named].sort()).toEqual(views.map(({ name }) => name).filter((name) => name.startsWith('report_')));
  });
});
