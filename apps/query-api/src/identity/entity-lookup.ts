import { type ReadContext } from '../store/list-reads.ts';
import { visible } from '../store/list-table.ts';
import { integer, join, type Sql, sql, tableName, text } from '../store/sql.ts';
import {
  type Candidate,
  caseName,
  MAX_CANDIDATES,
  objectName,
  resolutionOf,
  type Resolution,
  splits,
} from './candidate.ts';

interface KeyRow {
  readonly key: string;
  readonly records: number;
}

/** Rules differ by system, so an id without its system is looked up in every form that some system's rules give it. */
const anyForm = (id: string): Sql =>
  sql`id IN (audit_entity_id('', ${text(id)}), audit_entity_id('sap', ${text(id)}), audit_entity_id('salesforce', ${text(id)}))`;

/**
 * The key's own system must agree with the form: leading zeros are off in SAP only. `prefix` is the key without its id.
 */
const ofItsSystem = (prefix: Sql, id: string): Sql =>
  sql`key = ${prefix} || ':' || audit_entity_id(replaceAll(replaceAll(splitByChar(':', key)[1], '%3A', ':'), '%25', '%'), ${text(id)})`;
const casePrefix = sql`splitByChar(':', key)[1]`;
const objectPrefix = sql`splitByChar(':', key)[1] || ':' || splitByChar(':', key)[2]`;

async function keysOf(
  { run, generation, tenantId, vector }: ReadContext,
  kind: Sql,
  which: Sql,
): Promise<readonly KeyRow[]> {
  return run<KeyRow>(sql`SELECT key, uniqExact(kafka_topic, kafka_partition, kafka_offset) AS records
    FROM ${tableName(generation, 'ids')}
    WHERE tenant_id = ${text(tenantId)} AND kind = ${kind} AND ${which} AND ${visible(vector)}
    GROUP BY key ORDER BY key LIMIT ${integer(MAX_CANDIDATES)}`);
}

/** A case by its id, or by `system:id`; with `system` given the whole text is the id. */
export const findCase = async (context: ReadContext, id: string, system?: string): Promise<Resolution> =>
  resolutionOf(await findCases(context, id, system));

export async function findCases(context: ReadContext, id: string, system?: string): Promise<readonly Candidate[]> {
  const exactly = (inSystem: string, bare: string): Sql =>
    sql`(id = audit_entity_id(${text(inSystem)}, ${text(bare)}) AND key = audit_case_key(${text(inSystem)}, ${text(bare)}))`;
  const which =
    system !== undefined
      ? exactly(system, id)
      : sql`(${join(
          [
            sql`(${anyForm(id)}
        AND ${ofItsSystem(casePrefix, id)})`,
            ...splits(id).map((split) => exactly(split.prefix, split.id)),
          ],
          'or',
        )})`;
  return (await keysOf(context, sql`'case'`, which)).map(caseCandidate);
}

/** An object of one system and type. */
export async function findObject(context: ReadContext, system: string, type: string, id: string): Promise<Resolution> {
  const which = sql`id = audit_entity_id(${text(system)}, ${text(id)}) AND key = audit_object_key(${text(system)},
    ${text(type)}, ${text(id)})`;
  return resolutionOf((await keysOf(context, sql`'object'`, which)).map(objectCandidate));
}

/** Objects of any system and type that bear this id, or are named by `system:type:id`. */
export async function findObjects(context: ReadContext, id: string): Promise<readonly Candidate[]> {
  const whole = splits(id)
    .flatMap(({ prefix: system, id: rest }) =>
      splits(rest)
        .slice(0, 2)
        .map((split) => ({ system, type: split.prefix, bare: split.id })),
    )
    .slice(0, 8);
  const exactly = whole.map(
    ({ system, type, bare }) =>
      sql`(id = audit_entity_id(${text(system)}, ${text(bare)}) AND key = audit_object_key(${text(system)}, ${text(type)},
        ${text(bare)}))`,
  );
  return (
    await keysOf(
      context,
      sql`'object'`,
      sql`(${join([sql`(${anyForm(id)} AND ${ofItsSystem(objectPrefix, id)})`, ...exactly], 'or')})`,
    )
  ).map(objectCandidate);
}

const caseCandidate = ({ key, records }: KeyRow): Candidate => ({ key, records, name: caseName(key) });
const objectCandidate = ({ key, records }: KeyRow): Candidate => ({ key, records, name: objectName(key) });
