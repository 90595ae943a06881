/**
 * ClickHouse's answers that speak of the data in an insert and not of the server: only these make the projector look
 * for the one bad record. avro-cpp's exceptions come as 1001, which other libraries' do, too: the type's name must be
 * in it.
 */
const dataCodes = new Set([
  '6', // CANNOT_PARSE_TEXT
  '26', // CANNOT_PARSE_QUOTED_STRING
  '27', // CANNOT_PARSE_INPUT_ASSERTION_FAILED
  '33', // CANNOT_READ_ALL_DATA
  '38', // CANNOT_PARSE_DATE
  '41', // CANNOT_PARSE_DATETIME
  '53', // TYPE_MISMATCH
  '69', // ARGUMENT_OUT_OF_BOUND
  '70', // CANNOT_CONVERT_TYPE
  '72', // CANNOT_PARSE_NUMBER
  '117', // INCORRECT_DATA
  '128', // TOO_LARGE_ARRAY_SIZE
  '131', // TOO_LARGE_STRING_SIZE
  '190', // SIZES_OF_ARRAYS_DONT_MATCH
  '321', // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
  '349', // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
  '407', // DECIMAL_OVERFLOW
  '691', // UNKNOWN_ELEMENT_OF_ENUM
]);

/** Server answers that mean "not now": overload, restart, read-only, memory, network. */
const passingCodes = new Set([
  '159',
  '202',
  '209',
  '210',
  '236',
  '241',
  '242',
  '243',
  '252',
  '279',
  '319',
  '425',
  '439',
  '999',
  '1002',
]);

export type InsertFailure = 'data' | 'passing' | 'unknown';

export function classify(error: unknown): InsertFailure {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = typeof code === 'string' ? code : '';
  if (text === '1001') return typeof message === 'string' && message.includes('avro::Exception') ? 'data' : 'unknown';
  if (dataCodes.has(text)) return 'data';
  // No number: the connection failed or timed out before the server answered.
  if (passingCodes.has(text) || !/^\d+$/.test(text)) return 'passing';
  return 'unknown';
}

/** For logs and dead letters: the server's message may quote values, its number and name do not. */
export function describe(error: unknown): string {
  const { code, type } = error as { code?: unknown; type?: unknown };
  return [typeof code === 'string' ? `code ${code}` : 'no code', typeof type === 'string' ? type : '']
    .filter((part) => part !== '')
    .join(' ');
}
