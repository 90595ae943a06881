import { AffidavitError } from '@affidavit/audit-model';
import { maxLongBytes, writeLong } from './avro-binary.ts';

/** A record of the log, untouched: `body` is the Kafka value behind its five bytes of wire header. */
export interface ForwardedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly timestamp_ms: number;
  readonly schema_id: number;
  /** SHA-256 of the whole Kafka value, wire header included. */
  readonly record_hash: Uint8Array;
  readonly body: Uint8Array;
}

interface AvroField {
  readonly name: string;
  readonly type: unknown;
  readonly default?: unknown;
}

export interface AvroRecordSchema {
  readonly type: 'record';
  readonly name: string;
  readonly namespace?: string;
  readonly fields: readonly AvroField[];
}

/** Before the record's own fields; must agree with `leadingColumns` of contracts and with `#writeLeading`. */
export const leadingFields: readonly AvroField[] = [
  { name: 'kafka_topic', type: 'string' },
  { name: 'kafka_partition', type: 'int' },
  { name: 'kafka_offset', type: 'long' },
  { name: 'kafka_timestamp', type: { type: 'long', logicalType: 'timestamp-millis' } },
  { name: 'schema_id', type: 'int' },
  { name: 'record_hash', type: { type: 'fixed', name: 'RecordHash', namespace: 'affidavit.projection', size: 32 } },
];

const magic = Uint8Array.of(0x4f, 0x62, 0x6a, 1);
const syncBytes = 16;
const hashBytes = 32;
/** Two block longs and four leading ones. */
const longBytes = 6 * maxLongBytes;

/**
 * Writes Avro object containers in which every record is a block of its own: within a block records have no borders, so
 * surplus bytes behind one would be read as a row of somebody's choosing and shift all that follow. The sync marker
 * MUST be fresh random bytes per container, so that no body can contain it.
 */
export class AvroContainer {
  readonly #header: Uint8Array;
  readonly #topics = new Map<string, Uint8Array>();

  constructor(schema: AvroRecordSchema) {
    const clash = schema.fields.find((field) => leadingFields.some((leading) => leading.name === field.name));
    if (clash)
      throw new AffidavitError('schema_unusable', `the record's field ${clash.name} is one of the leading columns`, {
        detail: { field: clash.name },
      });
    this.#header = header(JSON.stringify({ ...schema, fields: [...leadingFields, ...schema.fields] }));
  }

  encode(records: readonly ForwardedRecord[], sync: Uint8Array): Buffer {
    if (sync.length !== syncBytes) throw new RangeError(`a sync marker has ${syncBytes} bytes`);
    let bound = this.#header.length + syncBytes;
    for (const record of records)
      bound += this.#topic(record.topic).length + longBytes + hashBytes + record.body.length + syncBytes;
    const target = Buffer.allocUnsafe(bound);
    target.set(this.#header, 0);
    target.set(sync, this.#header.length);
    let at = this.#header.length + syncBytes;
    const leading = new Uint8Array(1_024);
    for (const record of records) {
      const topic = this.#topic(record.topic);
      const size = writeLeading(leading, record);
      at = writeLong(target, at, 1);
      at = writeLong(target, at, topic.length + size + record.body.length);
      target.set(topic, at);
      at += topic.length;
      for (let i = 0; i < size; i += 1) target[at + i] = leading[i]!;
      at += size;
      target.set(record.body, at);
      at += record.body.length;
      target.set(sync, at);
      at += syncBytes;
    }
    return target.subarray(0, at);
  }

  /** A topic's name as an Avro string, encoded once. */
  #topic(name: string): Uint8Array {
    let encoded = this.#topics.get(name);
    if (encoded === undefined) {
      const text = Buffer.from(name, 'utf8');
      const target = Buffer.alloc(text.length + maxLongBytes);
      const at = writeLong(target, 0, text.length);
      target.set(text, at);
      encoded = target.subarray(0, at + text.length);
      this.#topics.set(name, encoded);
    }
    return encoded;
  }
}

/** What follows the topic: partition, offset, timestamp, schema id, hash. */
function writeLeading(target: Uint8Array, record: ForwardedRecord): number {
  if (record.record_hash.length !== hashBytes) throw new RangeError(`a record hash has ${hashBytes} bytes`);
  let at = writeLong(target, 0, record.partition);
  at = writeLong(target, at, Number(record.offset));
  at = writeLong(target, at, record.timestamp_ms);
  at = writeLong(target, at, record.schema_id);
  target.set(record.record_hash, at);
  return at + hashBytes;
}

function header(schema: string): Uint8Array {
  const entry = (key: string, value: string): Uint8Array[] =>
    [key, value].flatMap((text) => {
      const bytes = Buffer.from(text, 'utf8');
      const length = Buffer.alloc(maxLongBytes);
      return [length.subarray(0, writeLong(length, 0, bytes.length)), bytes];
    });
  // A map of two entries: one block of count 2 (zig-zag 4), then the closing block of count 0.
  return Buffer.concat([
    magic,
    Uint8Array.of(4),
    ...entry('avro.schema', schema),
    ...entry('avro.codec', 'null'),
    Uint8Array.of(0),
  ]);
}
