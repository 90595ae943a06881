import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFile } from './file-lock.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(directory, 'file.lock');
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('file lock', () => {
  test('one at a time; who waits too long is told to try again', async () => {
    const first = await lockFile(path);
    await expect(lockFile(path, 50)).rejects.toMatchObject({ code: 'credentials_locked', retryable: true });
    first.release();
    expect(existsSync(path)).toBe(false);
    (await lockFile(path, 50)).release();
  });

  test('a holder that slept through its time finds out before it writes, and does not free the other’s lock', async () => {
    const sleeper = await lockFile(path);
    utimesSync(path, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    const next = await lockFile(path);
    expect(() => sleeper.assertHeld()).toThrow(
      expect.objectContaining({ code: 'credentials_locked', retryable: true }),
    );
    sleeper.release();
    expect(() => next.assertHeld()).not.toThrow();
    next.release();
  });

  test('a fresh lock is never taken away', async () => {
    writeFileSync(path, 'somebody');
    await expect(lockFile(path, 100)).rejects.toMatchObject({ code: 'credentials_locked' });
    expect(existsSync(path)).toBe(true);
  });
});
