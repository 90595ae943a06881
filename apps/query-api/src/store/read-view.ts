import { type ClickHouseClient, type ClickHouseSettings } from '@clickhouse/client';
import { type OffsetVector } from '../reading/as-of.ts';
import { busyAsUnavailable, rowSettings } from './clickhouse-query.ts';
import { render, type Sql } from './sql.ts';

/** Whose rows a view shows, and up to where. */
export interface ViewSession {
  readonly tenantId: string;
  readonly vector: OffsetVector;
}

export interface ViewRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Reads the generation's views for data teams at a vector. Cells MUST arrive as those of `RunQuery` do. */
export interface ViewReader {
  rows(query: Sql, session: ViewSession): Promise<ViewRows>;
  /** The same rows as one Parquet file. */
  parquet(query: Sql, session: ViewSession): Promise<Buffer>;
}

/**
 * What the views take their tenant and their watermark from (schemas/clickhouse/0007). A tenant with a line break would
 * be another tenant at a vector of its choice.
 */
export function sessionOf({ tenantId, vector }: ViewSession): string {
  if (/[\r\n]/.test(tenantId)) throw new Error('a tenant id has no line break');
  const places = Object.entries(vector).flatMap(([topic, offsets]) =>
    offsets.map((offset, partition) => [topic, partition, offset]),
  );
  return `${tenantId}\n${JSON.stringify(places)}`;
}

/** One thread: the order of equal rows and the borders of row groups would be the scheduler's otherwise. */
const repeatable: ClickHouseSettings = { max_threads: 1, output_format_parquet_compression_method: 'zstd' };

export function clickHouseViews(client: ClickHouseClient): ViewReader {
  const ask = async (query: Sql, session: ViewSession, format: string): Promise<Buffer> => {
    const { query: text, query_params } = render(query);
    return busyAsUnavailable(async () => {
      const { stream } = await client.exec({
        query: `${text} FORMAT ${format}`,
        query_params,
        clickhouse_settings: { ...rowSettings, ...repeatable, log_comment: sessionOf(session) },
      });
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    });
  };
  return {
    async rows(query, session) {
      const lines = (await ask(query, session, 'JSONCompactEachRowWithNamesAndTypes'))
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as unknown[]);
      const [names = [], types = [], ...rows] = lines;
      return { columns: names.map((name, index) => ({ name: String(name), type: String(types[index]) })), rows };
    },
    parquet: (query, session) => ask(query, session, 'Parquet'),
  };
}
