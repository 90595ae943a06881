import { AffidavitError } from '@affidavit/audit-model';
import { type AuditEvent, type ContentRecord } from '@affidavit/contracts';
import { readJson, type ReadItem } from '../json/read-body.ts';
import { defaultLimits } from '../limits.ts';
import { type Accepted, type IntakeOutcome, type Rejected, runIntake } from '../pipeline/run-intake.ts';
import { type IntakePorts } from '../pipeline/ports.ts';
import { type Sender } from '../pipeline/sender.ts';
import { type SealRequest, type SecretFinding } from '../ports.ts';
import { hexDigest, pureBytes } from './pure-bytes.ts';

/** 2026-11-23T06:00:00Z. */
export const NOW = 1_795_413_600_000_000;
/** What the kit's scanner takes for a secret. */
export const SECRET = 'SECRET-1234';

function findSecrets(text: string): SecretFinding[] {
  const found: SecretFinding[] = [];
  for (let at = text.indexOf(SECRET); at >= 0; at = text.indexOf(SECRET, at + SECRET.length))
    found.push({ start: at, end: at + SECRET.length, rule_id: 'toy' });
  return found;
}

/** A pseudonym of the right form that shows whose it is: lower base32 knows no other characters. */
export const pseudonymOf = (tenantId: string, issuer: string, id: string): string =>
  `p_${hexDigest(`${tenantId}\u0000${issuer}\u0000${id}`)
    .replace(/[0189]/g, 'x')
    .slice(0, 52)}`;

/** What was sealed, in clear. */
export interface Sealed extends SealRequest {
  readonly content_id: string;
  readonly text: string;
}

export interface KitOptions {
  readonly sender?: Partial<Sender>;
  readonly ports?: Partial<IntakePorts>;
  /** Scopes whose key was destroyed. */
  readonly erased?: readonly string[];
}

export const CONNECTOR: Sender = {
  kind: 'connector',
  tenant_id: 'acme',
  connector_id: 'retail',
  sources: ['*'],
  event_types: ['*'],
  max_evidence_grade: 'gateway_observed',
};

/** The smallest event of the type that the tests are about. */
export const event = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  event_id: 'e-1',
  event_type: 'tool.call.completed',
  occurred_at: '2026-11-22T06:00:00.000123Z',
  source: { system: 'shop' },
  actor: { type: 'agent', id: 'agent-7' },
  call_id: 'call-1',
  tool: { name: 'exchange' },
  outcome: { status: 'success' },
  ...more,
});

/** Given these ports and this sender, when these items arrive, then look at the outcomes. */
export class IntakeKit {
  readonly sealed: Sealed[] = [];
  readonly scanned: string[] = [];
  readonly #sender: Sender;
  readonly #ports: IntakePorts;
  #ids = 0;

  constructor(options: KitOptions = {}) {
    this.#sender = { ...CONNECTOR, ...options.sender };
    this.#ports = {
      settings: {
        default_tenant: 'default',
        environment: 'test',
        region: 'eu',
        retention_class: 'standard',
        limits: defaultLimits,
        detector: { id: 'toy-scanner', version: '1' },
      },
      clock: () => NOW,
      newId: () => `id-${(this.#ids += 1)}`,
      bytes: pureBytes,
      scanner: {
        scan: (texts) => {
          this.scanned.push(...texts);
          return Promise.resolve(texts.map(findSecrets));
        },
      },
      pseudonymiser: { pseudonym: pseudonymOf },
      vault: {
        seal: (request) => this.#seal(request, options.erased ?? []),
        open: () => Promise.resolve(null),
        mac: () => Promise.resolve(''),
      },
      capturePolicy: () => 'full',
      personObjects: () => false,
      knowsPerson: () => false,
      streamSuffix: 'instance/boot',
      ...options.ports,
    };
  }

  when(...values: readonly unknown[]): Promise<readonly IntakeOutcome[]> {
    return this.whenRead(values.map((value) => ({ status: 'read', value })));
  }

  whenRead(items: readonly ReadItem[]): Promise<readonly IntakeOutcome[]> {
    return runIntake(items, this.#sender, this.#ports);
  }

  /** As it arrives: JSON text. */
  async whenText(text: string): Promise<IntakeOutcome> {
    const body = readJson(text, defaultLimits);
    if (body.status !== 'items') throw new Error(body.status);
    const [outcome] = await this.whenRead(body.items);
    if (!outcome) throw new Error('no outcome');
    return outcome;
  }

  async accepts(value: unknown): Promise<Accepted> {
    const [outcome] = await this.when(value);
    if (outcome?.status !== 'accepted') throw new Error(`expected an accepted event, got ${JSON.stringify(outcome)}`);
    return outcome;
  }

  async record(value: unknown): Promise<AuditEvent> {
    return (await this.accepts(value)).event.record;
  }

  async rejects(value: unknown): Promise<Rejected> {
    const [outcome] = await this.when(value);
    if (outcome?.status !== 'rejected') throw new Error(`expected a rejected event, got ${JSON.stringify(outcome)}`);
    return outcome;
  }

  #seal(request: SealRequest, erased: readonly string[]): Promise<ContentRecord> {
    if (erased.includes(request.scope.id)) return Promise.reject(new AffidavitError('key_destroyed', 'erased'));
    const text = pureBytes.text(request.bytes) ?? 'binary';
    const content_id = `c_${hexDigest(`${request.tenant_id}${request.scope.kind}${request.scope.id}${request.media_type}${text}`).slice(0, 12)}`;
    this.sealed.push({ ...request, content_id, text });
    return Promise.resolve({
      content_id,
      tenant_id: request.tenant_id,
      scope_kind: request.scope.kind,
      scope_id: request.scope.id,
      key_id: 'k',
      algorithm: 'AES-256-GCM',
      nonce: new Uint8Array(12),
      aad_version: 1,
      ciphertext: request.bytes,
      media_type: request.media_type,
      size_bytes: request.bytes.length,
      subjects: request.subjects,
    });
  }
}
