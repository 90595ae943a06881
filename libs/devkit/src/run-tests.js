// `npm test`: installs what is missing, then everything that has to hold, and one closing line that adds it all up.
// `npm test -- unit lint` runs only the steps named; `npm test -- collector` one room: its format, types, lint and unit
// tests; `npm test -- collector int` its integration tests alone. A step that cannot run counts as failed, never as
// nothing.
import './ensure-installed.js';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const results = mkdtempSync(join(tmpdir(), 'affidavit-test-'));
const node = process.execPath;
const sources = ['--conditions=@affidavit/source', '--import', new URL('loader.js', import.meta.url).href];
const nx = ['node_modules/nx/dist/bin/nx.js', 'run-many', '--output-style=static', '-t'];

/** Rooms by their short name: `collector` is apps/collector, `intake` libs/intake; `schemas` and `test` are their own. */
const rooms = new Map(
  ['apps', 'libs']
    .flatMap((floor) => readdirSync(join(root, floor)).map((room) => [room, `${floor}/${room}`]))
    .concat([
      ['schemas', 'schemas'],
      ['test', 'test'],
    ])
    .filter(([, path]) => existsSync(join(root, path, 'package.json'))),
);

const words = process.argv.slice(2);
const wantedRooms = words.filter((word) => rooms.has(word)).map((word) => rooms.get(word));
const ofRooms = wantedRooms.length > 0;
const places = ofRooms ? wantedRooms : ['.'];
/** Nx keeps what did not change; import rules hold through it only. */
const ofProjects = ofRooms ? ['-p', wantedRooms.map((room) => `@affidavit/${room.split('/').at(-1)}`).join(',')] : [];

/** What each step runs; a `jest` step is counted by its tests, a check by whether it holds. */
const steps = [
  { name: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', ...places] },
  { name: 'generated code', wide: true, args: [...sources, 'schemas/src/main.ts', '--check'] },
  { name: 'types', args: [...nx, 'typecheck', ...ofProjects] },
  { name: 'lint', title: 'lint and import rules', args: [...nx, 'lint', ...ofProjects] },
  { name: 'unit', jest: true, workers: 2 },
  { name: 'int', title: 'integration', slow: true, jest: true, workers: 2 },
  { name: 'e2e', title: 'end to end', slow: true, jest: true, workers: 1 },
];

/** A step that is named; else all, or of a room those that take seconds. */
function isWanted({ name, wide, slow }) {
  const named = words.filter((word) => steps.some((step) => step.name === word));
  return named.length > 0 ? named.includes(name) : !ofRooms || (!wide && !slow);
}

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
    [
      ...jest,
      ...(ofRooms ? places : []),
      '--json',
      `--outputFile=${output}`,
      `--maxWorkers=${step.workers}`,
      '--workerIdleMemoryLimit=1500MB',
    ],
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

const unknown = words.filter((word) => !rooms.has(word) && !steps.some(({ name }) => name === word));
if (unknown.length > 0) {
  console.error(
    `npm test: no step and no room ${unknown.join(', ')}. Steps: ${steps.map(({ name }) => name).join(', ')}. ` +
      `Rooms: ${[...rooms.keys()].join(', ')}.`,
  );
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
for (const step of steps) {
  if (!isWanted(step)) continue;
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
