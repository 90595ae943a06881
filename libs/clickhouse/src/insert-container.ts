import { Readable } from 'node:stream';
import { type ClickHouseClient, type ClickHouseSettings as ServerSettings } from '@clickhouse/client';
import { tableName } from './table-name.ts';

const settings: ServerSettings = {
  // Columns that an older schema lacks take the table's default; a column of ours (run_key) is computed.
  input_format_avro_allow_missing_fields: 1,
  input_format_null_as_default: 1,
  async_insert: 0,
  insert_deduplicate: 0,
  // The views fill their tables side by side, and no block is merged within itself before it is written: a batch holds
  // no record twice, and the tables' keys collapse what does come twice. Measured: 1,700 ms down to 1,000 for 10,000
  // wide rows.
  parallel_view_processing: 1,
  optimize_on_insert: 0,
  // A batch is one block: an insert is atomic per block and table partition only.
  max_insert_block_size: '1048576',
};

/**
 * Inserts one Avro container. When it returns, the rows are in the table and in every table that its views feed. When
 * it throws, any of them may be: the watermark hides them, and inserting the same records again repairs it.
 */
export async function insertContainer(
  client: ClickHouseClient,
  database: string,
  table: string,
  container: Uint8Array,
): Promise<void> {
  const { stream } = await client.exec({
    query: `INSERT INTO ${tableName(database, table)} FORMAT Avro`,
    values: Readable.from([container], { objectMode: false }),
    clickhouse_settings: settings,
  });
  stream.resume();
  await new Promise((resolve, reject) => stream.once('end', resolve).once('error', reject));
}
