import { AffidavitError } from '@affidavit/audit-model';
import { type AvroSchema } from './avro-types.ts';

/**
 * avsc reads as many items as an array's count says before it notices that the bytes ended: six bytes that announce
 * 2^26 strings block the process for ten seconds and take a gigabyte. This walk skips through the body first and stops
 * at the first count or length that the bytes cannot hold. Every item of the contracts takes at least one byte.
 */
export function assertBounded(schema: AvroSchema, bytes: Buffer): void {
  const cursor = new Cursor(bytes);
  skipperOf(schema)(cursor);
  if (cursor.position !== bytes.length) throw cursor.refuse('bytes are left over');
}

type Skip = (cursor: Cursor) => void;

class Cursor {
  position = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.position;
  }

  skip(count: number): void {
    if (!(count >= 0 && count <= this.remaining)) throw this.refuse('a length points past the end');
    this.position += count;
  }

  /** A zig-zag varint as a number: exact up to 2^53, and beyond that still far too large for any buffer. */
  long(): number {
    let value = 0;
    let scale = 1;
    for (let index = 0; index < 10; index += 1) {
      const byte = this.#bytes[this.position];
      if (byte === undefined) throw this.refuse('the bytes end inside a number');
      this.position += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      scale *= 128;
    }
    throw this.refuse('a number of more than ten bytes');
  }

  refuse(reason: string): AffidavitError {
    return new AffidavitError('record_undecodable', reason, {
      detail: { position: this.position, size_bytes: this.#bytes.length },
    });
  }
}

const skipLength: Skip = (cursor) => cursor.skip(cursor.long());
const skipLong: Skip = (cursor) => void cursor.long();

const primitives: Readonly<Record<string, Skip>> = {
  null: () => undefined,
  boolean: (cursor) => cursor.skip(1),
  int: skipLong,
  long: skipLong,
  float: (cursor) => cursor.skip(4),
  double: (cursor) => cursor.skip(8),
  bytes: skipLength,
  string: skipLength,
};

/** Arrays and maps come in blocks: a count (negative: followed by the block's size), the items, a closing zero. */
function blocks(item: Skip): Skip {
  return (cursor) => {
    for (;;) {
      let count = cursor.long();
      if (count === 0) return;
      if (count < 0) {
        count = -count;
        cursor.long();
      }
      if (count > cursor.remaining) throw cursor.refuse('a count of items that the bytes cannot hold');
      for (let index = 0; index < count; index += 1) item(cursor);
    }
  };
}

interface Node {
  readonly type: unknown;
  readonly name?: string;
  readonly fields?: readonly { type: unknown }[];
  readonly items?: unknown;
  readonly values?: unknown;
  readonly size?: number;
}

function compile(schema: unknown, named: Map<string, Skip>): Skip {
  if (typeof schema === 'string') {
    const skip = primitives[schema] ?? named.get(schema.slice(schema.lastIndexOf('.') + 1));
    if (skip === undefined) throw new AffidavitError('schema_invalid', `the schema uses the unknown type ${schema}`);
    return skip;
  }
  if (Array.isArray(schema)) {
    const branches = schema.map((branch) => compile(branch, named));
    return (cursor) => {
      const branch = branches[cursor.long()];
      if (branch === undefined) throw cursor.refuse('a union has no such branch');
      branch(cursor);
    };
  }
  const node = schema as Node;
  const register = (skip: Skip): Skip => {
    if (node.name !== undefined) named.set(node.name, skip);
    return skip;
  };
  switch (node.type) {
    case 'record': {
      const fields: Skip[] = [];
      const skip = register((cursor) => {
        for (const field of fields) field(cursor);
      });
      for (const field of node.fields ?? []) fields.push(compile(field.type, named));
      return skip;
    }
    case 'enum':
      return register(skipLong);
    case 'fixed':
      return register((cursor) => cursor.skip(node.size ?? 0));
    case 'array':
      return blocks(compile(node.items, named));
    case 'map': {
      const value = compile(node.values, named);
      return blocks((cursor) => {
        skipLength(cursor);
        value(cursor);
      });
    }
    default:
      return compile(node.type, named);
  }
}

const compiled = new WeakMap<object, Skip>();

function skipperOf(schema: AvroSchema): Skip {
  if (typeof schema === 'string') return compile(schema, new Map());
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const skip = compile(schema, new Map());
  compiled.set(schema, skip);
  return skip;
}
