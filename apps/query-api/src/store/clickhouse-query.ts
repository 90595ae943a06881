import { type ClickHouseClient, ClickHouseError, type ClickHouseSettings } from '@clickhouse/client';
import { type RunQuery } from './engine.ts';
import { render } from './sql.ts';
import { queryError } from '../query-error.ts';

/** How rows have to arrive, and how long a reader may keep the engine busy. */
export const rowSettings: ClickHouseSettings = {
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 1,
  output_format_decimal_trailing_zeros: 1,
  max_execution_time: 25,
};

/**
 * TIMEOUT_EXCEEDED, TOO_SLOW, MEMORY_LIMIT_EXCEEDED, TOO_MANY_SIMULTANEOUS_QUERIES: the question may be fine, the
 * moment is not.
 */
const busyCodes: ReadonlySet<string> = new Set(['159', '160', '202', '209', '241']);

export function clickHouseQuery(client: ClickHouseClient): RunQuery {
  return async <Row>(query: Parameters<RunQuery>[0]): Promise<readonly Row[]> => {
    const { query: text, query_params } = render(query);
    return busyAsUnavailable(async () => {
      const answer = await client.query({
        query: text,
        query_params,
        format: 'JSONEachRow',
        clickhouse_settings: rowSettings,
        use_multipart_params_auto: false,
      });
      return answer.json<Row>();
    });
  };
}

/** The engine's errors as this API's: a query that is at fault stays what it is, everything else may be asked again. */
export async function busyAsUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof ClickHouseError && !busyCodes.has(cause.code)) throw cause;
    throw queryError(
      'store_unavailable',
      'ClickHouse does not answer, or not in time: narrow the range with from and to, or ask again',
      { cause },
    );
  }
}
