import { readFileSync } from 'node:fs';
import { type KeyRing } from '../ring/key-ring.ts';
import { unwrapKey } from '../ring/key-line.ts';
import { createContentVault } from './content-vault.ts';
import { contentAad, deriveKeys } from './layout.ts';
import { createPseudonymiser } from './pseudonymiser.ts';

const golden = JSON.parse(readFileSync(new URL('../testdata/golden-v1.json', import.meta.url), 'utf8'));
const { content } = golden;
const hex = (text: string) => Buffer.from(text, 'hex');

const dataKey = { key_id: content.key_id as string, secret: hex(content.data_key_hex) };
const scope = { tenant_id: 'default', kind: 'run' as const, id: content.scope_id as string };
const ring: KeyRing = {
  dataKey: () => Promise.resolve(dataKey),
  keyById: () => Promise.resolve({ status: 'live', key: dataKey, scope }),
  pseudonymKey: () => hex(golden.pseudonyms.tenant_key_hex),
  findPseudonymKey: () => null,
  close: () => Promise.resolve(),
};
const vault = createContentVault({ ring, nonce: () => hex(content.nonce_hex) });
const request = {
  tenant_id: 'default',
  scope,
  media_type: content.media_type,
  bytes: Buffer.from(content.text, 'utf8'),
  subjects: ['p_b', 'p_a', 'p_b'],
};

describe('frozen byte layouts', () => {
  test('a sealed body, byte for byte', async () => {
    const record = await vault.seal(request);
    expect({
      ...record,
      nonce: Buffer.from(record.nonce).toString('hex'),
      ciphertext: Buffer.from(record.ciphertext).toString('hex'),
    }).toEqual({
      content_id: content.content_id,
      tenant_id: 'default',
      scope_kind: 'run',
      scope_id: content.scope_id,
      key_id: content.key_id,
      algorithm: 'AES-256-GCM',
      nonce: content.nonce_hex,
      aad_version: 1,
      ciphertext: content.ciphertext_hex,
      media_type: content.media_type,
      size_bytes: content.size_bytes,
      subjects: ['p_a', 'p_b'],
    });
    expect(contentAad(record).toString('hex')).toBe(content.aad_hex);
  });

  test('the golden record opens', async () => {
    const record = await vault.seal(request);
    const text = await vault.open({ ...record, ciphertext: hex(content.ciphertext_hex) });
    expect(Buffer.from(text ?? []).toString('utf8')).toBe(content.text);
  });

  test('three keys out of one', () => {
    const keys = deriveKeys(dataKey.secret);
    expect({
      encryption_hex: keys.encryption.toString('hex'),
      content_id_hex: keys.contentId.toString('hex'),
      mac_hex: keys.mac.toString('hex'),
    }).toEqual(content.derived);
  });

  test('a MAC', async () => {
    expect(await vault.mac({ tenant_id: 'default', scope }, golden.mac.canonical_json)).toBe(golden.mac.mac_hex);
  });

  test('a wrapped key', () => {
    const line = {
      key_id: content.key_id,
      tenant_id: 'default',
      scope_kind: 'run',
      scope_id: content.scope_id,
      wrapped: golden.wrapped_key.wrapped_base64,
    };
    expect(unwrapKey(hex(golden.wrapped_key.master_key_hex), line).secret.toString('hex')).toBe(content.data_key_hex);
    expect(() => unwrapKey(hex(golden.wrapped_key.master_key_hex), { ...line, scope_id: 'another' })).toThrow(
      expect.objectContaining({ code: 'master_key_wrong' }),
    );
  });

  test.each(golden.pseudonyms.cases as { issuer: string; normalised_id: string; pseudonym: string }[])(
    'the pseudonym of $normalised_id at "$issuer"',
    (one) => {
      expect(createPseudonymiser(ring).pseudonym('default', one.issuer, one.normalised_id)).toBe(one.pseudonym);
    },
  );
});
