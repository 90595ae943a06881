import { createHash } from 'node:crypto';
import { auditEventSchema } from '@affidavit/contracts';
import { defaultLimits, type IntakePorts, runIntake, type Sender } from '@affidavit/intake';
import { queryEvent } from './query-event.ts';

const sender: Sender = {
  kind: 'service',
  tenant_id: '*',
  connector_id: 'query-api',
  sources: ['*'],
  event_types: ['*'],
  max_evidence_grade: 'system_of_record',
};
const sealed: string[] = [];
const ports: IntakePorts = {
  settings: {
    default_tenant: 'default',
    environment: 'test',
    region: 'eu',
    retention_class: 'standard',
    limits: defaultLimits,
    detector: { id: 'none', version: '1' },
  },
  clock: () => 1_795_413_600_000_000,
  newId: () => 'id',
  bytes: {
    utf8: (text) => Buffer.from(text),
    text: (bytes) => Buffer.from(bytes).toString(),
    fromBase64: () => null,
    sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
  },
  scanner: { scan: (texts) => Promise.resolve(texts.map(() => [])) },
  pseudonymiser: {
    pseudonym: (_tenant, issuer, id) =>
      `p_${createHash('sha256')
        .update(issuer + id)
        .digest('hex')
        .replace(/[^a-f2-7]/g, 'a')
        .slice(0, 52)}`,
  },
  vault: {
    seal: ({ bytes, tenant_id, scope, media_type, subjects }) => {
      sealed.push(Buffer.from(bytes).toString());
      return Promise.resolve({
        content_id: 'c_x',
        tenant_id,
        scope_kind: scope.kind,
        scope_id: scope.id,
        key_id: 'k',
        algorithm: 'AES-256-GCM',
        nonce: new Uint8Array(12),
        aad_version: 1,
        ciphertext: bytes,
        media_type,
        size_bytes: bytes.length,
        subjects,
      });
    },
    open: () => Promise.resolve(null),
    mac: () => Promise.resolve(''),
  },
  capturePolicy: () => 'full',
  personObjects: () => false,
  knowsPerson: () => false,
  streamSuffix: 'i/b',
};
const defaultEvent = Object.fromEntries(
  (auditEventSchema.fields as readonly { readonly name: string }[]).map(({ name }) => [name, null]),
);
const asker = { id: '0123456789ab', name: 'Ada', role: 'investigator', tenant_id: 'acme' };
const question = {
  kind: 'timeline',
  route: '/v1/users/:user/timeline',
  filters: ['event_type', 'from'],
  asked: { kind: 'user', id: 'ada@example.org', to: null },
  reason: 'INC-7',
} as const;

describe('what is recorded', () => {
  test.each([
    ['an answer', question, { status: 200, as_of: 'eyJ', rows: 3, data: [{ a: 1 }] }],
    ['a refusal', question, { status: 403, as_of: '', rows: 0, data: null }],
    [
      'a name that somebody typed where a field is named',
      { ...question, filters: ['ada@example.org', 'Ada'] },
      { status: 403, as_of: '', rows: 0, data: null },
    ],
    [
      'every filter there is',
      { ...question, filters: Object.keys(defaultEvent) },
      { status: 200, as_of: 'eyJ', rows: 3, data: [] },
    ],
    ['a token over a thousand partitions', question, { status: 200, as_of: 'e'.repeat(8_000), rows: 3, data: [] }],
    [
      'a report',
      { ...question, kind: 'report' as const, report: { id: 'ai_use', version: 1 } },
      { status: 200, as_of: 'eyJ', rows: 3, data: [{ a: 1 }] },
    ],
    [
      'a report that nobody may have',
      { ...question, kind: 'report' as const, report: { id: 'ai_use', version: 1 } },
      { status: 403, as_of: '', rows: 0, data: null },
    ],
    ['the least', { ...question, filters: [], reason: '' }, { status: 404, as_of: '', rows: 0, data: null }],
  ])(
    "%s passes the collector's pipeline, in the reader's tenant, with the person as a pseudonym",
    async (_name, asked, outcome) => {
      sealed.length = 0;
      const value: unknown = JSON.parse(JSON.stringify(queryEvent(asked, asker, outcome, 1_795_413_600_000_000)));
      const [result] = await runIntake([{ status: 'read', value }], sender, ports);
      if (result?.status !== 'accepted') throw new Error(JSON.stringify(result));
      const { topic, record } = result.event;
      expect([topic, record.tenant_id, record.event_type, record.query.rows]).toEqual([
        'audit.access.v1',
        'acme',
        'report' in asked && outcome.status === 200 ? 'audit.report.generated' : 'audit.query.executed',
        outcome.rows,
      ]);
      expect(record.details['filters'] ?? '').toMatch(/^[a-z_,]*(?:,and \d+ more)?$/);
      expect(record.actor.id).toMatch(/^p_/);
      expect(JSON.stringify(record)).not.toMatch(/ada@example|Ada/);
      expect(sealed.some((text) => text.includes('ada@example.org'))).toBe(true);
      // The source's day is what word searches leave out: a search must not find itself.
      expect(result.contents.map(({ scope_kind, scope_id }) => [scope_kind, scope_id.split('/')[0]])).toContainEqual([
        'source_day',
        'affidavit',
      ]);
    },
  );
});
