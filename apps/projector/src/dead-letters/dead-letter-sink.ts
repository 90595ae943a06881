import { AffidavitError } from '@affidavit/audit-model';
import { type RowValue, column } from '@affidavit/clickhouse';
import { type DeadLetter } from '@affidavit/contracts';
import { recordHash } from '@affidavit/schema-registry';
import { isDeadLetterError } from './dead-letter-code.ts';
import { type LogRecord } from '../lane/log-record.ts';
import { type RecordSink } from '../lane/ports.ts';

export const deadLetterColumns = [
  'dead_letter_id',
  'tenant_id',
  'component',
  'origin_topic',
  'origin_partition',
  'origin_offset',
  'code',
  'reason',
  'failed_at',
  'record_hash',
  'content_id',
  'size_bytes',
  'kafka_timestamp',
  'kafka_topic',
  'kafka_partition',
  'kafka_offset',
];

export interface DeadLetterSinkParts {
  /** Rejects with `frame_invalid`, `schema_unknown` or `record_undecodable`, or retryably. */
  readonly decode: (value: Uint8Array) => Promise<DeadLetter>;
  readonly insert: (rows: readonly (readonly RowValue[])[]) => Promise<void>;
}

/**
 * Dead letters into their table, without the sealed bytes. One that cannot be read itself becomes a row that says so
 * and where it is; it is not written again, or it would go round for ever.
 */
export class DeadLetterSink implements RecordSink {
  readonly #parts: DeadLetterSinkParts;

  constructor(parts: DeadLetterSinkParts) {
    this.#parts = parts;
  }

  async project(records: readonly LogRecord[]): Promise<void> {
    const rows: RowValue[][] = [];
    for (const record of records) rows.push([...(await this.#cells(record)), ...position(record)]);
    await this.#parts.insert(rows);
  }

  async #cells(record: LogRecord): Promise<RowValue[]> {
    try {
      if (record.value === null) throw new AffidavitError('frame_invalid', 'the record has no value');
      return cells(await this.#parts.decode(record.value));
    } catch (error) {
      if (!isDeadLetterError(error)) throw error;
      return cells(unreadable(record, error));
    }
  }
}

function cells(letter: DeadLetter): RowValue[] {
  return [
    ...[letter.dead_letter_id, letter.tenant_id, letter.component, letter.origin_topic].map((text) =>
      column.string(text),
    ),
    column.int32(letter.origin_partition),
    column.int64(letter.origin_offset),
    column.string(letter.code),
    column.string(letter.reason),
    column.int64(letter.failed_at),
    column.fixed(letter.record_hash),
    column.string(letter.content.content_id),
    column.int64(letter.content.size_bytes),
  ];
}

function position({ timestamp_ms, topic, partition, offset }: LogRecord): RowValue[] {
  return [column.int64(timestamp_ms), column.string(topic), column.int32(partition), column.int64(offset)];
}

function unreadable({ topic, partition, offset, timestamp_ms, value }: LogRecord, error: AffidavitError): DeadLetter {
  return {
    dead_letter_id: `projector/${topic}/${partition}/${offset}`,
    tenant_id: '',
    component: 'projector',
    origin_topic: topic,
    origin_partition: partition,
    origin_offset: Number(offset),
    code: error.code,
    reason: error.message,
    failed_at: timestamp_ms * 1_000,
    record_hash: recordHash(value ?? Buffer.alloc(0)),
    content: {
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
    },
  };
}
