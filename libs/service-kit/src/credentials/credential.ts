import { hash, randomBytes } from 'node:crypto';
import { AffidavitError } from '@affidavit/audit-model';
import { type EvidenceGrade } from '@affidavit/contracts';

export const roles = [
  'connector',
  'investigator',
  'reviewer',
  'data_team',
  'administrator',
  'auditor',
  'service',
] as const;
export type Role = (typeof roles)[number];

/** What a token stands for. snake_case, as in the credentials file. */
export interface Credential {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** '*' only for service. */
  readonly tenant_id: string;
  /**
   * Whose events a connector's are: it stands in clear in the log, as `source.connector_id` and before the slash of
   * `stream_id`. Empty for people.
   */
  readonly connector_id: string;
  /** source.system values that it may speak for; '*' is any. */
  readonly sources: readonly string[];
  /** Exact types, a prefix as in 'tool.*', or '*': any that a connector may send at all. */
  readonly event_types: readonly string[];
  readonly max_evidence_grade: EvidenceGrade;
  readonly created_at: string;
  readonly revoked_at: string | null;
}

export interface StoredCredential extends Credential {
  /**
   * SHA-256 of the token's secret part. The secret has 256 random bits, so there is nothing for a slow hash to slow
   * down.
   */
  readonly secret_sha256: string;
}

export type NewCredential = Pick<Credential, 'name' | 'role' | 'tenant_id'> &
  Partial<Pick<Credential, 'connector_id' | 'sources' | 'event_types' | 'max_evidence_grade'>>;

export interface IssuedCredential {
  readonly credential: Credential;
  /** Shown once: the store keeps only its hash. */
  readonly token: string;
}

const tokenForm = /^aff_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/;
/** No slash: streams are `<connector_id>/…`, and those of one connector must not begin like another's. */
const connectorForm = /^[a-z0-9][a-z0-9._-]{0,63}$/;
/** Whose streams these are stands in `libs/intake`, which this room does not import. */
const THE_COLLECTOR = 'collector';
const grades: readonly EvidenceGrade[] = [
  'unknown',
  'self_reported',
  'third_party',
  'gateway_observed',
  'system_of_record',
];

export function parseToken(token: string): { id: string; secret: string } | null {
  const parts = tokenForm.exec(token);
  return parts === null ? null : { id: parts[1] as string, secret: parts[2] as string };
}

export const hashSecret = (secret: string): Buffer => hash('sha256', secret, 'buffer');

/** Checks the request and makes the token. Throws `credential_invalid` that says what is wrong. */
export function issueCredential(
  request: NewCredential,
  createdAt: string,
): { stored: StoredCredential; token: string } {
  const connector = request.role === 'connector';
  const stored = {
    id: randomBytes(6).toString('hex'),
    name: request.name.trim(),
    role: request.role,
    tenant_id: request.tenant_id.trim(),
    connector_id: request.connector_id?.trim() ?? '',
    sources: request.sources ?? (connector ? ['*'] : []),
    event_types: request.event_types ?? (connector ? ['*'] : []),
    max_evidence_grade: request.max_evidence_grade ?? (connector ? ('self_reported' as const) : ('unknown' as const)),
    created_at: createdAt,
    revoked_at: null,
  };
  const problem = problemOf(stored);
  if (problem !== null) throw new AffidavitError('credential_invalid', problem);
  const secret = randomBytes(32).toString('base64url');
  return {
    stored: { ...stored, secret_sha256: hashSecret(secret).toString('hex') },
    token: `aff_${stored.id}_${secret}`,
  };
}

function problemOf(credential: Credential): string | null {
  const {
    name,
    role,
    tenant_id: tenant,
    connector_id: connector,
    sources,
    event_types: types,
    max_evidence_grade: grade,
  } = credential;
  if (name === '' || name.length > 200) return 'a credential needs a name of at most 200 characters';
  if (!roles.includes(role)) return `role must be one of ${roles.join(', ')}`;
  if (tenant === '*' && role !== 'service') return 'only a service may act for every tenant';
  if (tenant !== '*' && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(tenant))
    return 'tenant must be 1 to 64 letters, digits, dots, dashes or underscores';
  if (role === 'connector' && connector === '')
    return `a connector needs a connector id (--connector-id): it stands in clear in the log, so the name is not taken for it`;
  if (role === 'connector' && (!connectorForm.test(connector) || connector === THE_COLLECTOR))
    return (
      `the connector id (--connector-id) must be 1 to 64 lower-case letters, digits, dots, dashes or underscores, and not ` +
      `${THE_COLLECTOR}`
    );
  if (role === 'connector' && (sources.length === 0 || sources.includes('')))
    return 'a connector needs the sources that it speaks for';
  if (role === 'connector' && types.length === 0) return 'a connector needs the event types that it sends';
  if (!types.every((type) => type === '*' || /^[a-z_]+(?:\.[a-z_]+)*(?:\.\*)?$/.test(type)))
    return 'an event type is exact, a prefix such as tool.*, or *';
  if (!grades.includes(grade)) return `evidence grade must be one of ${grades.join(', ')}`;
  return null;
}

/** Everything but the hash: what lists and requests may carry. */
export function withoutHash({ secret_sha256: _hash, ...credential }: StoredCredential): Credential {
  return credential;
}
