// A process of its own: ClickHouse's Kafka engine (AvroConfluent) over the bench topic, into the tables and views of
// the migrations, as somebody without a projector would do it. Prints its pace as one line of JSON. It does less than
// the projector: no record_hash, no schema_id, no position written after the insert.
import { Session } from 'chdb';
import { eventColumns } from '@affidavit/contracts';
import { measurePace } from './pace.ts';

interface PeerOptions {
  readonly data: string;
  readonly generation: string;
  readonly brokers: string;
  readonly registry: string;
  readonly topic: string;
  readonly rows: number;
}

const options = JSON.parse(process.argv[2] ?? '{}') as PeerOptions;
const session = new Session(options.data);
const run = (sql: string): string => session.query(sql, 'TSV');

// Plain strings, as in the tables: with LowCardinality in between the engine would only pay for dictionaries that
// nobody reads.
const columns = eventColumns
  .map((column) => `\`${column.name}\` ${column.type.replace(/LowCardinality\(String\)/g, 'String')}`)
  .join(', ');
run(`CREATE TABLE ${options.generation}.queue (${columns}) ENGINE = Kafka SETTINGS kafka_broker_list = '${options.brokers}', kafka_topic_list = '${options.topic}',
  kafka_group_name = 'peer-${options.generation}', kafka_format = 'AvroConfluent', format_avro_schema_registry_url = '${options.registry}',
  kafka_num_consumers = 2, kafka_thread_per_consumer = 1, kafka_max_block_size = 65536, kafka_poll_max_batch_size = 65536`);
const began = performance.now();
const names = eventColumns.map((column) => `\`${column.name}\``).join(', ');
run(`CREATE MATERIALIZED VIEW ${options.generation}.queue_mv TO ${options.generation}.events AS
  SELECT ${names}, _topic AS kafka_topic, toInt32(_partition) AS kafka_partition, toInt64(_offset) AS kafka_offset, ifNull(_timestamp_ms, toDateTime64(0, 3, 'UTC')) AS kafka_timestamp FROM ${options.generation}.queue`);

const count = async (): Promise<number> =>
  Number((await session.queryAsync(`SELECT count() FROM ${options.generation}.events`, { format: 'TSV' })).text());
const pace = await measurePace(count, options.rows, 600, began);
console.log(JSON.stringify(pace));
process.exit(0);
