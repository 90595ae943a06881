import { type SettingReader } from './read-settings.ts';

/** The settings that every process of the stack shares. Their shapes fit the adapters' own settings types. */

export interface KafkaStackSettings {
  readonly brokers: readonly string[];
  readonly ssl: boolean;
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

export interface HttpServiceSettings {
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
}

export interface ListenSettings {
  readonly host: string;
  readonly port: number;
}

/** KAFKA_BROKERS, KAFKA_SSL, KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD. */
export function kafkaSettings(setting: SettingReader): KafkaStackSettings {
  const username = setting.optional('KAFKA_SASL_USERNAME');
  const password = setting.optional('KAFKA_SASL_PASSWORD');
  const brokers = setting.list('KAFKA_BROKERS');
  const ssl = setting.flag('KAFKA_SSL', false);
  if (username === undefined && password === undefined) return { brokers, ssl };
  const mechanism = setting.oneOf('KAFKA_SASL_MECHANISM', ['plain', 'scram-sha-256', 'scram-sha-512'], 'scram-sha-512');
  if (username === undefined || password === undefined)
    setting.problem('KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD go together.');
  return { brokers, ssl, sasl: { mechanism, username: username ?? '', password: password ?? '' } };
}

function httpService(setting: SettingReader, prefix: string): HttpServiceSettings {
  const user = setting.optional(`${prefix}_USER`);
  const password = setting.optional(`${prefix}_PASSWORD`);
  if (user === undefined && password !== undefined)
    setting.problem(`${prefix}_PASSWORD is set without ${prefix}_USER.`);
  return {
    url: setting.url(`${prefix}_URL`),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
  };
}

/** SCHEMA_REGISTRY_URL, SCHEMA_REGISTRY_USER, SCHEMA_REGISTRY_PASSWORD. */
export const registrySettings = (setting: SettingReader): HttpServiceSettings =>
  httpService(setting, 'SCHEMA_REGISTRY');
/** CLICKHOUSE_URL, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD. */
export const clickhouseSettings = (setting: SettingReader): HttpServiceSettings => httpService(setting, 'CLICKHOUSE');
/** CONTENT_CLICKHOUSE_URL, CONTENT_CLICKHOUSE_USER, CONTENT_CLICKHOUSE_PASSWORD. */
export const contentClickhouseSettings = (setting: SettingReader): HttpServiceSettings =>
  httpService(setting, 'CONTENT_CLICKHOUSE');

/** LISTEN_HOST and the app's own port setting; port 0 takes a free one. */
export function listenSettings(setting: SettingReader, portName: string, fallbackPort: number): ListenSettings {
  return { host: setting.text('LISTEN_HOST', '127.0.0.1'), port: setting.port(portName, fallbackPort) };
}
