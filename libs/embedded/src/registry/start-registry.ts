import { nodeMain } from '../process/node-main.ts';
import { startListeningChild, type ListeningChild } from '../process/spawn-child.ts';

export interface RegistryOptions {
  /** As in KAFKA_BROKERS; KAFKA_SSL and KAFKA_SASL_* are taken from the environment. */
  readonly brokers: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Defaults to `_schemas`. Two registries on one topic would give one id twice. */
  readonly topic?: string;
  readonly logFile: string;
  readonly startTimeoutMs?: number;
}

export interface RunningRegistry extends ListeningChild {
  readonly url: string;
}

/** Starts the registry on loopback. When this returns, it has read all of `_schemas` and answers. */
export async function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const child = await startListeningChild({
    name: 'The schema registry',
    ...nodeMain(new URL('main.ts', import.meta.url)),
    env: {
      KAFKA_BROKERS: options.brokers,
      REGISTRY_PORT: String(options.port),
      ...(options.topic && { REGISTRY_TOPIC: options.topic }),
    },
    logFile: options.logFile,
    ...(options.startTimeoutMs !== undefined && { startTimeoutMs: options.startTimeoutMs }),
  });
  return { ...child, url: `http://127.0.0.1:${child.port}` };
}
