import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import { type Credential } from '@affidavit/service-kit';

const folder = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** One answer from several files, in the order in which a later rule wins. */
export const stylesheet = ['page', 'record', 'views', 'narrow', 'print']
  .map((name) => readFileSync(folder(`assets/${name}.css`), 'utf8'))
  .join('\n');
/** In the file's name, so that browsers may keep it for ever. */
export const stylesheetPath = `/assets/page.${createHash('sha256').update(stylesheet).digest('hex').slice(0, 12)}.css`;

/** Keys only: every page does the same without it. */
export const script = readFileSync(folder('assets/keys.js'), 'utf8');
export const scriptPath = `/assets/keys.${createHash('sha256').update(script).digest('hex').slice(0, 12)}.js`;

const markup: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For values that a form gives back: every character as it is. */
export const exact = (value: unknown): string =>
  String(value).replace(/[&<>"']/g, (character) => markup[character] ?? '');

/**
 * For everything that is read: characters that turn the direction of writing, or show nothing, are written out, since
 * an id that reads as another one is a way to mislead. Ordinary right-to-left text stays as it is, in its own <bdi>.
 */
export const shown = (value: unknown): string =>
  exact(value).replace(
    /(?![\t\n])[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\u27e8U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`,
  );

/** Every value is escaped; templates write raw text for `layout`, `include` and `exact` only. */
const eta = new Eta({
  views: folder('templates'),
  autoEscape: true,
  cache: true,
  autoTrim: [false, 'nl'],
  escapeFunction: shown,
});

export interface PageFrame {
  readonly title: string;
  /** Who is signed in; null on the sign-in form. */
  readonly reader: Pick<Credential, 'name' | 'role' | 'tenant_id'> | null;
}

export const render = (template: string, frame: PageFrame, data: object): string =>
  eta.render(`./${template}`, { ...frame, ...data, stylesheetPath, scriptPath, exact });
