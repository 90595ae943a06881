import { type RowValue, column } from '@affidavit/clickhouse';
import { type ContentRecord } from '@affidavit/contracts';
import { type LogRecord } from '../lane/log-record.ts';

export const bodyColumns = [
  'tenant_id',
  'content_id',
  'scope_kind',
  'scope_id',
  'key_id',
  'media_type',
  'size_bytes',
  'subjects',
  'body',
  'kafka_timestamp',
  'kafka_topic',
  'kafka_partition',
  'kafka_offset',
];
export const directoryColumns = [
  'tenant_id',
  'pseudonym',
  'issuer',
  'raw_id',
  'display_name',
  'content_id',
  'key_id',
  'kafka_timestamp',
  'kafka_topic',
  'kafka_partition',
  'kafka_offset',
];

const personMediaType = 'application/vnd.affidavit.person+json';

export function isDirectoryEntry(content: ContentRecord): boolean {
  return content.scope_kind === 'person' && content.media_type === personMediaType;
}

export function bodyRow(at: LogRecord, content: ContentRecord, body: Uint8Array): RowValue[] {
  const { tenant_id, content_id, scope_kind, scope_id, key_id, media_type } = content;
  return [
    ...[tenant_id, content_id, scope_kind, scope_id, key_id, media_type].map((text) => column.string(text)),
    column.int64(content.size_bytes),
    column.strings(content.subjects),
    column.string(body),
    ...position(at),
  ];
}

/** Undefined when the body is not `{issuer, raw_id, display_name}`. */
export function directoryRow(at: LogRecord, content: ContentRecord, body: Uint8Array): RowValue[] | undefined {
  const entry = personOf(body);
  if (entry === undefined) return undefined;
  const { tenant_id, scope_id, content_id, key_id } = content;
  return [
    ...[tenant_id, scope_id, entry.issuer, entry.raw_id, entry.display_name, content_id, key_id].map((text) =>
      column.string(text),
    ),
    ...position(at),
  ];
}

function personOf(body: Uint8Array): { issuer: string; raw_id: string; display_name: string } | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
  const { issuer, raw_id, display_name = '' } = (parsed ?? {}) as Record<string, unknown>;
  return typeof issuer === 'string' && typeof raw_id === 'string' && typeof display_name === 'string'
    ? { issuer, raw_id, display_name }
    : undefined;
}

function position({ timestamp_ms, topic, partition, offset }: LogRecord): RowValue[] {
  return [column.int64(timestamp_ms), column.string(topic), column.int32(partition), column.int64(offset)];
}
