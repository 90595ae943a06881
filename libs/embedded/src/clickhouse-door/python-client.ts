import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '1.12.0';
const cache = fileURLToPath(new URL('../../../../node_modules/.cache/affidavit', import.meta.url));

/**
 * For the tests: a Python that has the package clickhouse-connect. The machine's own if it has it, else one in a
 * virtual environment that is made once; or why there is none (no Python, or no package index to be had).
 */
export function pythonWithClickHouse(): { readonly python: string } | { readonly missing: string } {
  if (hasPackage('python3')) return { python: 'python3' };
  const environment = join(cache, `clickhouse-connect-${VERSION}`);
  const python = join(environment, 'bin', 'python3');
  try {
    if (!existsSync(python)) {
      mkdirSync(cache, { recursive: true });
      execFileSync('python3', ['-m', 'venv', environment], { stdio: 'ignore', timeout: 120_000 });
    }
    if (!hasPackage(python))
      execFileSync(
        python,
        ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `clickhouse-connect==${VERSION}`],
        { stdio: 'ignore', timeout: 300_000 },
      );
    if (hasPackage(python)) return { python };
  } catch {
    // Said below: whichever of the three it was, the remedy is the same.
  }
  return { missing: 'needs python3 with venv and the package clickhouse-connect' };
}

function hasPackage(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import clickhouse_connect'], { stdio: 'ignore', timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}
