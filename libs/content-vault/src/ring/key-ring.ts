import { AffidavitError } from '@affidavit/audit-model';
import { type ContentScopeKind } from '@affidavit/intake';

/** A scope that has a key of its own: content's scopes, and the tenant's pseudonym key. */
export interface KeyScope {
  readonly tenant_id: string;
  readonly kind: ContentScopeKind | 'tenant_pseudonym';
  readonly id: string;
}

export interface DataKey {
  readonly key_id: string;
  /** 32 bytes. */
  readonly secret: Buffer;
}

export type KeyLookup =
  | { readonly status: 'live'; readonly key: DataKey; readonly scope: KeyScope }
  | { readonly status: 'destroyed' }
  | { readonly status: 'unknown' };

/**
 * Where data keys live. One implementation keeps them in a file; a KMS or Vault would stand behind the same port.
 * Errors: `KeyRingErrorCode`.
 */
export interface KeyRing {
  /**
   * The scope's key, made when there is none. When it resolves, the key and the subjects MUST be durable, and every
   * process on the ring MUST get this very key for the scope, for ever. Rejects with `key_destroyed` for a scope whose
   * key was destroyed.
   */
  dataKey(scope: KeyScope, subjects: readonly string[]): Promise<DataKey>;
  /** MUST look for keys that other processes made meanwhile before it answers unknown. */
  keyById(keyId: string): Promise<KeyLookup>;
  /** The tenant's pseudonym key, made when there is none; synchronous, durable when it returns. */
  pseudonymKey(tenantId: string): Buffer;
  /** The same, but null instead of making one. */
  findPseudonymKey(tenantId: string): Buffer | null;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

/** Closed list; README.md says what each means. */
export type KeyRingErrorCode =
  | 'key_ring_unavailable'
  | 'key_ring_damaged'
  | 'key_ring_unsafe'
  | 'key_ring_read_only'
  | 'master_key_missing'
  | 'master_key_wrong'
  | 'key_destroyed';

export function keyRingError(code: KeyRingErrorCode, message: string, cause?: unknown): AffidavitError {
  return new AffidavitError(code, message, { retryable: code === 'key_ring_unavailable', cause });
}

export const keyDestroyed = () =>
  keyRingError('key_destroyed', 'the key of this scope was destroyed: its content was erased');

export const pseudonymScope = (tenantId: string): KeyScope => ({
  tenant_id: tenantId,
  kind: 'tenant_pseudonym',
  id: 'pseudonym',
});
