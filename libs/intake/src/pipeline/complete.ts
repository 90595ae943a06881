import { AffidavitError, canonicalDecimal, isStorableTime, parseTime } from '@affidavit/audit-model';
import { auditEventSchema } from '@affidavit/contracts';
import { refuse } from '../refusal.ts';

/** Turns a value of the wire into the record's, or what is absent into the field's empty value. */
type Completer = (value: unknown, path: string) => unknown;

interface AvroField {
  readonly name: string;
  readonly type: unknown;
  readonly default?: unknown;
}
interface Node {
  readonly type?: unknown;
  readonly name?: string;
  readonly logicalType?: string;
  readonly default?: unknown;
  readonly fields?: readonly AvroField[];
  readonly items?: unknown;
  /** Of decimals: places behind the point. */
  readonly scale?: number;
}

function time(value: unknown, path: string): number {
  const parsed = parseTime(value);
  if (parsed === null) return refuse('invalid_time', path);
  if (!isStorableTime(parsed.micros)) refuse('time_out_of_range', path, 'Between the years 1900 and 2255.');
  return parsed.micros;
}

const decimal =
  (places: number): Completer =>
  (value, path) =>
    canonicalDecimal(value as string | number, places) ??
    refuse('invalid_value', path, `At most twelve digits before and ${places} after the point.`);

const NO_MEMBERS = Object.freeze({});
const NO_ITEMS: readonly unknown[] = Object.freeze([]);

const map: Completer = (value) => (value === undefined ? NO_MEMBERS : { ...(value as object) });

function record(fields: readonly AvroField[], named: Map<string, Completer>): Completer {
  const completers = fields.map((field) => ({
    name: field.name,
    complete: completerOf(field.type, named, field.default),
  }));
  // The record with nothing given. Copied and not built anew: an object that gets its members one by one is a hash table
  // to V8, and every later copy of it takes ten times as long. Frozen, and one empty section for all events, so that a
  // step that changes it in place fails loudly.
  let empty: Readonly<Record<string, unknown>> | undefined;
  const nothing = (): Readonly<Record<string, unknown>> =>
    (empty ??= Object.freeze(
      Object.fromEntries(completers.map(({ name, complete }) => [name, complete(undefined, '')])),
    ));
  const build = (given: Readonly<Record<string, unknown>>, path: string): Record<string, unknown> => {
    const result = { ...nothing() };
    for (const { name, complete } of completers) {
      const member = given[name];
      // Paths are put together for what is given only: most fields of most events are not.
      if (member !== undefined) result[name] = complete(member, `${path}/${name}`);
    }
    return result;
  };
  return (value, path) => (value === undefined ? nothing() : build(value as Readonly<Record<string, unknown>>, path));
}

const orEmpty =
  (empty: unknown, convert: Completer): Completer =>
  (value, path) =>
    value === undefined ? empty : convert(value, path);
const same: Completer = (value) => value;

function completerOf(type: unknown, named: Map<string, Completer>, empty: unknown): Completer {
  if (Array.isArray(type))
    return orEmpty(
      null,
      completerOf(
        type.find((branch) => branch !== 'null'),
        named,
        null,
      ),
    );
  if (typeof type === 'string') return named.get(type) ?? orEmpty(empty ?? null, same);
  const node = type as Node;
  if (node.logicalType === 'timestamp-micros') return orEmpty(null, time);
  if (node.logicalType === 'decimal') return orEmpty(null, decimal(node.scale ?? 0));
  switch (node.type) {
    case 'record': {
      const completer = record(node.fields ?? [], named);
      named.set(node.name ?? '', completer);
      return completer;
    }
    case 'enum': {
      const completer = orEmpty(node.default, same);
      named.set(node.name ?? '', completer);
      return completer;
    }
    case 'array': {
      const item = completerOf(node.items, named, '');
      return (value, path) =>
        value === undefined
          ? NO_ITEMS
          : (value as unknown[]).map((element, index) => item(element, `${path}/${index}`));
    }
    case 'map':
      return map;
    case 'fixed':
      return orEmpty('', same);
    default:
      throw new AffidavitError('schema_invalid', 'a type that the intake does not know');
  }
}

/**
 * Fills every field that the schema has: absent strings "", numbers null, enums `unknown`, arrays [], maps {}; times
 * become microseconds and decimals their canonical string. Wire-only members fall away. Compiled from the Avro schema,
 * so that a new field cannot be forgotten here.
 */
export const completeRecord: (input: unknown) => Record<string, unknown> = (() => {
  const complete = record(auditEventSchema.fields, new Map());
  return (input) => complete(input, '') as Record<string, unknown>;
})();
