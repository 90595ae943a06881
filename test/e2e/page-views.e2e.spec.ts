import { describeInChromium } from './support/browser.ts';
import { unreadable } from './support/legibility.ts';
import { heading, signIn, usePageKit } from './support/page-kit.ts';
import { tellScenarios } from './support/page-scenarios.ts';

const windows = [
  ['1280 px, light', 1280, 800, 'light'],
  ['1280 px, dark', 1280, 800, 'dark'],
  ['390 px, light', 390, 844, 'light'],
  ['390 px, dark', 390, 844, 'dark'],
] as const;

/** Every view, with what its heading and its text must say; worked out by hand in libs/scenarios/README.md. */
const views: readonly (readonly [path: string, heading: RegExp, said: readonly string[]])[] = [
  ['/', /What happened/, ['Runs', 'Cases', 'Sessions']],
  [
    '/cases/-/timeline?id=salesforce%3A5008d00000A1bCdAAJ',
    /5008d00000A1bCd/,
    ['run-t01-sales', 'run-t01-pricing', 'run-t01-reply', 'via link', 'late', 'are missing here'],
  ],
  ['/objects/sap/invoice/-/timeline?id=5105600231', /5105600231/, ['run-t06-bad', 'run-t06-good']],
  ['/runs/-?id=run-t01-sales', /run-t01-sales/, ['sub-runs', 'unobserved']],
  ['/runs/-?id=run-t02-collections', /run-t02-collections/, ['Priya Nair', 'Approval'].slice(1)],
  ['/runs/-/replay?id=run-t01-sales&frame=14', /run-t01-sales/, ['What was known then']],
  [
    '/runs/-/diff?id=run-t06-bad&other=run-t06-good',
    /run-t06-bad and run-t06-good/,
    ['First divergence', 'limit_10000'],
  ],
  ['/runs/run-t06-bad/diff/run-t06-good', /run-t06-bad and run-t06-good/, ['First divergence']],
  ['/runs/-/diff?id=run-t06-bad', /run-t06-bad/, ['run-t06-good']],
  ['/steps/-?id=call-t01-5', /simulate_price/, ['timeout', 'GATEWAY_TIMEOUT']],
  [
    '/sessions/-?id=sess-t03-mobile',
    /sess-t03-mobile/,
    ['Ines Moreau', 'anthropic', 'What was found was masked before it went out'],
  ],
  ['/sessions/-?id=sess-t08-switch', /sess-t08-switch/, ['in this order: openai and vllm']],
  [
    '/artifacts/-?id=art-t03-memo',
    /art-t03-memo/,
    ['claude-sonnet-4-5-20250929', 'contract-desk/cfg-12', 'art-t03-redacted', 'outside'],
  ],
  ['/effects/-?id=eff-t02-workflow', /eff-t02-workflow/, ['7,340 EUR', 'It was permitted at that time', 'grant-ar-77']],
  [
    '/approvals/-?id=appr-t06-good',
    /appr-t06-good/,
    ['Henrik Dahl approved it for 18,400 EUR, threshold 10,000 EUR', 'invoice, vendor, amount, purchase_order, match'],
  ],
  [
    '/comparisons/-?id=cmp-t04-1',
    /cmp-t04-1/,
    ['mistral_ai, anthropic and openai', 'Answers were compared before one was chosen'],
  ],
  ['/events/-/context?id=t06.bad.released&scope=run', /./, []],
  ['/reports', /Reports/, ['AI use log', 'Completeness']],
  ['/reports/ai_use', /AI use log/, ['claude-sonnet-4-5-20250929', 'Parquet']],
  [
    '/completeness?from=2026-03-01&to=2026-04-01',
    /Known to be incomplete/,
    ['salesforce-feed/cdc/2026-03-03', '2 to 3', 'writing calls without an effect'],
  ],
];

describeInChromium('every view in Chromium', () => {
  const kit = usePageKit({ tell: tellScenarios });
  /** An event of the stories to look around, whatever it is called. */
  const placeOf = async (path: string): Promise<string> => {
    if (!path.startsWith('/events/')) return path;
    const { data } = await kit.api.search({ run_id: 'run-t06-bad', limit: 10 });
    return path.replace('t06.bad.released', data[4]?.event_id ?? '');
  };

  test('says what the stories say', async () => {
    const { page } = kit;
    await signIn(page);
    const missing: string[] = [];
    for (const [path, title, said] of views) {
      await page.goto(await placeOf(path));
      if (!title.test((await heading(page)) ?? '')) missing.push(`${path}: the heading is ${await heading(page)}`);
      const text = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
      for (const words of said) if (!text.includes(words)) missing.push(`${path}: ${words}`);
    }
    expect(missing).toEqual([]);
  });

  test.each(windows)(
    'at %s fits without scrolling sideways, and every text is readable',
    async (_name, width, height, colorScheme) => {
      const { page } = await kit.open({ viewport: { width, height }, colorScheme });
      await signIn(page);
      const seen: Record<string, unknown> = {};
      for (const [path] of views) {
        await page.goto(await placeOf(path));
        await page.locator('main h1').waitFor();
        seen[path] = {
          wider: await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)'),
          unreadable: await page.evaluate(unreadable),
        };
        await snapshot(page, `${path}-${width}-${colorScheme}`);
      }
      expect(seen).toEqual(Object.fromEntries(views.map(([path]) => [path, { wider: 0, unreadable: [] }])));
    },
  );

  test('lanes scroll in their own box on a phone, and their names stay', async () => {
    const { page } = await kit.open({ viewport: { width: 390, height: 844 } });
    await signIn(page, 'investigator', '/runs/-?id=run-t01-sales');
    expect(
      await page.evaluate(
        "document.querySelector('.lane-box').scrollWidth > document.querySelector('.lane-box').clientWidth",
      ),
    ).toBe(true);
    const before = await page.locator('.lane-names').boundingBox();
    await page.evaluate("document.querySelector('.lane-box').scrollLeft = 400");
    expect(await page.locator('.lane-names').boundingBox()).toEqual(before);
    expect(before?.x).toBeGreaterThanOrEqual(0);
  });

  test('nothing moves for who wants less motion, and paper shows no buttons', async () => {
    const { page } = await kit.open({ reducedMotion: 'reduce' });
    await signIn(page, 'investigator', '/runs/-?id=run-t06-bad');
    expect(await page.evaluate('getComputedStyle(document.documentElement).scrollBehavior')).toBe('auto');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.actions').isVisible()).toBe(false);
    expect(await page.locator('.tree').isVisible()).toBe(true);
  });

  test('an id that nobody knows is told on every view, with its status', async () => {
    const { page, reader } = kit;
    await signIn(page);
    for (const path of [
      '/runs/-?id=nobody',
      '/runs/-/replay?id=nobody',
      '/steps/-?id=nobody',
      '/sessions/-?id=nobody',
      '/effects/-?id=%D7%A9%2F%25',
      '/reports/nobody',
    ]) {
      const answer = await page.goto(path);
      expect([path, answer?.status()]).toEqual([path, 404]);
      expect(await page.locator('.problem').isVisible()).toBe(true);
    }
    // An address that nothing stands at is told as well, and not in JSON.
    expect((await page.goto('/nothing/here'))?.headers()['content-type']).toContain('text/html');
    await page.getByRole('link', { name: 'To the start' }).click();
    expect(await heading(page)).toMatch(/What happened/);
    // Chromium notes each status on its console.
    expect(reader.troubles.splice(0).every((one) => one.includes('404'))).toBe(true);
  });

  test('of a thing what matters is shown at once, and all of it below', async () => {
    const { page } = kit;
    await signIn(page, 'investigator', '/artifacts/-?id=art-t03-memo');
    const said = async (): Promise<string> => (await page.locator('.masonry').innerText()).replace(/\s+/g, ' ');
    expect(await said()).toContain('request model claude-sonnet-4-5');
    expect(await said()).not.toContain('contract-desk/cfg-12');
    for (const summary of await page.locator('.deeper summary').all()) await summary.click();
    expect(await said()).toContain('contract-desk/cfg-12');
  });
});

/** Pictures for whoever wants to look: PAGE_SHOTS names a folder. */
async function snapshot(
  page: { screenshot(options: { path: string; fullPage: boolean }): Promise<unknown> },
  name: string,
): Promise<void> {
  const folder = process.env['PAGE_SHOTS'];
  if (folder !== undefined && folder !== '')
    await page.screenshot({ path: `${folder}/${name.replace(/[^\w-]+/g, '_')}.png`, fullPage: true });
}
