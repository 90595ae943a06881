import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedError } from './embedded-error.ts';
import { processIdentity } from './process-identity.ts';

interface LockFile {
  readonly pid: number;
  readonly identity: string;
}

export interface LockOptions {
  /** For the message: "Another <what> is already running on …". */
  readonly what: string;
  readonly dir: string;
  /** How long to wait for an owner that is on its way out, such as the children of a killed supervisor. */
  readonly waitMs?: number;
}

async function owner(file: string): Promise<LockFile | undefined> {
  try {
    const lock = JSON.parse(await readFile(file, 'utf8')) as LockFile;
    return (await processIdentity(lock.pid)) === lock.identity ? lock : undefined;
  } catch {
    return undefined;
  }
}

/** Waits until no living process is named in `file`; throws data_dir_locked when one still is after `waitMs`. */
export async function assertUnlocked(file: string, options: LockOptions): Promise<void> {
  const deadline = Date.now() + (options.waitMs ?? 0);
  for (;;) {
    const held = await owner(file);
    if (held === undefined) return;
    if (Date.now() >= deadline) {
      throw new EmbeddedError(
        'data_dir_locked',
        `Another ${options.what} is already running on ${options.dir} (process ${held.pid}): stop it, or set AFFIDAVIT_DATA to ` +
          `another directory.`,
        {
          detail: { pid: held.pid, dir: options.dir },
        },
      );
    }
    await sleep(200);
  }
}

/** Names `pid` as the owner. Only for who has just called assertUnlocked and started that process. */
export async function writeLock(file: string, pid: number): Promise<void> {
  const identity = await processIdentity(pid);
  if (identity !== undefined) await writeFile(file, JSON.stringify({ pid, identity } satisfies LockFile));
}

/**
 * Takes the lock for this process. The file is left behind by a kill -9 and then means nothing, since its owner is
 * gone. Not guaranteed: two processes that find the same stale file in the same millisecond may both take it.
 */
export async function takeLock(file: string, options: LockOptions): Promise<() => Promise<void>> {
  for (;;) {
    await assertUnlocked(file, options);
    await rm(file, { force: true });
    const lock: LockFile = { pid: process.pid, identity: (await processIdentity(process.pid)) ?? String(process.pid) };
    try {
      await writeFile(file, JSON.stringify(lock), { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
