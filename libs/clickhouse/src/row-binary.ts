import { Readable } from 'node:stream';
import { type ClickHouseClient } from '@clickhouse/client';
import { tableName } from './table-name.ts';

/** Column types that our own rows use, and what they take. */
export type RowValue =
  | { readonly type: 'String'; readonly value: string | Uint8Array }
  | { readonly type: 'Strings'; readonly value: readonly string[] }
  | { readonly type: 'Int32'; readonly value: number }
  | { readonly type: 'Int64'; readonly value: bigint | number }
  | { readonly type: 'Fixed'; readonly value: Uint8Array };

export const column = {
  string: (value: string | Uint8Array): RowValue => ({ type: 'String', value }),
  strings: (value: readonly string[]): RowValue => ({ type: 'Strings', value }),
  int32: (value: number): RowValue => ({ type: 'Int32', value }),
  /** Also times: DateTime64(3) in milliseconds, DateTime64(6) in microseconds. */
  int64: (value: bigint | number): RowValue => ({ type: 'Int64', value }),
  fixed: (value: Uint8Array): RowValue => ({ type: 'Fixed', value }),
};

/**
 * Inserts rows as RowBinary: bytes of a body go in as they are, which no text format can do. Each row has the columns'
 * values in their order. When it returns, the rows are in the table.
 */
export async function insertRows(
  client: ClickHouseClient,
  database: string,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly RowValue[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const body = Buffer.concat(rows.flatMap((row) => row.flatMap(encode)));
  const { stream } = await client.exec({
    query: `INSERT INTO ${tableName(database, table)} (${columns.join(', ')}) FORMAT RowBinary`,
    values: Readable.from([body], { objectMode: false }),
  });
  stream.resume();
  await new Promise((resolve, reject) => stream.once('end', resolve).once('error', reject));
}

function encode(cell: RowValue): Uint8Array[] {
  switch (cell.type) {
    case 'String':
      return sized(cell.value);
    case 'Strings':
      return [length(cell.value.length), ...cell.value.flatMap(sized)];
    case 'Int32': {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32LE(cell.value);
      return [bytes];
    }
    case 'Int64': {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(BigInt(cell.value));
      return [bytes];
    }
    case 'Fixed':
      return [cell.value];
  }
}

function sized(value: string | Uint8Array): Uint8Array[] {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  return [length(bytes.length), bytes];
}

/** LEB128, unsigned. */
function length(value: number): Uint8Array {
  const bytes: number[] = [];
  let left = value;
  while (left > 127) {
    bytes.push((left % 128) | 128);
    left = Math.floor(left / 128);
  }
  return Uint8Array.from([...bytes, left]);
}
