import { type EventTypeModel, type Field, type Model, type PlaneRecord } from './model.ts';
import { planeTypes, scalars } from './scalars.ts';

export const HEADER =
  '// Generated from schemas/ by `npm run generate`. Do not edit: change the model and generate again.\n\n';

const pascal = (name: string): string =>
  name.replace(/(^|[._])(\w)/g, (_, _sep: string, letter: string) => letter.toUpperCase());
const literal = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(' | ') || 'never';

function storedType(model: Model, field: Field): string {
  const one = model.enums.has(field.type)
    ? pascal(field.type)
    : model.records.has(field.type)
      ? field.type
      : field.name === 'event_type'
        ? 'EventType'
        : (scalars[field.type]?.typescript ?? 'never');
  if (field.array) return `readonly ${one}[]`;
  return field.nullable ? `${one} | null` : one;
}

function inputType(model: Model, field: Field): string {
  const record = model.records.has(field.type);
  const one = model.enums.has(field.type)
    ? pascal(field.type)
    : record
      ? `${field.type}Input`
      : (scalars[field.type]?.input ?? 'never');
  return field.array ? `readonly ${one}[]` : one;
}

const block = (name: string, lines: readonly string[]): string =>
  `export interface ${name} {\n${lines.join('\n')}\n}\n`;

/** Wire-only properties: the collector takes them off and keeps what they say encrypted. */
const wireOnly: Readonly<Record<string, readonly string[]>> = {
  ContentRef: ['  readonly text?: string;', '  readonly json?: unknown;', '  readonly data_base64?: string;'],
  Actor: ['  readonly display_name?: string;'],
  Principal: ['  readonly display_name?: string;'],
  SubjectRef: ['  readonly display_name?: string;'],
  ObjectRef: ['  readonly person?: boolean;', '  readonly display_name?: string;'],
};

function inputRecord(model: Model, name: string, fields: readonly Field[]): string {
  const lines = fields.map(
    (field) => `  readonly ${field.name}${field.required ? '' : '?'}: ${inputType(model, field)};`,
  );
  return block(`${name}Input`, [...lines, ...(wireOnly[name] ?? [])]);
}

/** The record as it is in memory and in Kafka: `AuditEvent` and everything that it is made of. */
export function recordTypes(model: Model): string {
  const enums = [...model.enums].map(([name, symbols]) => `export type ${pascal(name)} = ${literal(symbols)};\n`);
  const doc = (field: Field): string => `  /** ${field.doc} */\n  readonly ${field.name}: ${storedType(model, field)};`;
  const records = [...model.records.values()].map((record) => block(record.name, record.fields.map(doc)));
  const types = `export type EventType = ${literal(model.eventTypes.map((entry) => entry.type))};\n`;
  return [HEADER + types, ...enums, ...records, block(model.name, model.envelope.map(doc))].join('\n');
}

function typedInput(entry: EventTypeModel): string {
  const heads = new Map<string, string[]>();
  for (const path of entry.required) {
    const [head = '', inner] = path.split('.');
    heads.set(head, [...(heads.get(head) ?? []), ...(inner ? [inner] : [])]);
  }
  const needs = [...heads].map(([head, inner]) => {
    const base = `NonNullable<EnvelopeInput['${head}']>`;
    return `  readonly ${head}: ${inner.length ? `Need<${base}, ${literal(inner)}>` : base};`;
  });
  return (
    `/** ${entry.meaning} */\nexport type ${pascal(entry.type)}Input = EnvelopeInput & {\n  readonly event_type: ` +
    `'${entry.type}';\n${needs.join('\n')}${needs.length ? '\n' : ''}};\n`
  );
}

/** What `POST /v1/events` takes: a union discriminated by `event_type`. */
export function inputTypes(model: Model): string {
  const imports = `import { type ${[...model.enums.keys()].map(pascal).join(', type ')} } from './audit-event.gen.ts';\n`;
  const need = 'type Need<T, K extends keyof T> = T & { readonly [P in K]-?: NonNullable<T[P]> };\n';
  const records = [...model.records.values()].map((record) => inputRecord(model, record.name, record.fields));
  const fields = model.envelope.filter((field) => field.name !== 'event_type');
  const union = `export type EventInput =\n${model.eventTypes.map((entry) => `  | ${pascal(entry.type)}Input`).join('\n')};\n`;
  return [
    HEADER + imports,
    need,
    ...records,
    inputRecord(model, 'Envelope', fields),
    ...model.eventTypes.map(typedInput),
    union,
  ].join('\n');
}

export function planeRecordTypes(records: readonly PlaneRecord[]): string {
  const typeOf = (type: string): string => planeTypes[type]?.typescript ?? type;
  const one = (record: PlaneRecord): string =>
    `/** ${record.doc} */\n${block(
      record.name,
      record.fields.map((field) => `  /** ${field.doc} */\n  readonly ${field.name}: ${typeOf(field.type)};`),
    )}`;
  return HEADER + records.map(one).join('\n');
}
