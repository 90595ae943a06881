import { createHash } from 'node:crypto';
import { canonicalJson } from '@affidavit/audit-model';

const CHECK = 'c';

const checksum = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 12);

/**
 * Packs a value into URL-safe text with a checksum, so that a damaged or edited token is refused and not half
 * understood. The checksum is no signature: a token gives no right to anything, since tenant and role always come from
 * the credential.
 */
export function packToken(value: Readonly<Record<string, unknown>>): string {
  const text = canonicalJson(value);
  return Buffer.from(canonicalJson({ ...value, [CHECK]: checksum(text) })).toString('base64url');
}

/**
 * The packed value, or null for everything that `packToken` did not make, another spelling of the same value included.
 */
export function unpackToken(token: string, maxLength: number): Record<string, unknown> | null {
  if (token.length > maxLength || !/^[A-Za-z0-9_-]+$/.test(token)) return null;
  try {
    const value = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as unknown;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const { [CHECK]: _check, ...rest } = value as Record<string, unknown>;
    return packToken(rest) === token ? rest : null;
  } catch {
    return null;
  }
}
