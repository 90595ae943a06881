import { CONTENT_TOPIC, type OffsetVector } from '../reading/as-of.ts';
import { type RunQuery } from '../store/engine.ts';
import { visible } from '../store/list-table.ts';
import { sql, tableName, text, texts } from '../store/sql.ts';

/** Says whether bodies are equal without showing one: SHA-256, computed where they are. */
export interface ContentDigests {
  digests(tenantId: string, contentIds: readonly string[], vector: OffsetVector): Promise<ReadonlyMap<string, string>>;
}

/** More ids do not fit into a request. */
const CHUNK = 150;

/**
 * Of a JSON object the members are sorted first, at the top: senders write them in any order. Erased bodies are not
 * there.
 */
export function contentDigests(run: RunQuery, database: string): ContentDigests {
  return {
    async digests(tenantId, contentIds, vector) {
      const found = new Map<string, string>();
      for (let at = 0; at < contentIds.length; at += CHUNK) {
        const rows = await run<{ readonly content_id: string; readonly digest: string }>(sql`SELECT content_id,
            lower(hex(SHA256(if(endsWith(media_type, 'json') AND startsWith(trimLeft(body), '{') AND isValidJSON(body),
            toString(arraySort(JSONExtractKeysAndValuesRaw(body))), body)))) AS digest
          FROM ${tableName(database, 'bodies')}
          WHERE tenant_id = ${text(tenantId)} AND content_id IN ${texts(contentIds.slice(at, at + CHUNK))}
          AND ${visible({ [CONTENT_TOPIC]: vector[CONTENT_TOPIC] ?? [] })}
          LIMIT 1 BY content_id`);
        for (const { content_id, digest } of rows) found.set(content_id, digest);
      }
      return found;
    },
  };
}
