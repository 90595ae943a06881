import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AffidavitError } from '@affidavit/audit-model';
import { type StoredCredential } from './credential.ts';

const unreadable = (reason: string, cause?: unknown) =>
  new AffidavitError('credentials_unreadable', `the credentials file ${reason}`, { retryable: true, cause });

/** What tells one version of the file from the next: it is replaced by rename, so the inode changes as well. */
export function fileVersion(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? 'absent' : `${stat.ino}:${stat.size}:${stat.mtimeNs}`;
}

/**
 * Absent is empty. Refuses a file that others on the machine may write, since whoever writes it is everybody; reading
 * it gives away hashes of random secrets only, so a read-only mount for a group is fine.
 */
export function readCredentialFile(path: string): readonly StoredCredential[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if ((stat.mode & 0o022) !== 0) throw unreadable('may be written by other users of this machine: chmod 600 it');
  try {
    const { version, credentials } = JSON.parse(readFileSync(path, 'utf8')) as {
      version?: unknown;
      credentials?: unknown;
    };
    if (version !== 1 || !Array.isArray(credentials)) throw new Error('not version 1');
    return credentials as StoredCredential[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable('cannot be read', error);
  }
}

/** When it returns, the new content survives a power loss, and no reader ever saw half of it. */
export function replaceCredentialFile(path: string, credentials: readonly StoredCredential[]): void {
  const directory = dirname(path);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}.draft`;
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeSync(file, `${JSON.stringify({ version: 1, credentials }, null, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
