import { isPseudonym, normalisePersonId } from '@affidavit/audit-model';
import { type ReadContext } from '../store/list-reads.ts';
import { visible } from '../store/list-table.ts';
import { sql, tableName, text, texts } from '../store/sql.ts';
import { type Candidate, MAX_CANDIDATES, resolutionOf, type Resolution, splits } from './candidate.ts';
import { type KnownIssuers } from './issuers.ts';

/** The tenant's pseudonym of an issuer's id; null while the tenant has no pseudonym key, so nobody in it has one. */
export type Pseudonymise = (tenantId: string, issuer: string, normalisedId: string) => string | null;

/** Pseudonyms of people whose directory entry bears this raw id; empty for whoever has no directory. */
export type FindInDirectory = (tenantId: string, normalisedId: string) => Promise<readonly string[]>;

export interface PersonLookup {
  readonly pseudonymise: Pseudonymise;
  readonly issuers: KnownIssuers;
  readonly directory: FindInDirectory;
}

/** A parameter list that fits into a URL. */
const CHUNK = 200;

/** A person by pseudonym, raw id, or `issuer:id`; with `issuer` given the whole text is the id. */
export async function findPerson(
  context: ReadContext,
  lookup: PersonLookup,
  id: string,
  issuer?: string,
): Promise<Resolution> {
  return resolutionOf(await findPeople(context, lookup, id, issuer));
}

/** Everybody whom the text can mean and of whom the tenant has records. Raw ids reach the engine as pseudonyms only. */
export async function findPeople(
  context: ReadContext,
  lookup: PersonLookup,
  id: string,
  issuer?: string,
): Promise<readonly Candidate[]> {
  const found = await withRecords(context, await pseudonymsOf(context.tenantId, lookup, id, issuer, false));
  if (found.length > 0 || isPseudonym(id.trim())) return found;
  return withRecords(context, await pseudonymsOf(context.tenantId, lookup, id, issuer, true));
}

/**
 * The pseudonyms that a typed id can have in the tenant, whether or not somebody bears them, with the issuer of each;
 * "" where only the pseudonym is known.
 */
export async function pseudonymsOf(
  tenantId: string,
  lookup: PersonLookup,
  id: string,
  issuer: string | undefined,
  fresh: boolean,
): Promise<ReadonlyMap<string, string>> {
  const normalised = normalisePersonId(id);
  if (isPseudonym(normalised)) return new Map([[normalised, '']]);
  const issuers = issuer === undefined ? await lookup.issuers(tenantId, fresh) : [issuer];
  const readings = issuers.map((known) => ({ issuer: known, id: normalised }));
  if (issuer === undefined)
    readings.push(
      ...splits(id.trim()).map(({ prefix, id: bare }) => ({ issuer: prefix, id: normalisePersonId(bare) })),
    );
  const found = new Map<string, string>();
  if (issuer === undefined && normalised !== '')
    for (const pseudonym of await lookup.directory(tenantId, normalised)) found.set(pseudonym, '');
  for (const reading of readings) {
    const pseudonym = reading.id === '' ? null : lookup.pseudonymise(tenantId, reading.issuer, reading.id);
    if (pseudonym !== null) found.set(pseudonym, reading.issuer);
  }
  return found;
}

async function withRecords(
  { run, generation, tenantId, vector }: ReadContext,
  people: ReadonlyMap<string, string>,
): Promise<readonly Candidate[]> {
  const pseudonyms = [...people.keys()];
  const chunks: string[][] = [];
  for (let at = 0; at < pseudonyms.length; at += CHUNK) chunks.push(pseudonyms.slice(at, at + CHUNK));
  const found = await Promise.all(
    chunks.map((chunk) =>
      run<{ readonly key: string; readonly records: number }>(sql`
    SELECT key, uniqExact(kafka_topic, kafka_partition, kafka_offset) AS records FROM ${tableName(generation, 'ids')}
    WHERE tenant_id = ${text(tenantId)} AND kind = 'person' AND id IN ${texts(chunk)} AND ${visible(vector)}
    GROUP BY key ORDER BY key`),
    ),
  );
  return found
    .flat()
    .slice(0, MAX_CANDIDATES)
    .map(({ key, records }) => {
      const issuer = people.get(key) ?? '';
      return { key, records, name: { id: key, ...(issuer !== '' && { issuer }) } };
    });
}
