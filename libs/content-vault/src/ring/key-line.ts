import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { base32 } from '../vault/base32.ts';
import { keyAad } from '../vault/layout.ts';
import { type DataKey, type KeyScope, keyRingError } from './key-ring.ts';

/**
 * One line of keys.ndjson. Lines are only ever added. The first `key` line of a scope is the scope's key; a later one
 * lost a race and is never used. `destroyed` ends a key: whoever writes that line must also take the wrapped bytes out
 * of the file.
 */
export type KeyLine =
  | {
      readonly type: 'key';
      readonly key_id: string;
      readonly tenant_id: string;
      readonly scope_kind: string;
      readonly scope_id: string;
      /** base64 of nonce (12), encrypted key (32), tag (16). */
      readonly wrapped: string;
      readonly subjects: readonly string[];
      readonly created_at: string;
    }
  | { readonly type: 'subjects'; readonly key_id: string; readonly subjects: readonly string[] }
  | {
      readonly type: 'destroyed';
      readonly key_id: string;
      readonly tenant_id: string;
      readonly scope_kind: string;
      readonly scope_id: string;
      readonly destroyed_at: string;
    };

export type NewKeyLine = Extract<KeyLine, { type: 'key' }>;

/** Null for what is no line of ours: a crash may leave half a line behind. */
export function parseLine(text: string): KeyLine | null {
  try {
    const line = JSON.parse(text) as KeyLine;
    switch (line.type) {
      case 'key':
        return [line.key_id, line.tenant_id, line.scope_kind, line.scope_id, line.wrapped].every(isText) &&
          Array.isArray(line.subjects)
          ? line
          : null;
      case 'subjects':
        return isText(line.key_id) && Array.isArray(line.subjects) ? line : null;
      case 'destroyed':
        return [line.key_id, line.tenant_id, line.scope_kind, line.scope_id].every(isText) ? line : null;
      default:
        return null;
    }
  } catch {
    return null;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

export function newKeyLine(masterKey: Buffer, scope: KeyScope, subjects: readonly string[]): NewKeyLine {
  const named = {
    key_id: `k_${base32(randomBytes(16))}`,
    tenant_id: scope.tenant_id,
    scope_kind: scope.kind,
    scope_id: scope.id,
  };
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(keyAad(named));
  const wrapped = Buffer.concat([nonce, cipher.update(randomBytes(32)), cipher.final(), cipher.getAuthTag()]);
  return {
    type: 'key',
    ...named,
    wrapped: wrapped.toString('base64'),
    subjects: [...new Set(subjects)],
    created_at: new Date().toISOString(),
  };
}

/** Throws `master_key_wrong`: the master key is another, or the line was changed. */
export function unwrapKey(masterKey: Buffer, line: Omit<NewKeyLine, 'type' | 'subjects' | 'created_at'>): DataKey {
  const wrapped = Buffer.from(line.wrapped, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', masterKey, wrapped.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(keyAad(line)).setAuthTag(wrapped.subarray(-16));
    return {
      key_id: line.key_id,
      secret: Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]),
    };
  } catch (error) {
    throw keyRingError(
      'master_key_wrong',
      'master.key does not open the keys in keys.ndjson: it is another key, or the file was changed',
      error,
    );
  }
}
