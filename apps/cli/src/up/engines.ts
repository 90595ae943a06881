import {
  type Broker,
  type ClickHouseDoor,
  type DoorUserOptions,
  type RunningRegistry,
  startBroker,
  startClickHouseDoor,
  startRegistry,
} from '@affidavit/embedded';
import { DEFAULT_TENANT, type Credentials, type InternalSecrets } from './first-credentials.ts';
import type { Progress } from './progress.ts';
import type { Supervisor } from './supervisor.ts';
import type { DataPaths, PortName, UpSettings } from './up-settings.ts';

export const WRITER = 'writer';

/** What the services and the user need to know of the engines, embedded or not. */
export interface Engines {
  readonly kafkaBrokers: string;
  readonly registryUrl: string;
  readonly clickhouseUrl: string;
  readonly contentClickhouseUrl: string;
}

export interface EngineContext {
  readonly settings: UpSettings;
  readonly paths: DataPaths;
  readonly supervisor: Supervisor;
  readonly progress: Progress;
  readonly credentials: Credentials;
  readonly internal: InternalSecrets;
}

/** A port that was chosen once (0) is kept: who knows the old one finds the restarted process there. */
export function keptPorts(settings: UpSettings) {
  const kept = new Map<PortName, number>();
  return {
    wanted: (name: PortName): number => kept.get(name) ?? settings.ports[name],
    got: (name: PortName, port: number): void => void kept.set(name, port),
  };
}

async function broker({ settings, paths, supervisor, progress }: EngineContext): Promise<string> {
  if (settings.kafka) return settings.kafka.brokers.join(',');
  const ports = keptPorts(settings);
  const started: Broker = await supervisor.run({
    name: 'kafka',
    start: async () => {
      const running = await startBroker({
        dataDir: paths.kafka,
        port: ports.wanted('KAFKA_PORT'),
        controllerPort: ports.wanted('KAFKA_CONTROLLER_PORT'),
        logFile: paths.log('kafka'),
        onFetch: (version) => progress.step(`fetching Apache Kafka ${version} by Maven, once (about 43 MB)`),
      });
      ports.got('KAFKA_PORT', running.port);
      return running;
    },
  });
  progress.step(`Kafka broker at ${started.brokers}`);
  return started.brokers;
}

async function door(
  context: EngineContext,
  name: string,
  portName: PortName,
  dataDir: string,
  users: readonly DoorUserOptions[],
): Promise<string> {
  // stack.json comes last of all: until then, and when the collector is away, readers get no answer.
  const recording = { stackFile: context.paths.stack, token: context.internal.sql_door_token };
  const ports = keptPorts(context.settings);
  const started: ClickHouseDoor = await context.supervisor.run({
    name,
    start: async () => {
      const running = await startClickHouseDoor({
        dataDir,
        port: ports.wanted(portName),
        portSetting: portName,
        users,
        recording,
        logFile: context.paths.log(name),
      });
      ports.got(portName, running.port);
      return running;
    },
  });
  context.progress.step(`${name === 'clickhouse' ? 'ClickHouse' : 'ClickHouse for content'} at ${started.url}`);
  return started.url;
}

async function registry({ settings, paths, supervisor, progress }: EngineContext, brokers: string): Promise<string> {
  if (settings.registry) return settings.registry.url;
  const ports = keptPorts(settings);
  const started: RunningRegistry = await supervisor.run({
    name: 'schema-registry',
    start: async () => {
      const running = await startRegistry({
        brokers,
        port: ports.wanted('REGISTRY_PORT'),
        logFile: paths.log('schema-registry'),
      });
      ports.got('REGISTRY_PORT', running.port);
      return running;
    },
  });
  progress.step(`schema registry at ${started.url}`);
  return started.url;
}

/** Starts what is not configured, side by side where nothing waits for another. */
export async function startEngines(context: EngineContext): Promise<Engines> {
  const { settings, paths, credentials, internal } = context;
  const writer = (password: string): DoorUserOptions => ({ name: WRITER, role: 'writer', password });
  const readers: DoorUserOptions[] = credentials.clickhouse
    ? [
        {
          name: credentials.clickhouse.user,
          role: 'reader',
          password: credentials.clickhouse.password,
          tenantId: DEFAULT_TENANT,
        },
      ]
    : [];
  const log = (async () => {
    const kafkaBrokers = await broker(context);
    return { kafkaBrokers, registryUrl: await registry(context, kafkaBrokers) };
  })();
  const clickhouse =
    settings.clickhouse?.url ??
    door(context, 'clickhouse', 'CLICKHOUSE_PORT', paths.clickhouse, [
      writer(internal.clickhouse_writer_password),
      ...readers,
    ]);
  const content =
    settings.contentClickhouse?.url ??
    door(context, 'content-clickhouse', 'CONTENT_CLICKHOUSE_PORT', paths.contentClickhouse, [
      writer(internal.content_writer_password),
    ]);
  // All of them settle before an error is passed on: nothing is left half-started behind the caller's back.
  const settled = await Promise.allSettled([log, clickhouse, content]);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return { ...(await log), clickhouseUrl: await clickhouse, contentClickhouseUrl: await content };
}
