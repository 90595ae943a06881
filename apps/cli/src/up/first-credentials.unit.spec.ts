import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCredentialStore } from '@affidavit/service-kit';
import { ensureCredentials, type Credentials } from './first-credentials.ts';
import { dataPaths } from './up-settings.ts';

describe('the first credentials', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'affidavit-credentials-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  test('are made once, for their owner alone, and valid', async () => {
    const paths = dataPaths(dir);
    const first = await ensureCredentials(paths, true);
    expect(Object.keys(first.credentials)).toEqual([
      'connector',
      'investigator',
      'reviewer',
      'data_team',
      'administrator',
      'auditor',
      'clickhouse',
    ]);
    for (const file of [paths.credentials, paths.internal, paths.credentialStore])
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    const store = openCredentialStore(paths.credentialStore);
    expect(store.verify(first.credentials.auditor)).toMatchObject({ role: 'auditor', tenant_id: 'default' });
    expect(store.verify(first.credentials.connector)).toMatchObject({ role: 'connector', connector_id: 'connector' });
    expect(store.verify(first.internal.service_token)).toMatchObject({ role: 'service', tenant_id: '*' });
    expect(await readFile(paths.credentialStore, 'utf8')).not.toContain(first.credentials.connector.slice(-43));
    expect(await ensureCredentials(paths, true)).toEqual(first);
  });

  test('a revoked one stays revoked; one that the store lost is made anew', async () => {
    const paths = dataPaths(dir);
    const { credentials } = await ensureCredentials(paths, true);
    await openCredentialStore(paths.credentialStore).revoke(credentials.reviewer.split('_')[1] ?? '');
    expect((await ensureCredentials(paths, true)).credentials).toEqual(credentials);
    await rm(paths.credentialStore);
    const again = await ensureCredentials(paths, true);
    expect(again.credentials.reviewer).not.toBe(credentials.reviewer);
    expect(openCredentialStore(paths.credentialStore).verify(again.credentials.reviewer)).not.toBeNull();
    expect(again.credentials.clickhouse).toEqual(credentials.clickhouse);
  });

  test("a file that cannot be read is not overwritten; a ClickHouse of the user's own has no reader of ours", async () => {
    const paths = dataPaths(dir);
    expect((await ensureCredentials(paths, false)).credentials.clickhouse).toBeUndefined();
    const { connector } = JSON.parse(await readFile(paths.credentials, 'utf8')) as Credentials;
    await writeFile(paths.credentials, `{"connector":"${connector}`);
    await expect(ensureCredentials(paths, true)).rejects.toThrow();
    expect(await readFile(paths.credentials, 'utf8')).toContain(connector);
  });
});
