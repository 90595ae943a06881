import { execFile } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EmbeddedError } from '../process/embedded-error.ts';
import { assertUnlocked, writeLock } from '../process/directory-lock.ts';
import { claimPort } from '../process/free-port.ts';
import { startChild, STOP_GRACE_MS, type ListeningChild } from '../process/spawn-child.ts';
import { newClusterId } from './cluster-id.ts';
import { brokerJars } from './jars.ts';
import { findJava } from './java.ts';
import { answersRequests } from './probe.ts';

const deployDir = new URL('../../../../deploy/embedded/', import.meta.url);
/**
 * A small heap, and quick compilation only: half the processor time until it answers (measured), which on a laptop
 * matters more than peak throughput.
 */
const JVM_OPTIONS = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

export interface BrokerOptions {
  /** Holds the log segments, the filled-in server.properties and, if `logFile` is left out, the broker's log. */
  readonly dataDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly controllerPort: number;
  readonly logFile?: string;
  readonly startTimeoutMs?: number;
  /** How long an owner of the directory may take to end, as the children of a killed supervisor do. */
  readonly waitForOwnerMs?: number;
  /** Told when the jars are not in the cache yet, since the first start then takes longer. */
  readonly onFetch?: (version: string) => void;
}

export interface Broker extends ListeningChild {
  /** What KAFKA_BROKERS is set to. */
  readonly brokers: string;
}

async function fillIn(values: Record<string, string>): Promise<string> {
  const template = await readFile(new URL('server.properties', deployDir), 'utf8');
  return template.replace(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Gives the log directory its cluster id, once: a second format would make the stored records another cluster's. */
async function formatOnce(java: string, classPath: string, dataDir: string, properties: string): Promise<void> {
  if (await exists(join(dataDir, 'log', 'meta.properties'))) return;
  const clusterId = newClusterId();
  const loggingOff = `-Dlog4j2.configurationFile=${fileURLToPath(new URL('log4j2.xml', deployDir))}`;
  const args = [
    ...JVM_OPTIONS,
    `-Daffidavit.log.file=${join(dataDir, 'format.log')}`,
    loggingOff,
    '-cp',
    classPath,
    'kafka.tools.StorageTool',
    'format',
    '-t',
    clusterId,
    '-c',
    properties,
  ];
  try {
    await promisify(execFile)(java, args, { timeout: 60_000 });
  } catch (cause) {
    throw new EmbeddedError('start_failed', `The embedded Kafka broker could not prepare its directory ${dataDir}.`, {
      cause,
    });
  }
}

async function untilAnswering(port: number, stopped: () => boolean): Promise<void> {
  while (!stopped() && !(await answersRequests(port))) await sleep(100);
}

/** The broker gives its reason in its log and ends with a bare exit code. */
async function explained(error: unknown, logFile: string): Promise<unknown> {
  const log = await readFile(logFile, 'utf8').catch(() => '');
  const reason =
    log
      .slice(-20_000)
      .split('\n')
      .findLast((line) => / (ERROR|FATAL) /.test(line)) ?? '';
  if (!reason || !(error instanceof EmbeddedError) || error.code !== 'start_failed') return error;
  return new EmbeddedError(
    'start_failed',
    `The embedded Kafka broker could not start: ${reason.slice(0, 300)} (its log is ${logFile}).`,
    { cause: error },
  );
}

/**
 * Starts the real Apache Kafka broker (one KRaft node) on loopback. When this returns, it answers requests. Killed at
 * any moment it finds every acknowledged record again, since the operating system holds what the process wrote; a
 * machine that loses power may lose the last seconds: there is one copy only.
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const java = await findJava();
  const jars = await brokerJars(options.onFetch ? { onFetch: options.onFetch } : {});
  const { dataDir } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // Two brokers on one directory damage its metadata log before Kafka's own lock stops the second: tried.
  const lockFile = join(dataDir, 'broker.lock');
  await assertUnlocked(lockFile, {
    what: 'Kafka broker',
    dir: dataDir,
    waitMs: options.waitForOwnerMs ?? STOP_GRACE_MS + 5_000,
  });
  const properties = join(dataDir, 'server.properties');
  const port = await claimPort(options.port, 'KAFKA_PORT');
  const controllerPort = await claimPort(options.controllerPort, 'KAFKA_CONTROLLER_PORT');
  await writeFile(
    properties,
    await fillIn({ port: String(port), controller_port: String(controllerPort), data_dir: join(dataDir, 'log') }),
  );
  const classPath = join(jars, '*');
  await formatOnce(java, classPath, dataDir, properties);

  const logFile = options.logFile ?? join(dataDir, 'broker.log');
  let stopped = false;
  const child = await startChild(
    {
      name: 'The embedded Kafka broker',
      command: java,
      args: [
        ...JVM_OPTIONS,
        `-Daffidavit.log.file=${logFile}`,
        `-Dlog4j2.configurationFile=${fileURLToPath(new URL('log4j2.xml', deployDir))}`,
        '-cp',
        classPath,
        'kafka.Kafka',
        properties,
      ],
      logFile: `${logFile}.out`,
      onSpawn: (pid) => writeLock(lockFile, pid),
      ...(options.startTimeoutMs !== undefined && { startTimeoutMs: options.startTimeoutMs }),
    },
    () => untilAnswering(port, () => stopped),
  ).catch(async (error: unknown) => {
    stopped = true;
    throw await explained(error, logFile);
  });
  return { ...child, port, brokers: `127.0.0.1:${port}` };
}
