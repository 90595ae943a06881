import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ListeningChild, nodeMain, startChild } from '@affidavit/embedded';

export interface StackOptions {
  /** Settings of `affidavit up` on top of free ports; KAFKA_BROKERS and its like replace an embedded part. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A directory of the caller's, kept at the end; left out, a temporary one. */
  readonly dir?: string;
  /** With the example stories at its first start, as users get them; left out, the stack starts empty. */
  readonly stories?: boolean;
}

export interface RunningStack {
  /** Holds stack.json, credentials.json and processes.json, as for a user. */
  readonly dir: string;
  readonly stack: Readonly<
    Record<'collector_url' | 'api_url' | 'kafka_brokers' | 'schema_registry_url' | 'clickhouse_url', string>
  >;
  readonly credentials: Readonly<Record<string, unknown>>;
  /** Process ids by name, as of now: a restarted process has another one. */
  processes(): Promise<Readonly<Record<string, number>>>;
  /** As Ctrl-C does it: everything in order. When it returns, nothing runs. */
  readonly stop: () => Promise<void>;
  /** The supervisor itself, for tests that kill it. */
  readonly supervisor: Pick<ListeningChild, 'pid' | 'exited'>;
}

const FREE_PORTS = [
  'COLLECTOR_PORT',
  'API_PORT',
  'PROJECTOR_PORT',
  'LINKER_PORT',
  'KAFKA_PORT',
  'KAFKA_CONTROLLER_PORT',
  'REGISTRY_PORT',
  'CLICKHOUSE_PORT',
  'CONTENT_CLICKHOUSE_PORT',
];
/** A stack stops eight processes one after another. */
const STOP_GRACE_MS = 60_000;
const START_TIMEOUT_MS = 300_000;

const readJson = async <T>(file: string): Promise<T> => JSON.parse(await readFile(file, 'utf8')) as T;

/** Of one stack.json and the next; the file is replaced by rename. "absent" stays so until there is one. */
async function version(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  return found ? `${found.ino} ${found.mtimeMs}` : 'absent';
}

/** Starts `affidavit up` as a process, as a user does, and waits for its stack.json. */
export async function startStack(options: StackOptions = {}): Promise<RunningStack> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'affidavit-e2e-')));
  const stackFile = join(dir, 'stack.json');
  // Another one may run on the directory: its file is not the one that is waited for.
  const before = await version(stackFile);
  try {
    const supervisor = await startChild(
      {
        name: 'affidavit up',
        ...nodeMain(
          new URL('../../../apps/cli/src/main.ts', import.meta.url),
          'up',
          ...(options.stories === true ? [] : ['--empty']),
        ),
        env: {
          AFFIDAVIT_DATA: dir,
          ...Object.fromEntries(FREE_PORTS.map((name) => [name, '0'])),
          ...options.environment,
        },
        logFile: join(dir, 'logs', 'up.log'),
        startTimeoutMs: START_TIMEOUT_MS,
      },
      async () => {
        while (['absent', before].includes(await version(stackFile))) await sleep(100);
      },
    );
    return {
      dir,
      stack: await readJson(stackFile),
      credentials: await readJson(join(dir, 'credentials.json')),
      processes: () => readJson(join(dir, 'processes.json')),
      supervisor,
      stop: async () => {
        await supervisor.stop(STOP_GRACE_MS);
        if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    // A directory of ours stays then: what went wrong stands in its logs.
    if (options.dir === undefined) console.error(`The stack did not start; its logs are in ${join(dir, 'logs')}.`);
    throw error;
  }
}
