import { createContentVault } from '../vault/content-vault.ts';
import { createPseudonymiser } from '../vault/pseudonymiser.ts';
import { openFileKeyRing } from '../ring/file-key-ring.ts';

// A process of its own: DIRECTORY COUNT. Waits for a line on stdin, so that several start at once, and prints what it
// got.
const [directory = '', count = '0'] = process.argv.slice(2);
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
const ring = openFileKeyRing({ directory });
const vault = createContentVault({ ring });
const pseudonym = createPseudonymiser(ring).pseudonym('default', 'shop', 'yusuf');
const records = [];
for (let index = 0; index < Number(count); index += 1) {
  const request = {
    tenant_id: 'default',
    scope: { kind: 'run' as const, id: `run/${index}` },
    media_type: 'text/plain',
    bytes: Buffer.from('same'),
    subjects: [`p_${process.pid}`],
  };
  // Now one by one, now several in one group.
  records.push(
    ...(index % 3 === 0 ? [await vault.seal(request)] : await Promise.all([vault.seal(request), vault.seal(request)])),
  );
}
await ring.close();
process.stdout.write(
  `${JSON.stringify({ pseudonym, keys: Object.fromEntries(records.map((record) => [record.scope_id, `${record.key_id} ${record.content_id}`])) })}\n`,
);
process.exit(0);
