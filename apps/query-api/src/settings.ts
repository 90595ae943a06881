import {
  clickhouseSettings,
  contentClickhouseSettings,
  type Environment,
  type HttpServiceSettings,
  type ListenSettings,
  listenSettings,
  readSettings,
} from '@affidavit/service-kit';

export interface QueryApiSettings {
  readonly listen: ListenSettings;
  readonly clickhouse: HttpServiceSettings;
  readonly contentClickhouse: HttpServiceSettings;
  readonly credentialsFile: string;
  readonly keyRingDir: string;
  /** Database of the generation whose tables are read. */
  readonly generation: string;
  readonly collector: { readonly url: string; readonly token: string };
}

export const readQueryApiSettings = (environment: Environment): QueryApiSettings =>
  readSettings(environment, (setting) => {
    const generation = setting.text('GENERATION', 'audit_g1');
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(generation))
      setting.problem('GENERATION must be lower-case letters, digits and underscores.');
    return {
      listen: listenSettings(setting, 'API_PORT', 7071),
      clickhouse: clickhouseSettings(setting),
      contentClickhouse: contentClickhouseSettings(setting),
      credentialsFile: setting.text('CREDENTIALS_FILE'),
      keyRingDir: setting.text('KEY_RING_DIR'),
      generation,
      collector: { url: setting.url('COLLECTOR_URL'), token: setting.text('COLLECTOR_TOKEN') },
    };
  });
