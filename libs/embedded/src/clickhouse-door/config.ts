import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EmbeddedError } from '../process/embedded-error.ts';

/** `writer` may do everything; a `reader` may read the views of database `audit`, as the tenant that it is bound to. */
export type DoorRole = 'writer' | 'reader';

export interface DoorUser {
  readonly name: string;
  readonly role: DoorRole;
  /** Lower hex. Plain SHA-256, since these passwords are generated with 256 bits and nobody chooses one. */
  readonly password_sha256: string;
  /** A reader's tenant; empty for a writer. */
  readonly tenant_id: string;
}

/** Where readers' queries are put on record: without it they are not answered. */
export interface RecordingConfig {
  /**
   * A JSON file that names the `collector_url`, such as the stack's. It may come later: the collector starts after this
   * door.
   */
  readonly stack_file: string;
  /** Of a service that may send for every tenant. */
  readonly token: string;
}

/** The door's settings file (mode 0600); its path is the only argument of main.ts. */
export interface DoorConfig {
  readonly data_dir: string;
  readonly host: string;
  readonly port: number;
  /** The name of the setting that chose `port`, for the error when it is taken. */
  readonly port_setting: string;
  readonly users: readonly DoorUser[];
  /** Left out, nobody records readers' queries. */
  readonly recording?: RecordingConfig;
}

export const hashPassword = (password: string): string => createHash('sha256').update(password, 'utf8').digest('hex');

/** The views take what stands behind a line break for a vector (schemas/clickhouse/0007): no reader chooses that. */
const TENANT = /^[^\r\n]+$/;

function isUser(value: unknown): value is DoorUser {
  const user = value as DoorUser;
  return (
    typeof user === 'object' &&
    user !== null &&
    typeof user.name === 'string' &&
    user.name !== '' &&
    /^[0-9a-f]{64}$/.test(user.password_sha256) &&
    (user.role === 'writer' ||
      (user.role === 'reader' && typeof user.tenant_id === 'string' && TENANT.test(user.tenant_id)))
  );
}

export function readDoorConfig(file: string): DoorConfig {
  const config = JSON.parse(readFileSync(file, 'utf8')) as DoorConfig;
  const complete =
    typeof config.data_dir === 'string' &&
    typeof config.host === 'string' &&
    Number.isInteger(config.port) &&
    Array.isArray(config.users);
  if (!complete || !config.users.every(isUser)) {
    throw new EmbeddedError(
      'start_failed',
      `The ClickHouse door cannot use its settings file ${file}: it needs data_dir, host, port and users.`,
    );
  }
  return config;
}
