import avro, { type Schema } from 'avsc';
import fc from 'fast-check';
import { AvroCodec } from './avro-codec.ts';
import { type Toy, toy, toySchema, zeroHash } from './testdata/toy-schema.ts';

const codec = new AvroCodec<Toy>({ schema: toySchema, schemaId: 258 });
const strict = new AvroCodec<Toy>({ schema: toySchema, schemaId: 258, strict: true });

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const text = fc.string({ unit: 'binary' });
const long = fc.integer({ min: -(2 ** 52), max: 2 ** 53 - 2 });
const kind = fc.constantFrom('unknown' as const, 'read' as const, 'write' as const);
const part = fc.record({ name: text, kind, hash }, { noNullPrototype: true });
const key = text.filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name));
const anyToy: fc.Arbitrary<Toy> = fc.record(
  {
    id: text,
    kind,
    at: long,
    count: fc.option(long),
    share: fc.option(fc.double({ noNaN: true })),
    ok: fc.option(fc.boolean()),
    cost: fc.option(
      fc
        .bigInt(-(10n ** 17n), 10n ** 17n)
        .map((n) => `${n < 0n ? '-' : ''}${String(n < 0n ? -n : n)}.000000`.replace(/^-0\./, '0.'))
        .filter((n) => n.length < 19),
    ),
    fact_hash: hash,
    nonce: fc.uint8Array({ maxLength: 300 }),
    parts: fc.array(part),
    part,
    details: fc.dictionary(key, text, { noNullPrototype: true }),
  },
  { noNullPrototype: true },
);

const plain = (value: Toy) => ({ ...value, nonce: Buffer.from(value.nonce).toString('hex') });

describe('AvroCodec', () => {
  test('what is encoded is decoded', () => {
    fc.assert(
      fc.property(anyToy, (value) => {
        expect(plain(codec.decode(codec.encode(value)))).toEqual(plain(value));
      }),
      { numRuns: 500 },
    );
  });

  test('the bytes are Confluent-framed and readable by plain avsc with nothing of ours', () => {
    const value = codec.encode(toy({ id: 'é', cost: '12.500000', fact_hash: 'ab'.repeat(32), details: { a: 'b' } }));
    expect(value.subarray(0, 5).toString('hex')).toBe('0000000102');
    const stock = avro.Type.forSchema(structuredClone(toySchema) as unknown as Schema, { wrapUnions: false });
    const read = stock.fromBuffer(value.subarray(5));
    expect(read.id).toBe('é');
    expect(read.cost.toString('hex')).toBe('00bebc20');
    expect(read.fact_hash.toString('hex')).toBe('ab'.repeat(32));
    expect(read.at).toBe(1_763_790_000_000_123);
  });

  test('golden bytes', () => {
    const value = codec.encode(
      toy({
        id: 'x',
        count: -1,
        share: 0.5,
        ok: true,
        cost: '-0.000001',
        nonce: new Uint8Array([1, 2]),
        details: { k: 'v' },
      }),
    );
    expect(value.toString('hex')).toBe(
      '0000000102' +
        '0278' +
        '02' +
        'f6b1c4c68b8aa206' +
        '0201' +
        '02000000000000e03f' +
        '0201' +
        '0202ff' +
        zeroHash +
        '040102' +
        '00' +
        '0000' +
        zeroHash +
        '02026b027600',
    );
  });

  test('the longs at the edges come back exactly', () => {
    for (const count of [2 ** 53 - 2, -(2 ** 52), 2 ** 31, -(2 ** 31) - 1])
      expect(codec.decode(codec.encode(toy({ count }))).count).toBe(count);
  });

  test('each value has its own buffer: a later encode does not change an earlier one', () => {
    const first = codec.encode(toy({ id: 'first' }));
    const copy = Buffer.from(first);
    codec.encode(toy({ id: 'later' }));
    expect(first.equals(copy)).toBe(true);
  });

  test('a record larger than the scratch space grows it and keeps the header', () => {
    const small = new AvroCodec<Toy>({ schema: toySchema, schemaId: 7 });
    const big = toy({ id: 'x'.repeat(300_000) });
    const value = small.encode(big);
    expect(value.readInt32BE(1)).toBe(7);
    expect(small.decode(value).id).toHaveLength(300_000);
  });

  test.each<[string, Partial<Toy>, string]>([
    ['lone surrogate', { id: 'a\ud800b' }, 'id'],
    [
      'lone surrogate in an array',
      {
        parts: [
          { name: 'ok', kind: 'read', hash: zeroHash },
          { name: '\udc00', kind: 'read', hash: zeroHash },
        ],
      },
      'parts[1].name',
    ],
    ['lone surrogate in a map value', { details: { a: '\ud800' } }, 'details.a'],
    [
      'lone surrogate in a named type used again',
      { part: { name: '\ud800', kind: 'read', hash: zeroHash } },
      'part.name',
    ],
    ['lone surrogate in a map key', { details: { '\ud800': 'x' } }, 'details.?'],
    ['__proto__ key', { details: JSON.parse('{"__proto__": "x"}') }, 'details.__proto__'],
    ['constructor key', { details: Object.fromEntries([['constructor', 'x']]) }, 'details.constructor'],
    ['long below -2^52', { count: -(2 ** 52) - 1 }, 'count'],
    ['long-max-safe-integer: avsc takes one less than JavaScript', { count: 2 ** 53 - 1 }, 'count'],
    ['long above 2^53', { at: 2 ** 53 }, 'at'],
    ['fraction in a long', { at: 1.5 }, 'at'],
    ['amount in another spelling', { cost: '12.5' }, 'cost'],
    ['hash in upper case', { fact_hash: 'AB'.repeat(32) }, 'fact_hash'],
    ['hash too short', { fact_hash: 'ab' }, 'fact_hash'],
    ['enum symbol unknown to the schema', { kind: 'erase' as 'read' }, 'kind'],
    ['number where a string belongs', { id: 7 as unknown as string }, 'id'],
  ])('refuses %s, and says where without the value', (_name, over, path) => {
    const secret = { ...toy(over) };
    expect(() => codec.encode(secret)).toThrow(
      expect.objectContaining({
        code: 'record_unencodable',
        retryable: false,
        detail: { path: expect.stringContaining(path) },
      }),
    );
    try {
      codec.encode(secret);
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain('erase');
      expect((error as Error).cause).toBeUndefined();
    }
  });

  test('an undeclared field is refused in strict mode', () => {
    const value = { ...toy(), surprise: 'x' };
    expect(() => strict.encode(value)).toThrow(expect.objectContaining({ code: 'record_unencodable' }));
    expect(strict.decode(strict.encode(toy())).id).toBe('a');
  });

  test.each([
    ['no header', Buffer.from([1, 0, 0, 0, 1]), 'frame_invalid'],
    ['too short', Buffer.from([0, 0]), 'frame_invalid'],
    ['another schema', Buffer.from([0, 0, 0, 0, 9, 0]), 'record_undecodable'],
    ['truncated', codec.encode(toy()).subarray(0, -3), 'record_undecodable'],
    ['surplus bytes', Buffer.concat([codec.encode(toy()), codec.encode(toy()).subarray(5)]), 'record_undecodable'],
  ])('refuses to decode: %s', (_name, value, code) => {
    expect(() => codec.decode(value)).toThrow(expect.objectContaining({ code }));
  });

  test('array-count-beyond-the-bytes: six bytes that announce 2^26 items cost neither time nor memory', () => {
    const schema = { type: 'record', name: 'R', fields: [{ name: 'tags', type: { type: 'array', items: 'string' } }] };
    const attacked = new AvroCodec({ schema, schemaId: 1 });
    // zig-zag of 2^26, then one item
    const body = Buffer.from([0x80, 0x80, 0x80, 0x40, 2, 65]);
    const started = performance.now();
    expect(() => attacked.decodeBody(body)).toThrow(
      expect.objectContaining({ code: 'record_undecodable', detail: expect.objectContaining({ position: 4 }) }),
    );
    expect(performance.now() - started).toBeLessThan(100);
  });

  test('no random bytes hang or crash it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          codec.decodeBody(bytes);
        } catch (error) {
          expect(['record_undecodable', 'frame_invalid']).toContain((error as { code?: string }).code);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
