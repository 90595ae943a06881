import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataPaths, readUpSettings } from './up-settings.ts';
import { welcome } from './welcome.ts';

describe('settings of affidavit up', () => {
  test('nothing is needed; 0 takes a free port', () => {
    const settings = readUpSettings({ API_PORT: '0' });
    expect(settings).toMatchObject({
      kafka: null,
      registry: null,
      clickhouse: null,
      contentClickhouse: null,
      listenHost: '127.0.0.1',
      generation: 'audit_g1',
    });
    expect(settings.ports).toMatchObject({ COLLECTOR_PORT: 7070, API_PORT: 0, KAFKA_PORT: 9092 });
    expect(settings.dataDir).toBe(join(process.cwd(), '.affidavit'));
  });

  test('what is configured replaces the embedded part', () => {
    const settings = readUpSettings({
      KAFKA_BROKERS: 'a:9092, b:9092',
      KAFKA_SSL: 'true',
      KAFKA_SASL_USERNAME: 'u',
      KAFKA_SASL_PASSWORD: 'p',
      CLICKHOUSE_URL: 'https://ch:8443/',
      CLICKHOUSE_USER: 'w',
    });
    expect(settings.kafka).toEqual({
      brokers: ['a:9092', 'b:9092'],
      ssl: true,
      sasl: { mechanism: 'scram-sha-512', username: 'u', password: 'p' },
    });
    expect(settings.clickhouse).toEqual({ url: 'https://ch:8443', user: 'w' });
    expect(settings.contentClickhouse).toBeNull();
  });

  test.each([
    [{ KAFKA_PORT: '70000' }, /KAFKA_PORT/],
    [{ COLLECTOR_PORT: '7071' }, /API_PORT and COLLECTOR_PORT are the same port, 7071/],
    [{ CLICKHOUSE_URL: 'not a url' }, /CLICKHOUSE_URL/],
  ])('%j is refused by name', (environment, message) => {
    expect(() => readUpSettings(environment)).toThrow(message);
  });
});

describe('the welcome', () => {
  test("its commands give a shell the user's token, whatever the directory is called", () => {
    const dir = mkdtempSync(join(tmpdir(), 'it\'s a "dir" $HOME '));
    try {
      const paths = dataPaths(dir);
      writeFileSync(paths.credentials, JSON.stringify({ connector: 'aff_token' }));
      const text = welcome(
        { collectorUrl: 'http://c', apiUrl: 'http://a' },
        { kafkaBrokers: 'k', registryUrl: 'r', clickhouseUrl: 'h', contentClickhouseUrl: 'x' },
        paths,
        '1.0',
        new Date(0),
      );
      const curl = text.split('\n').find((line) => line.startsWith('curl') && line.includes('/v1/events')) ?? '';
      // `curl` is replaced by a command that prints its arguments.
      const printed = execFileSync(
        '/bin/sh',
        ['-c', `curl() { printf '%s\\n' "$@"; }; ${curl.replace(/; sleep.*/, '')}`],
        { encoding: 'utf8' },
      );
      expect(printed.split('\n')).toEqual(
        expect.arrayContaining([
          'http://c/v1/events',
          'Authorization: Bearer aff_token',
          expect.stringContaining('"id":"4711"'),
        ]) as unknown,
      );
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
