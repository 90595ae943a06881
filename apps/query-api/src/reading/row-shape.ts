import { auditEventSchema, eventColumns, leadingColumns } from '@affidavit/contracts';

interface AvroField {
  readonly name: string;
  readonly doc?: string;
  readonly type: unknown;
  readonly default?: unknown;
}

/** A row as the tables have it: dotted columns. */
export type FlatRow = Readonly<Record<string, unknown>>;
export type NestedRow = Record<string, unknown>;

/** Hashes are bytes in the tables; everything else is text, number, or built of them. */
const isBytes = (type: string): boolean => type.startsWith('FixedString');
export const byteColumns: ReadonlySet<string> = new Set(
  [...leadingColumns, ...eventColumns].filter(({ type }) => isBytes(type)).map(({ name }) => name),
);

/** Stand on every row, empty or not: without them a row says nothing for sure. */
const always: ReadonlySet<string> = new Set([
  'event_id',
  'event_type',
  'tenant_id',
  'environment',
  'region',
  'occurred_at',
  'observed_at',
  'time_basis',
  'time_precision_us',
  'evidence_grade',
  'stream_id',
  'seq',
  'seq_origin',
  'phase',
  'retention_class',
  'fact_hash',
]);

const fields = auditEventSchema.fields as readonly AvroField[];
const enums = new Set<string>();
const isRecord = (type: unknown): type is { readonly fields: readonly AvroField[] } =>
  (type as { type?: unknown } | null)?.type === 'record';

/** Avro names an enum where it first occurs and refers to it afterwards; both are the same emptiness, "unknown". */
function isEnum(type: unknown): boolean {
  if (typeof type === 'string') return enums.has(type);
  const named = type as { type?: unknown; name?: unknown } | null;
  if (named?.type !== 'enum') return false;
  if (typeof named.name === 'string') enums.add(named.name);
  return true;
}

interface Leaf {
  readonly column: string;
  readonly section: string | null;
  readonly name: string;
  readonly enumerated: boolean;
}

const leaves: readonly Leaf[] = fields.flatMap((field): Leaf[] =>
  isRecord(field.type)
    ? field.type.fields.map((inner) => ({
        column: `${field.name}.${inner.name}`,
        section: field.name,
        name: inner.name,
        enumerated: isEnum(inner.type),
      }))
    : [{ column: field.name, section: null, name: field.name, enumerated: isEnum(field.type) }],
);

function isEmpty(value: unknown, enumerated: boolean): boolean {
  if (value === '' || value === null || value === undefined) return true;
  if (enumerated) return value === 'unknown';
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** An array's element: its empty texts and numbers go, what it says stays, `false` included. */
function withoutEmpties(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpties);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== '' && member !== null && member !== 'unknown'),
  );
}

/**
 * The event as the model nests it, without what it does not say: "", null, [], {} and the enum symbol unknown are left
 * out, and sections of which nothing remains. So "absent" has one form, whatever the schema version that wrote the
 * record.
 */
export function nestRow(flat: FlatRow): NestedRow {
  const row: NestedRow = {};
  for (const { column, section, name, enumerated } of leaves) {
    const value = flat[column];
    if (section === null) {
      if (always.has(name) || !isEmpty(value, enumerated))
        row[name] = name === 'details' ? value : withoutEmpties(value);
    } else if (!isEmpty(value, enumerated)) {
      const nested = (row[section] ??= {}) as NestedRow;
      nested[name] = withoutEmpties(value);
    }
  }
  return row;
}
