import { type Page } from 'playwright-core';
import { describeInChromium } from './support/browser.ts';
import { unreadable } from './support/legibility.ts';
import { casePath, find, heading, rowsOf, signIn, usePageKit } from './support/page-kit.ts';
import { PageStory } from './support/page-story.ts';
import { readCredentials } from './support/stack.ts';

const story = new PageStory();
const long = `${'W'.repeat(500)}${story.unique}`;
const windows = [
  ['1280 px, light', 1280, 800, 'light'],
  ['1280 px, dark', 1280, 800, 'dark'],
  ['390 px, light', 390, 844, 'light'],
  ['390 px, dark', 390, 844, 'dark'],
] as const;

/** Every kind of page, each with the content that makes it widest. */
const places: readonly (readonly [name: string, go: (page: Page) => Promise<unknown>])[] = [
  ['start', (page) => page.goto('/')],
  ['case', (page) => page.goto(casePath(story.ticket))],
  ['case, narrowed', (page) => page.goto(`${casePath(story.ticket)}&event_type=tool.*`)],
  ['several pages', (page) => page.goto(`${casePath(story.longCase)}&limit=50`)],
  ['order', (page) => page.goto(`/objects/shop/order/-/timeline?id=${encodeURIComponent(story.order)}`)],
  ['person', (page) => page.goto(`/users/${story.customer}/timeline?issuer=shop`)],
  ['very long id', (page) => page.goto(casePath(long))],
  ['unknown id', (page) => find(page, `nobody-${story.unique}`)],
  ['several meanings', (page) => find(page, story.shared)],
  ['event', (page) => page.goto(`/events/page-${story.unique}-6`)],
  ['search', (page) => page.goto(`/search?run_id=${encodeURIComponent(`page-run/${story.unique}`)}`)],
  ['problem', (page) => page.goto('/search?nonsense=1')],
];

describeInChromium('the looks of the page in Chromium', () => {
  const kit = usePageKit(story, [long]);

  test.each(windows)(
    'at %s every page fits without scrolling sideways, and every text on it is readable',
    async (_name, width, height, colorScheme) => {
      const { page, troubles } = await kit.open({ viewport: { width, height }, colorScheme });
      const seen: Record<string, unknown> = {};
      const look = async (name: string): Promise<void> => {
        await page.locator('main h1').waitFor();
        seen[name] = {
          wider: await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)'),
          width: await page.evaluate('innerWidth'),
          unreadable: await page.evaluate(unreadable),
        };
      };
      await page.goto('/');
      await look('sign-in');
      await page.getByLabel('Token').fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
      await look('sign-in, refused');
      await signIn(page);
      for (const [name, go] of places) {
        await go(page);
        await look(name);
      }
      const names = ['sign-in', 'sign-in, refused', ...places.map(([name]) => name)];
      expect(seen).toEqual(Object.fromEntries(names.map((name) => [name, { wider: 0, width, unreadable: [] }])));
      // Chromium notes the status of a refusal.
      expect(troubles.splice(0)).toEqual([expect.stringContaining('401'), expect.stringContaining('400')]);
    },
  );

  test('a row on a phone is a card: one under the other, as wide as the window lets it', async () => {
    const { page } = await kit.open({ viewport: { width: 390, height: 844 } });
    await signIn(page, 'investigator', casePath(story.ticket));
    const boxes = await Promise.all((await page.locator('tr.event').all()).map((row) => row.boundingBox()));
    expect(boxes).toHaveLength(story.expected.length);
    for (const [index, box] of boxes.entries()) {
      expect(box?.width).toBeGreaterThan(330);
      if (index > 0) expect(box?.y).toBeGreaterThan((boxes[index - 1]?.y ?? 0) + (boxes[index - 1]?.height ?? 0));
    }
  });

  test('everything is done with keys alone: sign in, ask, open a row, and see where one is', async () => {
    const { page } = kit;
    await page.goto(casePath(story.ticket));
    await page.locator('#token:focus').waitFor();
    await page.keyboard.type(readCredentials().investigator);
    await page.keyboard.press('Enter');
    await page.locator('tr.event').first().waitFor();
    const seen: string[] = [];
    const focused = async (): Promise<string> =>
      page.evaluate('(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()');
    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press('Tab');
        seen.push(await focused());
        expect([seen.at(-1), await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')]).toEqual([
          seen.at(-1),
          'solid',
        ]);
        if (seen.at(-1) === name) return;
      }
      throw new Error(`Tab does not reach ${name}: ${seen.join(' > ')}`);
    };
    await tabTo('Any id');
    expect(seen).toEqual(['To the content', 'Affidavit', 'Any id']);
    await page.keyboard.type(story.order);
    await page.keyboard.press('Enter');
    await page.waitForURL(/objects/);
    expect(await rowsOf(page)).toHaveLength(4);
    await tabTo('Tool call failed');
    await page.keyboard.press('Enter');
    await page.waitForURL(/events/);
    expect(await heading(page)).toBe('Tool call failed');
  });

  test('a Content-Security-Policy is there, and a script that got in would not run', async () => {
    const { page, reader } = kit;
    await signIn(page);
    for (const path of [
      '/',
      casePath(story.ticket),
      '/reports',
      '/search?run_id=x',
      `/events/page-${story.unique}-6`,
      '/sign-in',
      '/nothing-here',
    ]) {
      const policy = (await page.goto(path))?.headers()['content-security-policy'] ?? '';
      expect([path, policy]).toEqual([path, expect.stringMatching(/^default-src 'none';.*form-action 'self'/)]);
      expect(policy).not.toContain('unsafe');
      expect(policy).toMatch(/(^|; )script-src 'self';/);
    }
    await page.goto('/');
    reader.troubles.length = 0;
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.gotIn = true' })); ` +
        `document.body.insertAdjacentHTML('beforeend', '<button id=bait onclick="window.gotIn = true">bait</button>')`,
    );
    await page.locator('#bait').click();
    expect(await page.evaluate('window.gotIn === undefined')).toBe(true);
    expect(reader.troubles.splice(0).filter((text) => text.includes('Content Security Policy'))).toHaveLength(2);
  });
});
