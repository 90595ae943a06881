import 'reflect-metadata';

export { type Environment, readSettings, type SettingReader } from './settings/read-settings.ts';
export {
  clickhouseSettings,
  contentClickhouseSettings,
  type HttpServiceSettings,
  kafkaSettings,
  type KafkaStackSettings,
  type ListenSettings,
  listenSettings,
  registrySettings,
} from './settings/stack-settings.ts';
export {
  type Credential,
  type IssuedCredential,
  type NewCredential,
  type Role,
  roles,
} from './credentials/credential.ts';
export {
  type CredentialStore,
  type CredentialStoreOptions,
  openCredentialStore,
} from './credentials/credential-store.ts';
export { bearerToken } from './http/authenticate.ts';
export { BearerGuard, CurrentCredential, Public, Roles } from './http/bearer.guard.ts';
export { createHttpApp, type HttpApp, type HttpAppOptions } from './http/create-app.ts';
export { listen } from './http/listen.ts';
export {
  problem,
  type Problem,
  problemMediaType,
  problemOf,
  type ProblemRow,
  type ProblemTable,
} from './http/problem.ts';
export { ProblemFilter } from './http/problem.filter.ts';
export { sendProblem } from './http/send-problem.ts';
export { CREDENTIAL_STORE, LOG, METRICS, PROBLEM_TABLE } from './http/tokens.ts';
export { Metrics } from './health/metrics.ts';
export { type ReadinessAnswer, type ReadinessCheck } from './health/readiness.ts';
export { createLog, type Log, type LogFields, logListening, type LogLevel, type LogOptions } from './log/log.ts';
export { NestLog } from './log/nest-log.ts';
export { runService, type ServiceContext, type ServiceOptions } from './run/run-service.ts';
