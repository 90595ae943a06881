import { randomBytes } from 'node:crypto';
import { auditEventSchema } from '@affidavit/contracts';
import avro from 'avsc';
import fc from 'fast-check';
import { writeLong } from './avro-binary.ts';
import { AvroContainer, leadingFields, type AvroRecordSchema, type ForwardedRecord } from './avro-container.ts';
import { BodyLength } from './body-length.ts';
import { flattenFields } from './schema-fit.ts';

const small: AvroRecordSchema = {
  type: 'record',
  name: 'Small',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'count', type: ['null', 'long'] },
    {
      name: 'nested',
      type: {
        type: 'record',
        name: 'Nested',
        fields: [
          { name: 'on', type: 'boolean' },
          { name: 'hash', type: { type: 'fixed', name: 'F4', size: 4 } },
        ],
      },
    },
    { name: 'kind', type: { type: 'enum', name: 'Kind', symbols: ['unknown', 'one'] } },
    { name: 'again', type: 'Kind' },
    {
      name: 'list',
      type: {
        type: 'array',
        items: {
          type: 'record',
          name: 'Item',
          fields: [
            { name: 'a', type: 'string' },
            { name: 'score', type: ['null', 'double'] },
          ],
        },
      },
    },
    { name: 'map', type: { type: 'map', values: 'string' } },
  ],
};
const codec = avro.Type.forSchema(small as unknown as avro.Schema, { wrapUnions: false });
const values = fc.record({
  id: fc.string({ unit: 'binary', maxLength: 200 }),
  count: fc.option(fc.integer({ min: -(2 ** 50), max: 2 ** 50 })),
  nested: fc.record({
    on: fc.boolean(),
    hash: fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  }),
  kind: fc.constantFrom('unknown', 'one'),
  again: fc.constantFrom('unknown', 'one'),
  list: fc.array(fc.record({ a: fc.string(), score: fc.option(fc.double({ noNaN: true })) }), { maxLength: 5 }),
  map: fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    fc.string(),
    { maxKeys: 4 },
  ),
});

test('longs are written as Avro does, at every size', () => {
  const long = avro.Type.forSchema('long');
  const interesting = [
    0,
    1,
    -1,
    63,
    64,
    -64,
    -65,
    2 ** 30 - 1,
    2 ** 30,
    -(2 ** 30),
    -(2 ** 30) - 1,
    2 ** 31,
    2 ** 32,
    2 ** 35,
    2 ** 53 - 1,
    -(2 ** 53 - 1),
  ];
  const check = (value: number): void => {
    const target = Buffer.alloc(10);
    // avsc reads longs below -2^52 wrongly, so bytes are compared with a bigint encoder instead.
    expect(target.subarray(0, writeLong(target, 0, value)).toString('hex')).toBe(zigzag(BigInt(value)).toString('hex'));
  };
  interesting.forEach(check);
  fc.assert(fc.property(fc.maxSafeInteger(), check));
  expect(long.toBuffer(2 ** 40)).toEqual(zigzag(2n ** 40n));
});

function zigzag(value: bigint): Buffer {
  let n = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  const bytes: number[] = [];
  while (n > 127n) {
    bytes.push(Number(n & 127n) | 128);
    n >>= 7n;
  }
  return Buffer.from([...bytes, Number(n)]);
}

const record = (body: Uint8Array, offset = 0n): ForwardedRecord => ({
  topic: 'audit.activity.v1',
  partition: 3,
  offset,
  timestamp_ms: 1_795_327_200_123,
  schema_id: 7,
  record_hash: randomBytes(32),
  body,
});

test('a container reads back as leading fields and the untouched record, one block each', async () => {
  const bodies = fc.sample(values, 20);
  const records = bodies.map((value, i) => record(codec.toBuffer(value), 2n ** 40n + BigInt(i)));
  const sync = randomBytes(16);
  const container = new AvroContainer(small).encode(records, sync);
  expect(container.toString('latin1').split(sync.toString('latin1'))).toHaveLength(records.length + 2);
  const rows = await readContainer(container);
  for (const [i, row] of rows.entries()) {
    const { kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, schema_id, record_hash, ...own } = row;
    expect([kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, schema_id]).toEqual([
      'audit.activity.v1',
      3,
      2 ** 40 + i,
      1_795_327_200_123,
      7,
    ]);
    expect(record_hash).toEqual(records[i]!.record_hash);
    expect(codec.toBuffer(own)).toEqual(Buffer.from(records[i]!.body));
  }
  expect(rows).toHaveLength(records.length);
});

function readContainer(container: Buffer): Promise<Record<string, unknown>[]> {
  const decoder = new avro.streams.BlockDecoder({
    parseHook: (schema) => avro.Type.forSchema(schema, { wrapUnions: false }),
  });
  const rows: Record<string, unknown>[] = [];
  return new Promise((resolve, reject) => {
    decoder
      .on('data', (row: Record<string, unknown>) => rows.push({ ...row }))
      .on('end', () => resolve(rows))
      .on('error', reject);
    decoder.end(container);
  });
}

test('a record field named as a leading one is refused', () => {
  expect(() => new AvroContainer({ ...small, fields: [{ name: 'kafka_offset', type: 'long' }] })).toThrow(/leading/);
});

describe('body length', () => {
  const length = new BodyLength(small);
  test('fits exactly what is encoded: no byte more, no byte less', () => {
    fc.assert(
      fc.property(values, fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), (value, surplus, cut) => {
        const body = codec.toBuffer(value);
        expect(length.fits(body)).toBe(true);
        expect(length.fits(Buffer.concat([body, surplus]))).toBe(false);
        expect(length.fits(Buffer.concat([body, body]))).toBe(false);
        expect(length.fits(body.subarray(0, cut % body.length))).toBe(false);
      }),
    );
  });

  test('noise never throws and never takes long', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => void length.fits(noise)));
    const hugeCount = Buffer.concat([
      codec
        .toBuffer(
          fc.sample(
            values.map((v) => ({ ...v, list: [], map: {} })),
            1,
          )[0],
        )
        .subarray(0, -2),
      zigzag(2n ** 50n),
      Buffer.alloc(20),
    ]);
    expect(length.fits(hugeCount)).toBe(false);
  });

  test('it knows the real record', () => {
    const event = new BodyLength(auditEventSchema);
    expect(event.fits(Buffer.alloc(10))).toBe(false);
  });
});

test('columns of nested records are dotted, arrays and maps are one column', () => {
  expect(flattenFields(small)).toEqual(['id', 'count', 'nested.on', 'nested.hash', 'kind', 'again', 'list', 'map']);
  expect(leadingFields.map(({ name }) => name)).toEqual([
    'kafka_topic',
    'kafka_partition',
    'kafka_offset',
    'kafka_timestamp',
    'schema_id',
    'record_hash',
  ]);
});
