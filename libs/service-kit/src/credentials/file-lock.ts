import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { AffidavitError } from '@affidavit/audit-model';

const staleAfterMs = 10_000;

export interface FileLock {
  /** Throws when somebody took the lock over in the meantime: ask right before the write that it guards. */
  assertHeld(): void;
  release(): void;
}

/**
 * A lock file between processes of one machine (O_EXCL). Held for milliseconds; one that is older than ten seconds was
 * left by a process that died and is taken over. Taking over renames the file to a name of our own first, so of two
 * takers one wins; a holder that slept through its own ten seconds finds out with `assertHeld` and gives up instead of
 * writing.
 */
export async function lockFile(path: string, waitMs = 15_000): Promise<FileLock> {
  const owner = randomUUID();
  const deadline = Date.now() + waitMs;
  while (!tryLock(path, owner)) {
    takeAwayIfStale(path, owner);
    if (Date.now() > deadline) {
      throw new AffidavitError(
        'credentials_locked',
        'the credentials file is being changed by another process: try again',
        { retryable: true },
      );
    }
    await sleep(5 + Math.random() * 20);
  }
  return {
    assertHeld() {
      if (readOrNull(path) !== owner)
        throw new AffidavitError('credentials_locked', 'the lock on the credentials file was lost: try again', {
          retryable: true,
        });
    },
    release() {
      if (readOrNull(path) === owner) rmSync(path, { force: true });
    },
  };
}

function tryLock(path: string, owner: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, owner);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function takeAwayIfStale(path: string, owner: string): void {
  const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age < staleAfterMs) return;
  const aside = `${path}.${owner}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // Another process took it away first.
  }
  const takenAge = Date.now() - (statSync(aside, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  // Between the look and the rename somebody may have taken over already: then this is their fresh lock. They notice at
  // assertHeld.
  if (takenAge < staleAfterMs && statSync(path, { throwIfNoEntry: false }) === undefined) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
