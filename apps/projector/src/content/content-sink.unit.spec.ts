import { AffidavitError } from '@affidavit/audit-model';
import { type RowValue } from '@affidavit/clickhouse';
import { type ContentRecord } from '@affidavit/contracts';
import { type UnprojectableRecord } from '../lane/ports.ts';
import { logRecord } from '../testing/log-records.ts';
import { ContentSink } from './content-sink.ts';

const content = (part: Partial<ContentRecord>): ContentRecord => ({
  content_id: 'c_1',
  tenant_id: 'default',
  scope_kind: 'run',
  scope_id: 'r',
  key_id: 'k',
  algorithm: 'AES-256-GCM',
  nonce: Buffer.alloc(12),
  aad_version: 1,
  ciphertext: Buffer.alloc(0),
  media_type: 'text/plain',
  size_bytes: 4,
  subjects: [],
  ...part,
});

function rig(opens: (record: ContentRecord) => Uint8Array | null | AffidavitError) {
  const bodies: (readonly RowValue[])[] = [];
  const people: (readonly RowValue[])[] = [];
  const letters: UnprojectableRecord[] = [];
  const state = { now: 0, erased: 0 };
  const sink = new ContentSink({
    decode: (value) =>
      value.length === 0
        ? Promise.reject(new AffidavitError('frame_invalid', 'no frame'))
        : Promise.resolve(content(JSON.parse(Buffer.from(value).toString()) as Partial<ContentRecord>)),
    vault: {
      open: (record) => {
        const opened = opens(record);
        return opened instanceof AffidavitError ? Promise.reject(opened) : Promise.resolve(opened);
      },
    },
    insertBodies: (rows) => Promise.resolve(void bodies.push(...rows)),
    insertDirectory: (rows) => Promise.resolve(void people.push(...rows)),
    deadLetters: { write: (some) => Promise.resolve(void letters.push(...some)) },
    now: () => state.now,
    onErased: () => (state.erased += 1),
  });
  return { sink, bodies, people, letters, state };
}

const at = (offset: number, part: Partial<ContentRecord> | null) =>
  logRecord({ offset: BigInt(offset), value: part === null ? Buffer.alloc(0) : Buffer.from(JSON.stringify(part)) });
const person = { scope_kind: 'person', scope_id: 'p_x', media_type: 'application/vnd.affidavit.person+json' };

test('bodies, people, erased and unreadable ones each end where they belong', async () => {
  const { sink, bodies, people, letters, state } = rig((record) => {
    if (record.key_id === 'gone') return null;
    if (record.key_id === 'wrong') return new AffidavitError('content_undecryptable', 'does not verify');
    return Buffer.from(
      record.scope_kind === 'person' ? '{"issuer":"shop","raw_id":"sara","display_name":"Sara"}' : 'text',
    );
  });
  await sink.project([at(0, {}), at(1, person), at(2, { key_id: 'gone' }), at(3, { key_id: 'wrong' }), at(4, null)]);
  expect(bodies).toHaveLength(1);
  expect(people[0]!.slice(0, 5).map(({ value }) => value)).toEqual(['default', 'p_x', 'shop', 'sara', 'Sara']);
  expect(state.erased).toBe(1);
  expect(letters.map(({ code }) => code)).toEqual(['content_undecryptable', 'frame_invalid']);
});

test('a directory entry of another form is a dead letter, not a body that many may read', async () => {
  const { sink, bodies, people, letters } = rig(() => Buffer.from('[1]'));
  await sink.project([at(0, person)]);
  expect([bodies.length, people.length, letters.map(({ code }) => code)]).toEqual([0, 0, ['record_undecodable']]);
});

test('what is wrong with this process is not wrong with the record: it stops, and no body is given up', async () => {
  const { sink, letters } = rig(() => new AffidavitError('key_ring_damaged', 'line 3 of the ring is torn'));
  await expect(sink.project([at(0, {})])).rejects.toMatchObject({ code: 'key_ring_damaged' });
  expect(letters).toEqual([]);
});

test('a key that is not there yet is waited for, but not for ever', async () => {
  const { sink, bodies, letters, state } = rig(() => new AffidavitError('key_unknown', 'not yet', { retryable: true }));
  await expect(sink.project([at(0, {})])).rejects.toMatchObject({ code: 'key_unknown', retryable: true });
  state.now = 59_000;
  await expect(sink.project([at(0, {})])).rejects.toMatchObject({ retryable: true });
  state.now = 60_000;
  await sink.project([at(0, {})]);
  expect([bodies.length, letters.map(({ code }) => code)]).toEqual([0, ['content_undecryptable']]);
});
