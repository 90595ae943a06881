import { type RunQuery } from '../store/engine.ts';
import { integer, sql, tableName, text } from '../store/sql.ts';

/** Who issues ids of people in a tenant. MUST be as new as the call when `fresh`, else may be some seconds old. */
export type KnownIssuers = (tenantId: string, fresh: boolean) => Promise<readonly string[]>;

const MAX_ISSUERS = 1_000;
const MAX_AGE_MS = 30_000;
/**
 * Even `fresh` reads are shared for this long, so that asking for nobody a thousand times does not scan a thousand
 * times.
 */
const MIN_AGE_MS = 500;
const MAX_TENANTS = 1_000;

interface Known {
  readonly at: number;
  readonly issuers: Promise<readonly string[]>;
}

/** Reads issuers that events named. Names of systems, no personal data; the list is the same at any vector. */
export function issuersInEvents(
  run: RunQuery,
  generation: string,
  now: () => number = () => performance.now(),
): KnownIssuers {
  const known = new Map<string, Known>();
  return (tenantId, fresh) => {
    const last = known.get(tenantId);
    if (last !== undefined && now() - last.at < (fresh ? MIN_AGE_MS : MAX_AGE_MS)) return last.issuers;
    if (known.size >= MAX_TENANTS) known.clear();
    const issuers = readIssuers(run, generation, tenantId);
    known.set(tenantId, { at: now(), issuers });
    issuers.catch(() => known.delete(tenantId));
    return issuers;
  };
}

async function readIssuers(run: RunQuery, generation: string, tenantId: string): Promise<readonly string[]> {
  const rows = await run<{
    readonly issuer: string;
  }>(sql`SELECT DISTINCT issuer FROM ${tableName(generation, 'issuers')}
    WHERE tenant_id = ${text(tenantId)} ORDER BY issuer LIMIT ${integer(MAX_ISSUERS)}`);
  return rows.map(({ issuer }) => issuer);
}
