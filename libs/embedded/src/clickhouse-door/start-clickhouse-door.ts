import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertUnlocked, writeLock } from '../process/directory-lock.ts';
import { nodeMain } from '../process/node-main.ts';
import { startListeningChild, STOP_GRACE_MS, type ListeningChild } from '../process/spawn-child.ts';
import { hashPassword, type DoorConfig } from './config.ts';

export interface DoorUserOptions {
  readonly name: string;
  readonly password: string;
  readonly role: 'writer' | 'reader';
  /** Which tenant's rows a reader sees. */
  readonly tenantId?: string;
}

export interface ClickHouseDoorOptions {
  /** One engine and one door per directory. */
  readonly dataDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly portSetting?: string;
  readonly users: readonly DoorUserOptions[];
  /**
   * Readers' queries go on record at the collector that this file names; the file may come later, the token is a
   * service's.
   */
  readonly recording?: { readonly stackFile: string; readonly token: string };
  readonly logFile?: string;
  readonly startTimeoutMs?: number;
  /** How long an owner of the directory may take to end, as the children of a killed supervisor do. */
  readonly waitForOwnerMs?: number;
}

export interface ClickHouseDoor extends ListeningChild {
  readonly url: string;
}

const HOST = '127.0.0.1';
// chdb runs each query on a thread of libuv's pool; with the default of four, four long queries would stop the spool's
// file system calls.
const THREADS = '16';

/**
 * Starts the engine in a process of its own behind ClickHouse's HTTP interface, on loopback. When this returns, it
 * answers.
 */
export async function startClickHouseDoor(options: ClickHouseDoorOptions): Promise<ClickHouseDoor> {
  const { dataDir } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lockFile = join(dataDir, 'door.lock');
  await assertUnlocked(lockFile, {
    what: 'ClickHouse engine',
    dir: dataDir,
    waitMs: options.waitForOwnerMs ?? STOP_GRACE_MS + 5_000,
  });
  const config: DoorConfig = {
    data_dir: dataDir,
    host: HOST,
    port: options.port,
    port_setting: options.portSetting ?? 'CLICKHOUSE_PORT',
    ...(options.recording !== undefined && {
      recording: { stack_file: options.recording.stackFile, token: options.recording.token },
    }),
    users: options.users.map(({ name, password, role, tenantId }) => ({
      name,
      role,
      tenant_id: tenantId ?? '',
      password_sha256: hashPassword(password),
    })),
  };
  const configFile = join(dataDir, 'door.json');
  await writeFile(configFile, JSON.stringify(config, null, 1), { mode: 0o600 });
  const child = await startListeningChild({
    name: 'The ClickHouse door',
    ...nodeMain(new URL('main.ts', import.meta.url), configFile),
    env: { UV_THREADPOOL_SIZE: THREADS, TZ: 'UTC' },
    logFile: options.logFile ?? join(dataDir, 'door.log'),
    onSpawn: (pid) => writeLock(lockFile, pid),
    ...(options.startTimeoutMs !== undefined && { startTimeoutMs: options.startTimeoutMs }),
  });
  return { ...child, url: `http://${HOST}:${child.port}` };
}
