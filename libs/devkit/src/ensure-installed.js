// Runs before everything else: installs what package-lock.json names when node_modules lacks it. Needs nothing but
// Node. `npm install` and not `npm ci`: it keeps to the lock and adds the packages that another platform needs
// (chdb's).
import { execSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Affidavit needs Node.js 20.19 or newer; this is ${process.versions.node}. Install it from https://nodejs.org and try again.`,
  );
  process.exit(1);
}

const changed = (file) => statSync(root + file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (changed('node_modules/.package-lock.json') < changed('package-lock.json')) {
  console.log('Installing the packages that package-lock.json names (once, a minute or two) …');
  try {
    execSync('npm install --no-save --no-audit --no-fund --loglevel=error', { cwd: root, stdio: 'inherit' });
  } catch {
    console.error('npm install failed: its message above says why. Mend that and try again.');
    process.exit(1);
  }
}
