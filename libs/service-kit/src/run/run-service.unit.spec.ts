import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./testdata/toy-service.ts', import.meta.url));
const loader = new URL('../../../devkit/src/loader.js', import.meta.url).href;

/** Starts the toy service, sends the signal when it says that it listens, and answers how it ended. */
async function run(how: string, signal?: NodeJS.Signals, environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--conditions=@affidavit/source', '--import', loader, script, how], {
    env: { ...process.env, ...environment },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    if (signal !== undefined && chunk.toString().includes('"listening"')) child.kill(signal);
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    code,
    err,
    messages: out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { msg: string }).msg),
  };
}

describe('runService', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s stops in reverse order and exits 0',
    async (signal) => {
      const { code, messages } = await run('well', signal);
      expect(code).toBe(0);
      expect(messages).toEqual(['listening', 'stopping', 'closed http', 'closed kafka', 'stopped']);
    },
    30_000,
  );

  test('a stop that hangs is cut off', async () => {
    const { code, messages } = await run('hang', 'SIGTERM');
    expect(code).toBe(1);
    expect(messages.at(-1)).toBe('stop took too long, cut off');
  }, 30_000);

  test('a stop that fails does not keep the others from stopping', async () => {
    const { code, messages } = await run('stop-fails', 'SIGTERM');
    expect(code).toBe(1);
    expect(messages).toEqual(['listening', 'stopping', 'stop failed', 'closed kafka', 'stopped']);
  }, 30_000);

  test('a start that fails says one sentence, stops what is open and exits 1', async () => {
    const { code, messages, err } = await run('start-fails');
    expect(code).toBe(1);
    expect(err).toBe('toy: PORT is not set.\n');
    expect(messages).toEqual(['failed', 'closed http', 'closed kafka', 'stopped']);
  }, 30_000);

  test('what nobody caught exits 1', async () => {
    const { code, messages } = await run('uncaught');
    expect(code).toBe(1);
    expect(messages).toEqual(['listening', 'uncaught']);
  }, 30_000);
});
