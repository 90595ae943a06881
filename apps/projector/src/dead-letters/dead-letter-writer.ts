import { createHash } from 'node:crypto';
import { type ContentRecord, type DeadLetter } from '@affidavit/contracts';
import { type ContentVault, type LogItem, type LogWriter } from '@affidavit/intake';
import { type AvroCodec } from '@affidavit/schema-registry';
import { partitionName } from '../lane/log-record.ts';
import { type DeadLetterPort, type UnprojectableRecord } from '../lane/ports.ts';

export interface DeadLetterWriterParts {
  readonly component: 'projector' | 'content-projector';
  readonly topic: string;
  readonly log: LogWriter;
  readonly vault: Pick<ContentVault, 'seal'>;
  readonly codec: AvroCodec<DeadLetter>;
  /** Microseconds. */
  readonly now: () => number;
  readonly onWritten: (code: string) => void;
}

/** A dead letter with its sealed bytes must still fit into one record of the log. */
const mostKeptBytes = 700_000;

/** Bytes that could not be projected go into the log again, sealed, with where they came from and why. */
export class DeadLetterWriter implements DeadLetterPort {
  readonly #parts: DeadLetterWriterParts;

  constructor(parts: DeadLetterWriterParts) {
    this.#parts = parts;
  }

  async write(letters: readonly UnprojectableRecord[]): Promise<void> {
    const items: LogItem[] = [];
    for (const letter of letters) items.push(await this.#item(letter));
    await this.#parts.log.append([items]);
    for (const { code } of letters) this.#parts.onWritten(code);
  }

  async #item({ record, code, reason }: UnprojectableRecord): Promise<LogItem> {
    const { component, topic, codec, now } = this.#parts;
    const value = record.value ?? Buffer.alloc(0);
    const tenant_id = tenantOf(record.key);
    const kept = value.length > 0 && value.length <= mostKeptBytes;
    const content = kept
      ? await this.#parts.vault.seal({
          tenant_id: tenant_id === '' ? UNCLAIMED : tenant_id,
          scope: { kind: 'deadletter', id: partitionName(record) },
          media_type: 'application/octet-stream',
          bytes: value,
          subjects: [],
        })
      : nothingKept;
    const letter: DeadLetter = {
      dead_letter_id: `${component}/${record.topic}/${record.partition}/${record.offset}`,
      tenant_id,
      component,
      origin_topic: record.topic,
      origin_partition: record.partition,
      origin_offset: Number(record.offset),
      code,
      reason: value.length > mostKeptBytes ? `${reason}; ${value.length} bytes are too many to keep` : reason,
      failed_at: now(),
      record_hash: createHash('sha256').update(value).digest(),
      content,
    };
    const bytes = codec.encode(letter);
    const key = Buffer.from(`${tenant_id}\u0000${component}`, 'utf8');
    return { topic, key, approximate_bytes: bytes.length, stamp: () => bytes };
  }
}

/**
 * Under whose keys bytes lie that no tenant can be told of. No credential can have this tenant: its name has a
 * character too many.
 */
const UNCLAIMED = '~unclaimed';

/**
 * The tenant stands before the first zero byte of the key; a key of another form, or with what no tenant is called, has
 * none.
 */
function tenantOf(key: Buffer | null): string {
  const end = key?.indexOf(0) ?? -1;
  const tenant = key !== null && end > 0 ? key.subarray(0, end).toString('utf8') : '';
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(tenant) ? tenant : '';
}

const nothingKept: ContentRecord = {
  content_id: '',
  tenant_id: '',
  scope_kind: '',
  scope_id: '',
  key_id: '',
  algorithm: '',
  nonce: Buffer.alloc(0),
  aad_version: 0,
  ciphertext: Buffer.alloc(0),
  media_type: '',
  size_bytes: 0,
  subjects: [],
};
