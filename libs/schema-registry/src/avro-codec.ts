import { AffidavitError } from '@affidavit/audit-model';
import { type Type } from 'avsc';
import { type AvroSchema, avroType } from './avro-types.ts';
import { assertBounded } from './body-bounds.ts';
import { compileGuard, type GuardFinding, type ValueGuard } from './value-guard.ts';
import { frameHeaderBytes, readFrame, writeFrameHeader } from './wire-frame.ts';

export interface AvroCodecOptions {
  readonly schema: AvroSchema;
  /** The id that the registry gave this very schema. */
  readonly schemaId: number;
  /**
   * Also refuse fields that the schema does not declare; avsc drops them in silence. Costs a second walk, so the
   * collector leaves it off: its records are built from the contract and its input was checked for unknown fields
   * before.
   */
  readonly strict?: boolean;
}

const firstScratchBytes = 64 * 1024;
/** Far above any Kafka record that a topic takes; a bound, so that a mistake elsewhere cannot eat the memory. */
const maxRecordBytes = 32 * 1024 * 1024;

/**
 * Encodes and decodes the records of one schema, synchronously, with the wire header. Not on top of the registry
 * library's own encode: that is async per message and copies twice. Errors: `record_unencodable` on encode,
 * `frame_invalid` and `record_undecodable` on decode; none of them holds a value.
 */
export class AvroCodec<T extends object = Record<string, unknown>> {
  readonly schemaId: number;
  readonly #schema: AvroSchema;
  readonly #type: Type;
  readonly #guard: ValueGuard;
  readonly #strict: boolean;
  #scratch: Buffer = Buffer.allocUnsafeSlow(firstScratchBytes);

  constructor(options: AvroCodecOptions) {
    this.schemaId = options.schemaId;
    this.#schema = options.schema;
    this.#type = avroType(options.schema);
    this.#guard = compileGuard(options.schema);
    this.#strict = options.strict ?? false;
    writeFrameHeader(this.#scratch, this.schemaId);
  }

  /** The whole Kafka value, in a buffer of its own. */
  encode(record: T): Buffer {
    const found = this.#guard(record);
    if (found !== null) throw unencodable(found);
    if (this.#strict && !this.#type.isValid(record, { noUndeclaredFields: true }))
      throw unencodable(this.#explain(record));
    const end = this.#write(record);
    return Buffer.from(this.#scratch.subarray(0, end));
  }

  /** The record of a Kafka value that was written under this very schema. */
  decode(value: Uint8Array): T {
    const { schemaId, body } = readFrame(value);
    if (schemaId !== this.schemaId) {
      throw new AffidavitError('record_undecodable', 'the value was written under another schema', {
        detail: { expected: this.schemaId, found: schemaId },
      });
    }
    return this.decodeBody(body);
  }

  /** The record of a body without its wire header. Bytes left over are an error: they could hide a second record. */
  decodeBody(body: Uint8Array): T {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    assertBounded(this.#schema, bytes);
    try {
      return this.#type.fromBuffer(bytes) as T;
    } catch {
      // avsc's message may quote the value.
      throw new AffidavitError('record_undecodable', 'the bytes are not a record of this schema', {
        detail: { size_bytes: bytes.length },
      });
    }
  }

  #write(record: T): number {
    for (;;) {
      let end: number;
      try {
        end = this.#type.encode(record, this.#scratch, frameHeaderBytes);
      } catch {
        throw unencodable(this.#explain(record));
      }
      if (end >= 0) return end;
      // avsc answers how many bytes were missing, as a negative number.
      const needed = this.#scratch.length - end;
      if (needed > maxRecordBytes) {
        throw new AffidavitError('record_too_large', 'the record is too large to encode', {
          detail: { size_bytes: needed, max_bytes: maxRecordBytes },
        });
      }
      this.#scratch = Buffer.allocUnsafeSlow(Math.max(needed, this.#scratch.length * 2));
      writeFrameHeader(this.#scratch, this.schemaId);
    }
  }

  /** avsc's own messages quote the value, which may be content: only path and expected type leave this room. */
  #explain(record: T): GuardFinding {
    let found: GuardFinding | null = null;
    this.#type.isValid(record, {
      noUndeclaredFields: this.#strict,
      errorHook: (path, _value, type) => {
        found ??= { path: path.map((step) => `.${step}`).join(''), problem: `not a valid ${type.typeName}` };
      },
    });
    return found ?? { path: '', problem: 'not a record of this schema' };
  }
}

function unencodable({ path, problem }: GuardFinding): AffidavitError {
  return new AffidavitError('record_unencodable', `${path.slice(1) || 'the record'}: ${problem}`, {
    detail: { path: path.slice(1) },
  });
}
