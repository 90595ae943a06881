import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ContentRecord } from '@affidavit/intake';
import { request } from '../testing/vault-contract.ts';
import { createContentVault } from '../vault/content-vault.ts';
import { openFileKeyRing } from './file-key-ring.ts';
import { type KeyFileIo, realIo } from './key-file.ts';
import { type KeyLine } from './key-line.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ring-'));
  file = join(directory, 'keys.ndjson');
});
afterEach(() => rmSync(directory, { recursive: true }));

const scope = (id: string) => ({ tenant_id: 'default', kind: 'run' as const, id });
const lines = (): KeyLine[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as KeyLine);
const counting = (): KeyFileIo & { writes: number; syncs: number } => {
  const io = {
    writes: 0,
    syncs: 0,
    write: (handle: number, bytes: Buffer) => {
      io.writes += 1;
      return realIo.write(handle, bytes);
    },
    fsync: async (handle: number) => {
      io.syncs += 1;
      await realIo.fsync(handle);
    },
    fsyncSync: (handle: number) => {
      io.syncs += 1;
      realIo.fsyncSync(handle);
    },
  };
  return io;
};

describe('file key ring', () => {
  test('both files are for their owner alone, and hold no key in the clear', async () => {
    const ring = openFileKeyRing({ directory });
    const { secret } = await ring.dataKey(scope('a'), ['p_x']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, 'master.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, 'master.key'))).toHaveLength(32);
    expect(readFileSync(file, 'utf8')).not.toContain(secret.toString('base64').slice(0, 20));
    expect(lines()).toMatchObject([
      { type: 'key', tenant_id: 'default', scope_kind: 'run', scope_id: 'a', subjects: ['p_x'] },
    ]);
  });

  test.each(['master.key', 'keys.ndjson'])('does not start when others may read %s', async (name) => {
    await openFileKeyRing({ directory }).dataKey(scope('a'), []);
    for (const mode of [0o640, 0o604]) {
      chmodSync(join(directory, name), mode);
      expect(() => openFileKeyRing({ directory })).toThrow(
        expect.objectContaining({ code: 'key_ring_unsafe', message: expect.stringContaining('chmod 600') }),
      );
    }
  });

  test('another master key is found out at the start', async () => {
    await openFileKeyRing({ directory }).dataKey(scope('a'), []);
    writeFileSync(join(directory, 'master.key'), Buffer.alloc(32, 7));
    expect(() => openFileKeyRing({ directory })).toThrow(
      expect.objectContaining({ code: 'master_key_wrong', retryable: false }),
    );
    writeFileSync(join(directory, 'master.key'), Buffer.alloc(31, 7));
    expect(() => openFileKeyRing({ directory })).toThrow('must hold exactly 32 bytes; it holds 31');
  });

  test('a lost master key is not replaced in silence', async () => {
    await openFileKeyRing({ directory }).dataKey(scope('a'), []);
    rmSync(join(directory, 'master.key'));
    expect(() => openFileKeyRing({ directory })).toThrow(expect.objectContaining({ code: 'master_key_missing' }));
    expect(existsSync(join(directory, 'master.key'))).toBe(false);
  });

  test('many who wait share one append and one fsync', async () => {
    const io = counting();
    const ring = openFileKeyRing({ directory, io });
    const keys = await Promise.all(
      Array.from({ length: 500 }, (_, index) => ring.dataKey(scope(String(index % 100)), [`p_${index}`])),
    );
    expect(new Set(keys.map(({ key_id: id }) => id)).size).toBe(100);
    expect(io.writes).toBeLessThanOrEqual(2);
    expect(io.syncs).toBeLessThanOrEqual(2);
    await ring.dataKey(scope('7'), ['p_7']);
    expect(io.writes + io.syncs).toBeLessThanOrEqual(4);
  });

  test('who waits for one scope gets one line with the subjects of all, whether the scope is new or not', async () => {
    const ring = openFileKeyRing({ directory });
    const ask = (...subjects: readonly (readonly string[])[]) =>
      Promise.all(subjects.map((one) => ring.dataKey(scope('run'), one)));
    const keys = await ask(['p_a'], ['p_b', 'p_a'], [], ['p_c']);
    expect(new Set(keys.map(({ key_id }) => key_id)).size).toBe(1);
    expect(lines()).toMatchObject([{ type: 'key', subjects: ['p_a', 'p_b', 'p_c'] }]);
    await ask(['p_d'], ['p_a', 'p_e'], ['p_d']);
    expect(lines().slice(1)).toMatchObject([{ type: 'subjects', subjects: ['p_d', 'p_e'] }]);
    await ring.close();
  });
  test('subjects are added when they are new, and durable before the key is handed out', async () => {
    const io = counting();
    const ring = openFileKeyRing({ directory, io });
    await ring.dataKey(scope('a'), ['p_x']);
    const before = io.syncs;
    await Promise.all([ring.dataKey(scope('a'), ['p_x', 'p_y']), ring.dataKey(scope('a'), ['p_y'])]);
    expect(io.syncs).toBe(before + 1);
    expect(
      lines()
        .slice(1)
        .flatMap((line) => (line.type === 'subjects' ? line.subjects : [])),
    ).toContain('p_y');
  });

  test('a reader makes nothing, may be first, and sees what a writer adds', async () => {
    const reader = openFileKeyRing({ directory, readOnly: true });
    expect(reader.findPseudonymKey('default')).toBeNull();
    await expect(reader.dataKey(scope('a'), [])).rejects.toMatchObject({ code: 'key_ring_read_only' });
    expect(() => reader.pseudonymKey('default')).toThrow(expect.objectContaining({ code: 'key_ring_read_only' }));
    expect([existsSync(file), existsSync(join(directory, 'master.key'))]).toEqual([false, false]);
    const writer = openFileKeyRing({ directory });
    const key = await writer.dataKey(scope('a'), []);
    expect(await reader.keyById(key.key_id)).toMatchObject({ status: 'live', key });
    expect(writer.pseudonymKey('default').equals(reader.findPseudonymKey('default') as Buffer)).toBe(true);
  });

  test('a file that became shorter stops everything', async () => {
    const ring = openFileKeyRing({ directory });
    await ring.dataKey(scope('a'), []);
    truncateSync(file, 10);
    await expect(ring.dataKey(scope('b'), [])).rejects.toMatchObject({ code: 'key_ring_damaged', retryable: false });
  });
});

describe('after a crash', () => {
  test('half a line is skipped, and what is added behind it is whole', async () => {
    const first = await openFileKeyRing({ directory }).dataKey(scope('a'), []);
    appendFileSync(file, readFileSync(file, 'utf8').slice(0, 60));
    const ring = openFileKeyRing({ directory });
    const second = await ring.dataKey(scope('b'), []);
    const reopened = openFileKeyRing({ directory });
    expect(reopened.skippedLines).toBe(1);
    expect(await reopened.dataKey(scope('a'), [])).toEqual(first);
    expect(await reopened.dataKey(scope('b'), [])).toEqual(second);
  });

  test('a line cut at any byte is the whole key or none, never another', async () => {
    const key = await openFileKeyRing({ directory }).dataKey(scope('a'), []);
    const whole = readFileSync(file);
    for (let length = 0; length < whole.length; length += 7) {
      writeFileSync(file, whole.subarray(0, length));
      expect(await openFileKeyRing({ directory, readOnly: true }).keyById(key.key_id)).toMatchObject({
        status: 'unknown',
      });
    }
    writeFileSync(file, whole);
    expect(await openFileKeyRing({ directory }).dataKey(scope('a'), [])).toEqual(key);
  });

  test('a line that another process appended and never brought to disk is brought to disk before it is used', async () => {
    const theirs = openFileKeyRing({ directory, io: { ...realIo, fsync: () => new Promise(() => undefined) } });
    void theirs.dataKey(scope('a'), []);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(lines()).toHaveLength(1);
    const io = counting();
    await openFileKeyRing({ directory, io }).dataKey(scope('a'), []);
    expect([io.writes, io.syncs]).toEqual([0, 1]);
  });
});

describe('faults: nothing sealed is ever lost', () => {
  const fail = (): never => {
    throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  const faults: [string, Partial<KeyFileIo>, boolean][] = [
    ['write-lost', { write: fail }, true],
    [
      'write-persisted-but-reported-as-failed',
      {
        write: (handle, bytes) => {
          writeSync(handle, bytes);
          return fail();
        },
      },
      true,
    ],
    ['write-short', { write: (handle, bytes) => writeSync(handle, bytes.subarray(0, bytes.length - 20)) }, true],
    ['fsync-failed', { fsync: () => Promise.reject(new Error('EIO')), fsyncSync: fail }, false],
    [
      'fsync-failed-after-it-worked',
      {
        fsync: (handle) => {
          fsyncSync(handle);
          return Promise.reject(new Error('EIO'));
        },
        fsyncSync: (handle) => {
          fsyncSync(handle);
          fail();
        },
      },
      false,
    ],
  ];

  test.each(faults)('%s', async (_name, fault, recovers) => {
    const io: KeyFileIo = { ...realIo };
    const ring = openFileKeyRing({ directory, io });
    const vault = createContentVault({ ring });
    const acknowledged: ContentRecord[] = [await vault.seal(request({ scope: { kind: 'run', id: 'before' } }))];

    Object.assign(io, fault);
    for (const id of ['one', 'two']) {
      await expect(vault.seal(request({ scope: { kind: 'run', id } }))).rejects.toMatchObject({
        code: 'key_ring_unavailable',
        retryable: true,
      });
    }
    expect(() => ring.pseudonymKey('default')).toThrow(expect.objectContaining({ code: 'key_ring_unavailable' }));
    acknowledged.push(await vault.seal(request({ scope: { kind: 'run', id: 'before' } })));

    Object.assign(io, realIo);
    const again = vault.seal(request({ scope: { kind: 'run', id: 'one' } }));
    if (recovers) acknowledged.push(await again);
    else await expect(again).rejects.toMatchObject({ code: 'key_ring_unavailable' });
    expect(ring.broken).toBe(!recovers);

    const fresh = createContentVault({ ring: openFileKeyRing({ directory }) });
    acknowledged.push(await fresh.seal(request({ scope: { kind: 'run', id: 'two' } })));
    const reader = createContentVault({ ring: openFileKeyRing({ directory, readOnly: true }) });
    for (const record of acknowledged) expect(Buffer.from((await reader.open(record)) ?? []).toString()).toBe('Hello');
  });
});

describe('several processes', () => {
  test('that race for the same scopes, and for the master key, get the same keys', async () => {
    const script = fileURLToPath(new URL('../testdata/seal-scopes.ts', import.meta.url));
    const loader = new URL('../../../devkit/src/loader.js', import.meta.url).href;
    const children = Array.from({ length: 3 }, () =>
      spawn(process.execPath, ['--conditions=@affidavit/source', '--import', loader, script, directory, '60'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    );
    const outputs = children.map(() => '');
    const started = children.map(
      (child, index) =>
        new Promise<void>((resolve) =>
          child.stdout.on('data', (chunk: Buffer) => {
            outputs[index] += chunk.toString();
            if (outputs[index]?.startsWith('ready\n')) resolve();
          }),
        ),
    );
    const ended = children.map((child) => new Promise<number | null>((resolve) => child.on('close', resolve)));
    await Promise.all(started);
    for (const child of children) child.stdin.write('go\n');
    expect(await Promise.all(ended)).toEqual([0, 0, 0]);
    const answers = outputs.map(
      (output) => JSON.parse(output.slice('ready\n'.length)) as { pseudonym: string; keys: Record<string, string> },
    );
    expect(Object.keys(answers[0]?.keys ?? {})).toHaveLength(60);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);

    const ring = openFileKeyRing({ directory });
    expect(ring.skippedLines).toBe(0);
    const keyLines = lines().filter((line) => line.type === 'key');
    expect(keyLines.length).toBeGreaterThanOrEqual(61);
    const subjects = new Set(lines().flatMap((line) => (line.type === 'destroyed' ? [] : line.subjects)));
    expect(subjects.size).toBe(3);
  }, 60_000);
});
