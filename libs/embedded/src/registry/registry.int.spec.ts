import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { startRegistry, type RunningRegistry } from './start-registry.ts';

const record = (...fields: object[]) => ({ type: 'record', name: 'R', namespace: 'x', fields });
const a = { name: 'a', type: 'string' };
const b = { name: 'b', type: 'long', default: 0 };

describe('the embedded registry', () => {
  let dir: string;
  let registry: RunningRegistry;
  const brokers = process.env.KAFKA_BROKERS ?? '';
  // Not `_schemas`: the registry of the other tests writes there, and there is one writer to a topic.
  const topic = `_schemas_${randomUUID()}`;
  const start = () => startRegistry({ brokers, topic, port: 0, logFile: join(dir, 'registry.log') });
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'affidavit-registry-'));
    registry = await start();
  });
  afterAll(async () => {
    await registry.stop();
    await rm(dir, { recursive: true, force: true });
  });

  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(registry.url + path, { method, ...(body && { body: JSON.stringify(body) }) });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: (await response.json()) as Record<string, unknown>,
    };
  };
  const register = (subject: string, schema: object) =>
    call('POST', `/subjects/${subject}/versions`, { schema: JSON.stringify(schema) });

  test('serves the client library: register, encode, decode from another client', async () => {
    const subject = `${randomUUID()}-value`;
    const writer = new SchemaRegistry({ host: registry.url });
    const { id } = await writer.register({ type: SchemaType.AVRO, schema: JSON.stringify(record(a, b)) }, { subject });
    const bytes = await writer.encode(id, { a: 'ü', b: 7 });
    expect(bytes.readInt32BE(1)).toBe(id);
    expect(await new SchemaRegistry({ host: registry.url }).decode(bytes)).toEqual({ a: 'ü', b: 7 });
    expect(await writer.getLatestSchemaId(subject)).toBe(id);
    expect(
      await writer.getRegistryIdBySchema(subject, { type: SchemaType.AVRO, schema: JSON.stringify(record(a, b)) }),
    ).toBe(id);
  });

  test('one schema has one id, whatever its subject and blanks; a repetition makes no version', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const { body } = await register(first, record({ ...a, doc: first }));
    expect(
      await call('POST', `/subjects/${second}/versions`, {
        schema: JSON.stringify(record({ ...a, doc: first }), null, 3),
      }),
    ).toMatchObject({ status: 200, body });
    await register(first, record({ ...a, doc: first }));
    expect((await call('GET', `/subjects/${first}/versions`)).body).toEqual([1]);
    expect((await call('GET', `/schemas/ids/${body.id as number}/versions`)).body).toEqual(
      expect.arrayContaining([
        { subject: first, version: 1 },
        { subject: second, version: 1 },
      ]) as unknown,
    );
  });

  test('compatibility is checked against every version, with the new schema as the reader', async () => {
    const subject = randomUUID();
    expect((await register(subject, record(a))).status).toBe(200);
    expect((await register(subject, record(a, b))).status).toBe(200);
    // Readable with version 2's data only: version 1 has no b, and here it has no default.
    const strict = record(a, { name: 'b', type: 'long' });
    expect(await register(subject, strict)).toMatchObject({
      status: 409,
      type: 'application/vnd.schemaregistry.v1+json',
      body: { error_code: 409 },
    });
    expect(
      (await call('POST', `/compatibility/subjects/${subject}/versions/1`, { schema: JSON.stringify(strict) })).body,
    ).toEqual({ is_compatible: false });
    expect(
      (await call('POST', `/compatibility/subjects/${subject}/versions/latest`, { schema: JSON.stringify(strict) }))
        .body,
    ).toEqual({ is_compatible: true });
    // A reader may leave a field out: that is backward compatible, and would not be forward.
    expect((await register(subject, record(b))).status).toBe(200);
    expect((await call('PUT', `/config/${subject}`, { compatibility: 'FORWARD' })).body).toEqual({
      compatibility: 'FORWARD',
    });
    expect((await register(subject, record({ name: 'c', type: 'string', default: '' }))).status).toBe(200);
    expect((await call('PUT', `/config/${subject}`, { compatibility: 'NONE' })).status).toBe(200);
    expect((await register(subject, { type: 'long' })).status).toBe(200);
  });

  test("errors carry Confluent's codes", async () => {
    const subject = randomUUID();
    await register(subject, record(a));
    const schema = JSON.stringify(record(a, b));
    const cases: [string, string, object | undefined, number, number][] = [
      ['GET', '/subjects/nobody/versions', undefined, 404, 40401],
      ['GET', '/subjects/nobody/versions/1', undefined, 404, 40401],
      ['POST', '/subjects/nobody', { schema }, 404, 40401],
      ['GET', `/subjects/${subject}/versions/7`, undefined, 404, 40402],
      ['GET', `/subjects/${subject}/versions/zero`, undefined, 422, 42202],
      ['GET', '/schemas/ids/999999', undefined, 404, 40403],
      ['POST', `/subjects/${subject}`, { schema }, 404, 40403],
      ['POST', `/subjects/${subject}/versions`, { schema: '{"type":"nonsense"}' }, 422, 42201],
      ['POST', `/subjects/${subject}/versions`, { schema, schemaType: 'PROTOBUF' }, 422, 42201],
      ['GET', `/config/${subject}`, undefined, 404, 40408],
      ['PUT', '/config', { compatibility: 'SOMEHOW' }, 422, 42203],
    ];
    for (const [method, path, body, status, errorCode] of cases) {
      expect({ path, ...(await call(method, path, body)) }).toMatchObject({
        path,
        status,
        body: { error_code: errorCode },
      });
    }
  });

  test('concurrent registrations of the same and of different schemas keep ids and versions apart', async () => {
    const subject = randomUUID();
    const schemas = Array.from({ length: 8 }, (_, index) =>
      record({ ...a, default: '' }, { ...b, doc: `${subject} ${index}` }),
    );
    const ids = await Promise.all(
      [...schemas, ...schemas].map(async (schema) => (await register(subject, schema)).body.id),
    );
    expect(ids.slice(0, 8)).toEqual(ids.slice(8));
    expect(new Set(ids).size).toBe(8);
    expect((await call('GET', `/subjects/${subject}/versions`)).body).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('killed and started again, it knows everything it acknowledged', async () => {
    const subject = randomUUID();
    const { body } = await register(subject, record({ ...a, doc: subject }));
    await call('PUT', `/config/${subject}`, { compatibility: 'FULL' });
    const before = (await call('GET', '/subjects')).body;
    process.kill(registry.pid, 'SIGKILL');
    await registry.exited;
    registry = await start();
    expect((await call('GET', '/subjects')).body).toEqual(before);
    expect((await call('GET', `/subjects/${subject}/versions/latest`)).body).toEqual({
      subject,
      version: 1,
      id: body.id,
      schema: JSON.stringify(record({ ...a, doc: subject })),
    });
    expect((await call('GET', `/config/${subject}`)).body).toEqual({ compatibilityLevel: 'FULL' });
    const next = await register(subject, record({ ...a, doc: `${subject} again` }));
    expect(next.body.id).toBeGreaterThan(body.id as number);
  });
});
