/** Actor types whose ids are not a person's. Everything else, the unknown included, is treated as a person. */
const NOT_A_PERSON: ReadonlySet<string> = new Set(['agent', 'service', 'system']);

export const isPerson = (actorType: string): boolean => !NOT_A_PERSON.has(actorType);

const PSEUDONYM = /^p_[a-z2-7]{52}$/;

/** `p_` and 52 characters of lower base32: an HMAC-SHA-256, the form of every human id in the log. */
export const isPseudonym = (id: string): boolean => PSEUDONYM.test(id);

const LOOKS_LIKE_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * The form of a person's id that is pseudonymised: trimmed, NFC, lower-cased only when it looks like an e-mail address
 * (mailboxes are compared without case in practice; other ids may differ in case alone).
 */
export function normalisePersonId(id: string): string {
  const text = id.trim().normalize('NFC');
  return LOOKS_LIKE_EMAIL.test(text) ? text.toLowerCase() : text;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 base32, lower case, no padding. */
export function base32(bytes: Uint8Array): string {
  let bits = 0;
  let pending = 0;
  let text = '';
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(pending >>> bits) & 31] ?? '';
    }
    pending &= (1 << bits) - 1;
  }
  return bits > 0 ? text + (ALPHABET[(pending << (5 - bits)) & 31] ?? '') : text;
}
