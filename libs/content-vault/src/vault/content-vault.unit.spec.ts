import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileKeyRing } from '../ring/file-key-ring.ts';
import { createMemoryKeyRing } from '../testing/memory-key-ring.ts';
import { describeVault } from '../testing/vault-contract.ts';
import { type KeyLine } from '../ring/key-line.ts';

describeVault('a ring in memory', () => {
  const ring = createMemoryKeyRing();
  return { ring, again: () => ring, destroy: (scope) => Promise.resolve(ring.destroy(scope)) };
});

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

describeVault('a ring in a file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ring-'));
  directories.push(directory);
  return {
    ring: openFileKeyRing({ directory, lookEveryMs: 0 }),
    again: () => openFileKeyRing({ directory, lookEveryMs: 0 }),
    // As another process would: a line in the file.
    async destroy(scope) {
      const file = join(directory, 'keys.ndjson');
      const key = readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as KeyLine)
        .find(
          (line) =>
            line.type === 'key' &&
            line.scope_id === scope.id &&
            line.scope_kind === scope.kind &&
            line.tenant_id === scope.tenant_id,
        );
      const line: KeyLine = {
        type: 'destroyed',
        key_id: key?.type === 'key' ? key.key_id : '',
        tenant_id: scope.tenant_id,
        scope_kind: scope.kind,
        scope_id: scope.id,
        destroyed_at: '2026-11-23T00:00:00Z',
      };
      appendFileSync(file, `\n${JSON.stringify(line)}\n`);
      await Promise.resolve();
    },
  };
});
