import { AffidavitError, LruMap } from '@affidavit/audit-model';
import { type Pseudonymiser } from '@affidavit/intake';
import { type KeyRing } from '../ring/key-ring.ts';
import { assertNoZero, pseudonymOf } from './layout.ts';

export interface PseudonymFinder extends Pseudonymiser {
  /**
   * For readers: the pseudonym, or null when the tenant has no pseudonym key, so that nothing of any person is in its
   * log. Makes no key.
   */
  find(tenantId: string, issuer: string, normalisedId: string): string | null;
}

export function createPseudonymiser(ring: KeyRing): PseudonymFinder {
  const keys = new LruMap<string, Buffer>(10_000);
  const keyOf = (tenantId: string, take: () => Buffer | null): Buffer | null => {
    const known = keys.get(tenantId);
    if (known !== undefined) return known;
    assertNoZero({ tenant_id: tenantId });
    const key = take();
    if (key !== null) keys.set(tenantId, key);
    return key;
  };
  const checked = (issuer: string, id: string): void => {
    if (id === '') throw new AffidavitError('scope_invalid', 'a person’s id must not be empty');
    if (issuer.includes('\0')) throw new AffidavitError('scope_invalid', 'an issuer must not hold a zero byte');
  };
  return {
    pseudonym(tenantId, issuer, normalisedId) {
      checked(issuer, normalisedId);
      return pseudonymOf(keyOf(tenantId, () => ring.pseudonymKey(tenantId)) as Buffer, issuer, normalisedId);
    },
    find(tenantId, issuer, normalisedId) {
      checked(issuer, normalisedId);
      const key = keyOf(tenantId, () => ring.findPseudonymKey(tenantId));
      return key === null ? null : pseudonymOf(key, issuer, normalisedId);
    },
  };
}
