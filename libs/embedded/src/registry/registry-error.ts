/** An answer in Confluent's error format: `{error_code, message}`, whose first three digits are the HTTP status. */
export class RegistryError extends Error {
  readonly errorCode: number;

  constructor(errorCode: number, message: string) {
    super(message);
    this.name = 'RegistryError';
    this.errorCode = errorCode;
  }

  get status(): number {
    return Number(String(this.errorCode).slice(0, 3));
  }
}

export const subjectNotFound = (subject: string) => new RegistryError(40401, `Subject '${subject}' not found.`);
export const versionNotFound = (version: number | string) => new RegistryError(40402, `Version ${version} not found.`);
export const schemaNotFound = () => new RegistryError(40403, 'Schema not found');
export const noSubjectConfig = (subject: string) =>
  new RegistryError(40408, `Subject '${subject}' does not have subject-level compatibility configured`);
export const invalidSchema = (reason: string) => new RegistryError(42201, `Invalid schema: ${reason}`);
export const invalidVersion = (version: string) =>
  new RegistryError(
    42202,
    `The specified version '${version}' is not a valid version id. Allowed values are between [1, 2^31-1] and the string "latest"`,
  );
export const invalidCompatibility = () =>
  new RegistryError(
    42203,
    'Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, ' +
      'and full_transitive',
  );
export const incompatible = (reasons: readonly string[]) =>
  new RegistryError(409, `Schema being registered is incompatible with an earlier schema: ${reasons.join('; ')}`);
export const storeFailed = (reason: string) => new RegistryError(50001, `Error in the backend data store: ${reason}`);
