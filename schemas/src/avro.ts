import { type Field, type Model, type PlaneRecord } from './model.ts';
import { planeTypes, scalars } from './scalars.ts';

export type AvroJson = Readonly<Record<string, unknown>>;

const pascal = (name: string): string =>
  name.replace(/(^|_)(\w)/g, (_, _bar: string, letter: string) => letter.toUpperCase());

/**
 * The `.avsc` of AuditEvent. A named type is written out at its first use and referred to by name after, as the
 * specification demands (Avro 1.12, Names). Every field but the always-given ones has a default, so that a reader of a
 * later version reads every earlier record.
 */
export function auditEventAvro(model: Model): AvroJson {
  const seen = new Set<string>();
  const named = (name: string, definition: () => AvroJson): unknown => {
    if (seen.has(name)) return name;
    seen.add(name);
    return definition();
  };

  const typeOf = (field: Field): unknown => {
    const enumSymbols = model.enums.get(field.type);
    if (enumSymbols) {
      const name = pascal(field.type);
      return named(name, () => ({ type: 'enum', name, symbols: enumSymbols, default: 'unknown' }));
    }
    const record = model.records.get(field.type);
    if (record)
      return named(record.name, () => ({ type: 'record', name: record.name, fields: record.fields.map(fieldOf) }));
    const scalar = scalars[field.type];
    if (!scalar) throw new Error(`field ${field.name}: no type ${field.type}`);
    const { avro } = scalar;
    return typeof avro === 'object' && avro !== null && 'name' in avro ? named(avro.name as string, () => avro) : avro;
  };

  const fieldOf = (field: Field): AvroJson => {
    const { name, doc } = field;
    const type = typeOf(field);
    if (field.array) return { name, doc, type: { type: 'array', items: type }, default: [] };
    if (field.nullable) return { name, doc, type: ['null', type], default: null };
    const given = emptyValue(model, field);
    return given === undefined ? { name, doc, type } : { name, doc, type, default: given };
  };

  const fields = model.envelope.map(fieldOf);
  return { type: 'record', name: model.name, namespace: model.namespace, fields };
}

/** The value that stands for "not given"; undefined when a record without it makes no sense. */
export function emptyValue(model: Model, field: Field): unknown {
  if (field.array) return [];
  if (field.nullable) return null;
  if (model.enums.has(field.type)) return 'unknown';
  if (model.records.has(field.type)) {
    const record = model.records.get(field.type);
    return Object.fromEntries((record?.fields ?? []).map((inner) => [inner.name, emptyValue(model, inner)]));
  }
  const empty = scalars[field.type]?.empty;
  return empty === null ? undefined : empty;
}

/** The `.avsc` of a plain record: `records` lets one refer to another by name. */
export function planeAvro(record: PlaneRecord, namespace: string, records: readonly PlaneRecord[]): AvroJson {
  const typeOf = (type: string): unknown => {
    const inner = records.find((candidate) => candidate.name === type);
    if (inner) return planeAvro(inner, namespace, records);
    const plain = planeTypes[type];
    if (!plain) throw new Error(`${record.name}: no type ${type}`);
    return plain.avro;
  };
  const fields = record.fields.map((field) => ({ name: field.name, doc: field.doc, type: typeOf(field.type) }));
  return { type: 'record', name: record.name, namespace, doc: record.doc, fields };
}
