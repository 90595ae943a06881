import { connectRegistry } from './connect-registry.ts';
import { registerSchemas } from './register-schemas.ts';
import { type FakeRegistry, fakeRegistry } from './testdata/fake-registry.ts';
import { toySchema } from './testdata/toy-schema.ts';

let fake: FakeRegistry;
beforeEach(async () => {
  fake = await fakeRegistry();
});
afterEach(() => fake.close());

describe('connectRegistry', () => {
  test('registers under BACKWARD_TRANSITIVE; the same schema under two subjects has one id; again changes nothing', async () => {
    const registry = connectRegistry({ url: fake.url });
    const subjects = [
      { subject: 'a-value', schema: toySchema },
      { subject: 'b-value', schema: toySchema },
    ];
    const ids = await registerSchemas(registry, subjects);
    expect([...ids]).toEqual([
      ['a-value', 1],
      ['b-value', 1],
    ]);
    expect([...fake.levels]).toEqual([
      ['a-value', 'BACKWARD_TRANSITIVE'],
      ['b-value', 'BACKWARD_TRANSITIVE'],
    ]);
    expect([...(await registerSchemas(registry, subjects))]).toEqual([...ids]);
  });

  test('hands out the schema with its logical types, once fetched never again', async () => {
    const registry = connectRegistry({ url: fake.url, user: 'u', password: 'p' });
    const id = await registry.register('a-value', toySchema);
    expect(await registry.schemaById(id)).toEqual(toySchema);
    expect(await registry.schemaById(id)).toEqual(toySchema);
    const reads = fake.requests.filter(({ path }) => path === '/schemas/ids/1');
    expect(reads).toHaveLength(1);
    expect(new Set(fake.requests.map(({ authorization }) => authorization))).toEqual(
      new Set([`Basic ${Buffer.from('u:p').toString('base64')}`]),
    );
  });

  test('an unknown id is final, and asked for once however often it comes', async () => {
    const registry = connectRegistry({ url: fake.url });
    for (let poison = 0; poison < 5; poison += 1) {
      await expect(registry.schemaById(99)).rejects.toMatchObject({ code: 'schema_unknown', retryable: false });
    }
    expect(fake.requests).toHaveLength(1);
  });

  test.each([
    [500, 'registry_unavailable', true],
    [401, 'registry_refused', false],
    [409, 'schema_incompatible', false],
    [422, 'schema_invalid', false],
  ] as const)('status %i is %s', async (status, code, retryable) => {
    fake.fault = status;
    await expect(connectRegistry({ url: fake.url }).register('a-value', toySchema)).rejects.toMatchObject({
      code,
      retryable,
    });
  });

  test('another compatibility level, set by somebody else, is not overridden in silence', async () => {
    fake.levels.set('a-value', 'NONE');
    await expect(connectRegistry({ url: fake.url }).register('a-value', toySchema)).rejects.toMatchObject({
      code: 'compatibility_mismatch',
      retryable: false,
    });
  });

  test('a registry that is away or hangs is retryable within the time bound, for reading and for registering', async () => {
    fake.fault = 'hang';
    const hanging = connectRegistry({ url: fake.url, timeoutMs: 200 });
    await expect(hanging.register('a-value', toySchema)).rejects.toMatchObject({
      code: 'registry_unavailable',
      retryable: true,
    });
    await expect(hanging.schemaById(1)).rejects.toMatchObject({ code: 'registry_unavailable', retryable: true });
    const away = connectRegistry({ url: 'http://127.0.0.1:1', timeoutMs: 200 });
    await expect(away.register('a-value', toySchema)).rejects.toMatchObject({
      code: 'registry_unavailable',
      retryable: true,
    });
    await expect(away.ping()).rejects.toMatchObject({ code: 'registry_unavailable', retryable: true });
  });
});
