import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { takeLock } from './directory-lock.ts';
import { claimPort } from './free-port.ts';
import { nodeMain } from './node-main.ts';
import { processIdentity } from './process-identity.ts';
import { startListeningChild } from './spawn-child.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'affidavit-process-'));
});
afterEach(() => rm(dir, { recursive: true }));

const script = async (text: string): Promise<string> => {
  const file = join(dir, 'script.cjs');
  await writeFile(file, text);
  return file;
};
const start = (file: string, more: { startTimeoutMs?: number } = {}) =>
  startListeningChild({
    name: 'The child',
    command: process.execPath,
    args: [file],
    logFile: join(dir, 'child.log'),
    ...more,
  });

describe('a child', () => {
  const listening = `console.log('starting'); console.log(JSON.stringify({ msg: 'listening', port: 7 })); setInterval(() => {}, 1000);`;

  test('is ready when it says so; its output is in its log', async () => {
    const child = await start(await script(listening));
    expect(child.port).toBe(7);
    expect(await child.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    expect(await readFile(join(dir, 'child.log'), 'utf8')).toContain('starting');
  });

  test('that ignores SIGTERM is killed after its grace', async () => {
    const child = await start(await script(`process.on('SIGTERM', () => {}); ${listening}`));
    expect(await child.stop(100)).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test('that cannot start fails with its own last sentence', async () => {
    await expect(start(await script(`console.error('The moon is missing.'); process.exit(1);`))).rejects.toMatchObject({
      code: 'start_failed',
      message: 'The child could not start: The moon is missing.',
    });
    await expect(start(await script(`throw new Error('a defect');`))).rejects.toMatchObject({
      message: 'The child could not start: Error: a defect',
    });
    await expect(start(await script('setInterval(() => {}, 1000);'), { startTimeoutMs: 200 })).rejects.toMatchObject({
      code: 'start_timed_out',
    });
    await expect(
      startListeningChild({
        name: 'The child',
        command: join(dir, 'absent'),
        args: [],
        logFile: join(dir, 'child.log'),
      }),
    ).rejects.toMatchObject({ code: 'start_failed' });
  });

  test('ends when its supervisor is killed', async () => {
    const { command, args } = nodeMain(
      new URL('testdata/supervise-one.ts', import.meta.url),
      await script(listening),
      join(dir, 'child.log'),
    );
    const supervisor = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => {
      createInterface({ input: supervisor.stdout }).once('line', (line) =>
        resolve((JSON.parse(line) as { pid: number }).pid),
      );
    });
    expect(await processIdentity(pid)).toBeDefined();
    supervisor.kill('SIGKILL');
    const deadline = Date.now() + 5_000;
    while ((await processIdentity(pid)) !== undefined && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await processIdentity(pid)).toBeUndefined();
  });
});

describe('a directory lock', () => {
  const options = () => ({ what: 'thing', dir });

  test('is held by one living process, and names it', async () => {
    const unlock = await takeLock(join(dir, 'lock'), options());
    await expect(takeLock(join(dir, 'lock'), options())).rejects.toMatchObject({
      code: 'data_dir_locked',
      message: expect.stringContaining(`process ${process.pid}`) as unknown,
    });
    await unlock();
    await (
      await takeLock(join(dir, 'lock'), options())
    )();
  });

  test.each([
    ['a dead process', { pid: 2 ** 22 + 1, identity: 'x' }],
    ['a later process with the same number', { pid: process.pid, identity: `${process.pid} 1 other` }],
  ])('of %s means nothing', async (_name, owner) => {
    await writeFile(join(dir, 'lock'), JSON.stringify(owner));
    await (
      await takeLock(join(dir, 'lock'), options())
    )();
  });
});

test('a taken port is one sentence that names the setting', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await expect(claimPort(port, 'API_PORT')).rejects.toMatchObject({
    code: 'port_taken',
    message: `Port ${port} is already in use: stop what listens there, or set API_PORT to another port (0 takes a free one).`,
  });
  await new Promise((resolve) => server.close(resolve));
  expect(await claimPort(port, 'API_PORT')).toBe(port);
});
