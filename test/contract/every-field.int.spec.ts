import { createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import avro from 'avsc';
import { AvroContainer, connectClickHouse, insertContainer, migrate } from '@affidavit/clickhouse';
import { auditEventSchema, eventColumns, eventTypes } from '@affidavit/contracts';
import { filledValue } from '@affidavit/schemas';

/**
 * Every field of every type, each with a value that occurs nowhere else, through Avro's bytes, our container,
 * ClickHouse's Avro reader and back. What ClickHouse would drop in silence (a nullable record, a field without a
 * column) is missing here.
 */
const generation = `every_field_${Date.now()}`;
const client = connectClickHouse({
  url: process.env['CLICKHOUSE_URL'] ?? '',
  username: process.env['CLICKHOUSE_USER'] ?? '',
  password: process.env['CLICKHOUSE_PASSWORD'] ?? '',
  application: 'every-field',
});
const type = avro.Type.forSchema(auditEventSchema as unknown as avro.Schema, { wrapUnions: false });
const sections = auditEventSchema.fields
  .map((field) => field.name)
  .slice(auditEventSchema.fields.findIndex((field) => field.name === 'model'));
type Fields = Record<string, unknown>;

/**
 * The filled record with the sections that a type does not allow emptied, as a decoder of the defaults would have them.
 */
function recordOf(eventType: keyof typeof eventTypes, full: Fields): Fields {
  const allowed = new Set(eventTypes[eventType].sections);
  const emptied = sections
    .filter((name) => !allowed.has(name))
    .map((name) => {
      const field = auditEventSchema.fields.find((one) => one.name === name) as unknown as { default: unknown };
      return [name, field.default];
    });
  return { ...full, event_type: eventType, event_id: `every-${eventType}`, ...(Object.fromEntries(emptied) as Fields) };
}

const dateTime = (micros: number): string =>
  `${new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19).replace('T', ' ')}.${String(micros % 1_000_000).padStart(6, '0')}`;

/** The value as ClickHouse's JSONEachRow writes a column of that type. */
function shown(value: unknown, columnType: string): unknown {
  if (value === null) return null;
  if (columnType.includes('DateTime64') && typeof value === 'number') return dateTime(value);
  const places = /Decimal\(\d+, (\d+)\)/.exec(columnType)?.[1];
  if (places !== undefined && Buffer.isBuffer(value)) return value.readIntBE(0, value.length) / 10 ** Number(places);
  if (columnType.startsWith('FixedString') && Buffer.isBuffer(value)) return value.toString('latin1');
  return JSON.parse(JSON.stringify(value));
}

const valueAt = (record: Fields, column: string): unknown =>
  column.split('.').reduce<unknown>((at, name) => (at as Fields)[name], record);

test('every field of every type is read back from ClickHouse as it was written', async () => {
  const migrations = fileURLToPath(new URL('../../schemas/clickhouse', import.meta.url));
  await migrate(client, {
    directory: migrations,
    target: generation,
    databases: [generation],
    variables: { generation, late_after_s: 300 },
  });
  const full = filledValue(auditEventSchema) as Fields;
  const records = Object.keys(eventTypes).map((eventType) => recordOf(eventType as keyof typeof eventTypes, full));
  const container = new AvroContainer(auditEventSchema).encode(
    records.map((record, offset) => {
      const body = type.toBuffer(record);
      return {
        topic: 'audit.activity.v1',
        partition: 0,
        offset: BigInt(offset),
        timestamp_ms: 1_795_327_200_000,
        schema_id: 7,
        record_hash: createHash('sha256').update(body).digest(),
        body,
      };
    }),
    randomBytes(16),
  );
  await insertContainer(client, generation, 'events', container);

  const answer = await client.query({
    query: `SELECT * FROM ${generation}.events ORDER BY kafka_offset`,
    format: 'JSONEachRow',
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 0,
      output_format_json_quote_decimals: 0,
      output_format_json_named_tuples_as_objects: 1,
      output_format_json_escape_forward_slashes: 0,
    },
  });
  const rows = await answer.json<Fields>();
  expect(rows).toHaveLength(records.length);
  for (const [index, record] of records.entries()) {
    const row = rows[index] ?? {};
    const written = Object.fromEntries(
      eventColumns.map((column) => [column.name, shown(valueAt(record, column.name), column.type)]),
    );
    const read = Object.fromEntries(eventColumns.map((column) => [column.name, row[column.name]]));
    expect(read).toEqual(written);
    expect(row).toMatchObject({
      kafka_topic: 'audit.activity.v1',
      kafka_partition: 0,
      kafka_offset: index,
      schema_id: 7,
    });
  }
  await client.command({ query: `DROP DATABASE ${generation}` });
}, 120_000);

afterAll(() => client.close());
