import { mkdir, rm } from 'node:fs/promises';
import { AffidavitError } from '@affidavit/audit-model';
import { claimPort, takeLock } from '@affidavit/embedded';
import type { Environment } from '@affidavit/service-kit';
import { decideStories, tellFirstStories } from '../scenarios/first-stories.ts';
import { startEngines } from './engines.ts';
import { DEFAULT_TENANT, ensureCredentials } from './first-credentials.ts';
import { prepare } from './prepare.ts';
import { writeJsonFile } from './private-file.ts';
import { Progress } from './progress.ts';
import { stackEnvironment, startServices } from './services.ts';
import { Supervisor } from './supervisor.ts';
import { type DataPaths, dataPaths, type PortName, readUpSettings, type UpSettings } from './up-settings.ts';
import { welcome } from './welcome.ts';

/** Doors first, so that nothing new comes in; then what writes, then what they write to. */
const STOP_ORDER = [
  'query-api',
  'linker',
  'collector',
  'projector',
  'clickhouse',
  'content-clickhouse',
  'schema-registry',
  'kafka',
];

const INTERRUPTED = 130;
const LOOPBACK = '127.0.0.1';

export interface UpOptions {
  /** No example stories, not even at the first start. */
  readonly empty: boolean;
}

/**
 * Starts everything, keeps it running until a signal or a process that cannot be kept, stops it in order. Answers the
 * exit code.
 */
export async function runUp(
  environment: Environment,
  print: (line: string) => void,
  options: UpOptions = { empty: false },
): Promise<number> {
  const settings = readUpSettings(environment);
  const paths = dataPaths(settings.dataDir);
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const unlock = await takeLock(paths.lock, { what: 'affidavit up', dir: settings.dataDir });
  try {
    // What lies there is of the last run: whoever waits for it must see this one's.
    await rm(paths.stack, { force: true });
    return await supervise(environment, settings, paths, print, options);
  } finally {
    await Promise.all([rm(paths.stack, { force: true }), rm(paths.processes, { force: true })]);
    await unlock();
  }
}

/** What ends the run: Ctrl-C, SIGTERM, or a process that does not stay up. */
class Ending {
  readonly happened: Promise<AffidavitError | 'signal'>;
  reason: AffidavitError | 'signal' | undefined;
  #resolve: (reason: AffidavitError | 'signal') => void = () => undefined;

  constructor() {
    this.happened = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        // Impatience: the kernel closes our pipes, and each child's watch ends it.
        if (this.reason !== undefined && signal === 'SIGINT') process.exit(INTERRUPTED);
        this.end('signal');
      });
    }
  }

  end(reason: AffidavitError | 'signal'): void {
    this.reason ??= reason;
    this.#resolve(this.reason);
  }
}

async function supervise(
  environment: Environment,
  settings: UpSettings,
  paths: DataPaths,
  print: (line: string) => void,
  options: UpOptions,
): Promise<number> {
  const progress = new Progress(print);
  const ending = new Ending();
  const supervisor = new Supervisor({
    onChange: (pids) => writeJsonFile(paths.processes, pids),
    onRestart: (name, how) => progress.step(`${name} ${how}: starting it again`),
    onGivenUp: (error) => ending.end(error),
  });
  const started = start(environment, {
    ...options,
    settings,
    paths,
    progress,
    supervisor,
    print,
    stopped: () => ending.reason !== undefined,
  });
  const first = await Promise.race([
    started.then(
      () => undefined,
      (error: unknown) => ({ error }),
    ),
    ending.happened,
  ]);
  const reason = first ?? (await ending.happened);
  if (typeof reason === 'object' && 'error' in reason && ending.reason === undefined) {
    await supervisor.stop(STOP_ORDER);
    throw reason.error;
  }
  progress.step('stopping');
  await supervisor.stop(STOP_ORDER);
  // Interrupted while it was still starting: what was on its way ends with us.
  started.catch(() => undefined);
  progress.step('stopped; the data is kept');
  if (ending.reason instanceof AffidavitError) throw ending.reason;
  return 0;
}

interface StartContext extends UpOptions {
  readonly settings: UpSettings;
  readonly paths: DataPaths;
  readonly progress: Progress;
  readonly supervisor: Supervisor;
  readonly print: (line: string) => void;
  readonly stopped: () => boolean;
}

/**
 * Before anything starts: a taken port is the likeliest mistake, and its sentence should not come after ten seconds.
 */
async function claimPorts({
  ports,
  listenHost,
  kafka,
  registry,
  clickhouse,
  contentClickhouse,
}: UpSettings): Promise<void> {
  const needed: Record<PortName, string | null> = {
    COLLECTOR_PORT: listenHost,
    API_PORT: listenHost,
    PROJECTOR_PORT: listenHost,
    LINKER_PORT: listenHost,
    KAFKA_PORT: kafka ? null : LOOPBACK,
    KAFKA_CONTROLLER_PORT: kafka ? null : LOOPBACK,
    REGISTRY_PORT: registry ? null : LOOPBACK,
    CLICKHOUSE_PORT: clickhouse ? null : LOOPBACK,
    CONTENT_CLICKHOUSE_PORT: contentClickhouse ? null : LOOPBACK,
  };
  for (const [name, host] of Object.entries(needed) as [PortName, string | null][]) {
    if (host !== null && ports[name] !== 0) await claimPort(ports[name], name, host);
  }
}

async function start(environment: Environment, context: StartContext): Promise<void> {
  const { settings, paths, progress, print, empty, stopped } = context;
  progress.step(`starting in ${settings.dataDir}`);
  await claimPorts(settings);
  await decideStories(paths, { empty, ownKafka: settings.kafka !== null });
  const { credentials, internal } = await ensureCredentials(paths, settings.clickhouse === null);
  const engines = await startEngines({ ...context, credentials, internal });
  const kafkaCluster = await prepare(
    { ...environment, ...stackEnvironment({ settings, paths, engines, internal }) },
    settings.generation,
    progress,
  );
  const services = await startServices({ ...context, internal, engines });
  const stories = await tellFirstStories({
    paths,
    progress,
    collectorUrl: services.collectorUrl,
    tenant: DEFAULT_TENANT,
    empty,
    stopped,
  });
  if (stopped()) return;
  await writeJsonFile(paths.stack, {
    collector_url: services.collectorUrl,
    api_url: services.apiUrl,
    kafka_brokers: engines.kafkaBrokers,
    kafka_cluster_id: kafkaCluster,
    schema_registry_url: engines.registryUrl,
    clickhouse_url: engines.clickhouseUrl,
  });
  print(welcome(services, engines, paths, progress.elapsed, new Date(), stories));
}
