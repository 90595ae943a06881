import { randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { keyRingError } from './key-ring.ts';

export const masterKeyPath = (directory: string): string => join(directory, 'master.key');
export const keysPath = (directory: string): string => join(directory, 'keys.ndjson');

/**
 * Both files are for their owner alone: who reads master.key reads everything, who writes keys.ndjson can erase
 * everything.
 */
export function assertPrivate(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat !== undefined && (stat.mode & 0o077) !== 0) {
    throw keyRingError(
      'key_ring_unsafe',
      `${path} is open to other users of this machine: chmod 600 it, and think of who may have read it`,
    );
  }
}

/** Null when there is none. */
export function readMasterKey(directory: string): Buffer | null {
  const path = masterKeyPath(directory);
  if (!existsSync(path)) return null;
  assertPrivate(path);
  const key = readFileSync(path);
  if (key.length !== 32)
    throw keyRingError('master_key_wrong', `${path} must hold exactly 32 bytes; it holds ${key.length}`);
  return key;
}

/**
 * The master key, made at the first start. Of several processes that start at once one wins: link() fails when the name
 * is taken. It is never made beside existing keys, since then the real one was lost and new keys would hide that.
 */
export function readOrMakeMasterKey(directory: string): Buffer {
  const existing = readMasterKey(directory);
  if (existing !== null) return existing;
  const keys = statSync(keysPath(directory), { throwIfNoEntry: false });
  if (keys !== undefined && keys.size > 0) {
    throw keyRingError(
      'master_key_missing',
      `${masterKeyPath(directory)} is missing, but there are keys that it wraps: bring it back from its backup`,
    );
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = join(directory, `master.key.${randomUUID()}.draft`);
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, randomBytes(32));
    fsyncSync(file);
    linkSync(draft, masterKeyPath(directory));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    closeSync(file);
    rmSync(draft);
  }
  syncDirectory(directory);
  return readMasterKey(directory) as Buffer;
}

export function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
