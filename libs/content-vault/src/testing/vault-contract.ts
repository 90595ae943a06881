import { type ContentRecord, type ContentScope, type ContentVault, type SealRequest } from '@affidavit/intake';
import { type KeyRing, type KeyScope } from '../ring/key-ring.ts';
import { createContentVault } from '../vault/content-vault.ts';
import { createPseudonymiser } from '../vault/pseudonymiser.ts';

/** What a suite needs of a ring: to make one, to look at it as another process would, and to destroy a key. */
export interface RingUnderTest {
  readonly ring: KeyRing;
  /** A second view on the same keys. */
  again(): KeyRing;
  destroy(scope: KeyScope): Promise<void>;
}

const run: ContentScope = { kind: 'run', id: 'retail/1/0' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const request = (over: Partial<SealRequest> = {}): SealRequest => ({
  tenant_id: 'default',
  scope: run,
  media_type: 'text/plain',
  bytes: bytes('Hello'),
  subjects: [],
  ...over,
});
const textOf = async (vault: ContentVault, record: ContentRecord) => {
  const plain = await vault.open(record);
  return plain === null ? null : new TextDecoder().decode(plain);
};

/** The MUST sentences of the port, for any ring. */
export function describeVault(name: string, make: () => RingUnderTest): void {
  describe(`content vault on ${name}`, () => {
    let under: RingUnderTest;
    let vault: ContentVault;
    beforeEach(() => {
      under = make();
      vault = createContentVault({ ring: under.ring });
    });
    afterEach(() => under.ring.close());

    sealing(
      () => vault,
      () => createContentVault({ ring: under.again() }),
    );
    tampering(() => vault);
    destroying(
      () => vault,
      () => under,
    );
    pseudonyms(() => under);
  });
}

function sealing(vault: () => ContentVault, another: () => ContentVault): void {
  test('what is sealed is opened, here and elsewhere', async () => {
    const record = await vault().seal(request({ subjects: ['p_z', 'p_a', 'p_z'] }));
    expect(record).toMatchObject({
      tenant_id: 'default',
      scope_kind: 'run',
      scope_id: run.id,
      algorithm: 'AES-256-GCM',
      aad_version: 1,
      size_bytes: 5,
      subjects: ['p_a', 'p_z'],
    });
    expect(record.content_id).toMatch(/^c_[a-z2-7]{52}$/);
    expect(record.nonce).toHaveLength(12);
    expect(Buffer.from(record.ciphertext).includes('Hello')).toBe(false);
    expect(await textOf(vault(), record)).toBe('Hello');
    expect(await textOf(another(), record)).toBe('Hello');
  });

  test('an empty body is a body', async () => {
    expect(await textOf(vault(), await vault().seal(request({ bytes: bytes('') })))).toBe('');
  });

  test('no nonce comes twice, however many bodies are sealed', async () => {
    const one = vault();
    const sealed = await Promise.all(Array.from({ length: 700 }, () => one.seal(request())));
    expect(new Set(sealed.map(({ nonce }) => Buffer.from(nonce).toString('hex'))).size).toBe(700);
    expect(sealed.every(({ nonce }) => nonce.length === 12)).toBe(true);
  });
  test('equal content has one id in its scope, whoever seals, and never a nonce twice', async () => {
    const [one, two, three] = await Promise.all([
      vault().seal(request()),
      vault().seal(request()),
      another().seal(request()),
    ]);
    expect(new Set([one.content_id, two.content_id, three.content_id]).size).toBe(1);
    expect(new Set([one, two, three].map(({ nonce }) => Buffer.from(nonce).toString('hex'))).size).toBe(3);
  });

  test('another scope, tenant, media type or text has another id', async () => {
    const records = await Promise.all(
      [
        request(),
        request({ scope: { kind: 'run', id: 'retail/1/1' } }),
        request({ scope: { kind: 'session', id: run.id } }),
        request({ tenant_id: 'other' }),
        request({ media_type: 'text/markdown' }),
        request({ bytes: bytes('Hello!') }),
      ].map((one) => vault().seal(one)),
    );
    expect(new Set(records.map(({ content_id: id }) => id)).size).toBe(6);
    expect(new Set(records.map(({ key_id: id }) => id)).size).toBe(4);
  });

  test('MACs agree within a scope only', async () => {
    const scope = { tenant_id: 'default', scope: run };
    const mac = await vault().mac(scope, '{"a":1}');
    expect(mac).toMatch(/^[0-9a-f]{64}$/);
    expect(await another().mac(scope, '{"a":1}')).toBe(mac);
    expect(await vault().mac({ tenant_id: 'default', scope: { kind: 'run', id: 'other' } }, '{"a":1}')).not.toBe(mac);
    expect(await vault().mac(scope, '{"a":2}')).not.toBe(mac);
  });

  test.each([
    { tenant_id: '' },
    { tenant_id: 'a\0b' },
    { scope: { kind: 'run' as const, id: '' } },
    { scope: { kind: 'run' as const, id: 'a\0k' } },
    { media_type: 'a\0b' },
  ])('refuses %j: the layout would be ambiguous', async (over) => {
    await expect(vault().seal(request(over))).rejects.toMatchObject({ code: 'scope_invalid', retryable: false });
  });
}

function tampering(vault: () => ContentVault): void {
  test.each<[string, (record: ContentRecord) => Partial<ContentRecord>]>([
    [
      'a bit of the ciphertext',
      ({ ciphertext }) => ({
        ciphertext: Uint8Array.from(ciphertext, (byte, index) => (index === 0 ? byte ^ 1 : byte)),
      }),
    ],
    [
      'a bit of the tag',
      ({ ciphertext }) => ({
        ciphertext: Uint8Array.from(ciphertext, (byte, index) => (index === ciphertext.length - 1 ? byte ^ 1 : byte)),
      }),
    ],
    ['the nonce', () => ({ nonce: new Uint8Array(12) })],
    ['a shorter nonce', ({ nonce }) => ({ nonce: nonce.slice(0, 8) })],
    ['a shorter tag', ({ ciphertext }) => ({ ciphertext: ciphertext.slice(0, -4), size_bytes: 1 })],
    ['nothing left', () => ({ ciphertext: new Uint8Array(0), size_bytes: 0 })],
    ['content_id', () => ({ content_id: 'c_other' })],
    ['media_type', () => ({ media_type: 'text/html' })],
    ['tenant_id', () => ({ tenant_id: 'other' })],
    ['scope_kind', () => ({ scope_kind: 'session' })],
    ['scope_id', () => ({ scope_id: 'other' })],
    ['size_bytes', () => ({ size_bytes: 4 })],
    ['algorithm', () => ({ algorithm: 'none' })],
    ['aad_version', () => ({ aad_version: 2 })],
  ])('a record with another %s does not open', async (_name, change) => {
    const record = await vault().seal(request());
    await expect(vault().open({ ...record, ...change(record) })).rejects.toMatchObject({
      code: 'content_undecryptable',
      retryable: false,
    });
  });

  test('the key of another scope does not help', async () => {
    const record = await vault().seal(request());
    const other = await vault().seal(request({ scope: { kind: 'run', id: 'other' } }));
    await expect(vault().open({ ...record, key_id: other.key_id })).rejects.toMatchObject({
      code: 'content_undecryptable',
    });
  });

  test('a key that the ring does not have is worth another try', async () => {
    const record = await vault().seal(request());
    await expect(vault().open({ ...record, key_id: 'k_other' })).rejects.toMatchObject({
      code: 'key_unknown',
      retryable: true,
    });
  });
}

function destroying(vault: () => ContentVault, under: () => RingUnderTest): void {
  test('after its key was destroyed content is gone, and nothing more is sealed there', async () => {
    const record = await vault().seal(request());
    const kept = await vault().seal(request({ scope: { kind: 'run', id: 'kept' } }));
    await under().destroy({ tenant_id: 'default', kind: 'run', id: run.id });
    expect(await vault().open(record)).toBeNull();
    await expect(vault().seal(request())).rejects.toMatchObject({ code: 'key_destroyed', retryable: false });
    await expect(vault().mac({ tenant_id: 'default', scope: run }, '{}')).rejects.toMatchObject({
      code: 'key_destroyed',
    });
    expect(await textOf(vault(), kept)).toBe('Hello');
  });
}

function pseudonyms(under: () => RingUnderTest): void {
  test('a person has one pseudonym per tenant and issuer, in every process', () => {
    const people = createPseudonymiser(under().ring);
    const one = people.pseudonym('default', 'shop', 'yusuf');
    expect(one).toMatch(/^p_[a-z2-7]{52}$/);
    expect(people.pseudonym('default', 'shop', 'yusuf')).toBe(one);
    expect(createPseudonymiser(under().again()).find('default', 'shop', 'yusuf')).toBe(one);
    expect(
      new Set([
        one,
        people.pseudonym('default', 'hr', 'yusuf'),
        people.pseudonym('other', 'shop', 'yusuf'),
        people.pseudonym('default', 'shop', 'yusu'),
      ]).size,
    ).toBe(4);
    expect(() => people.pseudonym('default', 'shop', '')).toThrow('must not be empty');
    expect(() => people.pseudonym('default', 'a\0b', 'c')).toThrow('zero byte');
  });

  test('looking for a person makes no key', () => {
    expect(createPseudonymiser(under().ring).find('default', 'shop', 'yusuf')).toBeNull();
    expect(under().ring.findPseudonymKey('default')).toBeNull();
  });
}
