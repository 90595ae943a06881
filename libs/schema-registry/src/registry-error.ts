import { AffidavitError } from '@affidavit/audit-model';

/** Closed list of this room's codes; README.md says what each means. */
export type RegistryErrorCode =
  | 'registry_unavailable'
  | 'registry_refused'
  | 'schema_unknown'
  | 'schema_incompatible'
  | 'schema_invalid'
  | 'compatibility_mismatch';

export function registryError(
  code: RegistryErrorCode,
  message: string,
  options: { cause?: unknown; detail?: Record<string, unknown> } = {},
): AffidavitError {
  return new AffidavitError(code, message, { ...options, retryable: code === 'registry_unavailable' });
}

/**
 * The registry library gives network failures a made-up status 400, which no registry means here (a bad schema is 422),
 * so whatever is not clearly a verdict on the request is an outage: retryable, never a reason for a dead letter.
 */
export function translate(error: unknown, subject: string): AffidavitError {
  if (error instanceof AffidavitError) return error;
  const detail = { subject };
  const { status, name } = error as { status?: number; name?: string };
  if (name === 'ConfluentSchemaRegistryCompatibilityError') {
    return registryError(
      'compatibility_mismatch',
      `subject ${subject} has another compatibility level than BACKWARD_TRANSITIVE`,
      { cause: error, detail },
    );
  }
  switch (status) {
    case 401:
    case 403:
      return registryError(
        'registry_refused',
        'the schema registry refuses the credential: check SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD',
        { detail },
      );
    case 409:
      return registryError(
        'schema_incompatible',
        `the registry refuses the schema of ${subject}: not backward compatible with every earlier version`,
        { cause: error, detail },
      );
    case 422:
      return registryError('schema_invalid', `the registry refuses the schema of ${subject} as invalid`, {
        cause: error,
        detail,
      });
    default:
      return registryError('registry_unavailable', 'the schema registry does not answer', { cause: error, detail });
  }
}
