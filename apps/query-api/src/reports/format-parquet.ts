import { canonicalJson } from '@affidavit/audit-model';
import { type ReportHeader } from './report.ts';

const MAGIC = 'PAR1';
/** Under this key the file's own metadata holds the report's header as JSON. */
export const PARQUET_KEY = 'affidavit_report';

/** Thrift's compact protocol, as far as one list of key and value needs it. */
const STOP = 0x00;
const LIST_FIELD_LONG_FORM = 0x09;
const KEY_VALUE_METADATA = 5;
const ONE_STRUCT = 0x1c;
const NEXT_FIELD_BINARY = 0x18;

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

const binary = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from([NEXT_FIELD_BINARY, ...varint(bytes.length)]), bytes]);
};

/**
 * Puts the header into the file's key_value_metadata (parquet.thrift, FileMetaData, field 5), where pyarrow, DuckDB and
 * others show it. ClickHouse writes no such field. The metadata is one Thrift struct at the end of the file: the field
 * goes in front of its stop byte, in the form that names its number, since it follows larger ones. Throws for a file
 * that does not end as Parquet does.
 */
export function parquetWithHeader(file: Buffer, header: ReportHeader): Buffer {
  const lengthAt = file.length - 8;
  const length = lengthAt > 4 ? file.readUInt32LE(lengthAt) : 0;
  const stopAt = lengthAt - 1;
  if (file.toString('latin1', lengthAt + 4) !== MAGIC || length === 0 || length > lengthAt - 4 || file[stopAt] !== STOP)
    throw new Error('not a Parquet file as ClickHouse writes them');
  const zigzag = varint(KEY_VALUE_METADATA * 2);
  const field = Buffer.concat([
    Buffer.from([LIST_FIELD_LONG_FORM, ...zigzag, ONE_STRUCT]),
    binary(PARQUET_KEY),
    binary(canonicalJson(header)),
    Buffer.from([STOP]),
  ]);
  const end = Buffer.alloc(4);
  end.writeUInt32LE(length + field.length);
  return Buffer.concat([file.subarray(0, stopAt), field, Buffer.from([STOP]), end, Buffer.from(MAGIC, 'latin1')]);
}
