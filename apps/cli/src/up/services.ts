import { type ListeningChild, nodeMain, startListeningChild } from '@affidavit/embedded';
import { type Engines, keptPorts, WRITER } from './engines.ts';
import type { InternalSecrets } from './first-credentials.ts';
import type { Progress } from './progress.ts';
import type { Supervisor } from './supervisor.ts';
import type { DataPaths, PortName, UpSettings } from './up-settings.ts';
import { waitReady } from './wait-ready.ts';

export interface ServiceContext {
  readonly settings: UpSettings;
  readonly paths: DataPaths;
  readonly supervisor: Supervisor;
  readonly progress: Progress;
  readonly internal: InternalSecrets;
  readonly engines: Engines;
  readonly stopped: () => boolean;
}

export interface Services {
  readonly collectorUrl: string;
  readonly apiUrl: string;
}

/** The environment that design section 11 promises: every process knows these names, whatever stands behind them. */
export function stackEnvironment({
  settings,
  paths,
  engines,
  internal,
}: Pick<ServiceContext, 'settings' | 'paths' | 'engines' | 'internal'>): Record<string, string> {
  return {
    KAFKA_BROKERS: engines.kafkaBrokers,
    SCHEMA_REGISTRY_URL: engines.registryUrl,
    CLICKHOUSE_URL: engines.clickhouseUrl,
    CONTENT_CLICKHOUSE_URL: engines.contentClickhouseUrl,
    // Of engines that are the user's own, user and password are in the environment already, if they have any.
    ...(!settings.clickhouse && { CLICKHOUSE_USER: WRITER, CLICKHOUSE_PASSWORD: internal.clickhouse_writer_password }),
    ...(!settings.contentClickhouse && {
      CONTENT_CLICKHOUSE_USER: WRITER,
      CONTENT_CLICKHOUSE_PASSWORD: internal.content_writer_password,
    }),
    LISTEN_HOST: settings.listenHost,
    CREDENTIALS_FILE: paths.credentialStore,
    KEY_RING_DIR: paths.keyRing,
    GENERATION: settings.generation,
  };
}

/** How this machine reaches a process that listens on `host`. */
function localUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

async function service(
  context: ServiceContext,
  name: string,
  portName: PortName,
  more: Record<string, string> = {},
): Promise<string> {
  const ports = keptPorts(context.settings);
  const main = new URL(`../../../${name}/src/main.ts`, import.meta.url);
  const child: ListeningChild = await context.supervisor.run({
    name,
    start: async () => {
      const running = await startListeningChild({
        name: `The ${name}`,
        ...nodeMain(main),
        env: { ...stackEnvironment(context), ...more, [portName]: String(ports.wanted(portName)) },
        logFile: context.paths.log(name),
      });
      ports.got(portName, running.port);
      return running;
    },
  });
  const url = localUrl(context.settings.listenHost, child.port);
  await waitReady(name, url, context.stopped);
  context.progress.step(`${name} at ${url}`);
  return url;
}

export async function startServices(context: ServiceContext): Promise<Services> {
  const settled = await Promise.allSettled([
    service(context, 'collector', 'COLLECTOR_PORT'),
    service(context, 'projector', 'PROJECTOR_PORT'),
  ]);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  const collectorUrl = (settled[0] as PromiseFulfilledResult<string>).value;
  const apiUrl = await service(context, 'query-api', 'API_PORT', {
    COLLECTOR_URL: collectorUrl,
    COLLECTOR_TOKEN: context.internal.service_token,
  });
  await service(context, 'linker', 'LINKER_PORT', {
    COLLECTOR_URL: collectorUrl,
    COLLECTOR_TOKEN: context.internal.service_token,
  });
  return { collectorUrl, apiUrl };
}
