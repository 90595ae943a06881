import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type Chromium, packagedChromium } from './packaged-chromium.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * The browser of this machine, else the packaged one; null where neither is. `CHROMIUM` names another, and then no
 * other is taken.
 */
export function findChromium(
  environment: NodeJS.ProcessEnv = process.env,
  exists: (file: string) => boolean = existsSync,
  packaged: () => Chromium | null = packagedChromium,
): Chromium | null {
  const named = environment['CHROMIUM'] ?? '';
  const path = (named === '' ? PLACES : [named]).find(exists);
  if (path !== undefined) return { path, env: {} };
  return named === '' ? packaged() : null;
}

const found = findChromium();

const describeHere = found === null ? describe.skip : describe;
const toInstall =
  found === null ? ' (skipped: install Chromium, e.g. "apt install chromium", or name one in CHROMIUM)' : '';

/** `describe` where a Chromium is found; elsewhere its tests count as skipped and say what to install. */
export const describeInChromium = (title: string, tests: () => void): void =>
  describeHere(`${title}${toInstall}`, tests);

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: found?.path ?? '',
    env: { ...process.env, ...found?.env },
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });

/** A reader's window, and everything in it that must not happen. */
export interface Reader {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Dialogs, errors of scripts and messages of the console; a test empties it of what it expects. */
  readonly troubles: string[];
  /** Every request of the window, as `origin`; `data:` has none. */
  readonly origins: Set<string>;
}

export async function openReader(
  browser: Browser,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<Reader> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(15_000);
  const troubles: string[] = [];
  const origins = new Set<string>();
  context.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('weberror', (error) => troubles.push(`script: ${error.error().message}`));
  context.on('console', (message) => troubles.push(`console: ${message.text()}`));
  context.on('request', (request) => request.url().startsWith('data:') || origins.add(new URL(request.url()).origin));
  return { context, page: await context.newPage(), troubles, origins };
}
