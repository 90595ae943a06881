import { type ContentRecord } from '@affidavit/contracts';

export type { ContentRecord };

/**
 * What the intake pipeline needs from the world. The pipeline owns these types; adapters (content-vault, the
 * collector's secret scanner) implement them. Every sentence with MUST binds the side it names, and the contract suites
 * test it.
 */

/** Whose key seals a body. Destroying the scope's key erases every body in it, and nothing else. */
export type ContentScopeKind = 'run' | 'session' | 'source_day' | 'person' | 'deadletter';

/**
 * `id` by kind: run = root run or run id; session = session id; source_day = `<source.system>/<YYYY-MM-DD of
 * occurred_at>`; person = the pseudonym (`p_…`); deadletter = where the bytes came from (`<topic>/<partition>`).
 */
export interface ContentScope {
  readonly kind: ContentScopeKind;
  readonly id: string;
}

export interface TenantScope {
  readonly tenant_id: string;
  readonly scope: ContentScope;
}

export interface SealRequest extends TenantScope {
  readonly media_type: string;
  readonly bytes: Uint8Array;
  /** Pseudonyms only (`p_…`), never raw ids. */
  readonly subjects: readonly string[];
}

/**
 * Encrypts bodies and computes MACs under one data key per tenant and scope.
 *
 * Implementer:
 * - when `seal` or `mac` returns, the scope's data key and the subjects named with it MUST be durable: they survive the
 *   loss of this process and of the machine's power, and every other process on the same key ring finds the same key;
 * - equal (tenant, scope, media type, bytes) MUST give an equal `content_id`, whichever process seals;
 * - it MUST NOT reuse a nonce under one key, and MUST bind every clear field but `subjects`, `size_bytes` and the nonce
 * into the additional authenticated data; `ciphertext` is followed by the 16-byte tag, `subjects` are deduplicated and
 * sorted;
 * - when the ring cannot be written it MUST reject with a retryable AffidavitError (`key_ring_unavailable`) and MUST
 * NOT
 *   fall back to a key that only memory holds;
 * - when the scope's key was destroyed, `seal` and `mac` MUST reject with `key_destroyed` (not retryable).
 *
 * Caller:
 * - MUST have the record acknowledged by the log before the event that names its `content_id`;
 * - MUST NOT put plain bytes into errors, logs or metrics.
 */
export interface ContentVault {
  seal(request: SealRequest): Promise<ContentRecord>;

  /**
   * The plain bytes, or null when the scope's key was destroyed (the content was erased: not an error). MUST reject
   * with `content_undecryptable` when the record fails authentication or a clear field but `subjects` was changed, and
   * with retryable `key_unknown` when the ring holds no key of that id (yet).
   */
  open(record: ContentRecord): Promise<Uint8Array | null>;

  /**
   * Lower hex HMAC-SHA-256 over the UTF-8 of `canonicalJson` under the scope's MAC key, which is neither the encryption
   * nor the content-id key. The caller MUST pass RFC 8785 canonical JSON, or equal values get unequal MACs.
   */
  mac(scope: TenantScope, canonicalJson: string): Promise<string>;
}

/**
 * Replaces ids of people. Synchronous, since it runs on every event.
 *
 * Implementer: the tenant's pseudonym key MUST be durable before the first pseudonym under it is returned; the result
 * is `p_` + lower base32 (RFC 4648, no padding) of HMAC-SHA-256(tenant's pseudonym key, utf8(issuer) 0x00
 * utf8(normalisedId)). It MUST throw retryable `key_ring_unavailable` rather than return an id under a key that may get
 * lost.
 *
 * Caller: MUST normalise first (trim, NFC, lower-case only what looks like an e-mail address), MUST pass a non-empty
 * id, and an issuer without a zero byte; the issuer defaults to the event's `source.system`.
 */
export interface Pseudonymiser {
  pseudonym(tenantId: string, issuer: string, normalisedId: string): string;
}

/** A secret in a text: UTF-16 offsets, end exclusive. Never the secret itself. */
export interface SecretFinding {
  readonly start: number;
  readonly end: number;
  readonly rule_id: string;
}

/**
 * Implementer: MUST return one list per text, in the texts' order, findings sorted by `start` and not overlapping; MUST
 * reject (retryable) when it could not look, never answer "nothing found" instead.
 * Caller: MUST scan every string that will reach Kafka, identifiers and map keys included.
 */
export interface SecretScanner {
  scan(texts: readonly string[]): Promise<readonly (readonly SecretFinding[])[]>;
}

/** Integer microseconds since 1970-01-01T00:00:00Z, as a safe integer. Wall clock: it may step back. */
export type Clock = () => number;

/** A fresh id: UUIDv7 in production, a counter in tests. MUST NOT return one value twice. */
export type NewId = () => string;
