import { before, type Position } from '../log/window.ts';
import { type EffectFacts, NEAR_US } from '../rules/effect-confirmation.ts';
import { chunks, type Read } from './engine.ts';
import { EFFECT_TYPES } from './touched.ts';

interface Row extends Omit<EffectFacts, 'confirmation'> {
  readonly confirmation: number | boolean;
}

const columns = `tenant_id, event_id, event_type = 'object.change.confirmed' AS confirmation, toUnixTimestamp64Micro(occurred_at) AS occurred_at, effect_id,
  if(\`effect.target_system\` != '', \`effect.target_system\`, if(empty(object_refs), \`source.system\`, object_refs[1].system)) AS system,
  arrayMap(ref -> audit_object_key(ref.system, ref.type, ref.id), object_refs) AS objects, if(\`effect.executed_as\` != '', \`effect.executed_as\`, \`tool.executed_as\`) AS executed_as,
  \`tool.idempotency_key\` AS idempotency_key, \`effect.transaction_key\` AS transaction_key, \`effect.document_no\` AS document_no`;

/** An object that is written all the time has more neighbours than anybody could tell apart. */
const MAX_NEIGHBOURS = 5_000;

/**
 * The effects and confirmations themselves, and everything that could be matched with them, or with what could: a candidate is
 * ambiguous through others that the new ones do not touch.
 */
export async function effectFacts(read: Read, generation: string, tenantId: string, eventIds: readonly string[], positions: readonly Position[]): Promise<readonly EffectFacts[]> {
  const own = await byIds(read, generation, tenantId, eventIds, positions);
  const near = await byIds(read, generation, tenantId, await neighbours(read, generation, tenantId, own, positions), positions);
  const further = await byIds(read, generation, tenantId, await neighbours(read, generation, tenantId, near, positions), positions);
  return [...new Map([...own, ...near, ...further].map((one) => [one.event_id, one])).values()];
}

async function byIds(read: Read, generation: string, tenantId: string, eventIds: readonly string[], positions: readonly Position[]): Promise<readonly EffectFacts[]> {
  const visible = before(positions);
  const found: EffectFacts[] = [];
  for (const chunk of chunks(eventIds)) {
    const rows = await read<Row>(`SELECT ${columns} FROM ${generation}.events WHERE tenant_id = {tenant:String} AND ${visible.sql} AND event_type IN {effect_types:Array(String)}
        AND (run_key, event_id) IN (SELECT run_key, id FROM ${generation}.ids WHERE tenant_id = {tenant:String} AND kind = 'event' AND id IN {ids:Array(String)})
      ORDER BY kafka_timestamp, kafka_topic, kafka_partition, kafka_offset LIMIT 1 BY event_id`, { tenant: tenantId, ids: chunk, effect_types: EFFECT_TYPES, ...visible.parameters });
    found.push(...rows.map((row) => ({ ...row, confirmation: Boolean(row.confirmation) })));
  }
  return found;
}

async function neighbours(read: Read, generation: string, tenantId: string, facts: readonly EffectFacts[], positions: readonly Position[]): Promise<readonly string[]> {
  if (facts.length === 0) return [];
  const visible = before(positions);
  const times = facts.map(({ occurred_at }) => occurred_at);
  const found = new Set<string>();
  const look = async (kinds: readonly string[], column: 'id' | 'key', ids: readonly string[], range: string): Promise<void> => {
    for (const chunk of chunks([...new Set(ids.filter((id) => id !== ''))])) {
      const rows = await read<{ event_id: string }>(`SELECT DISTINCT event_id FROM ${generation}.ids WHERE tenant_id = {tenant:String} AND kind IN {kinds:Array(String)} AND ${column} IN {ids:Array(String)}
          AND event_type IN {effect_types:Array(String)} AND ${visible.sql}${range} ORDER BY event_id LIMIT {most:UInt32}`,
      { tenant: tenantId, kinds, ids: chunk, effect_types: EFFECT_TYPES, most: MAX_NEIGHBOURS, ...visible.parameters, ...(range !== '' && { low: Math.min(...times) - NEAR_US, high: Math.max(...times) + NEAR_US }) });
      for (const { event_id } of rows) found.add(event_id);
    }
  };
  await look(['idempotency', 'transaction', 'document_no'], 'id', facts.flatMap((one) => [one.idempotency_key, one.transaction_key, one.document_no]), '');
  const inTime = " AND occurred_at >= fromUnixTimestamp64Micro({low:Int64}, 'UTC') AND occurred_at <= fromUnixTimestamp64Micro({high:Int64}, 'UTC')";
  await look(['object'], 'key', facts.flatMap(({ executed_as, objects }) => (executed_as === '' ? [] : objects)), inTime);
  return [...found];
}
