import { before, type Position } from '../log/window.ts';
import { type EffectFacts, NEAR_US, type Neighbourhood } from '../rules/effect-confirmation.ts';
import { chunks, type Read } from './engine.ts';
import { EFFECT_TYPES } from './touched.ts';

interface Row extends Omit<EffectFacts, 'confirmation'> {
  readonly confirmation: number | boolean;
}

const columns = `tenant_id, event_key, event_type = 'object.change.confirmed' AS confirmation,
  toUnixTimestamp64Micro(occurred_at) AS occurred_at, effect_id,
  if(\`effect.target_system\` != '', \`effect.target_system\`, if(empty(object_refs), \`source.system\`, object_refs[1].system)) AS system,
  arrayMap(ref -> audit_object_key(ref.system, ref.type, ref.id), object_refs) AS objects,
    if(\`effect.executed_as\` != '', \`effect.executed_as\`, \`tool.executed_as\`) AS executed_as,
  \`tool.idempotency_key\` AS idempotency_key, \`effect.transaction_key\` AS transaction_key, \`effect.document_no\` AS document_no`;

/**
 * An object that is written all the time has more neighbours than anybody could tell apart: of what it is part of,
 * nothing is said.
 */
const MAX_NEIGHBOURS = 5_000;
/**
 * The new events, what they could be matched with, what that could be matched with: a candidate is ambiguous through
 * others that the new ones do not touch. These others are whole too: whether a key takes them away is known only with
 * what carries it, the rim.
 */
const WHOLE_RINGS = 3;

/**
 * The effects and confirmations themselves, with three rings of what could be matched with them; all but the last are
 * whole.
 */
export async function effectFacts(
  read: Read,
  generation: string,
  tenantId: string,
  eventKeys: readonly string[],
  positions: readonly Position[],
): Promise<Neighbourhood> {
  const facts = new Map<string, EffectFacts>();
  const whole = new Set<string>();
  let next = eventKeys;
  for (let ring = 0; ring <= WHOLE_RINGS && next.length > 0; ring += 1) {
    const found = await byIds(read, generation, tenantId, next, positions);
    for (const one of found) facts.set(one.event_key, one);
    if (ring === WHOLE_RINGS) break;
    const around = await neighbours(read, generation, tenantId, found, positions);
    for (const one of found) if (!keysOf(one).some((key) => around.crowded.has(key))) whole.add(one.event_key);
    next = around.ids.filter((id) => !facts.has(id));
  }
  return { facts: [...facts.values()], whole };
}

/** What stands behind a key's first colon: `ids` is sorted by it. */
const idOf = (key: string): string => key.slice(key.indexOf(':') + 1);

async function byIds(
  read: Read,
  generation: string,
  tenantId: string,
  eventKeys: readonly string[],
  positions: readonly Position[],
): Promise<readonly EffectFacts[]> {
  const visible = before(positions);
  const found: EffectFacts[] = [];
  for (const chunk of chunks(eventKeys)) {
    const rows = await read<Row>(
      `SELECT ${columns} FROM ${generation}.events WHERE tenant_id = {tenant:String} AND ${visible.sql}
        AND event_type IN {effect_types:Array(String)}
        AND (run_key, event_key) IN (SELECT run_key, event_key FROM ${generation}.ids WHERE tenant_id = {tenant:String}
        AND kind = 'event' AND id IN {ids:Array(String)} AND event_key IN {keys:Array(String)})
      ORDER BY kafka_timestamp, kafka_topic, kafka_partition, kafka_offset LIMIT 1 BY event_key`,
      { tenant: tenantId, keys: chunk, ids: chunk.map(idOf), effect_types: EFFECT_TYPES, ...visible.parameters },
    );
    found.push(...rows.map((row) => ({ ...row, confirmation: Boolean(row.confirmation) })));
  }
  return found;
}

const IDS = ['idempotency', 'transaction', 'document_no', 'effect'];
const idsOf = (one: EffectFacts): readonly string[] => [
  one.idempotency_key,
  one.transaction_key,
  one.document_no,
  one.effect_id,
];
const placesOf = ({ executed_as, objects }: EffectFacts): readonly string[] => (executed_as === '' ? [] : objects);
/** As they stand in `crowded`. */
const keysOf = (one: EffectFacts): readonly string[] => [
  ...idsOf(one).map((id) => `id ${id}`),
  ...placesOf(one).map((key) => `key ${key}`),
];

interface Around {
  readonly ids: readonly string[];
  /** What has more neighbours than are read. */
  readonly crowded: ReadonlySet<string>;
}

async function neighbours(
  read: Read,
  generation: string,
  tenantId: string,
  facts: readonly EffectFacts[],
  positions: readonly Position[],
): Promise<Around> {
  const visible = before(positions);
  const times = facts.map(({ occurred_at }) => occurred_at);
  const found = new Set<string>();
  const crowded = new Set<string>();
  const look = async (
    kinds: readonly string[],
    column: 'id' | 'key',
    ids: readonly string[],
    range: string,
  ): Promise<void> => {
    const rows = await read<{ event_key: string }>(
      `SELECT DISTINCT event_key FROM ${generation}.ids WHERE tenant_id = {tenant:String} AND kind IN {kinds:Array(String)}
        AND ${column} IN {ids:Array(String)}
        AND event_type IN {effect_types:Array(String)} AND ${visible.sql}${range} ORDER BY event_key LIMIT {most:UInt32}`,
      {
        tenant: tenantId,
        kinds,
        ids,
        effect_types: EFFECT_TYPES,
        most: MAX_NEIGHBOURS,
        ...visible.parameters,
        ...(range !== '' && { low: Math.min(...times) - NEAR_US, high: Math.max(...times) + NEAR_US }),
      },
    );
    if (rows.length < MAX_NEIGHBOURS) for (const { event_key } of rows) found.add(event_key);
    else if (ids.length === 1) crowded.add(`${column} ${String(ids[0])}`);
    else {
      // One of them has too many, or all together: the others are not to suffer from it.
      const half = Math.ceil(ids.length / 2);
      await look(kinds, column, ids.slice(0, half), range);
      await look(kinds, column, ids.slice(half), range);
    }
  };
  const lookAll = async (
    kinds: readonly string[],
    column: 'id' | 'key',
    ids: readonly string[],
    range: string,
  ): Promise<void> => {
    for (const chunk of chunks([...new Set(ids.filter((id) => id !== ''))])) await look(kinds, column, chunk, range);
  };
  if (facts.length === 0) return { ids: [], crowded };
  await lookAll(IDS, 'id', facts.flatMap(idsOf), '');
  const inTime =
    " AND occurred_at >= fromUnixTimestamp64Micro({low:Int64}, 'UTC') AND occurred_at <= " +
    "fromUnixTimestamp64Micro({high:Int64}, 'UTC')";
  await lookAll(['object'], 'key', facts.flatMap(placesOf), inTime);
  return { ids: [...found], crowded };
}
