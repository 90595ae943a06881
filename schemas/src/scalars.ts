/** What each scalar type of the model is in every language that we generate. Its meaning for people is in README.md. */
export interface Scalar {
  readonly avro: unknown;
  /** Default of the Avro field; undefined for types that are always given. */
  readonly empty: unknown;
  readonly typescript: string;
  readonly clickhouse: string;
  readonly jsonSchema: Readonly<Record<string, unknown>>;
  /** TypeScript type in the JSON on the wire. */
  readonly input: string;
}

const text = (maxLength: number, clickhouse: string, more: object = {}): Scalar => ({
  avro: 'string',
  empty: '',
  typescript: 'string',
  clickhouse,
  input: 'string',
  jsonSchema: { type: 'string', maxLength, ...more },
});
/** Twelve digits before the point and `scale` behind it. */
const decimal = (scale: number): Scalar => ({
  avro: { type: 'bytes', logicalType: 'decimal', precision: 12 + scale, scale },
  empty: null,
  typescript: 'string',
  clickhouse: `Decimal(${12 + scale}, ${scale})`,
  input: 'string | number',
  jsonSchema: {
    type: ['string', 'number'],
    pattern: `^-?[0-9]{1,12}(\\.[0-9]{1,${scale}})?$`,
    maxLength: 14 + scale,
    minimum: -999999999999,
    maximum: 999999999999,
  },
});

const number = (avro: unknown, clickhouse: string, jsonSchema: object): Scalar => ({
  avro,
  empty: null,
  typescript: 'number',
  clickhouse,
  input: 'number',
  jsonSchema: { ...jsonSchema },
});

/**
 * 2^52: what every reader of JSON and every decoder of Avro in JavaScript gets right on both sides of zero (avsc ends
 * at -2^52).
 */
export const MAX_LONG = 2 ** 52;

export const scalars: Readonly<Record<string, Scalar>> = {
  id: text(512, 'String', { minLength: 1 }),
  text: text(4096, 'String'),
  code: text(256, 'LowCardinality(String)'),
  type: text(128, 'LowCardinality(String)', { minLength: 1 }),
  mac: text(128, 'String', { pattern: '^([0-9a-f]{64})?$' }),
  currency: text(3, 'LowCardinality(String)', { pattern: '^([A-Z]{3})?$' }),
  string: text(512, 'LowCardinality(String)', { minLength: 1 }),
  bool: {
    avro: 'boolean',
    empty: false,
    typescript: 'boolean',
    clickhouse: 'Bool',
    input: 'boolean',
    jsonSchema: { type: 'boolean' },
  },
  long: number('long', 'Int64', { type: 'integer', minimum: -MAX_LONG, maximum: MAX_LONG }),
  double: number('double', 'Float64', { type: 'number' }),
  share: number('double', 'Float64', { type: 'number', minimum: 0, maximum: 1 }),
  time: {
    avro: { type: 'long', logicalType: 'timestamp-micros' },
    empty: null,
    typescript: 'number',
    clickhouse: "DateTime64(6, 'UTC')",
    input: 'string | number',
    jsonSchema: { type: ['string', 'integer'], format: 'date-time', maxLength: 64 },
  },
  decimal: decimal(6),
  // One call of a model costs millionths of a cent: prices per token have nine places and more.
  cost: decimal(12),
  sha256: {
    avro: { type: 'fixed', name: 'Sha256', size: 32 },
    empty: undefined,
    typescript: 'string',
    clickhouse: 'FixedString(32)',
    input: 'string',
    jsonSchema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  },
  map: {
    avro: { type: 'map', values: 'string' },
    empty: {},
    typescript: 'Readonly<Record<string, string>>',
    clickhouse: 'Map(LowCardinality(String), String)',
    input: 'Readonly<Record<string, string>>',
    jsonSchema: { type: 'object' },
  },
};

/** Types of plain records beside AuditEvent: Avro and TypeScript only. */
export const planeTypes: Readonly<Record<string, { readonly avro: unknown; readonly typescript: string }>> = {
  string: { avro: 'string', typescript: 'string' },
  bytes: { avro: 'bytes', typescript: 'Uint8Array' },
  int: { avro: 'int', typescript: 'number' },
  long: { avro: 'long', typescript: 'number' },
  timestamp: { avro: { type: 'long', logicalType: 'timestamp-micros' }, typescript: 'number' },
  strings: { avro: { type: 'array', items: 'string' }, typescript: 'readonly string[]' },
};
