import { createHmac, hkdfSync } from 'node:crypto';
import { AffidavitError } from '@affidavit/audit-model';
import { base32 } from './base32.ts';

/**
 * The byte layouts of README.md. They are frozen: records in the log were made with them. Another layout is another
 * `aad_version` and another label, beside these.
 */

/** A label, then each part behind a zero byte. Unambiguous only because no part holds a zero byte. */
export function joined(label: string, parts: readonly string[]): Buffer {
  return Buffer.from([label, ...parts].join('\0'), 'utf8');
}

export function assertNoZero(parts: Readonly<Record<string, string>>): void {
  for (const [name, part] of Object.entries(parts)) {
    if (part === '' || part.includes('\0')) {
      throw new AffidavitError('scope_invalid', `${name} must not be empty or hold a zero byte`, {
        detail: { field: name },
      });
    }
  }
}

export interface ContentHeader {
  readonly tenant_id: string;
  readonly content_id: string;
  readonly scope_kind: string;
  readonly scope_id: string;
  readonly key_id: string;
  readonly media_type: string;
}

/** aad_version 1. */
export function contentAad(header: ContentHeader): Buffer {
  return joined('affidavit/content/v1', [
    header.tenant_id,
    header.content_id,
    header.scope_kind,
    header.scope_id,
    header.key_id,
    header.media_type,
  ]);
}

/** What wraps a data key under the master key is bound to the scope that it belongs to. */
export function keyAad(key: { tenant_id: string; scope_kind: string; scope_id: string; key_id: string }): Buffer {
  return joined('affidavit/key/v1', [key.tenant_id, key.scope_kind, key.scope_id, key.key_id]);
}

/** Three keys out of one: none of them tells anything about another, all go when the data key goes. */
export interface ScopeKeys {
  readonly encryption: Buffer;
  readonly contentId: Buffer;
  readonly mac: Buffer;
}

export function deriveKeys(dataKey: Uint8Array): ScopeKeys {
  const derive = (info: string): Buffer => Buffer.from(hkdfSync('sha256', dataKey, Buffer.alloc(0), info, 32));
  return {
    encryption: derive('affidavit/content-encryption/v1'),
    contentId: derive('affidavit/content-id/v1'),
    mac: derive('affidavit/mac/v1'),
  };
}

export function contentId(keys: ScopeKeys, mediaType: string, bytes: Uint8Array): string {
  return `c_${base32(createHmac('sha256', keys.contentId).update(`${mediaType}\0`, 'utf8').update(bytes).digest())}`;
}

export function pseudonymOf(tenantKey: Uint8Array, issuer: string, normalisedId: string): string {
  return `p_${base32(createHmac('sha256', tenantKey).update(`${issuer}\0${normalisedId}`, 'utf8').digest())}`;
}
