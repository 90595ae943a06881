import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { AffidavitError, LruMap } from '@affidavit/audit-model';
import { type ContentRecord, type ContentVault, type SealRequest, type TenantScope } from '@affidavit/intake';
import { type DataKey, type KeyRing } from '../ring/key-ring.ts';
import { assertNoZero, contentAad, contentId, deriveKeys, type ScopeKeys } from './layout.ts';

export interface VaultOptions {
  readonly ring: KeyRing;
  /** 12 random bytes each; golden vectors put in their own. */
  readonly nonce?: () => Uint8Array;
  /** Scopes whose derived keys are held in memory. */
  readonly cachedScopes?: number;
}

const tagBytes = 16;
const NONCE_BYTES = 12;
const NONCES_AT_ONCE = 256;
const undecryptable = (reason: string) =>
  new AffidavitError('content_undecryptable', `the content record does not verify: ${reason}`);

export function createContentVault(options: VaultOptions): ContentVault {
  const { ring, nonce = pooledNonces() } = options;
  const derived = new LruMap<string, ScopeKeys>(options.cachedScopes ?? 10_000);

  const keysOf = ({ key_id, secret }: DataKey): ScopeKeys => {
    const known = derived.get(key_id);
    if (known !== undefined) return known;
    const keys = deriveKeys(secret);
    derived.set(key_id, keys);
    return keys;
  };
  const scopeKey = ({ tenant_id, scope }: TenantScope, subjects: readonly string[]): Promise<DataKey> => {
    assertNoZero({ tenant_id, 'scope.id': scope.id });
    return ring.dataKey({ tenant_id, kind: scope.kind, id: scope.id }, subjects);
  };

  return {
    async seal(request) {
      assertNoZero({ media_type: request.media_type });
      const key = await scopeKey(request, request.subjects);
      return sealUnder(key.key_id, keysOf(key), request, nonce());
    },

    async open(record) {
      if (record.algorithm !== 'AES-256-GCM' || record.aad_version !== 1)
        throw undecryptable('unknown algorithm or aad_version');
      const found = await ring.keyById(record.key_id);
      switch (found.status) {
        case 'destroyed':
          return null;
        case 'unknown':
          throw new AffidavitError('key_unknown', 'the key ring has no such key (yet)', {
            retryable: true,
            detail: { key_id: record.key_id },
          });
        case 'live': {
          const { tenant_id, kind, id } = found.scope;
          if (tenant_id !== record.tenant_id || kind !== record.scope_kind || id !== record.scope_id)
            throw undecryptable('its key belongs to another scope');
          return openUnder(keysOf(found.key), record);
        }
      }
    },

    async mac(scope, canonicalJson) {
      const keys = keysOf(await scopeKey(scope, []));
      return createHmac('sha256', keys.mac).update(canonicalJson, 'utf8').digest('hex');
    },
  };
}

/** Random bytes are fetched for many nonces at once: the call costs more than the bytes. Each is handed out once. */
function pooledNonces(): () => Uint8Array {
  let pool = Buffer.alloc(0);
  return () => {
    if (pool.length < NONCE_BYTES) pool = randomBytes(NONCES_AT_ONCE * NONCE_BYTES);
    // A copy: a record that is kept would keep the whole pool.
    const nonce = Uint8Array.prototype.slice.call(pool, 0, NONCE_BYTES);
    pool = pool.subarray(NONCE_BYTES);
    return nonce;
  };
}

function sealUnder(keyId: string, keys: ScopeKeys, request: SealRequest, nonce: Uint8Array): ContentRecord {
  const header = {
    tenant_id: request.tenant_id,
    content_id: contentId(keys, request.media_type, request.bytes),
    scope_kind: request.scope.kind,
    scope_id: request.scope.id,
    key_id: keyId,
    media_type: request.media_type,
  };
  const cipher = createCipheriv('aes-256-gcm', keys.encryption, nonce).setAAD(contentAad(header));
  return {
    ...header,
    algorithm: 'AES-256-GCM',
    nonce,
    aad_version: 1,
    ciphertext: Buffer.concat([cipher.update(request.bytes), cipher.final(), cipher.getAuthTag()]),
    size_bytes: request.bytes.length,
    subjects: [...new Set(request.subjects)].sort(),
  };
}

function openUnder(keys: ScopeKeys, record: ContentRecord): Uint8Array {
  const { ciphertext, nonce } = record;
  if (nonce.length !== 12 || ciphertext.length < tagBytes) throw undecryptable('nonce or ciphertext of a wrong length');
  if (ciphertext.length - tagBytes !== record.size_bytes) throw undecryptable('size_bytes is not the size');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keys.encryption, nonce, { authTagLength: tagBytes });
    decipher.setAAD(contentAad(record)).setAuthTag(ciphertext.subarray(-tagBytes));
    return Buffer.concat([decipher.update(ciphertext.subarray(0, -tagBytes)), decipher.final()]);
  } catch {
    throw undecryptable('bytes or clear fields were changed');
  }
}
