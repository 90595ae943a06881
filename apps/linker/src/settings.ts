import {
  clickhouseSettings,
  type Environment,
  type HttpServiceSettings,
  type ListenSettings,
  listenSettings,
  readSettings,
} from '@affidavit/service-kit';

export interface LinkerSettings {
  readonly listen: ListenSettings;
  readonly clickhouse: HttpServiceSettings;
  readonly credentialsFile: string;
  readonly generation: string;
  readonly collector: { readonly url: string; readonly token: string };
  readonly pollMs: number;
}

export const readLinkerSettings = (environment: Environment): LinkerSettings =>
  readSettings(environment, (setting) => {
    const generation = setting.text('GENERATION', 'audit_g1');
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(generation))
      setting.problem('GENERATION must be lower-case letters, digits and underscores.');
    return {
      // Nobody needs to know where it listens but its supervisor, who reads it.
      listen: listenSettings(setting, 'LINKER_PORT', 0),
      clickhouse: clickhouseSettings(setting),
      credentialsFile: setting.text('CREDENTIALS_FILE'),
      generation,
      collector: { url: setting.url('COLLECTOR_URL'), token: setting.text('COLLECTOR_TOKEN') },
      pollMs: setting.integer('LINKER_POLL_MS', { fallback: 1_000, min: 20, max: 600_000 }),
    };
  });
