import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { Api } from './api.ts';
import { launchChromium, openReader, type Reader } from './browser.ts';
import { readCredentials, readStack, type Role } from './stack.ts';

/** What the tests of a file share: the stack with a story told, a browser, and a fresh window for each test. */
export interface PageKit {
  readonly api: Api;
  readonly reader: Reader;
  readonly page: Page;
  readonly origin: string;
  /** A further window, with another size or colour scheme, watched like the first. */
  open(options: BrowserContextOptions): Promise<Reader>;
}

/**
 * Call it inside `describeInChromium`. After each test it holds for every window that nothing popped up, nothing stood
 * on the console, no script failed and nobody but the stack was asked for anything.
 */
export function usePageKit(
  story: { tell(api: Api, oddIds: readonly string[]): Promise<void> },
  oddIds: readonly string[] = [],
): PageKit {
  let api: Api;
  let browser: Browser;
  let readers: Reader[] = [];
  const origin = (): string => new URL(readStack().api_url).origin;
  const open = async (options: BrowserContextOptions): Promise<Reader> => {
    const reader = await openReader(browser, origin(), options);
    readers.push(reader);
    return reader;
  };
  const first = (): Reader => {
    const [reader] = readers;
    if (!reader) throw new Error('no window is open: ask inside a test');
    return reader;
  };

  beforeAll(async () => {
    api = new Api(readStack(), readCredentials());
    browser = await launchChromium();
    await story.tell(api, oddIds);
  }, 180_000);
  afterAll(() => browser?.close());
  beforeEach(() => open({}));
  afterEach(async () => {
    const closed = readers;
    readers = [];
    for (const { context } of closed) await context.close();
    expect(closed.flatMap(({ troubles }) => troubles)).toEqual([]);
    expect([...new Set(closed.flatMap(({ origins }) => [...origins]))].filter((one) => one !== origin())).toEqual([]);
  });
  return {
    get api() {
      return api;
    },
    get reader() {
      return first();
    },
    get page() {
      return first().page;
    },
    get origin() {
      return origin();
    },
    open,
  };
}

export const casePath = (id: string): string => `/cases/-/timeline?system=helpdesk&id=${encodeURIComponent(id)}`;

export async function signIn(page: Page, role: Role = 'investigator', path = '/'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Token').fill(readCredentials()[role]);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** What a person does: the id into the box at the top, or into the large one of the start page. */
export async function find(page: Page, id: string): Promise<void> {
  await page.getByLabel('Any id').fill(id);
  await page.getByRole('button', { name: 'Find', exact: true }).click();
}

/** Exactly as written: `innerText` would fold spaces. */
export const heading = (page: Page): Promise<string | null> => page.locator('main h1').textContent();

/** Title, tool and outcome of every row, from top to bottom. */
export const rowsOf = async (page: Page): Promise<readonly (readonly string[])[]> =>
  Promise.all(
    (await page.locator('tr.event').all()).map(async (row) => {
      const facts = (await row.locator('.what .facts-inline').allInnerTexts()).join(' ');
      return [
        await row.locator('.title').innerText(),
        /\btool (\w+)/.exec(facts)?.[1] ?? '',
        (await row.locator('.outcome .status').allInnerTexts()).join(),
      ];
    }),
  );
