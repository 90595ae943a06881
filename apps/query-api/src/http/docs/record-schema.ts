import { auditEventSchema } from '@affidavit/contracts';

/** The part of OpenAPI 3 that is used here. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly oneOf?: readonly JsonSchema[];
  readonly nullable?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly $ref?: string;
}

interface AvroType {
  readonly type: unknown;
  readonly name?: string;
  readonly logicalType?: string;
  readonly scale?: number;
  readonly symbols?: readonly string[];
  readonly items?: unknown;
  readonly fields?: readonly { readonly name: string; readonly doc?: string; readonly type: unknown }[];
}

/** The event as a row shows it, made from the contract, so that the page cannot drift from the record. */
export function eventProperties(): Readonly<Record<string, JsonSchema>> {
  return propertiesOf(auditEventSchema, new Map());
}

function propertiesOf(record: AvroType, named: Map<string, AvroType>): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    (record.fields ?? []).map(({ name, doc, type }) => [
      name,
      { ...schemaOf(type, named), ...(doc !== undefined && { description: doc }) },
    ]),
  );
}

function schemaOf(type: unknown, named: Map<string, AvroType>): JsonSchema {
  if (Array.isArray(type))
    return schemaOf(
      type.find((branch) => branch !== 'null'),
      named,
    );
  if (typeof type === 'string') {
    const known = named.get(type);
    return known === undefined ? plain(type) : schemaOf(known, named);
  }
  const complex = type as AvroType;
  if (complex.name !== undefined) named.set(complex.name, complex);
  if (complex.logicalType === 'timestamp-micros')
    return { type: 'string', format: 'date-time', description: 'RFC 3339 in UTC with six places' };
  if (complex.logicalType === 'decimal') return { type: 'string', pattern: `^-?\\d+\\.\\d{${complex.scale ?? 0}}$` };
  switch (complex.type) {
    case 'record':
      return { type: 'object', properties: propertiesOf(complex, named) };
    case 'enum':
      return { type: 'string', enum: complex.symbols ?? [] };
    case 'array':
      return { type: 'array', items: schemaOf(complex.items, named) };
    case 'map':
      return { type: 'object', additionalProperties: { type: 'string' } };
    case 'fixed':
      return { type: 'string', pattern: '^[0-9a-f]{64}$' };
    default:
      return schemaOf(complex.type, named);
  }
}

function plain(type: string): JsonSchema {
  switch (type) {
    case 'long':
    case 'int':
      return { type: 'integer' };
    case 'double':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    default:
      return { type: 'string' };
  }
}
