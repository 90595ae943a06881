import { before, type Position } from '../log/window.ts';
import { type Statement } from '../rules/reconcile.ts';
import { chunks, type Read } from './engine.ts';

/**
 * What rules said so far about links of these ends, by end, in log order. Statements of people about such links
 * included.
 */
export async function statementsAt(
  read: Read,
  generation: string,
  tenantId: string,
  kind: string,
  ids: readonly string[],
  positions: readonly Position[],
): Promise<ReadonlyMap<string, readonly Statement[]>> {
  const visible = before(positions);
  const found = new Map<string, Statement[]>();
  for (const chunk of chunks(ids)) {
    const rows = await read<Statement & { readonly subjects: readonly string[] }>(
      `WITH ofRules AS (
        SELECT link_id, groupUniqArray(entry_key) AS subjects FROM ${generation}.link_statements
        WHERE tenant_id = {tenant:String} AND entry_kind = {kind:String} AND entry_key IN {ids:Array(String)} AND rule_id != ''
        AND ${visible.sql} GROUP BY link_id)
      SELECT link_id, event_key, asserted, basis, rule_id, subjects FROM ${generation}.link_statements AS said
      INNER JOIN ofRules USING (link_id)
      WHERE tenant_id = {tenant:String} AND entry_kind = 'link' AND entry_key IN (SELECT link_id FROM ofRules) AND ${visible.sql}
      ORDER BY kafka_timestamp, kafka_topic, kafka_partition, kafka_offset`,
      { tenant: tenantId, kind, ids: chunk, ...visible.parameters },
    );
    for (const { subjects, ...statement } of rows) {
      for (const subject of subjects)
        found.set(subject, [...(found.get(subject) ?? []), { ...statement, asserted: Boolean(statement.asserted) }]);
    }
  }
  return found;
}
