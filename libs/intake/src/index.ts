export type {
  ContentRecord,
  ContentScope,
  ContentScopeKind,
  ContentVault,
  Clock,
  NewId,
  Pseudonymiser,
  SealRequest,
  SecretFinding,
  SecretScanner,
  TenantScope,
} from './ports.ts';
export type { Appended, LogItem, LogWriter } from './log-writer.ts';
export { defaultLimits, type IntakeLimits } from './limits.ts';
export { type ItemErrorCode, type Refusal } from './refusal.ts';
export { type ReadBody, type ReadItem, readJson, readNdjson } from './json/read-body.ts';
export { type Sender } from './pipeline/sender.ts';
export { type DirectoryEntry } from './pipeline/draft.ts';
export type {
  ByteTools,
  CaptureLevel,
  CapturePolicy,
  IntakePorts,
  IntakeSettings,
  PersonObjects,
} from './pipeline/ports.ts';
export {
  type Accepted,
  type IntakeOutcome,
  type PlannedEvent,
  type Rejected,
  runIntake,
} from './pipeline/run-intake.ts';
export { COLLECTOR_CONNECTOR_ID, COLLECTOR_SYSTEM, collectorStream } from './pipeline/masked-event.ts';
export { DIRECTORY_MEDIA_TYPE } from './pipeline/content-out.ts';
export { StreamNumbers } from './numbering/stream-numbers.ts';
export { GapLedger, type NumberRange, type StreamGap } from './numbering/gap-ledger.ts';
export { publicPath } from './public-path.ts';
