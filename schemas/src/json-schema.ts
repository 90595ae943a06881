import { type EventTypeModel, type Field, type Model } from './model.ts';
import { scalars } from './scalars.ts';

type Schema = Record<string, unknown>;
const DRAFT = 'http://json-schema.org/draft-07/schema#';
export const DEFINITIONS_ID = 'urn:affidavit:v1:definitions';

/** Limits of arrays, by the name of the field; 256 for the others. */
const MAX_ITEMS: Readonly<Record<string, number>> = {
  results: 1000,
  recipients: 1000,
  content: 64,
  case_refs: 64,
  on_behalf_of: 32,
  labels: 64,
  categories: 64,
};
/** Fields that only the collector writes: a sender who gives them is refused. */
export const COLLECTOR_FIELDS: readonly string[] = ['observed_at', 'fact_hash', 'seq_origin'];
/** Written by intake when the body is stored; a sender gives the body instead. */
const CONTENT_OF_COLLECTOR: readonly string[] = ['content_id'];

const WIRE_ONLY: Readonly<Record<string, Schema>> = {
  ContentRef: {
    text: { type: 'string', description: 'the body as text' },
    json: { description: 'the body as JSON' },
    data_base64: { type: 'string', description: 'the body as bytes, base64 (RFC 4648)' },
  },
  Actor: {
    display_name: {
      type: 'string',
      maxLength: 256,
      description: 'name of the person; kept encrypted beside the log, never in it',
    },
  },
  Principal: { display_name: { type: 'string', maxLength: 256, description: 'name of the person; kept encrypted' } },
  SubjectRef: { display_name: { type: 'string', maxLength: 256, description: 'name of the person; kept encrypted' } },
  ObjectRef: {
    person: { type: 'boolean', description: 'true when the object is a person: its id becomes a pseudonym' },
    display_name: { type: 'string', maxLength: 256, description: 'name of the person; kept encrypted' },
  },
};

function fieldSchema(model: Model, field: Field): Schema {
  const description = field.doc;
  if (field.array) {
    const items = fieldSchema(model, { ...field, array: false, nullable: false });
    return { type: 'array', items, maxItems: MAX_ITEMS[field.name] ?? 256, description };
  }
  const symbols = model.enums.get(field.type);
  if (symbols) return { type: 'string', enum: symbols, description };
  if (model.records.has(field.type)) return { $ref: `#/definitions/${field.type}` };
  const jsonSchema: Schema = scalars[field.type]?.jsonSchema ?? {};
  return { ...jsonSchema, ...(field.required && jsonSchema['type'] === 'string' && { minLength: 1 }), description };
}

function recordSchema(model: Model, name: string, fields: readonly Field[]): Schema {
  const kept = fields.filter((field) => !(name === 'ContentRef' && CONTENT_OF_COLLECTOR.includes(field.name)));
  const properties = Object.fromEntries(kept.map((field) => [field.name, fieldSchema(model, field)]));
  const required = fields.filter((field) => field.required).map((field) => field.name);
  return {
    type: 'object',
    properties: { ...properties, ...WIRE_ONLY[name] },
    ...(required.length && { required }),
    additionalProperties: false,
  };
}

/** All records and the envelope, once; the schema of a type refers to it. */
export function definitionsSchema(model: Model): Schema {
  const definitions = Object.fromEntries(
    [...model.records.values()].map((record) => [record.name, recordSchema(model, record.name, record.fields)]),
  );
  const fields = model.envelope.filter((field) => !COLLECTOR_FIELDS.includes(field.name));
  definitions['Envelope'] = recordSchema(model, 'Envelope', fields);
  return { $schema: DRAFT, $id: DEFINITIONS_ID, definitions };
}

function requirement(model: Model, path: string): Schema {
  const [head = '', inner] = path.split('.');
  if (inner !== undefined) return { required: [head], properties: { [head]: requirementOf(model, head, inner) } };
  const field = model.envelope.find((candidate) => candidate.name === head);
  return { required: [head], ...(field?.array && { properties: { [head]: { minItems: 1 } } }) };
}

function requirementOf(model: Model, head: string, inner: string): Schema {
  const record = model.records.get(model.envelope.find((field) => field.name === head)?.type ?? '');
  const field = record?.fields.find((candidate) => candidate.name === inner);
  const filled = field?.array
    ? { minItems: 1 }
    : scalars[field?.type ?? '']?.jsonSchema['type'] === 'string'
      ? { minLength: 1 }
      : {};
  return { required: [inner], ...(Object.keys(filled).length && { properties: { [inner]: filled } }) };
}

/** The strict contract of one type: the envelope, less the sections that it does not allow, plus what it requires. */
export function eventTypeSchema(model: Model, entry: EventTypeModel): Schema {
  const sections = model.envelope
    .filter((field) => model.records.get(field.type)?.kind === 'section')
    .map((field) => field.name);
  const forbidden = sections.filter((name) => !entry.sections.includes(name));
  const keys = Object.entries(entry.details).map(([key, meaning]) => [
    key,
    { type: 'string', maxLength: 256, description: meaning },
  ]);
  const details = {
    type: 'object',
    properties: Object.fromEntries(keys) as Schema,
    patternProperties: { '^x_[a-z0-9_]{1,62}$': { type: 'string', maxLength: 256 } },
    additionalProperties: false,
    maxProperties: 64,
  };
  const all: Schema[] = [
    { $ref: `${DEFINITIONS_ID}#/definitions/Envelope` },
    ...entry.required.map((path) => requirement(model, path)),
  ];
  if (entry.any_of.length > 0) all.push({ anyOf: entry.any_of.map((path) => requirement(model, path)) });
  return {
    $schema: DRAFT,
    $id: `urn:affidavit:v1:${entry.type}`,
    title: entry.type,
    description: entry.meaning,
    type: 'object',
    properties: {
      event_type: { const: entry.type },
      phase: { const: entry.phase },
      details,
      ...Object.fromEntries(forbidden.map((name) => [name, false])),
    },
    allOf: all,
  };
}
