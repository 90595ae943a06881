import { timingSafeEqual } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { AffidavitError } from '@affidavit/audit-model';
import {
  type Credential,
  hashSecret,
  type IssuedCredential,
  issueCredential,
  type NewCredential,
  parseToken,
  type StoredCredential,
  withoutHash,
} from './credential.ts';
import { fileVersion, readCredentialFile, replaceCredentialFile } from './credential-file.ts';
import { lockFile } from './file-lock.ts';

/** Tokens and what they stand for, in one file that several processes read and change. */
export interface CredentialStore {
  /** When it returns, the credential is durable and every process takes it at its next look. */
  add(request: NewCredential): Promise<IssuedCredential>;
  /** The revoked ones as well. */
  list(): readonly Credential[];
  /** False when there is no such credential. Revoking twice keeps the first time. */
  revoke(id: string): Promise<boolean>;
  /**
   * Synchronous, for the hot path. Null for unknown, malformed and revoked alike. A change of the file takes effect
   * within `lookEveryMs`. Throws retryable `credentials_unreadable` when the file cannot be read: nobody is let in on
   * old knowledge.
   */
  verify(token: string): Credential | null;
}

export interface CredentialStoreOptions {
  /** How often `verify` looks whether the file changed. */
  readonly lookEveryMs?: number;
  readonly now?: () => Date;
}

const maxCredentials = 10_000;
/** What an unknown id is compared with, so that the time tells nothing about which ids exist. */
const nobody: Pick<StoredCredential, 'secret_sha256' | 'revoked_at'> = {
  secret_sha256: '00'.repeat(32),
  revoked_at: '',
};

export function openCredentialStore(path: string, options: CredentialStoreOptions = {}): CredentialStore {
  const { lookEveryMs = 250, now = () => new Date() } = options;
  let version = fileVersion(path);
  let byId = index(readCredentialFile(path));
  let lookedAt = performance.now();

  const refresh = (): void => {
    const started = performance.now();
    const current = fileVersion(path);
    if (current !== version) {
      byId = index(readCredentialFile(path));
      version = current;
    }
    // Only now: while the file cannot be read, every look fails, nobody is let in on old knowledge.
    lookedAt = started;
  };
  const change = async (
    edit: (credentials: readonly StoredCredential[]) => readonly StoredCredential[],
  ): Promise<void> => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const lock = await lockFile(`${path}.lock`);
    try {
      const next = edit(readCredentialFile(path));
      lock.assertHeld();
      replaceCredentialFile(path, next);
    } finally {
      lock.release();
    }
    refresh();
  };

  return {
    async add(request) {
      const { stored, token } = issueCredential(request, now().toISOString());
      await change((credentials) => {
        if (credentials.length >= maxCredentials)
          throw new AffidavitError('credentials_full', `there are ${maxCredentials} credentials already`);
        return [...credentials, stored];
      });
      return { credential: withoutHash(stored), token };
    },
    list() {
      refresh();
      return [...byId.values()].map(withoutHash);
    },
    async revoke(id) {
      let found = false;
      await change((credentials) =>
        credentials.map((credential) => {
          if (credential.id !== id) return credential;
          found = true;
          return { ...credential, revoked_at: credential.revoked_at ?? now().toISOString() };
        }),
      );
      return found;
    },
    verify(token) {
      if (performance.now() - lookedAt >= lookEveryMs) refresh();
      const parts = parseToken(token);
      const stored = parts === null ? undefined : byId.get(parts.id);
      const expected = stored ?? nobody;
      const same = timingSafeEqual(hashSecret(parts?.secret ?? ''), Buffer.from(expected.secret_sha256, 'hex'));
      return same && stored !== undefined && stored.revoked_at === null ? withoutHash(stored) : null;
    },
  };
}

const index = (credentials: readonly StoredCredential[]): ReadonlyMap<string, StoredCredential> =>
  new Map(credentials.map((credential) => [credential.id, credential]));
