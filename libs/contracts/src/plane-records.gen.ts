// Generated from schemas/ by `npm run generate`. Do not edit: change the model and generate again.

/** An encrypted body, or a directory entry of a person. Bytes to encrypt and authenticate are laid down in README.md. */
export interface ContentRecord {
  /** key that events refer to: HMAC under a key of the scope */
  readonly content_id: string;
  /** tenant */
  readonly tenant_id: string;
  /** run, session, source_day, person or deadletter */
  readonly scope_kind: string;
  /** what the data key belongs to */
  readonly scope_id: string;
  /** data key in the key ring */
  readonly key_id: string;
  /** AES-256-GCM */
  readonly algorithm: string;
  /** 12 random bytes */
  readonly nonce: Uint8Array;
  /** layout of the additional authenticated data */
  readonly aad_version: number;
  /** ciphertext, then the 16 bytes of the tag */
  readonly ciphertext: Uint8Array;
  /** RFC 6838 media type of the plain body */
  readonly media_type: string;
  /** size of the plain body */
  readonly size_bytes: number;
  /** pseudonyms of the people whom it is about */
  readonly subjects: readonly string[];
}

/** A record that an inbox could not accept or the projector could not project, with its original bytes, encrypted. */
export interface DeadLetter {
  /** component, origin topic, partition, offset: the same failure has the same id */
  readonly dead_letter_id: string;
  /** tenant, where the origin's key still says it, else empty */
  readonly tenant_id: string;
  /** projector, content-projector or collector */
  readonly component: string;
  /** where the record is */
  readonly origin_topic: string;
  /** its partition */
  readonly origin_partition: number;
  /** its offset */
  readonly origin_offset: number;
  /** from the closed list of error codes */
  readonly code: string;
  /** what was wrong, without content */
  readonly reason: string;
  /** when it was found */
  readonly failed_at: number;
  /** SHA-256 of the original value */
  readonly record_hash: Uint8Array;
  /** the original value, sealed like content; empty fields when there was nothing to keep */
  readonly content: ContentRecord;
}
