import { type Row } from './support/api.ts';
import { describeInChromium } from './support/browser.ts';
import { casePath, find, heading, rowsOf, signIn, usePageKit } from './support/page-kit.ts';
import { PageStory } from './support/page-story.ts';
import { readCredentials } from './support/stack.ts';

const story = new PageStory();

describeInChromium('the page in Chromium', () => {
  const kit = usePageKit(story);

  describe('signing in', () => {
    test('leads to what was asked for; signing out ends it', async () => {
      const { page, reader } = kit;
      await signIn(page, 'investigator', casePath(story.ticket));
      expect(await heading(page)).toBe(story.ticket);
      const token = readCredentials().investigator;
      expect(
        (await reader.context.cookies()).map(({ value, httpOnly, sameSite }) => [
          value.includes(token),
          httpOnly,
          sameSite,
        ]),
      ).toEqual([[false, true, 'Strict']]);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.goto(casePath(story.ticket));
      expect(await heading(page)).toBe('Sign in');
    });
    test('with a wrong token says so, and opens nothing', async () => {
      const { page, reader } = kit;
      await page.goto('/');
      await page.getByLabel('Token').fill('aff_000000000000_wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      expect(await page.getByRole('alert').innerText()).toBe('No such token, or it was revoked.');
      await page.goto('/');
      expect(await heading(page)).toBe('Sign in');
      // Chromium writes the refusal's status on its console.
      expect(reader.troubles.splice(0)).toEqual([expect.stringContaining('401')]);
    });
    test('as a connector says that it does not read', async () => {
      const { page } = kit;
      await signIn(page, 'connector');
      expect(await page.locator('main').innerText()).toContain('does not read the record');
      expect(await page.getByLabel('Any id').count()).toBe(0);
    });
  });

  describe('asking', () => {
    beforeEach(() => signIn(kit.page));

    test('for a case shows its events in order, with outcomes and pauses', async () => {
      const { page } = kit;
      await find(page, story.ticket);
      expect(await heading(page)).toBe(story.ticket);
      expect(await rowsOf(page)).toEqual(story.expected);
      expect(await page.locator('tr.day').allInnerTexts()).toEqual(['2026-03-02', '2026-03-03']);
      expect(await page.locator('tr.event .elapsed').allInnerTexts()).toEqual([
        '',
        '+1.2 s',
        '+750 ms',
        '+340 ms',
        '+660 ms',
        '+3 min 57 s',
        '+9 s',
        '+22 h 55 min',
        '+1 s',
      ]);
      expect(await page.locator('tr.event', { hasText: 'Tool call failed' }).locator('.outcome').innerText()).toContain(
        'order_not_pending',
      );
      expect(await page.locator('.facts').innerText()).toMatch(/9 events[^]*all time[^]*log read up to/);
    });
    test.each([
      ['with #', story.order],
      ['without #', story.order.slice(1)],
    ])('for an order %s shows what touched it', async (_name, id) => {
      const { page } = kit;
      await find(page, id);
      expect(await heading(page)).toBe(story.order.slice(1));
      expect(await rowsOf(page)).toEqual(story.expected.filter((_row, index) => [2, 3, 5, 6].includes(index)));
      expect(await page.locator('tr.event', { hasText: 'Object changed' }).innerText()).toContain('129.90 EUR');
    });
    test('for a customer shows the name, and keeps the raw id out of address and title', async () => {
      const { page } = kit;
      await find(page, story.customer);
      expect(await heading(page)).toBe(story.customerName);
      expect(await rowsOf(page)).toEqual(story.expected);
      expect(new URL(page.url()).pathname).toMatch(/^\/users\/p_[a-z2-7]{52}\/timeline$/);
      expect(`${page.url()} ${await page.title()}`).not.toContain(story.unique);
    });
    test('as the data team shows a pseudonym, not the name', async () => {
      const { page } = kit;
      await page.getByRole('button', { name: 'Sign out' }).click();
      await signIn(page, 'data_team', casePath(story.ticket));
      expect(await rowsOf(page)).toEqual(story.expected);
      expect(await page.content()).not.toContain(story.customerName);
      expect(await page.locator('.who .person').first().innerText()).toMatch(/^p_\w{6}…\w{4}$/);
    });
    test('for an id that is several things lets the reader choose', async () => {
      const { page } = kit;
      await find(page, story.shared);
      expect(await page.locator('.choices .kind').allTextContents()).toEqual(['case', 'object']);
      await page.locator('.choices a').last().click();
      expect(await page.locator('main .kind').first().textContent()).toBe('shop parcel');
      expect(await rowsOf(page)).toHaveLength(1);
    });
    test('for an id that nobody knows says so', async () => {
      const { page } = kit;
      await find(page, `nobody-${story.unique}`);
      expect(await page.locator('main').innerText()).toContain('Nothing under this id');
      await page.goto(casePath(`nobody-${story.unique}`));
      expect(await page.locator('main').innerText()).toMatch(/0 events[^]*holds nothing under this id/);
    });
    test('for a row leads to its event, with its place in Kafka', async () => {
      const { page } = kit;
      await find(page, story.ticket);
      await page.locator('tr.event .title', { hasText: 'Tool call failed' }).click();
      expect(await heading(page)).toBe('Tool call failed');
      const { kafka, record_hash } = await kit.api.get<Row>(`/v1/events/page-${story.unique}-6`);
      const said = (await page.locator('.evidence').innerText()).replace(/\s+/g, ' ');
      for (const text of [
        `topic ${kafka.topic}`,
        `partition ${kafka.partition}`,
        `offset ${kafka.offset}`,
        `record SHA-256 ${record_hash}`,
      ])
        expect(said).toContain(text);
    });
  });
});
