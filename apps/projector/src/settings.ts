import {
  clickhouseSettings,
  contentClickhouseSettings,
  type Environment,
  type HttpServiceSettings,
  kafkaSettings,
  type KafkaStackSettings,
  type ListenSettings,
  listenSettings,
  readSettings,
  registrySettings,
} from '@affidavit/service-kit';

export interface ProjectorSettings {
  readonly listen: ListenSettings;
  readonly kafka: KafkaStackSettings;
  readonly registry: HttpServiceSettings;
  readonly clickhouse: HttpServiceSettings;
  readonly contentClickhouse: HttpServiceSettings;
  readonly credentialsFile: string;
  readonly keyRingDir: string;
  /**
   * Database of the tables, and part of the consumer groups' names: a rebuild is another generation beside this one.
   */
  readonly generation: string;
  readonly contentDatabase: string;
  /** A projector that says nothing for so long has lost its partitions to others. */
  readonly sessionTimeoutMs: number;
  /** By lane; others than the default ones serve tests and inboxes. */
  readonly topics: {
    readonly events: readonly string[];
    readonly content: readonly string[];
    readonly dead_letters: readonly string[];
  };
}

export const readProjectorSettings = (environment: Environment): ProjectorSettings =>
  readSettings(environment, (setting) => {
    const database = (name: string, fallback: string): string => {
      const value = setting.text(name, fallback);
      if (!/^[a-z][a-z0-9_]{0,62}$/.test(value))
        setting.problem(`${name} must be lower-case letters, digits and underscores.`);
      return value;
    };
    return {
      listen: listenSettings(setting, 'PROJECTOR_PORT', 7072),
      kafka: kafkaSettings(setting),
      registry: registrySettings(setting),
      clickhouse: clickhouseSettings(setting),
      contentClickhouse: contentClickhouseSettings(setting),
      credentialsFile: setting.text('CREDENTIALS_FILE'),
      keyRingDir: setting.text('KEY_RING_DIR'),
      generation: database('GENERATION', 'audit_g1'),
      contentDatabase: database('CONTENT_DATABASE', 'audit_content'),
      sessionTimeoutMs: setting.integer('SESSION_TIMEOUT_MS', { fallback: 15_000, min: 6_000, max: 300_000 }),
      topics: {
        events: setting.list('EVENT_TOPICS', ['audit.activity.v1', 'audit.control.v1', 'audit.access.v1']),
        content: setting.list('CONTENT_TOPICS', ['audit.content.v1']),
        dead_letters: setting.list('DEAD_LETTER_TOPICS', ['audit.deadletter.v1']),
      },
    };
  });
