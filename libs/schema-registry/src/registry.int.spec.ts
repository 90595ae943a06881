import { randomUUID } from 'node:crypto';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { auditEventSchema } from '@affidavit/contracts';
import { AvroCodec } from './avro-codec.ts';
import { connectRegistry } from './connect-registry.ts';
import { registerSchemas } from './register-schemas.ts';
import { type Toy, toy, toySchema } from './testdata/toy-schema.ts';

const url = process.env.SCHEMA_REGISTRY_URL ?? '';
const subject = () => `${randomUUID()}-value`;

describe('against a running registry', () => {
  test('the event’s schema is registered once for all its topics and read back as it was written', async () => {
    const registry = connectRegistry({ url });
    await registry.ping();
    const ids = await registerSchemas(
      registry,
      [subject(), subject(), subject()].map((name) => ({ subject: name, schema: auditEventSchema })),
    );
    expect(new Set(ids.values()).size).toBe(1);
    const id = [...ids.values()][0] as number;
    expect(await connectRegistry({ url }).schemaById(id)).toEqual(auditEventSchema);
  });

  test('our bytes are what the Confluent client of any other consumer decodes', async () => {
    const schemaId = await connectRegistry({ url }).register(subject(), toySchema);
    const value = new AvroCodec<Toy>({ schema: toySchema, schemaId }).encode(
      toy({ id: 'é', count: 7, details: { a: 'b' } }),
    );
    expect(await new SchemaRegistry({ host: url }).decode(value)).toMatchObject({
      id: 'é',
      kind: 'read',
      count: 7,
      cost: null,
      details: { a: 'b' },
    });
  });

  test('BACKWARD_TRANSITIVE holds: a field without a default is refused, one with a default is not', async () => {
    const registry = connectRegistry({ url });
    const name = subject();
    const first = await registry.register(name, toySchema);
    const withField = (field: object) => ({ ...toySchema, fields: [...toySchema.fields, field] });
    await expect(registry.register(name, withField({ name: 'must', type: 'string' }))).rejects.toMatchObject({
      code: 'schema_incompatible',
      retryable: false,
    });
    const second = await registry.register(name, withField({ name: 'may', type: 'string', default: '' }));
    expect(second).not.toBe(first);
  });

  test('an id that nobody registered is final', async () => {
    await expect(connectRegistry({ url }).schemaById(2_000_000_000)).rejects.toMatchObject({
      code: 'schema_unknown',
      retryable: false,
    });
  });
});
