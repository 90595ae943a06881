import { AffidavitError } from './affidavit-error.ts';
import { canonicalJson } from './canonical-json.ts';

/**
 * Fields that are about the delivery and not about the fact: one event sent twice differs in them and in nothing else.
 */
export const NOT_OF_THE_FACT: ReadonlySet<string> = new Set([
  'observed_at',
  'stream_id',
  'seq',
  'seq_origin',
  'fact_hash',
]);

interface AvroField {
  readonly name: string;
  readonly type: unknown;
  readonly default?: unknown;
}

/** Writes a value as RFC 8785 JSON; the empty string when it equals the field's empty value. */
type Writer = (value: unknown) => string;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const missing = (name: string): never => {
  throw new AffidavitError('fact_incomplete', `the record has no ${name}`);
};

function recordWriter(fields: readonly AvroField[], named: Map<string, Writer>, leaveOut: ReadonlySet<string>): Writer {
  const kept = fields.filter((field) => !leaveOut.has(field.name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const writers = kept.map((field) => ({
    key: `${JSON.stringify(field.name)}:`,
    name: field.name,
    write: writerOf(field.type, named),
  }));
  // What is frozen writes the same for ever: the sections that an event leaves out are one frozen object for all events.
  const empty = new WeakSet<object>();
  return (value) => {
    if (!isObject(value)) return missing('record');
    if (empty.has(value)) return '';
    let text = '';
    for (const { key, name, write } of writers) {
      const member = value[name];
      if (member === undefined) missing(name);
      const written = write(member);
      if (written !== '') text += (text === '' ? '' : ',') + key + written;
    }
    if (text !== '') return `{${text}}`;
    if (isSettled(value)) empty.add(value);
    return '';
  };
}

/** Frozen through and through. */
const isSettled = (value: unknown): boolean =>
  !isObject(value) || (Object.isFrozen(value) && Object.values(value).every(isSettled));

function writerOf(type: unknown, named: Map<string, Writer>): Writer {
  if (Array.isArray(type)) {
    const inner = writerOf(
      type.find((branch) => branch !== 'null'),
      named,
    );
    // A number that is given is a fact even when it is 0; only null is "not given".
    return (value) => (value === null ? '' : inner(value));
  }
  if (typeof type === 'string') {
    const known = named.get(type);
    if (known) return known;
    if (type === 'string') return (value) => (value === '' ? '' : JSON.stringify(value));
    if (type === 'boolean') return (value) => (value === false ? '' : 'true');
    return (value) => canonicalJson(value);
  }
  if (!isObject(type)) throw new AffidavitError('schema_invalid', 'not an Avro type');
  const writer = complexWriter(type, named);
  if (typeof type['name'] === 'string') named.set(type['name'], writer);
  return writer;
}

function complexWriter(type: Record<string, unknown>, named: Map<string, Writer>): Writer {
  switch (type['type']) {
    case 'record':
      return recordWriter(type['fields'] as AvroField[], named, new Set());
    case 'enum':
      return (value) => (value === type['default'] ? '' : JSON.stringify(value));
    case 'array': {
      const item = writerOf(type['items'], named);
      // An element equal to its empty value still counts as an element.
      const empty = isObject(type['items']) && type['items']['type'] === 'record' ? '{}' : '""';
      return (value) =>
        Array.isArray(value) && value.length > 0 ? `[${value.map((element) => item(element) || empty).join(',')}]` : '';
    }
    case 'map':
      return (value) => (isObject(value) && Object.keys(value).length > 0 ? canonicalJson(value) : '');
    case 'fixed':
    case 'bytes':
      return (value) => JSON.stringify(value);
    default:
      return writerOf(type['type'], named);
  }
}

/**
 * Compiles the text that `fact_hash` is the SHA-256 of: RFC 8785 JSON of the record, times as integer microseconds,
 * decimals as strings with six places, every field that equals its Avro default left out (so the hash of an old record
 * stays the same when the schema gains a field), without the fields of NOT_OF_THE_FACT.
 */
export function compileFact(schema: unknown): (record: object) => string {
  if (!isObject(schema) || !Array.isArray(schema['fields']))
    throw new AffidavitError('schema_invalid', 'not an Avro record');
  const write = recordWriter(schema['fields'] as AvroField[], new Map(), NOT_OF_THE_FACT);
  return (record) => write(record) || '{}';
}
