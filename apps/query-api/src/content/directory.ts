import { type RunQuery } from '../store/engine.ts';
import { integer, sql, tableName, text, texts } from '../store/sql.ts';

/** Who is behind a pseudonym, for those who may see names. Gone when the person's key is destroyed. */
export interface Person {
  readonly pseudonym: string;
  readonly issuer: string;
  readonly raw_id: string;
  readonly display_name: string;
}

export interface Directory {
  people(tenantId: string, pseudonyms: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** Pseudonyms whose entry bears this id, given as it was normalised for the pseudonym. */
  find(tenantId: string, normalisedId: string): Promise<readonly string[]>;
}

const MAX_FOUND = 100;
const CHUNK = 200;

export function directoryIn(run: RunQuery, database: string): Directory {
  const table = tableName(database, 'directory');
  return {
    async people(tenantId, pseudonyms) {
      const chunks: (readonly string[])[] = [];
      for (let at = 0; at < pseudonyms.length; at += CHUNK) chunks.push(pseudonyms.slice(at, at + CHUNK));
      // The newest entry by log order: names change, pseudonyms do not. An entry without a name does not take one away.
      const rows = await Promise.all(
        chunks.map((chunk) =>
          run<Person>(sql`SELECT pseudonym, argMax(issuer, place) AS issuer, argMax(raw_id, place) AS raw_id,
          argMaxIf(display_name, place, display_name != '') AS display_name
        FROM (SELECT *, (kafka_timestamp, kafka_topic, kafka_partition, kafka_offset) AS place FROM ${table}
        WHERE tenant_id = ${text(tenantId)} AND pseudonym IN ${texts(chunk)})
        GROUP BY pseudonym`),
        ),
      );
      return new Map(rows.flat().map((person) => [person.pseudonym, person]));
    },
    async find(tenantId, normalisedId) {
      const rows = await run<{ readonly pseudonym: string }>(sql`SELECT DISTINCT pseudonym FROM ${table}
        WHERE tenant_id = ${text(tenantId)} AND (raw_id = ${text(normalisedId)}
        OR lowerUTF8(normalizeUTF8NFC(trimBoth(raw_id))) = ${text(normalisedId)})
        ORDER BY pseudonym LIMIT ${integer(MAX_FOUND)}`);
      return rows.map(({ pseudonym }) => pseudonym);
    },
  };
}
