import { randomBytes } from 'node:crypto';
import { type CredentialStore, type NewCredential, openCredentialStore, type Role } from '@affidavit/service-kit';
import { readJsonFile, writeJsonFile } from './private-file.ts';
import type { DataPaths } from './up-settings.ts';

export const DEFAULT_TENANT = 'default';
const PEOPLE = [
  'connector',
  'investigator',
  'reviewer',
  'data_team',
  'administrator',
  'auditor',
] as const satisfies readonly Role[];
type Person = (typeof PEOPLE)[number];

/** credentials.json: what a user of this machine works with. */
export type Credentials = Record<Person, string> & {
  /** Read-only, on the public views. Left out when ClickHouse is the user's own, where they give rights themselves. */
  clickhouse?: { readonly user: string; readonly password: string };
};

/** internal.json: what the processes show to each other. */
export interface InternalSecrets {
  readonly clickhouse_writer_password: string;
  readonly content_writer_password: string;
  readonly service_token: string;
  /** With which the embedded ClickHouse's door records what readers ask it. */
  readonly sql_door_token: string;
}

const secret = (): string => randomBytes(32).toString('base64url');

function newCredential(role: Person): NewCredential {
  // The first connector stands for whatever the user tries out, systems of record among it; `affidavit credentials add`
  // makes narrower ones.
  if (role === 'connector')
    return {
      name: 'first connector',
      role,
      connector_id: 'connector',
      tenant_id: DEFAULT_TENANT,
      sources: ['*'],
      event_types: ['*'],
      max_evidence_grade: 'system_of_record',
    };
  return { name: `first ${role.replace('_', ' ')}`, role, tenant_id: DEFAULT_TENANT };
}

/**
 * A token that the store has, valid or revoked, stays: somebody revoked it on purpose. One that the store lost is made
 * anew.
 */
function isKnown(store: CredentialStore, token: string | undefined): token is string {
  return token !== undefined && store.list().some(({ id }) => token.startsWith(`aff_${id}_`));
}

/**
 * Made at the first start, kept afterwards. Interrupted half-way it leaves credentials in the store that nobody has the
 * token of.
 */
export async function ensureCredentials(
  paths: DataPaths,
  embeddedClickhouse: boolean,
): Promise<{ credentials: Credentials; internal: InternalSecrets }> {
  const store = openCredentialStore(paths.credentialStore);
  const before = (await readJsonFile<Partial<Credentials>>(paths.credentials)) ?? {};
  const credentials: Partial<Credentials> = { ...before };
  for (const role of PEOPLE) {
    if (!isKnown(store, before[role])) credentials[role] = (await store.add(newCredential(role))).token;
  }
  if (embeddedClickhouse) credentials.clickhouse ??= { user: 'reader', password: secret() };
  else delete credentials.clickhouse;
  if (JSON.stringify(credentials) !== JSON.stringify(before)) await writeJsonFile(paths.credentials, credentials);

  const known = await readJsonFile<Partial<InternalSecrets>>(paths.internal);
  const service = async (token: string | undefined, name: string): Promise<string> =>
    isKnown(store, token) ? token : (await store.add({ name, role: 'service', tenant_id: '*' })).token;
  const internal: InternalSecrets = {
    clickhouse_writer_password: known?.clickhouse_writer_password ?? secret(),
    content_writer_password: known?.content_writer_password ?? secret(),
    service_token: await service(known?.service_token, 'query API'),
    sql_door_token: await service(known?.sql_door_token, 'SQL door'),
  };
  if (JSON.stringify(internal) !== JSON.stringify(known)) await writeJsonFile(paths.internal, internal);
  return { credentials: credentials as Credentials, internal };
}
