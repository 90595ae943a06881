import { createHash } from 'node:crypto';
import { eventColumns } from '@affidavit/contracts';

/** An event as a test writes it: nested, with what matters; the rest is empty as the tables have it. */
export type TestEvent = Readonly<Record<string, unknown>>;

export interface Place {
  readonly topic?: string;
  readonly partition?: number;
  readonly offset: number;
  /** Milliseconds; by default the offset's. */
  readonly timestamp_ms?: number;
}

const BASE_MS = Date.UTC(2026, 10, 22, 6);

/** Hashes are bytes and JSON has none: 32 ASCII characters, derived from what they stand for. */
const asciiHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

function emptyOf(type: string): unknown {
  if (type.startsWith('Nullable')) return null;
  if (type.startsWith('Array')) return [];
  if (type.startsWith('Map')) return {};
  if (type.startsWith('Int') || type.startsWith('Float')) return 0;
  return type === 'Bool' ? false : '';
}

const timeText = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace('T', ' ').replace('Z', '') : value;

/**
 * A row for `INSERT INTO events FORMAT JSONEachRow`. Equal facts have equal hashes; pass `fact` to make two copies
 * differ.
 */
export function eventRow(event: TestEvent, place: Place): Record<string, unknown> {
  const topic = place.topic ?? 'audit.activity.v1';
  const partition = place.partition ?? 0;
  const defaults: TestEvent = {
    event_type: 'tool.call.completed',
    tenant_id: 'default',
    environment: 'test',
    region: 'eu',
    occurred_at: '2026-11-22T06:00:00.000000Z',
    time_basis: 'source',
    time_precision_us: 1,
    evidence_grade: 'self_reported',
    stream_id: 'connector/1/boot',
    seq: place.offset + 1,
    seq_origin: 'collector',
    phase: 'effect',
    retention_class: 'standard',
  };
  const given: TestEvent = { ...defaults, observed_at: event['occurred_at'] ?? defaults['occurred_at'], ...event };
  const row: Record<string, unknown> = {
    kafka_topic: topic,
    kafka_partition: partition,
    kafka_offset: place.offset,
    schema_id: 1,
    kafka_timestamp: new Date(place.timestamp_ms ?? BASE_MS + place.offset)
      .toISOString()
      .replace('T', ' ')
      .replace('Z', ''),
    record_hash: asciiHash(`${topic}/${partition}/${place.offset}`),
  };
  for (const { name, type } of eventColumns) {
    const [section, field] = name.split('.') as [string, string | undefined];
    const value = field === undefined ? given[section] : (given[section] as TestEvent | undefined)?.[field];
    row[name] = value === undefined ? emptyOf(type) : type.includes('DateTime64') ? timeText(value) : value;
  }
  row['fact_hash'] = asciiHash(`fact ${JSON.stringify(given['fact'] ?? given['event_id'])}`);
  return row;
}
