import { AffidavitError } from '@affidavit/audit-model';
import { type Command, Option } from 'commander';
import { type Credential, type NewCredential, type Role } from '@affidavit/service-kit';
import { credentialStoreFile } from '../import/collector-access.ts';
import { UserError } from '../import/user-error.ts';
import { runCommand } from './run-command.ts';

interface AddFlags {
  readonly role: Role;
  readonly name: string;
  readonly tenant: string;
  readonly connectorId?: string;
  readonly source?: readonly string[];
  readonly eventType?: readonly string[];
  readonly grade?: NonNullable<NewCredential['max_evidence_grade']>;
  readonly json?: boolean;
}

/** As in the store; named here so that --help does not have to load the services' framework. */
const ROLES = ['connector', 'investigator', 'reviewer', 'data_team', 'administrator', 'auditor', 'service'];
const GRADES = ['self_reported', 'third_party', 'gateway_observed', 'system_of_record'];

export function registerCredentials(program: Command): void {
  const credentials = program.command('credentials').description('who may send and who may ask');
  credentials
    .command('add')
    .description('make a credential and print its token, once')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .requiredOption('--name <name>', 'whose it is')
    .option('--tenant <tenant>', 'tenant it belongs to', 'default')
    .option(
      '--connector-id <id>',
      'connector whose events it sends, in clear in the log: a-z 0-9 . _ -; required for a connector',
    )
    .option('--source <system>', 'source system that it may speak for; may be repeated (default: any)', gather)
    .option(
      '--event-type <type>',
      'event type, or a prefix such as tool.*; may be repeated (default: any a connector may send)',
      gather,
    )
    .addOption(new Option('--grade <grade>', 'strongest evidence grade that it may claim').choices(GRADES))
    .option('--json', 'print as JSON')
    .action((flags: AddFlags) => runCommand(() => add(flags)));
  credentials
    .command('list')
    .description('list credentials, without their tokens')
    .option('--json', 'print as JSON')
    .action((flags: { readonly json?: boolean }) => runCommand(() => list(flags.json === true)));
  credentials
    .command('revoke')
    .description('take a credential back, for good')
    .argument('<id>', 'id from the list')
    .action((id: string) => runCommand(() => revoke(id)));
}

async function add(flags: AddFlags): Promise<undefined> {
  if (flags.role === 'connector' && flags.connectorId === undefined) {
    throw new UserError(
      'A connector needs --connector-id: a short code such as crm-feed, which stands in clear in every event that it sends ' +
        '(the name does not).',
      2,
    );
  }
  const request: NewCredential = {
    name: flags.name,
    role: flags.role,
    tenant_id: flags.tenant,
    ...(flags.connectorId !== undefined && { connector_id: flags.connectorId }),
    ...(flags.source !== undefined && { sources: flags.source }),
    ...(flags.eventType !== undefined && { event_types: flags.eventType }),
    ...(flags.grade !== undefined && { max_evidence_grade: flags.grade }),
  };
  const { credential, token } = await withStore((store) => store.add(request));
  if (flags.json === true) print(JSON.stringify({ ...credential, token }));
  else {
    print(token);
    process.stderr.write(
      `Credential ${credential.id} (${credential.role}, ${credential.name}). The token is shown this once: only its hash is kept.\n`,
    );
  }
  return undefined;
}

async function list(asJson: boolean): Promise<undefined> {
  const credentials = await withStore((store) => Promise.resolve(store.list()));
  if (asJson) print(JSON.stringify(credentials));
  else for (const credential of credentials) print(lineOf(credential));
  return undefined;
}

async function revoke(id: string): Promise<undefined> {
  if (!(await withStore((store) => store.revoke(id))))
    throw new UserError(`There is no credential ${id}. See: affidavit credentials list`, 1);
  print(`Credential ${id} is revoked. Processes that run take notice within a second.`);
  return undefined;
}

type Store = Awaited<ReturnType<typeof openStore>>;

async function openStore() {
  const { openCredentialStore } = await import('@affidavit/service-kit');
  return openCredentialStore(credentialStoreFile(process.env));
}

async function withStore<T>(use: (store: Store) => Promise<T>): Promise<T> {
  try {
    return await use(await openStore());
  } catch (error) {
    if (error instanceof AffidavitError) throw new UserError(`${capital(error.message)}.`, 1, error);
    throw error;
  }
}

function lineOf(credential: Credential): string {
  const bound =
    credential.role === 'connector'
      ? `  ${credential.connector_id} sources ${credential.sources.join(',')} types ${credential.event_types.join(',')} up to ` +
        `${credential.max_evidence_grade}`
      : '';
  return (
    `${credential.id}  ${credential.role.padEnd(13)} ${credential.tenant_id.padEnd(12)} ` +
    `${credential.revoked_at === null ? 'valid' : `revoked ${credential.revoked_at}`}  ${credential.name}${bound}`
  );
}

function gather(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
