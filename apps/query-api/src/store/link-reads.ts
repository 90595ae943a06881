import { type ActiveLink } from '../links/active-link.ts';
import { type ReadContext } from './list-reads.ts';
import { visible } from './list-table.ts';
import { type Sql, sql, tableName, text } from './sql.ts';

/**
 * Links that hold at the vector, of those of which some statement meets `which` (a condition on `link_statements`): a
 * query. Of each event its first copy by log order counts, so that a resend says nothing anew. Of each link the last
 * statement of whoever says it decides, the last assertion which ends it has. A source takes back what it said itself;
 * people and rules, who are known by their basis, take it back for all, until somebody says it anew. Two sources that
 * join different ends under one id have a link each.
 */
export const activeLinks = (context: ReadContext, which: Sql): Sql => sql`${foldedLinks(context, which)} WHERE holds`;

function foldedLinks({ generation, tenantId, vector }: ReadContext, which: Sql): Sql {
  const statements = sql`${tableName(generation, 'link_statements')} WHERE tenant_id = ${text(tenantId)} AND ${visible(vector)}`;
  const firstCopies = sql`SELECT link_id, event_key, min(place) AS first, argMin(asserted, place) AS stated,
    argMin(if(basis IN ('person', 'rule'), '', concat('source ', source_system)), place) AS voice,
      argMin((kind, from_kind, from_key, from_issuer, to_kind, to_key, to_issuer, basis, rule_id, confidence, event_id,
      occurred_at, toDateTime64(kafka_timestamp, 6, 'UTC')), place) AS saying
    FROM (SELECT *, (kafka_timestamp, kafka_topic, kafka_partition, kafka_offset) AS place FROM ${statements}
      AND entry_kind = 'link' AND entry_key IN (SELECT link_id FROM ${statements} AND ${which}))
    GROUP BY link_id, event_key`;
  const takenBack = sql`SELECT *, maxIf(first, voice = '' AND NOT stated) OVER (PARTITION BY link_id) AS taken_back
    FROM (${firstCopies})`;
  const byVoice = sql`SELECT link_id, argMax(stated, first) AND max(first) > any(taken_back) AS stands, argMaxIf(saying, first,
    stated) AS says, maxIf(first, stated) AS last FROM (${takenBack})
    GROUP BY link_id, voice HAVING countIf(stated) > 0`;
  return sql`SELECT link_id, said.1 AS kind, said.2 AS from_kind, said.3 AS from_key, said.4 AS from_issuer, said.5 AS to_kind,
    said.6 AS to_key, said.7 AS to_issuer,
      said.8 AS basis, said.9 AS rule_id, said.10 AS confidence, said.11 AS event_id, said.12 AS asserted_at,
      said.13 AS known_at, holds, said_at
    FROM (SELECT link_id, max(stands) AS holds, argMax(says, (stands, last)) AS said, max(last) AS said_at FROM (${byVoice})
      GROUP BY link_id, arraySort([(says.2, says.3), (says.5, says.6)]))`;
}

export async function readActiveLinks(context: ReadContext, which: Sql): Promise<readonly ActiveLink[]> {
  return context.run<ActiveLink>(
    sql`SELECT * EXCEPT (holds, said_at) FROM (${activeLinks(context, which)}) ORDER BY link_id, from_key, to_key`,
  );
}

/** Of one link: the last that was asserted of it, and whether it holds; undefined when the tenant never had it. */
export async function readLink(
  context: ReadContext,
  linkId: string,
): Promise<{ readonly last: ActiveLink; readonly active: boolean } | undefined> {
  const [found] = await context.run<ActiveLink & { readonly holds: number | boolean }>(
    sql`SELECT * EXCEPT said_at FROM (${foldedLinks(context, sql`entry_kind = 'link' AND entry_key = ${text(linkId)}`)})
      ORDER BY holds DESC, said_at DESC LIMIT 1`,
  );
  return found === undefined ? undefined : { last: found, active: Boolean(found.holds) };
}
