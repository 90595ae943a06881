import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NewCredential } from './credential.ts';
import { openCredentialStore } from './credential-store.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'credentials-'));
  file = join(directory, 'inner', 'credentials.json');
});
afterEach(() => rmSync(directory, { recursive: true }));

const connector: NewCredential = {
  name: 'shop',
  role: 'connector',
  tenant_id: 'default',
  connector_id: 'shop',
  sources: ['retail-agent'],
  event_types: ['tool.*'],
};

describe('credential store', () => {
  test('a token is verified into its credential; the file holds no secret and nobody else may read it', async () => {
    const store = openCredentialStore(file);
    const { token, credential } = await store.add(connector);
    expect(token).toMatch(/^aff_[a-z0-9]+_[A-Za-z0-9_-]{43}$/);
    expect(store.verify(token)).toEqual(credential);
    expect(credential).toMatchObject({ max_evidence_grade: 'self_reported', revoked_at: null });
    expect(JSON.stringify(store.list()) + JSON.stringify(credential)).not.toContain('sha256');
    expect(readFileSync(file, 'utf8')).not.toContain(token.slice(-43));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(directory, 'inner'))).toEqual(['credentials.json']);
  });

  test.each([
    ['another secret', (token: string) => token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A')],
    ['another id', (token: string) => token.replace(/^aff_./, (start) => (start.endsWith('0') ? 'aff_1' : 'aff_0'))],
    ['no prefix', (token: string) => token.slice(4)],
    ['a longer one', (token: string) => `${token}A`],
    ['empty', () => ''],
  ])('refuses %s', async (_name, change) => {
    const store = openCredentialStore(file);
    const { token } = await store.add(connector);
    expect(store.verify(change(token))).toBeNull();
  });

  test.each<[string | undefined, RegExp]>([
    [undefined, /needs a connector id \(--connector-id\)/],
    ['', /needs a connector id/],
    ['Anna Schmidt', /must be/],
    ['a/b', /must be/],
    ['collector', /must be .* not collector/],
    ['-a', /must be/],
    ['x'.repeat(65), /must be/],
  ])('a connector’s id is given, and is none of a person or of the collector: %p', async (connector_id, message) => {
    const { connector_id: _id, ...rest } = connector;
    await expect(
      openCredentialStore(file).add({ ...rest, ...(connector_id !== undefined && { connector_id }) }),
    ).rejects.toMatchObject({ code: 'credential_invalid', message: expect.stringMatching(message) });
  });

  test('a credential of a file of before keeps its id, whatever its form', async () => {
    const store = openCredentialStore(file, { lookEveryMs: 0 });
    const { token } = await store.add(connector);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"connector_id": "shop"', '"connector_id": "First Shop"'), {
      mode: 0o600,
    });
    expect(store.verify(token)).toMatchObject({ connector_id: 'First Shop' });
  });

  test('revoked by one process, refused by another', async () => {
    const mine = openCredentialStore(file, { lookEveryMs: 0 });
    const theirs = openCredentialStore(file, { lookEveryMs: 0 });
    const { token, credential } = await theirs.add(connector);
    expect(mine.verify(token)).not.toBeNull();
    expect(await theirs.revoke(credential.id)).toBe(true);
    expect(mine.verify(token)).toBeNull();
    expect(mine.list()[0]?.revoked_at).toMatch(/^\d{4}-/);
    expect(await mine.revoke('absent')).toBe(false);
  });

  test('a file that cannot be read lets nobody in, and says so as an outage', async () => {
    const store = openCredentialStore(file, { lookEveryMs: 0 });
    const { token } = await store.add(connector);
    writeFileSync(file, '{"version": 1, "cred');
    for (let look = 0; look < 3; look += 1) {
      expect(() => store.verify(token)).toThrow(
        expect.objectContaining({ code: 'credentials_unreadable', retryable: true }),
      );
    }
    rmSync(file);
    expect(store.verify(token)).toBeNull();
  });

  test('refuses a file that others may write', async () => {
    await openCredentialStore(file).add(connector);
    chmodSync(file, 0o622);
    expect(() => openCredentialStore(file)).toThrow(/chmod 600/);
  });

  test.each<[string, Partial<NewCredential>]>([
    ['every tenant for a person', { role: 'investigator', tenant_id: '*' }],
    ['a tenant with a zero byte', { tenant_id: 'a\u0000b' }],
    ['no source', { sources: [] }],
    ['a pattern in the middle', { event_types: ['tool.*.completed'] }],
    ['a role that is none', { role: 'root' as 'auditor' }],
    ['no name', { name: ' ' }],
    ['a grade that is none', { max_evidence_grade: 'sworn' as 'unknown' }],
  ])('does not issue %s', async (_name, over) => {
    await expect(openCredentialStore(file).add({ ...connector, ...over })).rejects.toMatchObject({
      code: 'credential_invalid',
    });
  });

  test('processes adding at once lose none', async () => {
    const script = fileURLToPath(new URL('./testdata/add-credentials.ts', import.meta.url));
    const loader = new URL('../../../devkit/src/loader.js', import.meta.url).href;
    const children = Array.from(
      { length: 4 },
      (_, index) =>
        new Promise<number | null>((resolve) => {
          spawn(
            process.execPath,
            ['--conditions=@affidavit/source', '--import', loader, script, file, String(index), '8'],
            { stdio: 'inherit' },
          ).on('exit', resolve);
        }),
    );
    expect(await Promise.all(children)).toEqual([0, 0, 0, 0]);
    expect(
      new Set(
        openCredentialStore(file)
          .list()
          .map(({ name }) => name),
      ).size,
    ).toBe(32);
  }, 60_000);

  test('the lock of a process that died is taken over', async () => {
    const store = openCredentialStore(file);
    await store.add(connector);
    const lock = `${file}.lock`;
    writeFileSync(lock, 'somebody who died');
    utimesSync(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    await store.add({ ...connector, name: 'second' });
    expect(store.list()).toHaveLength(2);
  });
});
