import registryLibrary from '@kafkajs/confluent-schema-registry';
import { type AvroSchema } from './avro-types.ts';
import { registryError, translate } from './registry-error.ts';

const { COMPATIBILITY, SchemaRegistry, SchemaType } = registryLibrary;

export interface RegistrySettings {
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** Bound of one request. */
  readonly timeoutMs?: number;
}

export interface Registry {
  /**
   * Registers under BACKWARD_TRANSITIVE and answers the schema's id. Idempotent: the same schema has the same id. When
   * it returns, every client of the registry can read the schema by that id.
   */
  register(subject: string, schema: AvroSchema): Promise<number>;
  /**
   * The schema of an id, exactly as it was registered. Kept for good, since an id never changes its meaning; an unknown
   * id is remembered for a while, so that a poison record does not become a request each.
   */
  schemaById(id: number): Promise<AvroSchema>;
  /** Resolves when the registry answers: for readiness. */
  ping(): Promise<void>;
}

const unknownIdMemoryMs = 10_000;
const unknownIdsMax = 1_000;

/**
 * Connects to nothing yet: the first call does. Errors: `RegistryErrorCode`, of which only `registry_unavailable` is
 * retryable.
 */
export function connectRegistry(settings: RegistrySettings): Registry {
  const timeoutMs = settings.timeoutMs ?? 5_000;
  const auth = settings.user === undefined ? undefined : { username: settings.user, password: settings.password ?? '' };
  const library = new SchemaRegistry({
    host: settings.url.replace(/\/+$/, ''),
    ...(auth !== undefined && { auth }),
    clientId: 'affidavit',
    retry: { retries: 1 },
    // The library sets no timeout: a registry that hangs would hang the start for ever.
    middlewares: [() => ({ prepareRequest: async (next) => (await next()).enhance({ timeout: timeoutMs }) })],
  });
  const get = httpGet(settings.url, auth, timeoutMs);
  const schemas = new Map<number, AvroSchema>();
  const unknown = new Map<number, number>();

  return {
    async register(subject, schema) {
      try {
        const { id } = await library.register(
          { type: SchemaType.AVRO, schema: JSON.stringify(schema) },
          { subject, compatibility: COMPATIBILITY.BACKWARD_TRANSITIVE },
        );
        return id;
      } catch (error) {
        throw translate(error, subject);
      }
    },
    async schemaById(id) {
      const known = schemas.get(id);
      if (known !== undefined) return known;
      if ((unknown.get(id) ?? 0) > Date.now()) throw schemaUnknown(id);
      const answer = await get(`/schemas/ids/${id}`);
      if (answer === null) {
        if (unknown.size >= unknownIdsMax) unknown.clear();
        unknown.set(id, Date.now() + unknownIdMemoryMs);
        throw schemaUnknown(id);
      }
      const schema = JSON.parse((answer as { schema: string }).schema) as AvroSchema;
      schemas.set(id, schema);
      return schema;
    },
    async ping() {
      await get('/subjects');
    },
  };
}

const schemaUnknown = (id: number) =>
  registryError('schema_unknown', `the registry has no schema with id ${id}`, { detail: { schema_id: id } });

/**
 * Reads by plain HTTP: the library hands out its parsed type, which has lost logical types and custom attributes, and
 * the projector compares the very text. Null is 404.
 */
function httpGet(url: string, auth: { username: string; password: string } | undefined, timeoutMs: number) {
  const headers: Record<string, string> = { accept: 'application/vnd.schemaregistry.v1+json, application/json' };
  if (auth !== undefined)
    headers['authorization'] = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  return async (path: string): Promise<unknown> => {
    try {
      const response = await fetch(url.replace(/\/+$/, '') + path, { headers, signal: AbortSignal.timeout(timeoutMs) });
      if (response.status === 404) return null;
      if (!response.ok) throw Object.assign(new Error(`status ${response.status}`), { status: response.status });
      return await response.json();
    } catch (error) {
      throw translate(error, path);
    }
  };
}
