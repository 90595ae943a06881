import { type Field, type Model } from './model.ts';
import { scalars } from './scalars.ts';

export interface Column {
  /** Dotted, as Avro's nested records land in ClickHouse: `source.system`. */
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

/** Columns that the projector writes before the untouched body of a record; their order is that of the container. */
export const leadingColumns: readonly Column[] = [
  { name: 'kafka_topic', type: 'LowCardinality(String)', comment: 'topic of the record' },
  { name: 'kafka_partition', type: 'Int32', comment: 'its partition' },
  { name: 'kafka_offset', type: 'Int64', comment: 'its offset' },
  { name: 'kafka_timestamp', type: "DateTime64(3, 'UTC')", comment: 'when the broker appended it' },
  { name: 'schema_id', type: 'Int32', comment: 'schema in the registry' },
  { name: 'record_hash', type: 'FixedString(32)', comment: 'SHA-256 of the whole Kafka value' },
];

function scalarType(model: Model, field: Field): string {
  if (model.enums.has(field.type)) return 'LowCardinality(String)';
  const scalar = scalars[field.type];
  if (!scalar) throw new Error(`column ${field.name}: no type ${field.type}`);
  return field.nullable ? `Nullable(${scalar.clickhouse})` : scalar.clickhouse;
}

function columnType(model: Model, field: Field): string {
  if (!field.array) return scalarType(model, field);
  const element = model.records.get(field.type);
  if (!element) return `Array(${scalarType(model, field)})`;
  return `Array(Tuple(${element.fields.map((inner) => `${inner.name} ${columnType(model, inner)}`).join(', ')}))`;
}

/** The columns of AuditEvent's own fields, nested records flattened to dotted names, in the schema's order. */
export function eventColumns(model: Model): Column[] {
  return model.envelope.flatMap((field) => {
    const record = field.array ? undefined : model.records.get(field.type);
    if (!record) return [{ name: field.name, type: columnType(model, field), comment: field.doc }];
    return record.fields.map((inner) => ({
      name: `${field.name}.${inner.name}`,
      type: columnType(model, inner),
      comment: inner.doc,
    }));
  });
}
