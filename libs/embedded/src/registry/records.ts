/** The records of topic `_schemas`, as Confluent's registry writes them: either can go on with what the other left. */
export const SCHEMAS_TOPIC = '_schemas';

export const COMPATIBILITY_LEVELS = [
  'NONE',
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
] as const;
export type CompatibilityLevel = (typeof COMPATIBILITY_LEVELS)[number];

export interface RegisteredSchema {
  readonly subject: string;
  readonly version: number;
  readonly id: number;
  readonly schema: string;
  readonly deleted: boolean;
}

export type RegistryRecord =
  | { readonly keytype: 'SCHEMA'; readonly value: RegisteredSchema }
  | { readonly keytype: 'CONFIG'; readonly subject: string | null; readonly level: CompatibilityLevel | null }
  | { readonly keytype: 'NOOP' };

export const isLevel = (value: unknown): value is CompatibilityLevel =>
  COMPATIBILITY_LEVELS.some((level) => level === value);

/** The order of a key's fields matters: compaction compares bytes. */
export function encodeRecord(record: RegistryRecord): { key: string; value: string | null } {
  switch (record.keytype) {
    case 'SCHEMA': {
      const { subject, version, id, schema, deleted } = record.value;
      return {
        key: JSON.stringify({ keytype: 'SCHEMA', subject, version, magic: 1 }),
        value: JSON.stringify({ subject, version, id, schema, deleted }),
      };
    }
    case 'CONFIG':
      return {
        key: JSON.stringify({ keytype: 'CONFIG', subject: record.subject, magic: 0 }),
        value: record.level === null ? null : JSON.stringify({ compatibilityLevel: record.level }),
      };
    case 'NOOP':
      return { key: JSON.stringify({ keytype: 'NOOP', magic: 0 }), value: null };
    default:
      return record satisfies never;
  }
}

/** Undefined for a kind of record that this registry does not know, such as Confluent's modes and contexts. */
export function decodeRecord(key: string, value: string | null): RegistryRecord | undefined {
  const parsedKey = JSON.parse(key) as { keytype?: string; subject?: string | null; version?: number };
  switch (parsedKey.keytype) {
    case 'SCHEMA': {
      if (value === null) return undefined;
      const { subject, version, id, schema, deleted } = JSON.parse(value) as Partial<RegisteredSchema> & {
        schemaType?: string;
      };
      if (
        typeof subject !== 'string' ||
        typeof version !== 'number' ||
        typeof id !== 'number' ||
        typeof schema !== 'string'
      )
        return undefined;
      return { keytype: 'SCHEMA', value: { subject, version, id, schema, deleted: deleted === true } };
    }
    case 'CONFIG': {
      const level = value === null ? null : (JSON.parse(value) as { compatibilityLevel?: string }).compatibilityLevel;
      return level === null || isLevel(level)
        ? { keytype: 'CONFIG', subject: parsedKey.subject ?? null, level }
        : undefined;
    }
    case 'NOOP':
      return { keytype: 'NOOP' };
    default:
      return undefined;
  }
}
