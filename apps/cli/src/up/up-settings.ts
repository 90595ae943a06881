import { join, resolve } from 'node:path';
import {
  type Environment,
  type HttpServiceSettings,
  type KafkaStackSettings,
  kafkaSettings,
  readSettings,
  registrySettings,
  clickhouseSettings,
  contentClickhouseSettings,
} from '@affidavit/service-kit';

/** Every setting of `affidavit up`, read once. What is null is embedded; what is given replaces the embedded part. */
export interface UpSettings {
  readonly dataDir: string;
  readonly listenHost: string;
  readonly kafka: KafkaStackSettings | null;
  readonly registry: HttpServiceSettings | null;
  readonly clickhouse: HttpServiceSettings | null;
  readonly contentClickhouse: HttpServiceSettings | null;
  readonly generation: string;
  readonly ports: Readonly<Record<PortName, number>>;
}

const PORTS = {
  COLLECTOR_PORT: 7070,
  API_PORT: 7071,
  PROJECTOR_PORT: 7072,
  // Nobody calls it: any free one does.
  LINKER_PORT: 0,
  KAFKA_PORT: 9092,
  KAFKA_CONTROLLER_PORT: 9093,
  REGISTRY_PORT: 8081,
  CLICKHOUSE_PORT: 8123,
  CONTENT_CLICKHOUSE_PORT: 8124,
} as const;
export type PortName = keyof typeof PORTS;

export const readUpSettings = (environment: Environment): UpSettings =>
  readSettings(environment, (setting) => {
    const given = <T>(name: string, read: (reader: typeof setting) => T): T | null =>
      setting.optional(name) === undefined ? null : read(setting);
    const names = Object.keys(PORTS) as PortName[];
    const ports = Object.fromEntries(names.map((name) => [name, setting.port(name, PORTS[name])])) as Record<
      PortName,
      number
    >;
    for (const name of names) {
      const other = names.find((one) => one !== name && ports[one] !== 0 && ports[one] === ports[name]);
      if (other !== undefined && name < other)
        setting.problem(`${name} and ${other} are the same port, ${ports[name]}.`);
    }
    return {
      dataDir: resolve(setting.text('AFFIDAVIT_DATA', '.affidavit')),
      listenHost: setting.text('LISTEN_HOST', '127.0.0.1'),
      kafka: given('KAFKA_BROKERS', kafkaSettings),
      registry: given('SCHEMA_REGISTRY_URL', registrySettings),
      clickhouse: given('CLICKHOUSE_URL', clickhouseSettings),
      contentClickhouse: given('CONTENT_CLICKHOUSE_URL', contentClickhouseSettings),
      generation: setting.text('GENERATION', 'audit_g1'),
      ports,
    };
  });

/** Where things lie in the data directory. Who may read it has everything: it is made with mode 0700. */
export const dataPaths = (dataDir: string) => ({
  lock: join(dataDir, 'up.lock'),
  stack: join(dataDir, 'stack.json'),
  credentials: join(dataDir, 'credentials.json'),
  /** Hashes of the tokens: what the services read. */
  credentialStore: join(dataDir, 'credentials.store.json'),
  internal: join(dataDir, 'internal.json'),
  processes: join(dataDir, 'processes.json'),
  scenarios: join(dataDir, 'scenarios.json'),
  keyRing: join(dataDir, 'keys'),
  kafka: join(dataDir, 'kafka'),
  clickhouse: join(dataDir, 'clickhouse'),
  contentClickhouse: join(dataDir, 'content-clickhouse'),
  log: (name: string) => join(dataDir, 'logs', `${name}.log`),
});
export type DataPaths = ReturnType<typeof dataPaths>;
