import { auditEventSchema, contentRecordSchema, type ContentRecord, deadLetterSchema } from '@affidavit/contracts';
import fc from 'fast-check';
import { AvroCodec } from './avro-codec.ts';
import { recordHash } from './wire-frame.ts';

interface Node {
  type: unknown;
  fields?: { name: string; type: unknown }[];
  items?: unknown;
  symbols?: string[];
  size?: number;
  logicalType?: string;
  scale?: number;
}

/** A record with every field of the schema filled with something that no default is. */
function filled(schema: unknown, named = new Map<string, unknown>()): unknown {
  if (Array.isArray(schema)) return filled(schema.at(-1), named);
  const node = (typeof schema === 'string' ? { type: schema } : schema) as Node & { name?: string };
  if (node.name !== undefined) named.set(node.name, node);
  switch (node.type) {
    case 'record':
      return Object.fromEntries((node.fields ?? []).map(({ name, type }) => [name, filled(type, named)]));
    case 'array':
      return [filled(node.items, named), filled(node.items, named)];
    case 'map':
      return { key: 'value' };
    case 'enum':
      return node.symbols?.at(-1);
    case 'fixed':
      return 'c3'.repeat(node.size ?? 0);
    case 'string':
      return 'text';
    case 'bytes':
      return node.logicalType === 'decimal' ? `-12.${'5'.padEnd(node.scale ?? 0, '0')}` : Buffer.from([1, 2, 3]);
    case 'boolean':
      return true;
    case 'double':
      return 0.25;
    case 'int':
      return 7;
    case 'long':
      return 1_763_790_000_000_123;
    default:
      return filled(named.get(node.type as string), named);
  }
}

describe('the contract’s records', () => {
  test.each([
    ['AuditEvent', auditEventSchema],
    ['ContentRecord', contentRecordSchema],
    ['DeadLetter', deadLetterSchema],
  ])('%s: every field comes back', (_name, schema) => {
    const codec = new AvroCodec({ schema, schemaId: 1, strict: true });
    const record = filled(schema) as Record<string, unknown>;
    const value = codec.encode(record);
    expect(codec.decode(value)).toEqual(record);
    expect(recordHash(value)).toHaveLength(32);
  });

  test('random content records survive, with Uint8Arrays for bytes', () => {
    const codec = new AvroCodec<ContentRecord>({ schema: contentRecordSchema, schemaId: 2, strict: true });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 100_000 }),
        fc.uint8Array({ minLength: 12, maxLength: 12 }),
        (ciphertext, nonce) => {
          const record: ContentRecord = {
            content_id: 'c_x',
            tenant_id: 'default',
            scope_kind: 'run',
            scope_id: 'r',
            key_id: 'k',
            algorithm: 'AES-256-GCM',
            nonce,
            aad_version: 1,
            ciphertext,
            media_type: 'text/plain',
            size_bytes: ciphertext.length,
            subjects: ['p_x'],
          };
          const read = codec.decode(codec.encode(record));
          expect(Buffer.from(read.ciphertext).equals(ciphertext)).toBe(true);
          expect(Buffer.from(read.nonce).equals(nonce)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});
