import { type Page } from 'playwright-core';
import { describeInChromium } from './support/browser.ts';
import { find, heading, signIn, usePageKit } from './support/page-kit.ts';
import { tellScenarios } from './support/page-scenarios.ts';

/** What is expected here stands in libs/scenarios/README.md. */
const run = (id: string): string => `/runs/-?id=${id}`;
const text = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).innerText()).replace(/\s+/g, ' ');

describeInChromium('runs on the page in Chromium', () => {
  const kit = usePageKit({ tell: tellScenarios });
  beforeEach(() => signIn(kit.page));

  test('the start lists runs and cases to click, and the box leads to a run', async () => {
    const { page } = kit;
    const lists = await text(page, '.latest');
    expect(lists).toMatch(/Runs .*Cases /);
    await find(page, 'run-t06-bad');
    expect(new URL(page.url()).pathname).toBe('/runs/-');
    expect(await heading(page)).toMatch(/^run-t06-bad /);
    expect(await text(page, '.lead')).toMatch(/^payment-agent finished after 7 s/);
    expect(await text(page, '.figures')).toContain('gpt-4.1-2025-04-14');
  });

  test('a run tells its eight parts, its lanes, its actions and its sub-run', async () => {
    const { page } = kit;
    await page.goto(run('run-t01-sales'));
    const parts = await page.locator('.coverage li').allInnerTexts();
    expect(parts).toHaveLength(8);
    expect(parts.find((part) => part.startsWith('System updates'))).toContain('missing');
    expect(await text(page, '.heading')).toContain('Known to be incomplete: system updates');
    const lanes = await page.locator('.lane-label').allTextContents();
    for (const lane of ['People', 'sales-assistant', 'openai', 'salesforce', 'sap', 'exchange', 'servicenow'])
      expect(lanes).toContain(lane);
    const actions = await page.locator('.action-list li').allInnerTexts();
    expect(actions.find((one) => one.startsWith('update_contact'))).toContain('matched');
    expect(actions.find((one) => one.startsWith('update_account_address'))).toContain('unobserved');
    expect(await page.locator('.about a', { hasText: 'run-t01-pricing' }).getAttribute('href')).toBe(
      run('run-t01-pricing'),
    );
    const failed = page.locator('.tree tr.event', { hasText: 'GATEWAY_TIMEOUT' });
    expect(await failed.innerText()).toMatch(/simulate_price[^]*timeout/);
  });

  test('a mark in the lanes leads to the row of its step', async () => {
    const { page } = kit;
    await page.goto(run('run-t06-bad'));
    const mark = page.locator('.mark').nth(3);
    await mark.click();
    expect(await page.locator('tr.event:target').count()).toBe(1);
    expect(`#${await page.locator('tr.event:target').getAttribute('id')}`).toBe(await mark.getAttribute('href'));
  });

  test('a step stands in four parts, in plain sentences first', async () => {
    const { page } = kit;
    await find(page, 'eff-t02-workflow');
    expect(await heading(page)).toMatch(/^eff-t02-workflow/);
    await page.goto('/steps/-?id=eff-t02-workflow');
    expect(await page.locator('.four-parts h2').allInnerTexts()).toEqual(
      ['Attempted What was wanted?', 'Allowed Was it permitted?', 'Did What was done?', 'Then What happened next?'].map(
        (title) => expect.stringMatching(new RegExp(title.replace(' ', '\\s+').replace('?', '\\?'))),
      ),
    );
    const card = await text(page, '.four-parts');
    for (const said of [
      'asked to call start_instalment_workflow',
      'rule amount-over-5000-needs-approval, asked for an approval',
      'Priya Nair approved it for 7,340 EUR',
      'RFC_AI_AR',
    ])
      expect(card).toContain(said);
    expect(card).not.toContain('audit.activity.v1');
    await page.locator('.four-parts summary').first().click();
    expect(await text(page, '.four-parts')).toContain('audit.activity.v1');
  });

  test('what was denied says that nothing was done', async () => {
    const { page } = kit;
    await page.goto('/steps/-?id=call-t07-1');
    expect(await text(page, '.heading')).toContain('It was refused, and nothing was done.');
    expect(await text(page, '.four-parts')).toMatch(
      /finance-restricted-self-hosted-only, denied it\..*gpt-4\.1 of openai did not answer: denied \(policy_denied\)/,
    );
  });

  test('a replay goes frame by frame with keys, and with links alone', async () => {
    const { page } = kit;
    await page.goto('/runs/-/replay?id=run-t06-bad');
    const frame = async (): Promise<string> => text(page, '.frame-number');
    expect(await frame()).toMatch(/^Frame 1 of \d+$/);
    for (const [key, number] of [
      ['ArrowRight', 2],
      ['j', 3],
      ['Space', 4],
      ['k', 3],
      ['ArrowLeft', 2],
      ['End', null],
      ['Home', 1],
    ] as const) {
      await Promise.all([
        page.waitForURL(number === null ? /frame=/ : new RegExp(`frame=${number}(&|$)`)),
        page.keyboard.press(key),
      ]);
      await page.locator('.frame').waitFor();
      if (number !== null) expect(await frame()).toMatch(new RegExp(`^Frame ${number} of `));
    }
    await page.getByRole('link', { name: 'Next' }).click();
    expect(await frame()).toMatch(/^Frame 2 of /);
    expect(await text(page, '.two')).toMatch(
      /What was known then .*halden-ai 2026\.2.*Where the run stood .*calls under way read_invoice/,
    );
    expect(await page.locator('.mark.now').count()).toBe(1);
  });

  test('a replay works without script', async () => {
    const { page } = await kit.open({ javaScriptEnabled: false });
    await signIn(page, 'investigator', '/runs/-/replay?id=run-t06-bad');
    await page.getByRole('link', { name: 'Next' }).click();
    expect(await text(page, '.frame-number')).toMatch(/^Frame 2 of /);
  });

  test('two runs of a task are suggested, and the first divergence is what the story says', async () => {
    const { page } = kit;
    await page.goto(run('run-t06-bad'));
    await page.getByRole('link', { name: 'Compare with another run' }).click();
    await page.locator('.choices a', { hasText: 'run-t06-good' }).click();
    expect(await text(page, '.verdict')).toContain('they part at tool call get_release_limit');
    await page.getByRole('link', { name: 'To the first divergence' }).click();
    const first = await text(page, '#first-divergence:target');
    for (const said of ['limit_25000', 'limit_10000']) expect(first).toContain(said);
    expect(await page.locator('.diff-inserted', { hasText: 'request_approval' }).count()).toBe(1);
  });

  test('what is typed to compare does not come into the address', async () => {
    const { page } = kit;
    await page.goto('/runs/-/diff?id=run-t06-bad');
    await page.getByLabel('Compare with run').fill('run-t06-good');
    await page.getByRole('button', { name: 'Compare' }).click();
    expect(await text(page, '.verdict')).toContain('get_release_limit');
    expect(page.url()).not.toContain('run-t06-good');
  });

  test('j and k walk the rows, Enter opens one, ? lists the keys and they can be switched off', async () => {
    const { page } = kit;
    await page.goto(run('run-t06-bad'));
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent.trim()');
    expect(await focused()).toBe('release_payment');
    await page.keyboard.press('?');
    expect(await page.locator('#keys-help').isVisible()).toBe(true);
    await page.getByLabel('Single keys act').uncheck();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('j');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.name ?? ""')).not.toBe('q');
  });

  test('c leads to what happened around the row, on the event itself; t to the timeline of what the row names', async () => {
    const { page } = kit;
    await page.goto('/search?run_id=run-t01-sales&event_type=object.changed');
    await page.keyboard.press('j');
    const id = new URL(
      (await page.locator('tr.event .title').first().getAttribute('href')) ?? '',
      kit.origin,
    ).searchParams.get('id');
    await Promise.all([page.waitForURL(/events\/-\/context/), page.keyboard.press('c')]);
    // The link names the event by its key, the page by its id.
    expect(await heading(page)).toBe(id?.slice(id.indexOf(':') + 1));
    expect(await page.locator('tr.event:target').count()).toBe(1);
    expect(await page.locator('tr.event:target .title').getAttribute('href')).toContain(encodeURIComponent(id ?? ''));
    await page.goBack();
    await page.keyboard.press('j');
    await Promise.all([page.waitForURL(/cases/), page.keyboard.press('t')]);
    expect(await heading(page)).toMatch(/^5008d00000A1bCd/);
  });

  test('a bar of the activity shows its stretch of time alone', async () => {
    const { page } = kit;
    await page.goto('/cases/-/timeline?id=salesforce%3A5008d00000A1bCdAAJ');
    const all = await page.locator('tr.event').count();
    await page.locator('.strip a').last().click();
    await page.waitForURL(/from=/);
    const some = await page.locator('tr.event').count();
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(all);
    expect(await page.locator('tr.event .time').last().innerText()).toBe('07:00:02.1');
  });

  test('the data team sees pseudonyms on every view', async () => {
    const { page } = kit;
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(page, 'data_team');
    for (const path of [
      run('run-t02-collections'),
      '/steps/-?id=eff-t02-workflow',
      '/effects/-?id=eff-t02-workflow',
      '/approvals/-?id=appr-t02-31',
      '/sessions/-?id=chat-t02',
      '/runs/-/replay?id=run-t02-collections',
    ]) {
      await page.goto(path);
      expect([path, await page.content()]).toEqual([path, expect.not.stringMatching(/Nair|Weber|halden\.example/)]);
    }
  });
});
