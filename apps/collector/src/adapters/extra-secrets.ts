/** A form that is a secret wherever it stands. The whole match is masked. */
export interface SecretForm {
  readonly rule_id: string;
  readonly pattern: RegExp;
}

/**
 * What the library's recommended preset lacks and audit content often holds. Distinctive prefixes only: a guess such as
 * "looks random" would mask order numbers. Each pattern is linear: no quantifier meets another over the same
 * characters.
 */
export const extraSecrets: readonly SecretForm[] = [
  { rule_id: 'affidavit', pattern: /\baff_[a-z0-9]{12}_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g },
  { rule_id: 'jwt', pattern: /\beyJ[A-Za-z0-9_-]{10,4096}\.eyJ[A-Za-z0-9_-]{10,8192}\.[A-Za-z0-9_-]{16,2048}/g },
  { rule_id: 'google', pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g },
  { rule_id: 'stripe', pattern: /\b(?:sk|rk)_live_[A-Za-z0-9]{16,128}/g },
  // The library's rule wants a whole, valid key; a cut one gives away as much as was not cut.
  {
    rule_id: 'privatekey',
    pattern:
      /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=\s\\:,]|-(?!----)){0,16384}(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----)?/g,
  },
  { rule_id: 'npm', pattern: /_authToken=[^\s$"']{8,512}/g },
  // Of any scheme, and also where the password looks like a placeholder: better one mask too many.
  { rule_id: 'basicauth', pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{1,256}:[^\s:@/]{1,256}@/g },
  { rule_id: 'authorization', pattern: /\b(?:Bearer|Basic) {1,4}[A-Za-z0-9+/_.~-]{20,4096}={0,2}/g },
];
