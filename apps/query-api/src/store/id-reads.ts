import { type ReadContext } from './list-reads.ts';
import { visible } from './list-table.ts';
import { integer, sql, tableName, text, texts } from './sql.ts';

/**
 * Kinds of ids in `ids` whose id is stored as written; cases, objects and people have keys and are looked up by them.
 */
export const PLAIN_KINDS = [
  'event',
  'run',
  'root_run',
  'parent_run',
  'step',
  'session',
  'turn',
  'task',
  'trace',
  'span',
  'call',
  'effect',
  'decision',
  'approval',
  'action',
  'origin_event',
  'document_no',
  'transaction',
  'message',
  'artifact',
  'comparison',
  'policy',
  'config_item',
  'link',
  'content',
] as const;
export type PlainKind = (typeof PLAIN_KINDS)[number];
/** Kinds under which events stand that name something of another event; nobody pastes them. */
export type ReferenceKind = 'produced_by_call' | 'parent_artifact' | 'reverted_effect' | 'grant';

export interface FoundKind {
  readonly kind: PlainKind;
  /** Events that carry the id, each once. */
  readonly events: number;
  readonly first_at: string;
  readonly last_at: string;
}

/** As which kinds the tenant's events carry the id. */
export async function findKinds(
  { run, generation, tenantId, vector }: ReadContext,
  id: string,
): Promise<readonly FoundKind[]> {
  return run<FoundKind>(sql`SELECT kind, uniqExact(event_key) AS events, min(occurred_at) AS first_at, max(occurred_at) AS last_at
    FROM ${tableName(generation, 'ids')}
    WHERE tenant_id = ${text(tenantId)} AND kind IN ${texts(PLAIN_KINDS)} AND id = ${text(id)} AND ${visible(vector)}
    GROUP BY kind ORDER BY kind`);
}

export interface FoundHash {
  readonly hash: 'record_hash' | 'fact_hash';
  readonly event_key: string;
}

const MAX_HASHES = 20;

/** Events of which a record or the fact has this SHA-256, given as 64 lower hex digits. */
export async function findHash(
  { run, generation, tenantId, vector }: ReadContext,
  hex: string,
): Promise<readonly FoundHash[]> {
  const bytes = sql`toFixedString(unhex(${text(hex)}), 32)`;
  return run<FoundHash>(sql`SELECT DISTINCT if(record_hash = ${bytes}, 'record_hash', 'fact_hash') AS hash, event_key
    FROM ${tableName(generation, 'events')}
    WHERE tenant_id = ${text(tenantId)} AND (record_hash = ${bytes} OR fact_hash = ${bytes}) AND ${visible(vector)}
    ORDER BY hash DESC, event_key LIMIT ${integer(MAX_HASHES)}`);
}
