import { fileURLToPath } from 'node:url';
import { type ClickHouseClient } from '@clickhouse/client';
import { migrate } from './migrate.ts';

// Run from source or from dist, three levels below the workspace.
const schemas = (name: string): string => fileURLToPath(new URL(`../../../schemas/${name}`, import.meta.url));

/** An event counts as late when it was observed this much after it occurred; fixed for a generation when it is made. */
const defaultLateAfterS = 300;

/** The tables of one generation, `audit_g1` for a start. Answers with the migrations that it applied. */
export function migrateGeneration(
  client: ClickHouseClient,
  generation: string,
  lateAfterS = defaultLateAfterS,
): Promise<string[]> {
  return migrate(client, {
    directory: schemas('clickhouse'),
    target: generation,
    databases: [generation],
    variables: { generation, late_after_s: lateAfterS },
  });
}

/** Points the public views at a generation: what flips readers over once a rebuilt one has been compared. */
export function migratePublicViews(
  client: ClickHouseClient,
  generation: string,
  database = 'audit',
): Promise<string[]> {
  return migrate(client, {
    directory: schemas('clickhouse/public'),
    target: `${database}@${generation}`,
    databases: [database],
    variables: { generation, public: database },
  });
}

/** The tables of decrypted content, on the content engine. */
export function migrateContent(client: ClickHouseClient, database = 'audit_content'): Promise<string[]> {
  return migrate(client, {
    directory: schemas('clickhouse-content'),
    target: database,
    databases: [database],
    variables: { database },
  });
}
