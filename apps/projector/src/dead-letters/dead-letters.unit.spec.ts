import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AffidavitError } from '@affidavit/audit-model';
import { type RowValue } from '@affidavit/clickhouse';
import { createContentVault, openFileKeyRing } from '@affidavit/content-vault';
import { type ContentRecord, type DeadLetter, deadLetterSchema } from '@affidavit/contracts';
import { BatchingLogWriter, InMemoryTransport } from '@affidavit/kafka';
import { AvroCodec } from '@affidavit/schema-registry';
import { logRecord } from '../testing/log-records.ts';
import { deadLetterColumns, DeadLetterSink } from './dead-letter-sink.ts';
import { DeadLetterWriter } from './dead-letter-writer.ts';

const codec = new AvroCodec<DeadLetter>({ schema: deadLetterSchema, schemaId: 3 });
const topic = 'audit.deadletter.v1';

function rig(seal: (request: { tenant_id: string; bytes: Uint8Array }) => Promise<ContentRecord> = sealed) {
  const transport = new InMemoryTransport({ [topic]: 1 });
  const codes: string[] = [];
  const writer = new DeadLetterWriter({
    component: 'projector',
    topic,
    codec,
    log: new BatchingLogWriter(transport),
    vault: { seal },
    now: () => 1_795_327_200_000_000,
    onWritten: (code) => codes.push(code),
  });
  const stored = (): DeadLetter[] => transport.stored(topic, 0).map(({ value }) => codec.decode(value));
  return { writer, transport, codes, stored };
}

const sealed = ({ tenant_id, bytes }: { tenant_id: string; bytes: Uint8Array }): Promise<ContentRecord> =>
  Promise.resolve({
    content_id: 'c_dead',
    tenant_id,
    scope_kind: 'deadletter',
    scope_id: 't/0',
    key_id: 'k',
    algorithm: 'AES-256-GCM',
    nonce: Buffer.alloc(12),
    aad_version: 1,
    ciphertext: Buffer.alloc(bytes.length + 16, 1),
    media_type: 'application/octet-stream',
    size_bytes: bytes.length,
    subjects: [],
  });

test('says where, why and from whom, keeps the bytes only sealed, and is acknowledged when it returns', async () => {
  const { writer, transport, codes, stored } = rig();
  const record = logRecord({ partition: 2, offset: 7n, value: Buffer.from('secret prompt') });
  await writer.write([{ record, code: 'frame_invalid', reason: 'no header' }]);
  expect(stored()).toMatchObject([
    {
      dead_letter_id: 'projector/audit.activity.v1/2/7',
      tenant_id: 'default',
      origin_topic: 'audit.activity.v1',
      origin_partition: 2,
      origin_offset: 7,
      code: 'frame_invalid',
      record_hash: createHash('sha256').update('secret prompt').digest(),
      content: { content_id: 'c_dead', size_bytes: 13 },
    },
  ]);
  expect(Buffer.from(transport.stored(topic, 0)[0]!.value).includes('secret prompt')).toBe(false);
  expect(Buffer.from(transport.stored(topic, 0)[0]!.key).toString()).toBe('default\u0000projector');
  expect(codes).toEqual(['frame_invalid']);
});

test('bytes too many to keep, or none, are said so; a foreign key has no tenant', async () => {
  const { writer, stored } = rig();
  await writer.write([
    { record: logRecord({ offset: 1n, value: Buffer.alloc(800_000) }), code: 'record_undecodable', reason: 'long' },
    {
      record: logRecord({ offset: 2n, value: null, key: Buffer.from('no zero byte') }),
      code: 'log_truncated',
      reason: 'gone',
    },
  ]);
  expect(stored().map(({ tenant_id, content, reason }) => [tenant_id, content.content_id, reason])).toEqual([
    ['default', '', 'long; 800000 bytes are too many to keep'],
    ['', '', 'gone'],
  ]);
});

test.each([
  ['no key', null],
  ['a key without a zero byte', 'garbage'],
  ['an empty tenant', '\u0000r'],
  ['a tenant that none can be', 'a b/c\u0000r'],
  ['half a character', '\ufffd\u0000r'],
])('%s: the bytes are sealed all the same, under keys that no tenant has', async (_, key) => {
  const directory = mkdtempSync(join(tmpdir(), 'dead-letters-'));
  const ring = openFileKeyRing({ directory });
  const vault = createContentVault({ ring });
  const { writer, stored } = rig((request) => vault.seal(request as Parameters<typeof vault.seal>[0]));
  const value = Buffer.from('hello');
  await writer.write([
    {
      record: logRecord({ offset: 1n, value, key: key === null ? null : Buffer.from(key) }),
      code: 'frame_invalid',
      reason: 'no header',
    },
  ]);
  const [letter] = stored();
  expect(letter).toMatchObject({ tenant_id: '', content: { tenant_id: '~unclaimed', size_bytes: 5 } });
  expect(Buffer.from((await vault.open(letter!.content))!)).toEqual(value);
  await ring.close();
  rmSync(directory, { recursive: true });
});

test('when the key ring cannot be written nothing is written, and it may be tried again', async () => {
  const { writer, stored } = rig(() =>
    Promise.reject(new AffidavitError('key_ring_unavailable', 'away', { retryable: true })),
  );
  await expect(
    writer.write([{ record: logRecord({ offset: 1n }), code: 'frame_invalid', reason: 'x' }]),
  ).rejects.toMatchObject({ retryable: true });
  expect(stored()).toEqual([]);
});

test('into the table: metadata only; one that cannot be read is a row about itself', async () => {
  const { writer, transport } = rig();
  await writer.write([
    {
      record: logRecord({ offset: 7n, value: Buffer.from('secret prompt') }),
      code: 'frame_invalid',
      reason: 'no header',
    },
  ]);
  const rows: (readonly RowValue[])[] = [];
  const sink = new DeadLetterSink({
    decode: async (value) => Promise.resolve(codec.decode(value)),
    insert: (some) => Promise.resolve(void rows.push(...some)),
  });
  const value = Buffer.from(transport.stored(topic, 0)[0]!.value);
  await sink.project([
    logRecord({ topic, offset: 0n, value }),
    logRecord({ topic, offset: 1n, value: Buffer.from('noise') }),
  ]);
  const named = rows.map((row) => Object.fromEntries(row.map(({ value: cell }, i) => [deadLetterColumns[i], cell])));
  expect(named[0]).toMatchObject({
    dead_letter_id: 'projector/audit.activity.v1/0/7',
    code: 'frame_invalid',
    content_id: 'c_dead',
    kafka_topic: topic,
  });
  expect(named[1]).toMatchObject({
    dead_letter_id: `projector/${topic}/0/1`,
    code: 'frame_invalid',
    origin_topic: topic,
  });
  expect(rows.every((row) => row.length === deadLetterColumns.length)).toBe(true);
  expect(JSON.stringify(rows, (_, cell: unknown) => (typeof cell === 'bigint' ? String(cell) : cell))).not.toContain(
    'secret',
  );
});

test('a registry that is away is waited for', async () => {
  const sink = new DeadLetterSink({
    decode: () => Promise.reject(new AffidavitError('registry_unavailable', 'away', { retryable: true })),
    insert: () => Promise.resolve(),
  });
  await expect(sink.project([logRecord({ offset: 0n })])).rejects.toMatchObject({ code: 'registry_unavailable' });
});
