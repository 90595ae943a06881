import { createHash, randomBytes } from 'node:crypto';
import {
  type DataKey,
  keyDestroyed,
  type KeyLookup,
  type KeyRing,
  type KeyScope,
  pseudonymScope,
} from '../ring/key-ring.ts';

export interface MemoryKeyRing extends KeyRing {
  destroy(scope: KeyScope): void;
  subjectsOf(scope: KeyScope): readonly string[];
}

/** A ring for tests, where durable means as long as the object lives. With a seed every run has the same keys. */
export function createMemoryKeyRing(seed?: string): MemoryKeyRing {
  const entries = new Map<string, { key: DataKey; scope: KeyScope; subjects: Set<string>; destroyed: boolean }>();
  const name = ({ tenant_id, kind, id }: KeyScope): string => JSON.stringify([tenant_id, kind, id]);
  const secretOf = (scope: KeyScope): Buffer =>
    seed === undefined
      ? randomBytes(32)
      : createHash('sha256')
          .update(seed + name(scope))
          .digest();
  const entryOf = (scope: KeyScope) => {
    const known = entries.get(name(scope));
    if (known !== undefined) return known;
    const secret = secretOf(scope);
    const key = { key_id: `k_${createHash('sha256').update(secret).digest('hex').slice(0, 26)}`, secret };
    const entry = { key, scope, subjects: new Set<string>(), destroyed: false };
    entries.set(name(scope), entry);
    return entry;
  };
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
    async dataKey(scope, subjects) {
      const entry = entryOf(scope);
      if (entry.destroyed) throw keyDestroyed();
      for (const subject of subjects) entry.subjects.add(subject);
      return entry.key;
    },
    keyById(keyId): Promise<KeyLookup> {
      const entry = [...entries.values()].find(({ key }) => key.key_id === keyId);
      if (entry === undefined) return Promise.resolve({ status: 'unknown' });
      return Promise.resolve(
        entry.destroyed ? { status: 'destroyed' } : { status: 'live', key: entry.key, scope: entry.scope },
      );
    },
    pseudonymKey: (tenantId) => entryOf(pseudonymScope(tenantId)).key.secret,
    findPseudonymKey: (tenantId) => entries.get(name(pseudonymScope(tenantId)))?.key.secret ?? null,
    close: () => Promise.resolve(),
    destroy(scope) {
      entryOf(scope).destroyed = true;
    },
    subjectsOf: (scope) => [...entryOf(scope).subjects].sort(),
  };
}
