import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A browser that can be started, and what its process needs beside ours. */
export interface Chromium {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

const cache = fileURLToPath(new URL('../../../node_modules/.cache/affidavit', import.meta.url));
const place = join(cache, 'chromium-143.0.4');

/**
 * The Chromium that comes as a package (Linux on x64), unpacked once: so the page's tests need nothing installed. It
 * brings the libraries and fonts that a bare machine lacks; they are used where the system's own are missing. Null
 * where it does not start.
 */
export function packagedChromium(): Chromium | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const path = join(place, 'chromium');
  try {
    if (!existsSync(path)) unpack();
  } catch {
    return null;
  }
  const fonts: Readonly<Record<string, string>> = existsSync('/etc/fonts/fonts.conf')
    ? {}
    : { FONTCONFIG_PATH: join(place, 'fonts') };
  const candidates = [fonts, { ...fonts, LD_LIBRARY_PATH: join(place, 'al2023', 'lib') }];
  const env = candidates.find((one) => starts(path, one));
  return env === undefined ? null : { path, env };
}

/**
 * The package unpacks into the temporary directory, and its libraries only where it believes to be in a function of a
 * cloud.
 */
function unpack(): void {
  mkdirSync(cache, { recursive: true });
  const into = mkdtempSync(join(cache, 'unpacking-'));
  const script = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
  execFileSync(process.execPath, ['--input-type=module', '-e', `await ${script}`], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...process.env, TMPDIR: into, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  try {
    renameSync(into, place);
  } catch (error) {
    // Another process was faster.
    rmSync(into, { recursive: true, force: true });
    if (!existsSync(join(place, 'chromium'))) throw error;
  }
}

function starts(path: string, env: Readonly<Record<string, string>>): boolean {
  try {
    execFileSync(path, ['--version'], { env: { ...process.env, ...env }, stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}
