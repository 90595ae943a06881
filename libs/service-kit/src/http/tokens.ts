/** What Nest injects by symbol: these are interfaces, which have no class. */
export const CREDENTIAL_STORE = Symbol('CredentialStore');
export const PROBLEM_TABLE = Symbol('ProblemTable');
export const LOG = Symbol('Log');
export const METRICS = Symbol('Metrics');
export const READINESS = Symbol('ReadinessCheck[]');
export const ALLOWED_METHODS = Symbol('AllowedMethods');
