// `npm test`: installs what is missing, then everything that has to hold, and one closing line that adds it all up.
// `npm test -- unit lint` runs only the steps named. A step that cannot run counts as failed, never as nothing.
import './ensure-installed.js';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const results = mkdtempSync(join(tmpdir(), 'affidavit-test-'));
const node = process.execPath;
const sources = ['--conditions=@affidavit/source', '--import', new URL('loader.js', import.meta.url).href];
const nx = ['node_modules/nx/dist/bin/nx.js', 'run-many', '--output-style=static', '-t'];

/** What each step runs; a `jest` step is counted by its tests, a check by whether it holds. */
const steps = [
  { name: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
  { name: 'generated code', args: [...sources, 'schemas/src/main.ts', '--check'] },
  { name: 'types', args: [...nx, 'typecheck'] },
  { name: 'lint', title: 'lint and import rules', args: [...nx, 'lint'] },
  { name: 'unit', jest: true, workers: 2 },
  { name: 'int', title: 'integration', jest: true, workers: 2 },
  { name: 'e2e', title: 'end to end', jest: true, workers: 1 },
];

function run(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(node, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NX_TUI: 'false', ...env },
    });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function runJest(step) {
  const output = join(results, `${step.name}.json`);
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const code = await run(
    [...jest, '--json', `--outputFile=${output}`, `--maxWorkers=${step.workers}`, '--workerIdleMemoryLimit=1500MB'],
    { TEST_KIND: step.name },
  );
  try {
    const told = JSON.parse(readFileSync(output, 'utf8'));
    const skipped = told.numPendingTests + told.numTodoTests;
    // A file that could not even be loaded has no failed test of its own.
    const failed = told.numFailedTests + told.numRuntimeErrorTestSuites;
    return { passed: told.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, skipped };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function runCheck(step) {
  const code = await run(step.args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`npm test: no step ${unknown.join(', ')}; there are ${steps.map((step) => step.name).join(', ')}`);
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue;
  const title = step.title ?? step.name;
  console.log(`\n── ${title} ──`);
  const began = Date.now();
  const counts = step.jest ? await runJest(step) : await runCheck(step);
  for (const key of Object.keys(total)) total[key] += counts[key];
  lines.push(
    `${title.padEnd(22)} ${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${String(counts.passed).padStart(5)} passed ${String(counts.failed).padStart(3)} failed ${String(counts.skipped).padStart(3)} skipped ${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s`,
  );
}
rmSync(results, { recursive: true, force: true });
console.log(`\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
