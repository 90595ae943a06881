import { openCredentialStore } from '../credential-store.ts';

// A process of its own that adds credentials: FILE NAME COUNT.
const [file = '', name = '', count = '0'] = process.argv.slice(2);
const store = openCredentialStore(file);
for (let index = 0; index < Number(count); index += 1) {
  await store.add({ name: `${name}/${index}`, role: 'auditor', tenant_id: 'default' });
}
