import { type ClickHouseClient } from '@clickhouse/client';
import { rowSettings } from '../../src/store/clickhouse-query.ts';
import { type RunQuery } from '../../src/store/engine.ts';
import { render } from '../../src/store/sql.ts';

/** A query and how many rows of tables the engine looked at for it. */
export interface CountedRead {
  readonly query: string;
  readonly rows: number;
}

export interface CountedReads {
  readonly run: RunQuery;
  readonly reads: CountedRead[];
}

/** The real engine, which also says what a query read: a time would depend on the machine. */
export function countedReads(client: ClickHouseClient): CountedReads {
  const reads: CountedRead[] = [];
  return {
    reads,
    run: async <Row>(query: Parameters<RunQuery>[0]): Promise<readonly Row[]> => {
      const { query: text, query_params } = render(query);
      const answer = await client.query({
        query: text,
        query_params,
        format: 'JSON',
        clickhouse_settings: rowSettings,
        use_multipart_params_auto: false,
      });
      const { data, statistics } = await answer.json<Row>();
      reads.push({ query: text, rows: statistics?.rows_read ?? Number.NaN });
      return data;
    },
  };
}
