import { type connectClickHouse } from '@affidavit/clickhouse';

export type Client = ReturnType<typeof connectClickHouse>;
export type Parameters = Readonly<Record<string, string | number | readonly string[] | readonly number[]>>;

/** Rows of a query whose text comes from this code only; what the log holds travels as parameters. */
export type Read = <Row>(query: string, parameters?: Parameters) => Promise<readonly Row[]>;

export function reader(client: Client): Read {
  return async <Row>(query: string, parameters: Parameters = {}) => {
    const answer = await client.query({
      query,
      query_params: parameters,
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0, max_execution_time: 60 },
    });
    return answer.json<Row>();
  };
}

/** A list that fits into a URL, which is where the embedded engine's door reads parameters from. */
const CHUNK_BYTES = 4_000;

export function* chunks(ids: readonly string[]): Generator<readonly string[]> {
  let chunk: string[] = [];
  let bytes = 0;
  for (const id of ids) {
    const size = encodeURIComponent(id).length + 9;
    if (chunk.length > 0 && bytes + size > CHUNK_BYTES) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(id);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}
