import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * What Jest's global hooks share. Jest compiles those two files to CommonJS and resolves their imports without the
 * workspace's package condition, so they import nothing of ours: the engines are started by a process of its own, which
 * prints the environment for the tests in one line and stops everything once its stdin is closed.
 */
const held = globalThis as { affidavitBooted?: ChildProcess };

export async function bootChild(script: string): Promise<void> {
  const loader = 'libs/devkit/src/loader.js';
  // Jest's working directory is the workspace: its configuration lies there.
  const child = spawn(
    process.execPath,
    ['--conditions=@affidavit/source', '--import', `./${loader}`, `libs/testkit/src/${script}`],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      // Ctrl-C reaches Jest alone; the pipe tells this process.
      detached: true,
    },
  );
  held.affidavitBooted = child;
  child.unref();
  const environment = await new Promise<Record<string, string>>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`the engines for the tests did not start (exit code ${code}): see above`)),
    );
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line) as Record<string, string>);
      else console.log(line);
    });
  });
  Object.assign(process.env, environment);
}

export async function endBootedChild(): Promise<void> {
  const child = held.affidavitBooted;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  // Unreferenced since its start, so that a Jest that fails early can end; here its end is waited for, else Jest's loop
  // would run empty and Jest leave without its report.
  child.ref();
  child.stdin?.end();
  await exited;
}
