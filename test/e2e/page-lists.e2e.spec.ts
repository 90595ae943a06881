import { readFileSync } from 'node:fs';
import { describeInChromium } from './support/browser.ts';
import { readCsv } from './support/csv.ts';
import { casePath, find, heading, rowsOf, signIn, usePageKit } from './support/page-kit.ts';
import { PageStory } from './support/page-story.ts';

const story = new PageStory();
const odd = {
  umlauts: `Größe & Übung – ß ñ ${story.unique}`,
  'right-to-left text': `תיק שלום ${story.unique}`,
  percent: `100%25 %2F %zz ${story.unique}`,
  'slashes, ? and #': `a/b//../c\\d?x=1&y=2#z ${story.unique}`,
  markup: `<script>alert(1)</script>"><img src=x onerror="alert(2)"> ${story.unique}`,
  'a template': `<%= it %> {{7*7}} ${story.unique}`,
  '508 characters': `${'long-'.repeat(100)}${story.unique}`,
  '508 characters without a place to break': `${'W'.repeat(500)}${story.unique}`,
  'an emoji and spaces': `case  \u{1f600}  ${story.unique}`,
};
const turned = `invoice-\u202egpj.exe ${story.unique}`;

describeInChromium('odd ids and long lists on the page in Chromium', () => {
  const kit = usePageKit(story, [...Object.values(odd), turned]);

  describe('an id with', () => {
    beforeEach(() => signIn(kit.page));

    test.each(Object.entries(odd))('%s is shown as it is, as text, and its links lead to it', async (_name, id) => {
      const { page } = kit;
      await find(page, id);
      expect(await heading(page)).toBe(id);
      expect(await rowsOf(page)).toEqual([['Tool call completed', 'note', 'success']]);
      expect(await page.locator('script:not([src^="/assets/keys."]), img, iframe').count()).toBe(0);
      await page.locator('.objects a').click();
      expect(await heading(page)).toBe(`of ${id}`);
      await page.locator('.objects a').last().click();
      expect(await heading(page)).toBe(id);
    });
    test('a character that turns the direction of writing has it spelt out', async () => {
      const { page } = kit;
      await find(page, turned);
      expect(await heading(page)).toBe(turned.replace('\u202e', '⟨U+202E⟩'));
      expect(await page.locator('body').textContent()).not.toContain('\u202e');
    });
    test('markup that nobody knows is text as well', async () => {
      const { page } = kit;
      for (const id of [`<img src=x onerror=alert(1)> ${story.unique}`, `"><svg onload=alert(1)> ${story.unique}`]) {
        await find(page, id);
        expect(await heading(page)).toBe(id);
        await page.goto(casePath(id));
        expect(await heading(page)).toBe(id);
      }
      expect(await page.locator('script:not([src^="/assets/keys."]), img, svg').count()).toBe(0);
    });
  });

  describe('a search', () => {
    const rowsOfPage = (): Promise<number> => kit.page.locator('tr.event').count();
    beforeEach(() =>
      signIn(kit.page, 'investigator', `/search?run_id=${encodeURIComponent(`page-run/${story.unique}`)}`),
    );

    test('is narrowed by what its events have, counted, and widened again', async () => {
      const { page } = kit;
      expect(await rowsOfPage()).toBe(story.expected.length);
      const tools = page.locator('.facet-groups section', { hasText: 'Tool' }).last();
      expect(await tools.locator('li').allInnerTexts()).toContain('get_order_details 2');
      await tools.getByRole('link', { name: 'get_order_details' }).click();
      expect(await rowsOfPage()).toBe(2);
      expect(await page.locator('.narrowed .chip').allInnerTexts()).toEqual([
        expect.stringContaining('page-run'),
        expect.stringContaining('get_order_details'),
      ]);
      await page.getByRole('link', { name: 'Leave out tool' }).click();
      expect(await rowsOfPage()).toBe(story.expected.length);
    });
    test('by the form keeps what was typed out of the address, narrowed or not', async () => {
      const { page } = kit;
      await page.getByText('Change the search').click();
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await page.locator('.facet-groups').getByRole('button', { name: 'get_order_details' }).click();
      await page.getByRole('button', { name: 'Leave out tool' }).waitFor();
      expect(await rowsOfPage()).toBe(2);
      await page.getByRole('button', { name: 'Leave out tool' }).click();
      await page
        .locator('tr.event')
        .nth(story.expected.length - 1)
        .waitFor();
      expect(await rowsOfPage()).toBe(story.expected.length);
      expect(page.url()).toMatch(/\/search$/);
    });
  });

  describe('a long timeline', () => {
    beforeEach(() => signIn(kit.page, 'investigator', casePath(story.longCase)));
    const apiPath = `/v1${casePath(story.longCase)}`;
    /** Event ids of the rows, from what their links lead to. */
    const shown = async (): Promise<unknown[]> =>
      Promise.all(
        (await kit.page.locator('tr.event .title').all()).map(async (link) =>
          // Links name events by their keys: the connector, a colon, the id.
          new URL((await link.getAttribute('href')) ?? '', kit.origin).searchParams.get('id')?.replace(/^[^:]*:/, ''),
        ),
      );

    test('comes in pages that hold every event once, in order, and leads back', async () => {
      const { page } = kit;
      const pages = [await shown()];
      const next = page.getByRole('link', { name: 'Next page' });
      while ((await next.count()) > 0) {
        await next.click();
        pages.push(await shown());
      }
      expect(pages.map((ids) => ids.length)).toEqual([100, 30]);
      expect(pages.flat()).toEqual((await kit.api.all(apiPath)).map((row) => row.event_id));
      await page.getByRole('link', { name: 'First page' }).click();
      expect(await shown()).toEqual(pages[0]);
    });
    test('is narrowed by type, time and size of page', async () => {
      const { page } = kit;
      await page.getByText('Narrow down').click();
      await page.getByLabel('From (UTC)').fill('2026-04-01T09:01');
      await page.getByLabel('Event type').fill('tool.*');
      await page.getByLabel('Per page').selectOption('50');
      await page.getByRole('button', { name: 'Apply' }).click();
      expect(await page.locator('.facts').innerText()).toContain('70 events');
      const tools = async (): Promise<unknown[]> => (await rowsOf(page)).map(([, tool]) => tool);
      expect(await tools()).toEqual(Array.from({ length: 50 }, (_, index) => `step_${60 + index}`));
      await page.getByRole('link', { name: 'Next page' }).click();
      expect(await tools()).toEqual(Array.from({ length: 20 }, (_, index) => `step_${110 + index}`));
    });
    test('downloads as CSV: all pages, cell by cell what the API answers', async () => {
      const { page } = kit;
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download CSV' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('timeline-of-case.csv');
      const cells = readCsv(readFileSync(await download.path(), 'utf8'));
      const rows = await kit.api.all(apiPath);
      expect(rows).toHaveLength(story.many);
      expect(cells).toEqual(
        rows.map((row) =>
          expect.objectContaining({
            event_id: row.event_id,
            event_type: row.event_type,
            occurred_at: row['occurred_at'],
            tool: row.tool?.name,
            outcome_status: row.outcome?.status,
            run_id: row.run_id,
            call_id: row.call_id,
            record_hash: row.record_hash,
            fact_hash: row['fact_hash'],
            kafka_topic: row.kafka.topic,
            kafka_partition: String(row.kafka.partition),
            kafka_offset: String(row.kafka.offset),
            duplicates: String(row.duplicates),
            conflict: String(row.conflict),
            late: String(row['late']),
          }),
        ),
      );
    });
  });
});
