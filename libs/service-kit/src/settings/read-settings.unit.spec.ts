import { readSettings } from './read-settings.ts';
import { clickhouseSettings, kafkaSettings, listenSettings } from './stack-settings.ts';

const problemsOf = (environment: Record<string, string>, read: Parameters<typeof readSettings>[1]): string => {
  try {
    readSettings(environment, read);
  } catch (error) {
    expect(error).toMatchObject({ code: 'settings_invalid', retryable: false });
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
};

describe('readSettings', () => {
  test('the stack’s settings, with their defaults', () => {
    const environment = {
      KAFKA_BROKERS: 'a:9092, b:9092,',
      CLICKHOUSE_URL: 'https://ch:8443/',
      CLICKHOUSE_USER: 'writer',
      CLICKHOUSE_PASSWORD: 'pw',
      COLLECTOR_PORT: '0',
      LISTEN_HOST: ' ',
    };
    expect(
      readSettings(environment, (setting) => ({
        kafka: kafkaSettings(setting),
        clickhouse: clickhouseSettings(setting),
        listen: listenSettings(setting, 'COLLECTOR_PORT', 7070),
      })),
    ).toEqual({
      kafka: { brokers: ['a:9092', 'b:9092'], ssl: false },
      clickhouse: { url: 'https://ch:8443', user: 'writer', password: 'pw' },
      listen: { host: '127.0.0.1', port: 0 },
    });
  });

  test('SASL needs both halves and a known mechanism', () => {
    const base = { KAFKA_BROKERS: 'a:1', KAFKA_SASL_USERNAME: 'me', KAFKA_SASL_PASSWORD: 'pw' };
    expect(readSettings(base, kafkaSettings).sasl).toEqual({
      mechanism: 'scram-sha-512',
      username: 'me',
      password: 'pw',
    });
    expect(problemsOf({ KAFKA_BROKERS: 'a:1', KAFKA_SASL_USERNAME: 'me' }, kafkaSettings)).toContain(
      'KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD go together',
    );
    expect(problemsOf({ ...base, KAFKA_SASL_MECHANISM: 'gssapi' }, kafkaSettings)).toContain(
      'KAFKA_SASL_MECHANISM must be one of plain, scram-sha-256, scram-sha-512',
    );
  });

  test('one error names every mistake', () => {
    const message = problemsOf({ PORT: '70000', KAFKA_SSL: 'yes', SIZE: '1e3' }, (setting) => [
      setting.port('PORT', 1),
      setting.list('KAFKA_BROKERS'),
      setting.flag('KAFKA_SSL', false),
      setting.integer('SIZE', { min: 1, max: 9 }),
      setting.text('CREDENTIALS_FILE'),
    ]);
    for (const name of [
      'PORT must be',
      'KAFKA_BROKERS is not set',
      'KAFKA_SSL must be true or false',
      'SIZE must be an integer from 1 to 9',
      'CREDENTIALS_FILE is not set',
    ]) {
      expect(message).toContain(name);
    }
  });

  test('a secret never reaches the message', () => {
    const message = problemsOf(
      { CLICKHOUSE_URL: 'http://writer:hunter2@ch:8123', CLICKHOUSE_PASSWORD: 'hunter2' },
      clickhouseSettings,
    );
    expect(message).toContain('CLICKHOUSE_URL must be an http or https URL without user and password');
    expect(message).toContain('CLICKHOUSE_PASSWORD is set without CLICKHOUSE_USER');
    expect(message).not.toContain('hunter2');
  });
});
