import avro, { type Schema, type Type } from 'avsc';
import { type DecimalShape, formatDecimal, fromTwosComplement, parseDecimal, toTwosComplement } from './decimal.ts';

/** Avro JSON as the contracts hold it: plain objects, strings and arrays. */
export type AvroSchema = string | object;

interface Attributes {
  readonly type?: unknown;
  readonly logicalType?: string;
  readonly precision?: number;
  readonly scale?: number;
}

/** decimal ↔ canonical decimal string. An invalid string becomes undefined, which avsc reports as invalid. */
class DecimalType extends avro.types.LogicalType {
  readonly #shape: DecimalShape;

  constructor(schema: Schema, options?: unknown) {
    super(schema, options);
    const { type, precision, scale = 0 } = schema as Attributes;
    if (type !== 'bytes' || precision === undefined || scale > precision)
      throw new Error('decimal needs bytes, a precision and a scale within it');
    this.#shape = { precision, scale };
  }

  protected override _fromValue(bytes: Buffer): string {
    return formatDecimal(fromTwosComplement(bytes), this.#shape);
  }

  protected override _toValue(text: unknown): Buffer | undefined {
    const unscaled = parseDecimal(text, this.#shape);
    return unscaled === null ? undefined : toTwosComplement(unscaled);
  }
}

/** fixed ↔ lower hex: every fixed of the contracts is a hash. */
class HexType extends avro.types.LogicalType {
  protected override _fromValue(bytes: Buffer): string {
    return bytes.toString('hex');
  }

  protected override _toValue(text: unknown): Buffer | undefined {
    if (typeof text !== 'string' || !/^(?:[0-9a-f]{2})*$/.test(text)) return undefined;
    return Buffer.from(text, 'hex');
  }
}

/** bytes ↔ Uint8Array: avsc alone takes nothing but a Buffer. */
class BytesType extends avro.types.LogicalType {
  protected override _fromValue(bytes: Buffer): Buffer {
    return bytes;
  }

  protected override _toValue(value: unknown): Buffer | undefined {
    if (Buffer.isBuffer(value)) return value;
    return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : undefined;
  }
}

const HEX = 'affidavit-hex';
const BYTES = 'affidavit-bytes';

/**
 * Marks plain `bytes` and `fixed` so that the classes above take them; decimals and everything else stay as written.
 */
function markBinary(schema: unknown): Attributes | null {
  if (schema === 'bytes') return { type: 'bytes', logicalType: BYTES };
  if (typeof schema !== 'object' || schema === null || (schema as Attributes).logicalType !== undefined) return null;
  const { type } = schema as Attributes;
  if (type === 'bytes') return { ...schema, logicalType: BYTES };
  return type === 'fixed' ? { ...schema, logicalType: HEX } : null;
}

/**
 * The avsc type with this project's in-memory shapes. timestamp-micros has no class on purpose: it stays the integer
 * that it is. Unions are unwrapped explicitly, so that a nullable number is the number or null.
 */
export function avroType(schema: AvroSchema): Type {
  return avro.Type.forSchema(structuredClone(schema) as Schema, {
    wrapUnions: false,
    assertLogicalTypes: true,
    logicalTypes: { decimal: DecimalType, [HEX]: HexType, [BYTES]: BytesType },
    typeHook: (inner, options) => {
      const marked = markBinary(inner);
      return marked === null ? undefined : avro.Type.forSchema(marked as Schema, options);
    },
  });
}
