// A process of its own: ClickHouse's Kafka engine (AvroConfluent) over the bench topic, into the tables and views of
// the migrations, as somebody without a projector would do it. Prints its pace as one line of JSON. It does less than
// the projector: no record_hash, no schema_id, no position written after the insert; a row counts once it is in
// `events`, though its views may still be at work.
import { Session } from 'chdb';
import { eventColumns } from '@affidavit/contracts';
import { type Pace, paceOf, samplesUntil } from './pace.ts';

interface PeerOptions {
  readonly data: string;
  readonly generation: string;
  readonly brokers: string;
  readonly registry: string;
  readonly topic: string;
  readonly rows: number;
  readonly consumers: number;
  readonly block: number;
}

const options = JSON.parse(process.argv[2] ?? '{}') as PeerOptions;
const { generation, consumers, block } = options;
const session = new Session(options.data);
const run = (sql: string): string => session.query(sql, 'TSV');

// Plain strings, as in the tables: with LowCardinality in between the engine would only pay for dictionaries that
// nobody reads.
const columns = eventColumns
  .map((column) => `\`${column.name}\` ${column.type.replace(/LowCardinality\(String\)/g, 'String')}`)
  .join(', ');
run(`CREATE TABLE ${generation}.queue (${columns}) ENGINE = Kafka SETTINGS kafka_broker_list = '${options.brokers}',
  kafka_topic_list = '${options.topic}', kafka_group_name = 'peer-${generation}', kafka_format = 'AvroConfluent',
  format_avro_schema_registry_url = '${options.registry}', kafka_num_consumers = ${consumers},
  kafka_thread_per_consumer = 1, kafka_max_block_size = ${block}, kafka_poll_max_batch_size = ${block}`);
const cpu = process.cpuUsage();
const began = performance.now();
const names = eventColumns.map((column) => `\`${column.name}\``).join(', ');
run(`CREATE MATERIALIZED VIEW ${generation}.queue_mv TO ${generation}.events AS
  SELECT ${names}, _topic AS kafka_topic, toInt32(_partition) AS kafka_partition, toInt64(_offset) AS kafka_offset,
    ifNull(_timestamp_ms, toDateTime64(0, 3, 'UTC')) AS kafka_timestamp FROM ${generation}.queue`);

const ask = async (what: string): Promise<number> =>
  Number((await session.queryAsync(`SELECT ${what} FROM ${generation}.events`, { format: 'TSV' })).text());
// What a rebalance makes it read again is in the table twice, until a merge finds it: the last look counts records.
const count = async (): Promise<number> => {
  const rows = await ask('count()');
  return rows < options.rows ? rows : ask('uniqExact(kafka_partition, kafka_offset)');
};
const samples = await samplesUntil(count, options.rows, began);
const { user, system } = process.cpuUsage(cpu);
const pace: Pace = { ...paceOf(samples), engine_cpu_s: (user + system) / 1e6, projector_cpu_s: 0 };
console.log(JSON.stringify(pace));
process.exit(0);
