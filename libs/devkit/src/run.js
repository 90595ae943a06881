// `node run.js COMMAND …` is `affidavit COMMAND …` from the sources, after installing what is missing.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import './ensure-installed.js';

const here = new URL('.', import.meta.url);
const loader = new URL('loader.js', here).href;
const main = fileURLToPath(new URL('../../../apps/cli/src/main.ts', here));
const child = spawn(
  process.execPath,
  ['--conditions=@affidavit/source', '--import', loader, main, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
// The terminal sends Ctrl-C to the child as well: it stops everything, this process only waits for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
